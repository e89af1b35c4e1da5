"""The history as CSV: UTF-8 with the mark that makes Excel read Chinese, comma, RFC 4180 quoting, one header line."""

import csv
import io
from collections.abc import Iterable
from typing import IO

from station_app.core.history import HistoryRow
from station_app.reports.about import About
from station_app.reports.columns import COLUMNS, Cell, harmless


def write_csv(rows: Iterable[HistoryRow], about: About, stream: IO[bytes]) -> int:
    """Write every row; how many there were. The last lines begin with `#` and say what was asked for. Streams: memory
    does not grow with the rows."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    count = 0
    for row in rows:
        writer.writerow([_plain(column.cell(row)) for column in COLUMNS])
        count += 1
    writer.writerows([f"# {name}", harmless(value)] for name, value in about.lines())
    writer.writerow(["# rows", count])
    text.detach()
    return count


def _plain(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell
