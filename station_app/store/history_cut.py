"""Drafts a batch of the history: every part in the order of its id, without images and without people.

A part whose record is still on its way is not passed over while it may come; one that stays away longer is noted, and
told when it comes after all.
"""

import sqlite3
from dataclasses import dataclass, fields

from station_app.core.cloud_event import Event, Words, chained_lines, number
from station_app.core.errors import StorageError
from station_app.core.inspection import StageTimes
from station_app.core.outgoing import Cutting, Stream
from station_app.core.record_words import PartTold, part_words, prediction_words
from station_app.store.cut import Draft, head_of, next_number
from station_app.store.inspections import load_inspection, withheld_of
from station_app.store.outbox_state import is_young, told_until
from station_app.store.telling import Telling
from station_app.store.told_records import SCHEMA

_TIMES = tuple(field.name for field in fields(StageTimes))
INSPECTION = "station.inspection.v1"
SETTLE_MS = 10_000
"""Younger parts are not told: what is noted right after a record, as a PASS that came too late, is there by then."""

GAP_MS = 600_000
"""A part whose record has not come that long after its neighbour's is passed over for now."""


def draft_history(reader: sqlite3.Connection, telling: Telling, cutting: Cutting) -> Draft | None:
    """The next batch, None where too few parts are there that may be told. The reader holds one moment.

    Where of a whole batch no part can be read it looks further: the parts behind these wait for nobody.
    """
    most = cutting.parts
    while True:
        due = _due_parts(reader, telling.first_part, most)
        events = _events(reader, due, telling) if due.is_worth_it(cutting) else {}
        if events or len(due.parts) < most:
            break
        most *= 2
    if not events:
        return None
    head = head_of(reader, telling.series, Stream.HISTORY)
    return Draft(
        series=telling.series,
        head=head,
        number=next_number(reader),
        lines=tuple(chained_lines(events.values(), head)),
        oldest_ms=due.oldest_ms,
        last_part=due.last_part,
        gaps=(*due.gaps, *(part_id for part_id in due.next_ones if part_id not in events)),
        filled=tuple(part_id for part_id in due.late_ones if part_id in events),
    )


def _events(reader: sqlite3.Connection, due: "_Due", telling: Telling) -> dict[int, Event]:
    """By part, of those that can be read."""
    found = ((part_id, inspection_event(reader, part_id, telling)) for part_id in due.parts)
    return {part_id: event for part_id, event in found if event is not None}


@dataclass(frozen=True, slots=True)
class _Due:
    """Parts to be told: `late_ones` were passed over before, `next_ones` come in their order up to `last_part`, and
    `gaps` are those between them whose record did not come."""

    late_ones: tuple[int, ...]
    next_ones: tuple[int, ...]
    gaps: tuple[int, ...]
    last_part: int
    oldest_ms: int

    @property
    def parts(self) -> tuple[int, ...]:
        return self.late_ones + self.next_ones

    def is_worth_it(self, cutting: Cutting) -> bool:
        """Whether the batch is full, or has waited long enough."""
        return bool(self.parts) and (
            len(self.parts) >= cutting.parts or not is_young(self.oldest_ms, cutting.history_ms)
        )


def _due_parts(reader: sqlite3.Connection, first_part: int, most: int) -> _Due:
    """What may be told now, without reading any record: this is asked every other second."""
    late = reader.execute(
        "SELECT i.part_id, i.inspected_at_ms FROM history_gaps g JOIN inspections i ON i.part_id = g.part_id"
        " ORDER BY i.part_id LIMIT ?",
        (most,),
    ).fetchall()
    last = told_until(reader)
    query = "SELECT part_id, inspected_at_ms FROM inspections WHERE part_id > ? ORDER BY part_id LIMIT ?"
    chosen: list[tuple[int, int]] = []
    gaps: list[int] = []
    for part_id, at_ms in reader.execute(query, (last, most - len(late))):
        missing = range(max(last + 1, first_part), part_id)
        if is_young(at_ms, GAP_MS if missing else SETTLE_MS):
            break
        gaps += missing
        chosen.append((part_id, at_ms))
        last = part_id
    oldest_ms = min((at_ms for _, at_ms in (*late, *chosen)), default=0)
    return _Due(tuple(row[0] for row in late), tuple(row[0] for row in chosen), tuple(gaps), last, oldest_ms)


def inspection_event(reader: sqlite3.Connection, part_id: int, telling: Telling) -> Event | None:
    """What is told of one part; None where its record cannot be read: it is tried again with every batch."""
    try:
        inspection = load_inspection(reader, part_id)
    except StorageError as error:
        telling.unreadable.note(part_id, error)
        return None
    if inspection is None:
        return None
    told = PartTold(
        subject=telling.subject_of(part_id),
        inspection=inspection,
        recipe=telling.recipes.of(reader, inspection),
        is_withheld=bool(withheld_of(reader, (part_id,))),
    )
    return Event(INSPECTION, told.subject, inspection.inspected_at_ms, inspection_words(told, telling.app))


def inspection_words(told: PartTold, app: str) -> Words:
    """The data of one line."""
    times = told.inspection.times
    return part_words(told) | {
        "prediction": prediction_words(told),
        "times": {name: number(getattr(times, name)) for name in _TIMES},
        "decision": None,
        "app": {"version": app, "schema": SCHEMA},
    }
