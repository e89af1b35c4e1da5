"""Drafts a batch of the history: every part in the order of its id, without images and without people.

A part whose record is still on its way is not passed over while it may come; one that stays away longer is noted, and
told when it comes after all.
"""

import logging
import sqlite3
from dataclasses import fields

from station_app.core.cloud_event import Event, Words, chained_lines, number
from station_app.core.errors import StorageError
from station_app.core.inspection import StageTimes
from station_app.core.outgoing import Cutting, Stream
from station_app.core.record_words import PartTold, part_words, prediction_words
from station_app.store.capture_cut import Telling
from station_app.store.cut import Draft, head_of, next_number
from station_app.store.inspections import load_inspection, withheld_of
from station_app.store.outbox_state import is_young, told_until
from station_app.store.told_parts import RecipesTold, subject_of
from station_app.store.told_records import SCHEMA

log = logging.getLogger(__name__)

_TIMES = tuple(field.name for field in fields(StageTimes))
INSPECTION = "station.inspection.v1"
SETTLE_MS = 10_000
"""Younger parts are not told: what is noted right after a record, as a PASS that came too late, is there by then."""

GAP_MS = 600_000
"""A part whose record has not come that long after its neighbour's is passed over for now."""


def draft_history(reader: sqlite3.Connection, telling: Telling, cutting: Cutting) -> Draft | None:
    """The next batch, None where too few parts are there that may be told. The reader holds one moment."""
    walk = _Walk(reader, telling, cutting.parts)
    walk.tell_late_ones()
    walk.go_on()
    if not walk.events:
        return None
    oldest_ms = min(event.at_ms for event in walk.events)
    if len(walk.events) < cutting.parts and is_young(oldest_ms, cutting.history_ms):
        return None
    head = head_of(reader, telling.series, Stream.HISTORY)
    return Draft(
        series=telling.series,
        head=head,
        number=next_number(reader),
        lines=tuple(chained_lines(walk.events, head)),
        oldest_ms=oldest_ms,
        last_part=walk.last_part,
        gaps=tuple(walk.gaps),
        filled=tuple(walk.filled),
    )


class _Walk:
    """One walk over the parts that were not told yet."""

    def __init__(self, reader: sqlite3.Connection, telling: Telling, most: int) -> None:
        self._reader = reader
        self._telling = telling
        self._most = most
        self._recipes = RecipesTold(reader)
        self.last_part = told_until(reader)
        self.events: list[Event] = []
        self.gaps: list[int] = []
        self.filled: list[int] = []

    def tell_late_ones(self) -> None:
        """Parts that were passed over, and are there now."""
        query = "SELECT part_id FROM history_gaps WHERE part_id IN (SELECT part_id FROM inspections) LIMIT ?"
        for (part_id,) in self._reader.execute(query, (self._most,)).fetchall():
            if self._tell(part_id):
                self.filled.append(part_id)

    def go_on(self) -> None:
        """The next parts, as far as none can come below them any more."""
        query = "SELECT part_id, inspected_at_ms FROM inspections WHERE part_id > ? ORDER BY part_id LIMIT ?"
        rows = self._reader.execute(query, (self.last_part, self._most - len(self.events))).fetchall()
        for part_id, at_ms in rows:
            missing = self._may_still_come(part_id)
            if is_young(at_ms, GAP_MS if missing else SETTLE_MS):
                return
            self.gaps += missing
            if not self._tell(part_id):
                self.gaps.append(part_id)
            self.last_part = part_id

    def _may_still_come(self, part_id: int) -> range:
        """The parts of this run below, of which there is no record."""
        return range(max(self.last_part + 1, self._telling.first_part), part_id)

    def _tell(self, part_id: int) -> bool:
        """False where the record cannot be read."""
        try:
            inspection = load_inspection(self._reader, part_id)
        except StorageError as error:
            log.error("a part stays out of the history: %s", error)
            return False
        if inspection is None:
            return False
        told = PartTold(
            subject=subject_of(self._telling.series.sender.station, self._telling.series.origin, part_id),
            inspection=inspection,
            recipe=self._recipes.of(inspection),
            is_withheld=bool(withheld_of(self._reader, (part_id,))),
        )
        self.events.append(Event(INSPECTION, told.subject, inspection.inspected_at_ms, self._words(told)))
        return True

    def _words(self, told: PartTold) -> Words:
        times = told.inspection.times
        return part_words(told) | {
            "prediction": prediction_words(told),
            "times": {name: number(getattr(times, name)) for name in _TIMES},
            "decision": None,
            "app": {"version": self._telling.app, "schema": SCHEMA},
        }
