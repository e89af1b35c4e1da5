"""The columns of the parts' table: what they are called, how wide they are, and what stands in them. GUI thread."""

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
    match column:
        case Column.NUMBER:
            text = str(row.part_id)
        case Column.TIME:
            text = f"{local_time(row.inspected_at_ms):%Y-%m-%d\n%H:%M:%S}"
        case Column.VERDICT:
            text = verdict_name(row.verdict)
        case Column.FINDING:
            text = _finding(row)
        case Column.SCORE:
            text = "" if row.score is None else f"{row.score:.2f}"
        case Column.SERIAL:
            text = row.serial
        case Column.LOT:
            text = row.lot
        case Column.RECIPE:
            text = f"{row.recipe} r{row.recipe_revision}"
        case Column.MODEL:
            text = row.model[:_HASH_LETTERS]
        case Column.DECISION:
            text = texts.disposition_name(row.disposition, row.verdict) if row.disposition is not None else ""
        case Column.OPERATOR:
            text = row.operator
        case _:
            text = ""
    return text


def _finding(row: HistoryRow) -> str:
    if row.verdict is VerdictKind.NO_RESULT and row.reason is not None:
        return reason_cause(row.reason)
    return texts.label_name(row.label) if row.label and row.verdict is not VerdictKind.PASS else ""


def row_name(row: HistoryRow) -> str:
    """The whole line in words, for who does not see the table."""
    said = (cell_text(row, column).replace("\n", " ") for column in Column)
    return ", ".join(text for text in said if text)
