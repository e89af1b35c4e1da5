"""Records of the outbox as events: each as things stood with it, whatever was said later."""

import sqlite3
from dataclasses import dataclass

from station_app.core.cloud_event import Event, Words
from station_app.core.consensus import consensus, standing_decision
from station_app.core.errors import StorageError
from station_app.core.inspection import Override, VerdictKind
from station_app.core.people_words import Pseudonym, ReviewTold, decision_words, review_words
from station_app.core.record_words import (
    PartTold,
    finding_words,
    image_words,
    part_words,
    prediction_words,
    sampling_words,
)
from station_app.core.review_rules import Numbered
from station_app.store.outbox_rows import Kind
from station_app.store.overrides import load_decisions
from station_app.store.reviews import ReviewEntry, review_chain

SCHEMA = 1
CAPTURE = "station.capture.v1"
DECISION = "station.decision.v1"
REVIEW = "station.review.v1"

_TYPES = {Kind.OVERRIDE: DECISION, Kind.REVIEW: REVIEW, Kind.REVIEW_UNDO: REVIEW}
_REASONS = ("blind", "near", "suspect", "no_result", "override", "review")


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A record that is to leave, as its row says; `record` is the id of the decision, review or mark, else the part's.
    `kind` is a `Kind` where the row is not damaged."""

    row_id: int
    part_id: int
    kind: str
    record: int
    written_at_ms: int


@dataclass(frozen=True, slots=True)
class _Said:
    """What had been said of the part by then: rows of the outbox by kind, decisions, reviews not taken back."""

    told: tuple[tuple[Kind, int], ...]
    decisions: tuple[tuple[int, Override], ...]
    reviews: tuple[Numbered, ...]
    chain: tuple[ReviewEntry, ...]


def event_of(reader: sqlite3.Connection, row: OutboxRow, told: PartTold, name: Pseudonym, app: str) -> Event:
    """The event of one record; `app` is this program's version. StorageError where a record is damaged."""
    try:
        return _event(reader, row, told, name, app)
    except (ValueError, LookupError) as error:
        remedy = "run station-app verify, and restore the newest backup"
        raise StorageError("a record of the outbox is damaged", where=f"row {row.row_id}", remedy=remedy) from error


def _event(reader: sqlite3.Connection, row: OutboxRow, told: PartTold, name: Pseudonym, app: str) -> Event:
    kind, said = Kind(row.kind), _said(reader, row)
    at_ms, decision, review = _record_words(reader, kind, row.record, said, name)
    standing = standing_decision(said.decisions)
    words = part_words(told)
    words |= {
        "images": image_words(told),
        "prediction": prediction_words(told) | {"findings": [finding_words(f) for f in told.inspection.findings]},
        "why": _why(told, said),
        "sampling": sampling_words(told.sample),
        "decision": decision,
        "review": review,
        "consensus": consensus(told.inspection.verdict, standing, said.reviews),
        "shadow": list(told.shadow),
        "app": {"version": app, "schema": SCHEMA},
    }
    happened_ms = told.inspection.inspected_at_ms if at_ms is None else at_ms
    return Event(_TYPES.get(kind, CAPTURE), told.subject, happened_ms, words)


def _record_words(
    reader: sqlite3.Connection, kind: Kind, record: int, said: _Said, name: Pseudonym
) -> tuple[int | None, Words | None, Words | None]:
    """When it happened, None for with the part itself; the decision, or the review, that the record is."""
    match kind:
        case Kind.OVERRIDE:
            decision = dict(said.decisions)[record]
            return decision.decided_at_ms, decision_words(record, decision, name), None
        case Kind.REVIEW | Kind.REVIEW_UNDO:
            review = _review(said, kind, record)
            at_ms = review.review.reviewed_at_ms if review.undone_at_ms is None else review.undone_at_ms
            return at_ms, None, review_words(review, name)
        case Kind.SUSPECT:
            marks = reader.execute("SELECT marked_at_ms FROM suspects WHERE id = ?", (record,)).fetchall()
            return int(marks[0][0]), None, None
        case _:
            return None, None, None


def _review(said: _Said, kind: Kind, record: int) -> ReviewTold:
    entry = {entry.review_id: entry for entry in said.chain}[record]
    if kind is Kind.REVIEW:
        return ReviewTold(record, entry.review)
    return ReviewTold(record, entry.review, entry.undone_by, entry.undone_at_ms)


def _said(reader: sqlite3.Connection, row: OutboxRow) -> _Said:
    query = "SELECT kind, record FROM outbox WHERE part_id = ? AND id <= ? ORDER BY id"
    told = tuple((Kind(kind), record) for kind, record in reader.execute(query, (row.part_id, row.row_id)))
    by_then = frozenset(told)
    decisions = tuple(
        (decision.override_id, decision.override)
        for decision in load_decisions(reader, row.part_id)
        if (Kind.OVERRIDE, decision.override_id) in by_then
    )
    chain = review_chain(reader, row.part_id)
    reviews = tuple(
        (entry.review_id, entry.review)
        for entry in chain
        if (Kind.REVIEW, entry.review_id) in by_then and (Kind.REVIEW_UNDO, entry.review_id) not in by_then
    )
    return _Said(told, decisions, reviews, chain)


def _why(told: PartTold, said: _Said) -> list[str]:
    kinds = {kind for kind, _ in said.told}
    holds = {
        "blind": told.sample is not None,
        "near": told.is_near,
        "suspect": Kind.SUSPECT in kinds,
        "no_result": told.inspection.verdict is VerdictKind.NO_RESULT,
        "override": Kind.OVERRIDE in kinds,
        "review": Kind.REVIEW in kinds,
    }
    return [reason for reason in _REASONS if holds[reason]]
