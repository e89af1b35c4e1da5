"""Whoever does not answer, the deadline comes."""

import time
from queue import SimpleQueue

import pytest

from station_app.engine.deadline_watch import DeadlineWatch
from station_app.engine.part import Part
from station_app.engine.worker import Worker
from tests.engine.fakes import PATIENCE_S, no_bug
from tests.engine.line import make_recipe


def part(part_id: int, deadline_ms: float) -> Part:
    recipe = make_recipe("a" * 64, deadline_ms=deadline_ms)
    return Part(part_id, recipe, recipe.sha256, "", time.monotonic_ns())


def test_parts_are_told_at_their_deadline_and_not_before() -> None:
    told: SimpleQueue[tuple[int, int]] = SimpleQueue()
    watch = DeadlineWatch(lambda late: told.put((late.part_id, time.monotonic_ns() - late.deadline_ns)))
    worker = Worker("deadline", watch.step, no_bug)
    worker.start()
    for part_id in (1, 2, 3):
        watched = part(part_id, 30)
        watch.watch(watched, watched.deadline_ns)
    late = [told.get(timeout=PATIENCE_S) for _ in range(3)]
    worker.stop()
    assert [part_id for part_id, _ in late] == [1, 2, 3]
    assert all(after_ns >= 0 for _, after_ns in late)


def test_a_part_that_has_its_verdict_is_forgotten() -> None:
    told: list[int] = []
    watch = DeadlineWatch(lambda late: told.append(late.part_id))
    concluded, late = part(1, 0), part(2, 0)
    watch.watch(concluded, concluded.deadline_ns)
    watch.watch(late, late.deadline_ns)
    watch.forget(concluded)
    watch.forget(concluded)
    watch.step()
    watch.step()
    assert told == [2]


def test_a_watch_that_sleeps_is_woken_by_the_first_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station_app.engine.deadline_watch.IDLE_S", 10 * PATIENCE_S)
    told: SimpleQueue[int] = SimpleQueue()
    watch = DeadlineWatch(lambda late: told.put(late.part_id))
    worker = Worker("deadline", watch.step, no_bug)
    worker.start()
    watch.watch(part(1, 0), time.monotonic_ns())
    assert told.get(timeout=PATIENCE_S) == 1
    worker.ask_to_stop()
    watch.wake()
    worker.join()
