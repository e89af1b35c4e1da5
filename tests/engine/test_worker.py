"""A thread of the line outlives the bugs in its step, and ends when it is told to."""

import threading
from queue import SimpleQueue

from station_app.engine.worker import Worker
from tests.engine.fakes import PATIENCE_S, no_bug


def test_a_bug_is_told_and_the_step_is_called_again() -> None:
    bugs: SimpleQueue[tuple[str, BaseException]] = SimpleQueue()
    again = threading.Event()
    calls: list[int] = []

    def step() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError("a bug")
        again.set()

    worker = Worker("inspect", step, lambda name, error: bugs.put((name, error)), every_s=0.001)
    worker.start()
    assert again.wait(PATIENCE_S)
    assert worker.stop()
    name, error = bugs.get_nowait()
    assert (name, type(error)) == ("inspect", ZeroDivisionError)


def test_stopping_does_not_wait_for_the_next_turn() -> None:
    worker = Worker("health", lambda: None, no_bug, every_s=3600)
    worker.start()
    assert worker.stop()


def test_a_step_that_does_not_return_is_told() -> None:
    free, entered = threading.Event(), threading.Event()

    def step() -> None:
        entered.set()
        free.wait(PATIENCE_S)

    worker = Worker("acquire", step, no_bug)
    worker.start()
    assert entered.wait(PATIENCE_S)
    assert not worker.stop(0.01)
    free.set()
    worker.join()
    assert worker.stop()


def test_a_worker_may_be_stopped_before_it_began_and_from_its_own_step() -> None:
    assert Worker("never", lambda: None, no_bug).stop()
    done = threading.Event()

    def step() -> None:
        worker.stop()
        done.set()

    worker = Worker("itself", step, no_bug)
    worker.start()
    assert done.wait(PATIENCE_S)
    worker.join()
