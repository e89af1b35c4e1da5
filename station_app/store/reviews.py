"""Reviews out of the database: what people said about a part, what it comes to, and how a reviewer is doing."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from station_app.core.errors import StorageError
from station_app.core.inspection import Box
from station_app.core.review import Answer, Brush, DefectDrawn, Queue, Review, Severity
from station_app.core.review_rules import settled_answer
from station_app.store.text import storable


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """One record of a review; `undone_by` and `undone_at_ms` where it was taken back, else "" and None."""

    review_id: int
    review: Review
    undone_by: str
    undone_at_ms: int | None


@dataclass(frozen=True, slots=True)
class SessionAgreement:
    """What one reviewer did in a while. `pairs` are their blind answers beside another person's about the same part,
    where both were sure; `seeds_caught` of `seeds` known-bad images were called bad."""

    answered: int
    blind: int
    seeds: int
    seeds_caught: int
    pairs: tuple[tuple[Answer, Answer], ...]


def reviews_of(reader: sqlite3.Connection, part_id: int) -> tuple[tuple[int, Review], ...]:
    """The reviews of a part that were not taken back, oldest first, with their numbers."""
    entries = review_chain(reader, part_id)
    return tuple((entry.review_id, entry.review) for entry in entries if entry.undone_at_ms is None)


def review_chain(reader: sqlite3.Connection, part_id: int) -> tuple[ReviewEntry, ...]:
    """Every review of a part, also those taken back, oldest first."""
    query = (
        "SELECT r.*, u.reviewer AS undone_by, u.undone_at_ms FROM reviews r LEFT JOIN review_undos u"
        " ON u.review_id = r.id WHERE r.part_id = ? ORDER BY r.id"
    )
    cursor = reader.execute(query, (part_id,))
    names = [column[0] for column in cursor.description]
    return tuple(_entry(dict(zip(names, row, strict=True))) for row in cursor)


def settled(reader: sqlite3.Connection, part_id: int) -> Answer | None:
    """What people's answers about the part come to; None where they differ, nobody is sure, or nobody was asked."""
    return settled_answer(reviews_of(reader, part_id))


def session_agreement(reader: sqlite3.Connection, reviewer: str, since_ms: int) -> SessionAgreement:
    """What `reviewer` has answered since then, without what they took back."""
    query = (
        "SELECT part_id, answer, is_blind, seed FROM reviews r WHERE reviewer = ? AND reviewed_at_ms >= ?"
        " AND NOT EXISTS (SELECT 1 FROM review_undos u WHERE u.review_id = r.id) ORDER BY reviewed_at_ms, id"
    )
    rows = reader.execute(query, (storable(reviewer), since_ms)).fetchall()
    seeds = [answer for _, answer, _, seed in rows if seed]
    parts = [(part_id, Answer(answer)) for part_id, answer, is_blind, seed in rows if is_blind and not seed]
    pairs = ((own, other) for part_id, own in parts for other in _others(reader, part_id, reviewer))
    return SessionAgreement(
        answered=len(rows),
        blind=len(parts),
        seeds=len(seeds),
        seeds_caught=seeds.count(Answer.BAD),
        pairs=tuple(pair for pair in pairs if Answer.UNSURE not in pair),
    )


def _others(reader: sqlite3.Connection, part_id: int, reviewer: str) -> tuple[Answer, ...]:
    said = {r.reviewer: r.answer for _, r in reviews_of(reader, part_id) if r.is_blind}
    return tuple(answer for name, answer in said.items() if name != storable(reviewer))


def _entry(row: dict[str, Any]) -> ReviewEntry:
    try:
        return ReviewEntry(row["id"], _review(row), row["undone_by"] or "", row["undone_at_ms"])
    except (ValueError, LookupError, TypeError) as error:
        remedy = "run station-app verify, and restore the newest backup"
        raise StorageError("the record is damaged", where=f"review {row['id']}", remedy=remedy) from error


def _review(row: dict[str, Any]) -> Review:
    return Review(
        part_id=row["part_id"] or 0,
        queue=Queue(row["queue"]),
        answer=Answer(row["answer"]),
        reviewer=row["reviewer"],
        reviewed_at_ms=row["reviewed_at_ms"],
        is_blind=bool(row["is_blind"]),
        label=row["label"],
        severity=Severity(row["severity"]) if row["severity"] else None,
        comment=row["comment"],
        drawn=tuple(_drawn(entry) for entry in json.loads(row["drawn"])),
        viewed_ms=row["viewed_ms"],
        is_adjudication=bool(row["is_adjudication"]),
        seed=row["seed"],
    )


def _drawn(entry: dict[str, Any]) -> DefectDrawn:
    box, polygon, brush = entry["box"], entry["polygon"], entry["brush"]
    return DefectDrawn(
        entry["label"],
        entry["camera_id"],
        Box(*box) if box else None,
        tuple((x, y) for x, y in polygon) if polygon else None,
        Brush(Box(*brush["box"]), tuple(brush["runs"])) if brush else None,
    )
