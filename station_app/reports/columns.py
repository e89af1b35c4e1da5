"""The columns of an exported history, and the one place that makes a text harmless for spreadsheets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from station_app.core.history import HistoryRow
from station_app.core.inspection import VerdictKind

Cell = str | int | float | None

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets take a text that begins so for a formula, and run it: see OWASP, CSV Injection. Some convert the
full-width signs as well."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the first line, and what stands in it."""

    name: str
    cell: Callable[[HistoryRow], Cell]


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run, also behind leading blanks; NUL bytes go."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def utc_text(at_ms: int) -> str:
    """ISO 8601 in UTC with milliseconds: sorts as text, and means the same in every time zone."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")


def _told(row: HistoryRow) -> VerdictKind:
    return VerdictKind.NO_RESULT if row.is_withheld else row.verdict


def _time(row: HistoryRow) -> Cell:
    return utc_text(row.inspected_at_ms)


COLUMNS = (
    Column("part", lambda row: row.part_id),
    Column("inspected_at_utc", _time),
    Column("serial", lambda row: row.serial),
    Column("lot", lambda row: row.lot),
    Column("recipe", lambda row: row.recipe),
    Column("recipe_revision", lambda row: row.recipe_revision),
    Column("model_sha256", lambda row: row.model),
    Column("verdict", lambda row: row.verdict.value),
    Column("reason", lambda row: row.reason.value if row.reason else ""),
    Column("label", lambda row: row.label),
    Column("score", lambda row: row.score),
    Column("decision", lambda row: row.disposition.value if row.disposition else ""),
    Column("decided_by", lambda row: row.operator),
    Column("told_to_line", lambda row: _told(row).value),
)
"""Names and order are part of the format: new columns come at the end."""
