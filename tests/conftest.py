"""What every test gets: nothing left running behind it, and the shared pictures where they lie beside the project."""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Examples may take as long as a busy machine needs: what they take is measured in bench/ and asserted nowhere.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

PROJECT = Path(__file__).resolve().parent.parent
SHARED_DATA = PROJECT.parent / "shared" / "data"

GRACE_S = 2.0
"""A thread that was told to stop may still be on its way out when the test ends."""


def _left_running(before: set[threading.Thread]) -> list[str]:
    threads = [t.name for t in threading.enumerate() if t not in before and not t.daemon and t.is_alive()]
    return threads + [child.name for child in multiprocessing.active_children()]


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails a test that leaves a thread or a child process alive: it would disturb the tests after it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    while (left := _left_running(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"left running: {', '.join(left)}"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real pictures that lies beside the project, where there is one."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no folder shared/data beside the project")
    return SHARED_DATA
