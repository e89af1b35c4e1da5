"""The history as its screens ask for it: pages of any selection, how much is new, what there is to choose from."""

import json
import sqlite3

from station_app.core.errors import StorageError
from station_app.core.history import HistoryChoices, HistoryFilter, HistoryRow, RecordedOverride
from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.store.history_question import HIGHEST, LOWEST
from station_app.store.history_ranges import Range
from station_app.store.history_search import find
from station_app.store.inspections import withheld_of
from station_app.store.overrides import load_decisions

LOTS_OFFERED = 200


def page(
    reader: sqlite3.Connection, where: HistoryFilter, before: int | None = None, size: int = 50
) -> tuple[HistoryRow, ...]:
    """The newest `size` parts of the selection, or those before the part id `before`; newest first. StorageError where
    a record is damaged."""
    whole = Range(LOWEST, HIGHEST if before is None else before - 1)
    return _rows(reader, find(reader, where, whole, size))


def page_after(reader: sqlite3.Connection, where: HistoryFilter, after: int, size: int = 50) -> tuple[HistoryRow, ...]:
    """The oldest `size` parts of the selection that are newer than `after`: the page before; newest first."""
    found = find(reader, where, Range(after + 1, HIGHEST), size, is_newest_first=False)
    return _rows(reader, found[::-1])


def newer(reader: sqlite3.Connection, where: HistoryFilter, after: int, most: int = 1000) -> int:
    """How many parts of the selection are newer than the part id `after`; more than `most` are not counted."""
    return len(find(reader, where, Range(after + 1, HIGHEST), most))


def choices(reader: sqlite3.Connection) -> HistoryChoices:
    """All that can be chosen in the filter bar."""
    combined = "SELECT DISTINCT {} AS word FROM combinations WHERE word <> '' ORDER BY word"
    recipes = "SELECT DISTINCT r.name FROM combinations c JOIN recipes r ON r.id = c.recipe_id ORDER BY r.name"
    operators = "SELECT DISTINCT s.operator FROM decided_pairs d JOIN standings s ON s.id = d.standing ORDER BY 1"
    models = {model for models in _words(reader, combined.format("model")) for model in models.split(" ")}
    return HistoryChoices(
        recipes=_words(reader, recipes),
        labels=_words(reader, combined.format("label")),
        lots=_words(reader, f"SELECT lot FROM lots ORDER BY id DESC LIMIT {LOTS_OFFERED}"),  # noqa: S608 - a constant
        models=tuple(sorted(models)),
        operators=_words(reader, operators),
        reasons=tuple(map(NoResultReason, _words(reader, combined.format("reason")))),
    )


def decisions(reader: sqlite3.Connection, part_id: int) -> tuple[RecordedOverride, ...]:
    """Everything that people decided and took back about a part, in that order. StorageError where one is damaged."""
    return load_decisions(reader, part_id)


def _words(reader: sqlite3.Connection, query: str) -> tuple[str, ...]:
    return tuple(row[0] for row in reader.execute(query))


def _rows(reader: sqlite3.Connection, part_ids: list[int]) -> tuple[HistoryRow, ...]:
    """The lines of these parts, in this order."""
    query = (
        "SELECT i.part_id, i.inspected_at_ms, r.name, r.revision, i.verdict, i.reason, i.serial, i.lot,"
        " coalesce(i.label, ''), i.score, c.model, s.disposition, coalesce(s.operator, '')"
        " FROM json_each(?) p CROSS JOIN inspections i ON i.part_id = p.value"
        " JOIN recipes r ON r.id = i.recipe_id JOIN history h ON h.part_id = i.part_id"
        " JOIN combinations c ON c.id = h.combination LEFT JOIN decided d ON d.part_id = i.part_id"
        " LEFT JOIN standings s ON s.id = d.standing ORDER BY p.key"
    )
    late = withheld_of(reader, part_ids)
    return tuple(_row(row, late) for row in reader.execute(query, (json.dumps(part_ids),)))


def _row(row: sqlite3.Row, late: frozenset[int]) -> HistoryRow:
    part_id, at_ms, recipe, revision, verdict, reason, serial, lot, label, score, model, disposition, operator = row
    try:
        kind = VerdictKind(verdict)
        why = NoResultReason(reason) if reason else None
        said = Disposition(disposition) if disposition else None
    except ValueError as error:
        remedy = "run station-app verify, and restore the newest backup"
        raise StorageError("the record is damaged", where=f"part {part_id}", remedy=remedy) from error
    who = (said, operator, part_id in late)
    return HistoryRow(part_id, at_ms, recipe, revision, kind, why, serial, lot, label, score, model, *who)
