"""The columns of the parts' table: what they are called, how wide they are, and what stands in them. GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, auto

from PySide6.QtCore import QCoreApplication

from station_app.core.history import HistoryRow
from station_app.core.inspection import VerdictKind
from station_app.gui import texts
from station_app.gui.history.filter_texts import reason_cause, verdict_name
from station_app.gui.marking import QT_TRANSLATE_NOOP

_HASH_LETTERS = 8


class Column(IntEnum):
    """In their order from the left."""

    PICTURE = 0
    NUMBER = auto()
    TIME = auto()
    VERDICT = auto()
    FINDING = auto()
    SCORE = auto()
    SERIAL = auto()
    LOT = auto()
    RECIPE = auto()
    MODEL = auto()
    DECISION = auto()
    OPERATOR = auto()


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """`least_mm` is what it needs; of the room that is left it takes `share` parts."""

    caption: str
    least_mm: float
    share: int = 0


PLANS = {
    Column.PICTURE: ColumnPlan("", 15.0),
    Column.NUMBER: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Part"), 19.0),
    Column.TIME: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Time"), 22.0),
    Column.VERDICT: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Verdict"), 30.0),
    Column.FINDING: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Defect or cause"), 44.0, 4),
    Column.SCORE: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Score"), 13.0),
    Column.SERIAL: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Serial number"), 37.0, 4),
    Column.LOT: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Lot"), 22.0, 2),
    Column.RECIPE: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Recipe"), 28.0, 2),
    Column.MODEL: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Model"), 19.0),
    Column.DECISION: ColumnPlan(QT_TRANSLATE_NOOP("Column", "Decision"), 27.0, 1),
    Column.OPERATOR: ColumnPlan(QT_TRANSLATE_NOOP("Column", "By"), 20.0, 2),
}


def column_caption(column: Column) -> str:
    return QCoreApplication.translate("Column", PLANS[column].caption) if PLANS[column].caption else ""


def column_widths(room_px: int, px_per_mm: float) -> dict[Column, int]:
    """Pixels for every column, `room_px` in all; where the room is too short, all give alike."""
    least = {column: plan.least_mm * px_per_mm for column, plan in PLANS.items()}
    spare, shares = room_px - sum(least.values()), sum(plan.share for plan in PLANS.values())
    if spare < 0:
        return {column: int(width * room_px / sum(least.values())) for column, width in least.items()}
    return {column: int(width + spare * PLANS[column].share / shares) for column, width in least.items()}


def local_time(at_ms: int) -> datetime:
    """The wall clock's time of a recorded one."""
    return datetime.fromtimestamp(at_ms / 1000).astimezone()


def cell_text(row: HistoryRow, column: Column) -> str:
    """What is written in one cell; a figure that is not there is not written."""
    return _WRITERS[column](row) if column in _WRITERS else ""


def _finding(row: HistoryRow) -> str:
    if row.verdict is VerdictKind.NO_RESULT and row.reason is not None:
        return reason_cause(row.reason)
    return texts.label_name(row.label) if row.label and row.verdict is not VerdictKind.PASS else ""


def _decision(row: HistoryRow) -> str:
    return texts.disposition_name(row.disposition, row.verdict) if row.disposition is not None else ""


def _models(row: HistoryRow) -> str:
    return " ".join(model[:_HASH_LETTERS] for model in row.model.split())


_WRITERS: dict[Column, Callable[[HistoryRow], str]] = {
    Column.NUMBER: lambda row: str(row.part_id),
    Column.TIME: lambda row: f"{local_time(row.inspected_at_ms):%Y-%m-%d\n%H:%M:%S}",
    Column.VERDICT: lambda row: verdict_name(row.verdict),
    Column.FINDING: _finding,
    Column.SCORE: lambda row: "" if row.score is None else f"{row.score:.2f}",
    Column.SERIAL: lambda row: row.serial,
    Column.LOT: lambda row: row.lot,
    Column.RECIPE: lambda row: f"{row.recipe} r{row.recipe_revision}",
    Column.MODEL: _models,
    Column.DECISION: _decision,
    Column.OPERATOR: lambda row: row.operator,
}


def row_name(row: HistoryRow) -> str:
    """The whole line in words, for who does not see the table."""
    said = (cell_text(row, column).replace("\n", " ") for column in Column)
    return ", ".join(text for text in said if text)
