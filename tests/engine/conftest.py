"""Shared parts of this room's tests: lines on a real and on a fake ledger, and nothing left running behind them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from station_app.quality.review_plan import ReviewPlan
from station_app.store.ledger import StationLedger
from tests.engine.fakes import FakeLedger
from tests.engine.line import Line, LineSettings, make_package, open_line
from tests.store.records import ROOMY

GRACE_S = 5.0


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Every thread of the engine ends with it, also those that would end with the process."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    while (left := [t.name for t in threading.enumerate() if t not in before]) and time.monotonic() < deadline:
        time.sleep(0.005)
    assert not left, f"left running: {', '.join(left)}"


@pytest.fixture(scope="session")
def package_hash(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_package(tmp_path_factory.mktemp("packages")).sha256


Open = Callable[..., Line]


@pytest.fixture
def open_real(tmp_path: Path) -> Iterator[Open]:
    """Opens a line whose records are a real database in `tmp_path`; keywords are those of `LineSettings`, and `plan`,
    by which parts are drawn for blind reviews."""
    with ExitStack() as opened:

        def open_one(plan: ReviewPlan | None = None, **settings: object) -> Line:
            ledger = StationLedger(tmp_path, ROOMY, plan=plan)
            opened.callback(ledger.close)
            line = open_line(tmp_path, ledger, LineSettings(**settings))  # type: ignore[arg-type]
            opened.callback(line.engine.close)
            return line

        yield open_one


@pytest.fixture
def open_faked(tmp_path: Path) -> Iterator[Open]:
    """Opens a line whose records are a `FakeLedger`."""
    with ExitStack() as opened:

        def open_one(ledger: FakeLedger | None = None, **settings: object) -> Line:
            line = open_line(tmp_path, ledger or FakeLedger(), LineSettings(**settings))  # type: ignore[arg-type]
            opened.callback(line.engine.close)
            return line

        yield open_one
