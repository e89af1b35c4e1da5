"""Whichever statement of a record fails, all of the record is there or nothing, and the next one is taken."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.review import Answer, Queue, Review
from station_app.quality.review_plan import ReviewPlan
from station_app.store.connection import open_writer
from station_app.store.ledger import StationLedger
from station_app.store.verification import verify
from tests.store.records import RECIPE, ROOMY, inspection

ALL = ReviewPlan(passed=(1.0, 1.0, 1.0), rejected=(1.0, 1.0, 1.0))
ERRORS = (
    sqlite3.OperationalError("database or disk is full"),
    sqlite3.IntegrityError("refused"),
    sqlite3.OperationalError("near x: syntax error"),
)


class Failing:
    """Fails at the statement with the number `after` from now, once; counts down while others pass."""

    def __init__(self) -> None:
        self.after: int | None = None
        self.error: sqlite3.Error = ERRORS[0]

    def opened(self, path: Path) -> sqlite3.Connection:
        open_writer(path).close()
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=_Connection)
        connection.failing = self
        return connection

    def at_each(self, write: Callable[[], "Future[Any]"]) -> int:
        """Write until no statement is left to fail at: at how many it has failed."""
        for statements in count():
            self.after = statements
            refused = write().exception(10)
            self.after = None
            if refused is None:
                return statements
        raise AssertionError

    def tick(self) -> None:
        if self.after == 0:
            self.after = None
            raise self.error
        if self.after is not None:
            self.after -= 1


class _Connection(sqlite3.Connection):
    failing: Failing

    def execute(self, *words: Any) -> sqlite3.Cursor:
        self.failing.tick()
        return super().execute(*words)

    def executemany(self, *words: Any) -> sqlite3.Cursor:
        self.failing.tick()
        return super().executemany(*words)


@pytest.fixture
def failing() -> Failing:
    return Failing()


@pytest.fixture
def ledger(tmp_path: Path, failing: Failing) -> Iterator[StationLedger]:
    opened = StationLedger(tmp_path, ROOMY, opener=failing.opened, plan=ALL)
    opened.register(RECIPE).result(10)
    yield opened
    opened.close()


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_a_record_is_whole_or_not_there(
    ledger: StationLedger, failing: Failing, tmp_path: Path, error: sqlite3.Error
) -> None:
    failing.error = error
    near = replace(inspection(2), scores=(("scratch", 0.29),))
    for part in (inspection(1, VerdictKind.FAIL), near, inspection(3, VerdictKind.NO_RESULT)):
        whole = replace(part, serial=f"S{part.part_id}", lot="L1")
        assert failing.at_each(partial(ledger.record, whole)) > 15
    assert verify(tmp_path) == ()


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_what_people_say_is_whole_or_not_there(
    ledger: StationLedger, failing: Failing, tmp_path: Path, error: sqlite3.Error
) -> None:
    failing.error = error
    ledger.record(inspection(1, VerdictKind.FAIL)).result(10)
    said: tuple[Callable[[], Future[Any]], ...] = (
        partial(ledger.override, Override(1, Disposition.FALSE_REJECT, "wang", 5, "chip")),
        partial(ledger.override, Override(1, Disposition.UNDO, "wang", 6)),
        partial(ledger.review, Review(1, Queue.BLIND, Answer.BAD, "li", 9, is_blind=False)),
        partial(ledger.mark_suspect, 1, "doubt", "wang"),
    )
    for say in said:
        assert failing.at_each(say) > 15
    assert verify(tmp_path) == ()
