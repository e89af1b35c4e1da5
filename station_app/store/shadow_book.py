"""The records of models on trial in one place: what the engine writes of them and asks about them. Any thread."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Protocol, TypeVar

from station_app.core.shadow import ShadowPair, ShadowResult
from station_app.core.trial_record import TrialAsked, TrialRecord
from station_app.store.database import Database
from station_app.store.shadow_results import note_dropped, record_shadow
from station_app.store.trial_record import trial_record

T = TypeVar("T")


class Reading(Protocol):
    """Asks the database on a connection of its own."""

    def __call__(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """StorageError where it does not answer soon."""
        ...


class ShadowBook:
    """A future completes when its record is safely on disk, or with StorageError when it is not."""

    def __init__(self, database: Database, read: Reading) -> None:
        self._database = database
        self._read = read

    def note(self, result: ShadowResult) -> "Future[None]":
        return self._database.submit(partial(record_shadow, result=result))

    def note_dropped(self, pair: ShadowPair, parts: int) -> "Future[None]":
        return self._database.submit(partial(note_dropped, pair=pair, parts=parts))

    def trial_record(self, asked: TrialAsked) -> TrialRecord:
        return self._read(partial(trial_record, asked=asked))
