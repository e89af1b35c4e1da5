"""The engine as a child of the window's program: started when none answers, started again when it dies, ended with it.

An engine that was already there (a service, another window's) is only used, never ended. A window that is killed
leaves its engine running: the line goes on, and the next window attaches to it.

The engine's start takes longest, so nothing heavy is imported here before it.
"""

import logging
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from station_app.command_line.logs import FOLDER
from station_app.core.errors import LinkError, StorageError
from station_app.engine.address import engine_address

log = logging.getLogger(__name__)

RESTARTS = 5
RESTARTS_WITHIN_S = 60.0
_LOOK_EVERY_S = 0.3
_END_S = 20.0


class EngineProcess:
    """Keeps one engine of the data folder alive while the window is open."""

    def __init__(self, data_dir: Path, words: Sequence[str]) -> None:
        """`words` are the command line of `station-app engine` after the command."""
        self._data_dir = data_dir
        self._command = (*own_program(), "engine", *words)
        self._last_words = data_dir / FOLDER / "engine-last-words.txt"
        self._child: subprocess.Popen[bytes] | None = None
        self._started_s: deque[float] = deque(maxlen=RESTARTS)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="engine-process", daemon=True)
        self.failure = ""
        """Why the engine cannot run, in its own sentence; "" while it runs or will be tried again."""

    def start(self) -> None:
        """Start the engine unless one answers already. StorageError where it cannot be started."""
        if engine_answers(self._data_dir):
            log.info("attaching to the engine that runs already")
            return
        self._spawn()
        self._thread.start()

    def stop(self) -> None:
        """End the engine that was started here: asked first, then told."""
        self._stopping.set()
        if self._child is None:
            return
        self._thread.join()
        self._ask_to_end(self._child)
        try:
            self._child.wait(_END_S)
        except subprocess.TimeoutExpired:
            log.error("the engine does not end by itself")
            self._child.kill()
            self._child.wait()

    def _ask_to_end(self, child: "subprocess.Popen[bytes]") -> None:
        """As its owner, whoever is signed in. Windows knows no signal for that: there the line is stopped first, which
        everybody may, so that no part is lost should who is signed in not be allowed to end the engine."""
        if sys.platform == "win32":
            _send_end(self._data_dir)
        else:
            child.terminate()

    def _spawn(self, *words: str) -> None:
        self._started_s.append(time.monotonic())
        try:
            self._child = self._popen(*words)
        except OSError as error:
            remedy = "make room on the disk, or give this user the right to write there"
            what = f"the engine cannot be started: {error.strerror}"
            raise StorageError(what, where=str(self._last_words.parent), remedy=remedy) from error

    def _popen(self, *words: str) -> "subprocess.Popen[bytes]":
        with self._last_words.open("wb") as last_words:
            # A session of its own: a Ctrl-C at the terminal is the window's, which then ends the engine in good order.
            return subprocess.Popen(
                (*self._command, *words), stdin=subprocess.DEVNULL, stderr=last_words, start_new_session=True
            )

    def _look_after(self) -> None:
        while not self._stopping.wait(_LOOK_EVERY_S):
            if self._child is not None and self._child.poll() is not None:
                self._died(self._child.returncode)

    def _died(self, status: int) -> None:
        if status == 0 or self.failure:
            return  # it was told to end; who told it has a reason
        sentence = self._last_sentence()
        log.error("the engine ended with status %d: %s", status, sentence)
        is_hopeless = status == 1 and sentence  # it says itself why it cannot run: the same will happen again
        is_chattering = len(self._started_s) == RESTARTS and time.monotonic() - self._started_s[0] < RESTARTS_WITHIN_S
        if is_hopeless or is_chattering:
            self.failure = sentence or f"the engine ends again and again (status {status}): call support"
            return
        try:
            self._spawn("--after-crash")
        except StorageError as error:
            self.failure = str(error)

    def _last_sentence(self) -> str:
        """What it said in words of its own; the traceback of a bug is none."""
        try:
            lines = self._last_words.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""  # nothing is known of it then, and that is what is told
        said = [line.removeprefix("station-app: ") for line in lines if line.startswith("station-app: ")]
        return said[-1] if said else ""


def own_program() -> tuple[str, ...]:
    """How this program is started again: the frozen executable, or Python with this package."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-P", "-m", "station_app")


def engine_answers(data_dir: Path) -> bool:
    """Whether an engine of this data folder lets us in."""
    if sys.platform != "win32" and not Path(engine_address(data_dir)).exists():
        return False
    from station_app.engine.client import EngineClient

    client = EngineClient(data_dir)
    try:
        client.connect()
    except (LinkError, StorageError):
        return False
    client.close()
    return True


def _send_end(data_dir: Path) -> None:
    from station_app.core.messages import Pause, Shutdown
    from station_app.engine.client import EngineClient

    client = EngineClient(data_dir)
    try:
        client.connect()
        client.send(Pause())
        client.send(Shutdown())
    except LinkError as error:
        log.warning("%s", error)
    finally:
        client.close()
