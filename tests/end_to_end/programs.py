"""The real program as a child process, and an engine's client beside it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from station_app.core.errors import LinkError
from station_app.core.messages import Event, Shutdown
from station_app.engine.client import EngineClient

PATIENCE_S = 40.0
E = TypeVar("E", bound=Event)


def run_program(*words: str | Path, timeout_s: float = PATIENCE_S) -> subprocess.CompletedProcess[str]:
    """Run `station-app` to its end, without a display."""
    return subprocess.run(
        _command(words), capture_output=True, text=True, timeout=timeout_s, env=_environment(), check=False
    )


@contextmanager
def started_program(*words: str | Path, has_window: bool = False) -> Iterator["subprocess.Popen[bytes]"]:
    """`station-app` in the background; killed in the end where it still lives."""
    environment = _environment()
    if has_window:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    program = subprocess.Popen(
        _command(words), env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield program
    finally:
        if program.poll() is None:
            program.kill()
        program.wait()


@contextmanager
def connected(data_dir: Path) -> Iterator[EngineClient]:
    """A client of the engine of this data folder, as soon as there is one."""
    client = EngineClient(data_dir)
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            client.connect()
            break
        except LinkError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
    try:
        yield client
    finally:
        client.close()


def heard(client: EngineClient, kind: type[E], is_right: Callable[[E], bool] | None = None) -> E:
    """The next event of this kind that is the right one."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        event = client.receive(0.5)
        if isinstance(event, kind) and (is_right is None or is_right(event)):
            return event
    raise AssertionError(f"no {kind.__name__} within {PATIENCE_S:g} s")


def end_engine(data_dir: Path) -> None:
    """Ask an engine that may still run to end, and wait until its door is closed."""
    client = EngineClient(data_dir)
    with suppress(LinkError):
        client.connect()
        client.send(Shutdown())
        while True:
            client.receive(0.5)
    client.close()


def wait_gone(pid: int) -> bool:
    """Whether the process ended in time."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if not is_alive(pid):
            return True
        time.sleep(0.02)
    return False


def logged(path: Path, words: str, times: int = 1) -> bool:
    """Whether the log says so, and so often, in time."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if path.exists() and path.read_text(encoding="utf-8").count(words) >= times:
            return True
        time.sleep(0.02)
    return False


def is_alive(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _command(words: tuple[str | Path, ...]) -> list[str]:
    return [sys.executable, "-P", "-m", "station_app", *map(str, words)]


def _environment() -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "STATION_DATA_DIR")
    return {name: value for name, value in os.environ.items() if name not in hidden}


def kill_engines_of(folder: Path) -> None:
    """End every process of this program that works in the folder."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = entry.read_bytes().split(b"\0")
            if b"station_app" in words and any(str(folder).encode() in word for word in words):
                os.kill(int(entry.parent.name), signal.SIGKILL)
