"""The window of rows in memory, and the model that Qt sees of it: bounded, without gaps, and never out of step."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from station_app.core.history import HistoryRow
from station_app.core.inspection import Disposition, VerdictKind
from station_app.gui.history.columns import Column, cell_text, column_widths
from station_app.gui.history.parts_model import PartsModel
from station_app.gui.history.row_window import MOST_ROWS, PAGE_ROWS, RowWindow

ALL = 1400
steps = st.lists(st.booleans(), min_size=1, max_size=20)


def row(part_id: int) -> HistoryRow:
    return HistoryRow(part_id, part_id * 1000, "A17", 2, VerdictKind.PASS, None, "", "", "", 0.5, "ab" * 32, None, "")


def _page(first: int, count: int) -> tuple[HistoryRow, ...]:
    return tuple(row(part_id) for part_id in range(first, max(0, first - count), -1))


def _begun() -> RowWindow:
    return RowWindow(_page(ALL, PAGE_ROWS), has_older=True)


def _stepped(window: RowWindow, *, is_older: bool) -> RowWindow:
    """One more page at an end, as the store would give it."""
    if is_older:
        read = _page(window.rows[-1].part_id - 1, PAGE_ROWS)
        return window.with_older(read, is_end=len(read) < PAGE_ROWS)
    read = _page(min(ALL, window.newest_id + PAGE_ROWS), min(PAGE_ROWS, ALL - window.newest_id))
    return window.with_newer(read, is_end=len(read) < PAGE_ROWS)


@given(steps)
def test_the_window_stays_bounded_and_without_gaps(older: list[bool]) -> None:
    window = _begun()
    for is_older in older:
        window = _stepped(window, is_older=is_older)
        ids = [found.part_id for found in window.rows]
        assert len(ids) <= MOST_ROWS and ids == list(range(ids[0], ids[0] - len(ids), -1))
        assert window.has_newer or ids[0] == ALL
        assert window.has_older or ids[-1] == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(steps)
def test_the_model_shows_the_window_and_tells_what_moved(model: PartsModel, older: list[bool]) -> None:
    window = _begun()
    model.begin(window)
    for is_older in older:
        before, window = window, _stepped(window, is_older=is_older)
        shift = model.grow(window)
        assert model.window == window and model.rowCount() == len(window.rows)
        kept = {found.part_id: number for number, found in enumerate(before.rows)}
        moved = {n - kept[found.part_id] for n, found in enumerate(window.rows) if found.part_id in kept}
        assert moved <= {shift}


@pytest.fixture
def model(qapp: QApplication) -> Iterator[QAbstractItemModel]:
    made = PartsModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    tester.deleteLater()


def test_one_row_changes_and_nothing_else(model: PartsModel) -> None:
    model.begin(_begun())
    decided = HistoryRow(
        ALL - 3, 0, "A17", 2, VerdictKind.FAIL, None, "S", "L", "dent", 0.9, "", Disposition.AGREE, "Anna"
    )
    model.change(decided)
    model.change(row(ALL + 50))
    assert model.window.rows[3] == decided and len(model.window.rows) == PAGE_ROWS
    texts = [model.data(model.index(3, column)) for column in (Column.FINDING, Column.DECISION, Column.OPERATOR)]
    assert texts == ["Dent", "Agree", "Anna"]


def test_a_figure_that_is_not_there_is_not_written() -> None:
    without = HistoryRow(1, 0, "A17", 2, VerdictKind.PASS, None, "", "", "dent", None, "aa cc", None, "")
    assert cell_text(without, Column.SCORE) == "" and cell_text(without, Column.FINDING) == ""
    assert cell_text(without, Column.MODEL) == "aa cc" and cell_text(without, Column.DECISION) == ""


@given(st.integers(200, 4000), st.floats(2.0, 8.0))
def test_the_columns_fill_the_table_and_no_more(room_px: int, px_per_mm: float) -> None:
    widths = column_widths(room_px, px_per_mm)
    assert set(widths) == set(Column) and room_px - len(Column) <= sum(widths.values()) <= room_px
