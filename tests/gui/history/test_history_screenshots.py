"""Pictures of the history for the documentation, and what must be seen in them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.messages import HealthReported
from station_app.core.people import Role
from station_app.gui.history.columns import Column
from station_app.gui.history.compare_page import Manner
from station_app.gui.language import CHINESE, ENGLISH, Language
from station_app.gui.theme import LIGHT
from tests.gui.fake_engine import NOW_MS
from tests.gui.history.conftest import PARTS, PICTURED, HistoryBench, decide
from tests.gui.history.recorded import parts
from tests.gui.pictures import keep

FAILED = [made.part_id for made in parts(PARTS) if made.verdict is VerdictKind.FAIL and made.part_id in PICTURED]


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _grab(history: HistoryBench) -> QImage:
    """By the clock of the parts, and not by the tests' own."""
    desk = history.bench.station.desk
    history.bench.engine.tell(HealthReported(NOW_MS, desk.state.counters))
    history.bench.qtbot.waitUntil(lambda: desk.state.clock_ms == NOW_MS)
    return history.bench.station.window.grab().toImage()


def _colours(history: HistoryBench, picture: QImage, widget: QWidget, y: int) -> set[str]:
    """Of one line of a widget."""
    window = history.bench.station.window
    left, right = (widget.mapTo(window, QPoint(x, y)) for x in (0, widget.width() - 1))
    return {picture.pixelColor(x, left.y()).name().upper() for x in range(left.x(), right.x() + 1)}


def test_the_table_with_its_pictures(language: Language, history: HistoryBench) -> None:
    tab = history.tab
    history.bench.qtbot.waitUntil(lambda: all(tab.list.pictures.of(part_id) is not None for part_id in history.seen))
    picture = keep(_grab(history), "history")
    table = tab.list.table
    worst = next(n for n, row in enumerate(tab.list.rows.rows) if row.verdict is VerdictKind.FAIL)
    cell = table.visualRect(table.parts.index(worst, Column.VERDICT))
    assert LIGHT.ng.fill in _colours(history, picture, table.viewport(), cell.center().y())
    best = next(n for n, row in enumerate(tab.list.rows.rows) if row.verdict is VerdictKind.PASS)
    cell = table.visualRect(table.parts.index(best, Column.VERDICT))
    calm = _colours(history, picture, table.viewport(), cell.center().y())
    assert not {LIGHT.ng.fill, LIGHT.no_result.fill, LIGHT.ok.ink} & calm, "what is good has no colour"


def test_a_filter_that_is_set_is_seen(language: Language, history: HistoryBench) -> None:
    language.switch(CHINESE)
    history.screen.bar.set_choice(history.screen.bar.choice.with_rest(verdict=VerdictKind.FAIL))
    history.wait_for(FAILED[-1])
    picture = keep(_grab(history), "history_zh")
    boxes = history.screen.bar.boxes
    spots = {name: boxes[name].mapTo(history.bench.station.window, QPoint(140, 20)) for name in ("verdict", "recipe")}
    found = {name: picture.pixelColor(spot).name().upper() for name, spot in spots.items()}
    assert found == {"verdict": LIGHT.ink, "recipe": LIGHT.face}


def test_a_part_with_the_chain_of_its_decisions(language: Language, history: HistoryBench) -> None:
    first = Override(FAILED[-1], Disposition.FALSE_REJECT, "王芳", 1_763_900_100_000, reason="reflection")
    undo = Override(FAILED[-1], Disposition.UNDO, "Anna", 1_763_900_900_000)
    decide(history.folder, first, undo)
    history.sign_in(Role.LEAD)
    history.tab.open_part(FAILED[-1])
    detail = history.tab.detail
    history.bench.qtbot.waitUntil(lambda: bool(detail.facts.sections) and detail.images.canvas.is_scaled)
    picture = keep(_grab(history), "history_part")
    assert LIGHT.ng.fill in _colours(history, picture, detail.head.title, 3)
    assert detail.images.canvas.marks()


def test_two_parts_with_the_slider(language: Language, history: HistoryBench) -> None:
    history.tab.compare_parts(FAILED[-1], PARTS)
    compare = history.tab.compare
    compare.show_manner(Manner.SLIDER)
    history.bench.qtbot.waitUntil(lambda: all(canvas.is_scaled for canvas in compare.canvases))
    picture = keep(_grab(history), "history_compare")
    canvas = compare.canvases[0]
    assert len(_colours(history, picture, canvas, canvas.height() // 2)) > 10
