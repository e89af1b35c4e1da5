"""Every tab shows a recorded database, follows the filter, says what it does not apply, and freezes limits."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.core.chart_messages import FreezeLimits, LimitsFrozen, MarkerNoted, NoteMarker
from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.core.inspection import Disposition
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.gui.charts.chart_tab import ChartTab
from station_app.gui.charts.makers import CHART_TABS
from station_app.gui.charts.part_map import PartMapPane
from station_app.gui.charts.plots import ChartPlot
from station_app.gui.charts.rows_pane import RowsPane
from station_app.gui.charts.sheet import PartMap, TimeChart
from station_app.gui.look import Look
from station_app.gui.millimetres import Millimetres
from station_app.gui.orders import Orders
from station_app.gui.page_makers import PageTools
from station_app.gui.theme import DIM, LIGHT
from station_app.gui.touch_button import TapGuard
from station_app.store.archive import StationArchive
from station_app.store.frozen_limits import record_limits
from station_app.store.marker_notes import record_note
from station_app.store.part_figures import HOUR_MS
from tests.gui.charts.recorded import FIRST_HOUR, decide, record_hours, writing
from tests.gui.conftest import PX_PER_MM, Bench
from tests.gui.fake_engine import FakeArchive

SPC, PARETO, YIELD, SAMPLE, DRIFT, TEAM = range(6)
LOOK = Look(LIGHT, Millimetres(PX_PER_MM))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("recorded")
    with writing(made) as connection:
        record_hours(connection, [1, 2, 3, 2, 1] * 6, parts=60, no_result=1)
        for part_id in range(1, 220):
            decide(connection, part_id, Disposition.AGREE)
    return made


@pytest.fixture
def tools(bench: Bench, folder: Path) -> Iterator[PageTools]:
    desk, bridge = bench.station.desk, bench.station.bridge
    archive = FakeArchive(records=StationArchive(folder))
    tools = PageTools(TapGuard(guard_ms=0), bridge, desk, Orders(bridge, desk.notify), lambda: archive)
    yield tools
    tools.stop()


def opened(tools: PageTools, qtbot: QtBot, number: int, where: HistoryFilter = EVERYTHING) -> ChartTab:
    tab = CHART_TABS[number][1](tools, LOOK)
    assert isinstance(tab, ChartTab)
    qtbot.addWidget(tab)
    tab.resize(1500, 800)
    tab.show_filter(where)
    tab.set_open(is_open=True)
    tab.show()
    qtbot.waitUntil(lambda: bool(tab.sheet.empty or tab.sheet.facts))
    return tab


@pytest.mark.parametrize("number", range(6))
def test_a_tab_shows_its_figures_in_both_themes(tools: PageTools, qtbot: QtBot, number: int) -> None:
    tab = opened(tools, qtbot, number)
    assert not tab.sheet.empty
    assert tab.sheet.facts
    assert "{" not in tab.facts.words
    assert len(tab.charts) == len(tab.sheet.charts)
    assert not tab.grab().isNull()
    tab.set_look(Look(DIM, Millimetres(3.0)))
    assert not tab.grab().isNull()


@pytest.mark.parametrize("number", range(6))
def test_where_nothing_was_recorded_a_tab_says_so(tools: PageTools, qtbot: QtBot, number: int) -> None:
    tab = opened(tools, qtbot, number, HistoryFilter(from_ms=10, until_ms=20))
    assert tab.sheet.empty
    assert not tab.charts
    assert not tab.grab().isNull()


@pytest.mark.parametrize("number", [SPC, PARETO, YIELD, SAMPLE, DRIFT, TEAM])
def test_what_is_not_counted_by_the_hour_is_named(tools: PageTools, qtbot: QtBot, number: int) -> None:
    tab = opened(tools, qtbot, number, HistoryFilter(serial="SN", operator="wang"))
    assert any("serial number, operator" in note for note in tab.sheet.notes)
    assert not any("model" in note for note in tab.sheet.notes)


def test_the_sample_is_not_kept_by_model_and_says_so(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, SAMPLE, HistoryFilter(model="cd"))
    assert any("not applied here: model" in note for note in tab.sheet.notes)


def test_another_filter_shows_other_figures(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, YIELD)
    before = tab.facts.words
    tab.show_filter(HistoryFilter(until_ms=(FIRST_HOUR + 5) * HOUR_MS))
    qtbot.waitUntil(lambda: tab.facts.words != before)
    assert "of 300" in tab.facts.words


def test_a_choice_is_asked_for_and_kept(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, PARETO)
    tab.boxes["by"].chosen.emit("reason")
    qtbot.waitUntil(lambda: "The result came too late" in tab.facts.words)
    assert tab.sheet.choices[0].value == "reason"


def test_a_point_is_read_under_the_finger_and_nothing_moves_by_the_wheel(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, SPC)
    box = tab.charts[0]
    chart = box.shown
    assert isinstance(chart, ChartPlot)
    assert isinstance(box.chart, TimeChart)
    chart.resize(800, 200)
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(400, 90))
    assert box.reading in [box.chart.reading(number) for number in range(len(box.chart.times))]
    before = chart.view_range()
    middle = QPointF(400, 90)
    none = Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    chart.wheelEvent(turned)
    assert not turned.isAccepted()
    assert chart.view_range() == before
    assert chart.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_map_is_read_under_the_finger(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, PARETO)
    box = next(box for box in tab.charts if isinstance(box.chart, PartMap))
    assert isinstance(box.shown, PartMapPane)
    QTest.mouseClick(box.shown, Qt.MouseButton.LeftButton, pos=box.shown.square(0).center().toPoint())
    assert box.reading == "54 findings at x 128, y 64 of the frame"


def test_without_a_sample_the_tab_says_what_to_do(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, SAMPLE)
    assert not tab.charts
    assert "blind sample on the review screen" in tab.sheet.hint


def test_without_a_reference_that_holds_the_tab_says_what_to_do(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, DRIFT, HistoryFilter(until_ms=(FIRST_HOUR + 2) * HOUR_MS))
    assert not tab.charts
    assert "more subgroups are needed" in tab.sheet.hint
    assert "freeze it as reference" in tab.sheet.hint


def test_estimates_and_strata_are_read_under_the_finger(tools: PageTools, qtbot: QtBot, tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [3])
        row = (FIRST_HOUR * 4, 1, 0, 0, 0.1, 1000, 100, 80, 2)
        connection.execute("INSERT OR REPLACE INTO sample_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    archive = FakeArchive(records=StationArchive(tmp_path))
    tab = opened(replace(tools, archive_factory=lambda: archive), qtbot, SAMPLE)
    tab.grab()
    read = []
    for box in tab.charts:
        assert isinstance(box.shown, RowsPane)
        QTest.mouseClick(box.shown, Qt.MouseButton.LeftButton, pos=box.shown.row(0).center())
        read.append(box.reading)
    assert read[0].startswith("Escapes, from the sample: 2.50")
    assert read[1] == "Overkill: Cannot say: at least 1 more parts are needed"
    assert read[2].endswith("80 of 100 reviewed, 20 wait, 2 found")


def test_limits_are_frozen_for_a_reason_and_shown_when_they_are(bench: Bench, tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, SPC)
    assert not tab.freeze.button.isEnabled()
    tab.freeze.reason.setText("after the new lamp")
    QTest.mouseClick(tab.freeze.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.station.bridge.outbound_is_empty)
    sent = [command for command in bench.engine.commands if isinstance(command, FreezeLimits)]
    assert {command.chart.split("/")[0] for command in sent} == {"ng_share", "defects", "no_result_share"}
    assert {command.reason for command in sent} == {"after the new lamp"}
    assert sent[0].from_ms == FIRST_HOUR * HOUR_MS
    assert sent[0].until_ms == (FIRST_HOUR + 30) * HOUR_MS
    asked = tab.asked
    bench.tell(LimitsFrozen(sent[0].chart, "", sent[0].from_ms, sent[0].until_ms, "li"))
    assert tab.asked == asked + 1


@pytest.fixture
def frozen_folder(tmp_path: Path) -> Path:
    """Limits frozen over 30 hours; the hour after them lies beyond, and somebody has said why."""
    begin, end = FIRST_HOUR * HOUR_MS, (FIRST_HOUR + 30) * HOUR_MS
    with writing(tmp_path) as connection:
        record_hours(connection, [*([1, 2, 3, 2, 1] * 6), 30, 2], parts=60)
        record_limits(connection, FrozenLimits("ng_share/hour", "", begin, end, "new lamp", "li", 1))
        record_note(connection, MarkerNote("ng_share/hour", "", end, "a bad batch of lids", "wu", end + 5))
        record_note(connection, MarkerNote("ng_share/hour", "", begin, "a quiet hour", "wu", end + 6))
    return tmp_path


def test_a_marked_point_is_commented_and_shows_what_was_said(
    bench: Bench, frozen_folder: Path, tools: PageTools, qtbot: QtBot
) -> None:
    archive = FakeArchive(records=StationArchive(frozen_folder))
    tools = replace(tools, archive_factory=lambda: archive, readers=[])
    tab = opened(tools, qtbot, SPC)
    chart = tab.charts[0].chart
    assert isinstance(chart, TimeChart)
    assert "wu" in chart.reading(chart.marked[-1])
    assert "a bad batch of lids" in chart.reading(chart.marked[-1])
    notes = [fact.note for fact in tab.sheet.facts if fact.is_alarming]
    assert any("a bad batch of lids" in note for note in notes)
    assert any("a quiet hour" in fact.figure for fact in tab.sheet.facts)  # no rule is broken there: said all the same
    assert tab.freeze.note.isHidden()
    shown = tab.charts[0].shown
    assert isinstance(shown, ChartPlot)
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(shown.width() - 20, 60))
    assert not tab.freeze.note.isHidden()
    assert not tab.freeze.note.isEnabled()
    tab.freeze.reason.setText("lids of lot 7")
    QTest.mouseClick(tab.freeze.note, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.station.bridge.outbound_is_empty)
    (sent,) = [command for command in bench.engine.commands if isinstance(command, NoteMarker)]
    at_ms = round(float(chart.times[chart.marked[-1]]) * 1000)
    assert sent == NoteMarker("ng_share/hour", "", at_ms, "lids of lot 7")
    asked = tab.asked
    bench.tell(MarkerNoted(sent.chart, sent.recipe, sent.at_ms, "li"))
    assert tab.asked == asked + 1
    assert not tab.freeze.reason.text()
    tools.stop()


def test_who_may_not_freeze_is_told_why_and_finds_it_grey(bench: Bench, tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, SPC)
    tab.freeze.reason.setText("after the new lamp")
    assert tab.freeze.button.isEnabled()
    bench.tell(SessionChanged("wang", "Wang", Role.OPERATOR, Role.OPERATOR, has_people=True))
    assert not tab.freeze.button.isEnabled()
    assert not tab.freeze.reason.isEnabled()
    assert tab.freeze.reason.placeholderText() == "Your role may not do this"
    bench.tell(SessionChanged("li", "Li", Role.QUALITY, Role.QUALITY, has_people=True))
    assert tab.freeze.button.isEnabled()


def test_a_closed_tab_asks_nothing(tools: PageTools, qtbot: QtBot) -> None:
    tab = opened(tools, qtbot, TEAM)
    tab.set_open(is_open=False)
    asked = tab.asked
    tab.show_filter(HistoryFilter(recipe="B2"))
    assert tab.asked == asked


def test_a_start_does_not_pay_for_the_library_of_the_charts() -> None:
    screens = "station_app.gui.application, station_app.gui.history.history_screen"
    script = f"import sys, {screens}; print('pyqtgraph' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "False"
