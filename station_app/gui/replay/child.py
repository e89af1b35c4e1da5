"""`station-app replay` as a child of the window: followed line by line, asked to end, and never left behind.

GUI thread; nothing waits but the window's end.
"""

import json
import logging
from enum import Enum, auto

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

_log = logging.getLogger(__name__)
_STOPPED = 130
_END_MS = 10_000
"""The part that is being judged may be finished; then it is killed, and that part is judged again another time."""


class Ended(Enum):
    """DONE with all parts; STOPPED before the end, and can go on."""

    DONE = auto()
    STOPPED = auto()
    FAILED = auto()


class ReplayChild(QObject):
    """`progressed` carries done, total and flipped, `ended` how it ended and the reason of a failure in its words."""

    progressed = Signal(int, int, int)
    ended = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._is_asked_to_end = False
        self._last = QTimer(self)
        self._last.setSingleShot(True)
        self._last.setInterval(_END_MS)
        self._last.timeout.connect(self._process.kill)
        self._process.readyReadStandardOutput.connect(self._on_said)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    @property
    def is_running(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, command: tuple[str, ...]) -> None:
        self._is_asked_to_end = False
        self._process.start(command[0], list(command[1:]))

    def end(self) -> None:
        """After the part that it is at."""
        if self.is_running:
            self._is_asked_to_end = True
            self._process.terminate()
            self._last.start()

    def stop(self) -> None:
        """The window closes: it is not left behind."""
        if self.is_running:
            self.end()
            if not self._process.waitForFinished(_END_MS):
                self._process.kill()
                self._process.waitForFinished()

    @Slot()
    def _on_said(self) -> None:
        while self._process.canReadLine():
            told = _progress(bytes(self._process.readLine().data()))
            if told is not None:
                self.progressed.emit(*told)

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._last.stop()
        self._on_said()
        is_crash = status is QProcess.ExitStatus.CrashExit
        if code == 0 and not is_crash:
            self.ended.emit(Ended.DONE, "")
        elif self._is_asked_to_end and (is_crash or code == _STOPPED):
            self.ended.emit(Ended.STOPPED, "")
        else:
            self.ended.emit(Ended.FAILED, self._last_sentence(code))

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(Ended.FAILED, self._process.errorString())

    def _last_sentence(self, code: int) -> str:
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").splitlines()
        sentences = [line.removeprefix("station-app: ") for line in said if line.startswith("station-app: ")]
        if not sentences:
            _log.error("a replay ended with status %d: %s", code, " | ".join(said[-5:]))
        return sentences[-1] if sentences else f"status {code}"


def _progress(line: bytes) -> tuple[int, int, int] | None:
    try:
        told = json.loads(line).get("progress")
    except ValueError:
        return None
    return (told["done"], told["total"], told["flipped"]) if told else None
