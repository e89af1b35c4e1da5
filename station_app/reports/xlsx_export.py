"""The history as a workbook: text stays text (no formula, no link, no guessed number), times sort."""

from collections.abc import Iterable
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from station_app.core.history import HistoryRow
from station_app.reports.about import About
from station_app.reports.columns import COLUMNS

MOST_ROWS = 1_048_575
"""Of a worksheet, below its header line; what is more goes on the next sheet."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
_WIDTH = 18


def write_xlsx(rows: Iterable[HistoryRow], about: About, path: Path) -> int:
    """Write every row to a new workbook at `path`; how many there were. OSError where the disk does not take it."""
    workbook = Workbook(str(path), _OPTIONS)
    count, sheet = 0, _new_sheet(workbook, 1)
    for row in rows:
        if count and count % MOST_ROWS == 0:
            sheet = _new_sheet(workbook, count // MOST_ROWS + 1)
        _write_row(sheet, count % MOST_ROWS + 1, row)
        count += 1
    _write_about(workbook, about, count)
    workbook.close()
    return count


def _new_sheet(workbook: Workbook, number: int) -> Worksheet:
    sheet = workbook.add_worksheet(f"parts {number}")
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS) - 1, _WIDTH)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.name, bold)
    return sheet


def _write_row(sheet: Worksheet, line: int, row: HistoryRow) -> None:
    for place, column in enumerate(COLUMNS):
        cell = column.cell(row)
        if isinstance(cell, str):
            sheet.write_string(line, place, cell.replace("\0", ""))
        elif cell is not None:
            sheet.write_number(line, place, cell)


def _write_about(workbook: Workbook, about: About, count: int) -> None:
    sheet = workbook.add_worksheet("about")
    sheet.set_column(0, 1, 2 * _WIDTH)
    for line, (name, value) in enumerate((*about.lines(), ("rows", str(count)))):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, value)
