"""The history on real records: filter, pages at both ends, what is new, scans, and who may decide."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import VerdictKind
from station_app.core.messages import SetSerial
from station_app.gui.history.filter_texts import filter_caption
from station_app.gui.history.period import Period, Span
from station_app.gui.history.row_window import MOST_ROWS
from station_app.gui.screens import ScreenName
from station_app.store.archive import StationArchive
from tests.gui.conftest import Bench
from tests.gui.fake_engine import part
from tests.gui.history.conftest import PARTS, PICTURED, HistoryBench
from tests.gui.history.recorded import parts

BY_ID = {made.part_id: made for made in parts(PARTS)}


def _choose(history: HistoryBench, name: str, value: object) -> None:
    """A line of a filter's list, as a finger takes it."""
    box = history.screen.bar.boxes[name]
    number = next(n for n, option in enumerate(box.options) if option.value == value)
    box.activated.emit(number)


def _newest(count: int, **wanted: object) -> list[int]:
    found = [n for n, made in BY_ID.items() if all(getattr(made, name) == v for name, v in wanted.items())]
    return sorted(found, reverse=True)[:count]


def test_the_newest_parts_stand_at_the_top_with_their_pictures(history: HistoryBench) -> None:
    assert history.ids[:3] == [PARTS, PARTS - 1, PARTS - 2]
    pictures = history.tab.list.pictures
    history.bench.qtbot.waitUntil(lambda: all(pictures.of(part_id) is not None for part_id in history.seen))
    assert set(history.bench.archive.glanced) <= set(PICTURED), "only rows in sight are read"


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("verdict", VerdictKind.FAIL, {"verdict": VerdictKind.FAIL}),
        ("recipe", "B02-plate", {"recipe": "B02-plate"}),
        ("lot", "L0001", {"lot": "L0001"}),
    ],
)
def test_a_filter_leaves_what_it_says(
    history: HistoryBench, name: str, value: object, wanted: dict[str, object]
) -> None:
    history.bench.qtbot.waitUntil(lambda: len(history.screen.bar.boxes[name].options) > 1)
    _choose(history, name, value)
    history.wait_for(*_newest(5, **wanted))
    assert history.screen.bar.boxes[name].is_set and history.screen.bar.clear.isEnabled()
    history.tap(history.screen.bar.clear)
    history.wait_for(PARTS)
    assert not any(box.is_set for box in history.screen.bar.boxes.values())


def test_a_typed_serial_is_looked_for_after_a_pause(history: HistoryBench) -> None:
    field = history.screen.bar.serial
    field.field.setFocus()
    QTest.keyClicks(field.field, "2A17-00001", delay=60)
    history.bench.qtbot.waitUntil(lambda: field.field.text() == "2A17-00001")
    assert field.pause.isActive() and history.screen.where.serial == ""
    history.wait_for(199, 198)
    assert field.is_set


def test_a_scan_looks_for_the_part_and_is_not_the_next_ones(history: HistoryBench) -> None:
    history.bench.station.window.on_scanned("2A17-0000123")
    history.wait_for(123)
    assert history.ids == [123]
    assert not [command for command in history.bench.engine.commands if isinstance(command, SetSerial)]
    assert "never the next part" in history.screen.bar.serial.accessibleName()
    history.bench.station.ways.go(ScreenName.RUN)
    history.bench.station.window.on_scanned("2A17-0000124")
    history.bench.settle()
    assert history.bench.engine.commands[-1] == SetSerial("2A17-0000124")


def test_a_scan_leaves_an_open_part(history: HistoryBench) -> None:
    history.tab.open_part(PARTS)
    assert history.shows(history.tab.detail) and history.screen.bar.isHidden()
    history.bench.station.window.on_scanned("2A17-0000123")
    assert history.shows(history.tab.list) and not history.screen.bar.isHidden()


def test_scrolling_reads_ahead_in_both_directions_and_keeps_its_place(history: HistoryBench) -> None:
    table, seen = history.tab.list.table, set[int]()
    bar = table.verticalScrollBar()
    while 1 not in history.seen:
        before = history.seen
        bar.setValue(bar.value() + table.viewport().height())
        history.bench.qtbot.waitUntil(lambda: history.ids[-1] == 1 or history.seen[-1] != history.ids[-1])
        assert set(history.seen) & {before[-1], before[-1] - 1}, "no row was passed over"
        seen |= set(history.seen)
        assert len(history.ids) <= MOST_ROWS
    assert len(seen) > PARTS - 30
    while PARTS not in history.seen:
        bar.setValue(bar.value() - table.viewport().height())
        history.bench.qtbot.waitUntil(lambda: history.ids[0] == PARTS or history.seen[0] != history.ids[0])
        assert len(history.ids) <= MOST_ROWS
    history.bench.qtbot.waitUntil(lambda: not history.tab.list.rows.has_newer)


def test_both_ends_are_one_tap_away(history: HistoryBench) -> None:
    history.tap(history.tab.list.foot.oldest)
    history.bench.qtbot.waitUntil(lambda: history.ids[-1] == 1)
    assert 1 in history.seen
    history.tap(history.tab.list.foot.newest)
    history.wait_for(PARTS)
    assert PARTS in history.seen


def test_new_parts_are_counted_and_shown_by_a_tap_alone(history: HistoryBench) -> None:
    fresh = history.tab.list.foot.fresh
    assert fresh.isHidden()
    made = tuple(parts(2, PARTS + 1))
    history.record(*made)
    history.bench.tell(part(PARTS + 1, preview_sequence=0), part(PARTS + 2, preview_sequence=0))
    history.bench.qtbot.waitUntil(lambda: not fresh.isHidden())
    assert fresh.caption == "2 new" and history.ids[0] == PARTS
    history.tap(fresh)
    history.wait_for(PARTS + 2, PARTS + 1, PARTS)
    assert fresh.isHidden()


def test_only_new_parts_of_the_filter_are_counted(history: HistoryBench) -> None:
    _choose(history, "verdict", VerdictKind.FAIL)
    history.wait_for(*_newest(1, verdict=VerdictKind.FAIL))
    passed, failed = tuple(parts(2, PARTS + 1))
    bad = replace(failed, verdict=VerdictKind.FAIL, reason=None)
    history.record(replace(passed, verdict=VerdictKind.PASS, reason=None), bad)
    history.bench.tell(part(PARTS + 2, VerdictKind.FAIL, preview_sequence=0))
    history.bench.qtbot.waitUntil(lambda: history.tab.list.foot.fresh.caption == "1 new")


def test_nothing_found_is_said(history: HistoryBench) -> None:
    history.screen.bar.seek_serial("no such number")
    history.bench.qtbot.waitUntil(history.tab.list.empty.isVisible)
    assert history.tab.list.empty.words == "No recorded part fulfils this filter"


def test_from_and_to_are_asked_on_a_line_of_their_own(history: HistoryBench) -> None:
    bar = history.screen.bar
    assert not bar.span.isVisible()
    _choose(history, "period", Period.SPAN)
    assert bar.span.isVisible() and bar.span.geometry().bottom() <= bar.height()
    begin, end = (BY_ID[number].inspected_at_ms for number in (100, 110))
    bar.span.span_chosen.emit(_span(begin, end))
    history.wait_for(109)
    assert history.ids == list(range(109, 99, -1))


def _span(begin_ms: int, end_ms: int) -> Span:
    return Span(*(datetime.fromtimestamp(ms / 1000) for ms in (begin_ms, end_ms)))  # noqa: DTZ006 - the wall clock


def test_shifts_are_offered_where_the_station_knows_them(history: HistoryBench) -> None:
    bar = history.screen.bar
    assert len(bar.boxes["shift"].options) > 2
    shift = bar.boxes["shift"].options[1].value
    _choose(history, "shift", shift)
    assert bar.choice.chosen == shift and bar.boxes["shift"].is_set and not bar.boxes["period"].is_set
    assert filter_caption("shift") in bar.boxes["shift"].accessibleName()


def test_records_that_cannot_be_read_are_said_and_asked_for_again(bench: Bench, archive_folder: object) -> None:
    made = HistoryBench(bench, archive_folder)  # type: ignore[arg-type]
    made.open()
    bench.qtbot.waitUntil(lambda: made.tab.list.empty.is_warning)
    assert "cannot be read" in made.tab.list.empty.words and made.ids == []
    bench.archive.records = StationArchive(made.folder)
    bench.tell(part(PARTS, preview_sequence=0))
    made.wait_for(PARTS)
    assert not made.tab.list.empty.isVisible()


def test_what_nobody_sees_reads_nothing(history: HistoryBench) -> None:
    history.bench.qtbot.waitUntil(lambda: len(history.bench.archive.glanced) >= len(history.seen))
    history.bench.station.ways.go(ScreenName.RUN)
    history.record(*parts(1, PARTS + 1))
    history.bench.tell(part(PARTS + 1, preview_sequence=0))
    assert not history.tab.list._counting.isActive()
    history.bench.station.ways.go(ScreenName.HISTORY)
    history.bench.qtbot.waitUntil(lambda: history.tab.list.foot.fresh.caption == "1 new")


def test_keys_move_in_the_table_and_home_still_leads_to_the_line(history: HistoryBench) -> None:
    table = history.tab.list.table
    assert table.hasFocus(), "the open screen has the keys"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(table, key)
        history.bench.qtbot.waitUntil(lambda: not history.bench.station.scanner.is_holding)
    assert history.shows(history.tab.detail)
    QTest.keyClick(history.tab.detail, Qt.Key.Key_Escape)
    history.bench.qtbot.waitUntil(lambda: history.shows(history.tab.list))
    QTest.keyClick(table, Qt.Key.Key_Home)
    history.bench.qtbot.waitUntil(lambda: history.bench.station.workplace.here is ScreenName.RUN)
