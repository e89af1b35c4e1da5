"""Writes one export after the other on a thread of its own, behind everything else that runs on this computer."""

import logging
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from station_app.core.errors import StationError
from station_app.gui.link import ArchiveFactory
from station_app.reports.scratch_file import ScratchFile, unwritable

if TYPE_CHECKING:
    from station_app.gui.exporting.tasks import ExportTask

NICENESS = 15
"""The line goes first, then the window."""

_log = logging.getLogger(__name__)


class CancelledError(Exception):
    """Somebody does not want the file any more."""


@dataclass(frozen=True, slots=True)
class Written:
    """A whole file that waits under its other name: it is given its own once the audit chain holds it."""

    task: "ExportTask"
    path: Path
    rows: int
    sha256: str


class ExportWriter(QObject):
    """One task at a time, in a thread that ends with it. `progressed` carries the parts so far, `written` a Written,
    `failed` a StationError, `cancelled` nothing. All are emitted on that thread: connect them queued."""

    progressed = Signal(int)
    written = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, archive_factory: ArchiveFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._archive_factory = archive_factory
        self._is_cancelled = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, task: "ExportTask", path: Path) -> None:
        """Write beside `path`; the one before has ended."""
        self._is_cancelled.clear()
        self._thread = threading.Thread(target=self._run, args=(task, path), name="gui-export", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """End it at the next page of parts."""
        self._is_cancelled.set()

    def stop(self) -> None:
        """The window closes: nothing is left behind."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _run(self, task: "ExportTask", path: Path) -> None:
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        scratch = ScratchFile(path)
        try:
            scratch.begin()
            rows = task.write(self._archive_factory(), scratch.path, self._watch)
            self._watch(rows)
            done = Written(task, path, rows, scratch.sha256())
        except CancelledError:
            scratch.drop()
            self.cancelled.emit()
        except StationError as error:
            self._fail(scratch, error)
        except OSError as error:
            self._fail(scratch, unwritable(error, path))
        else:
            self.written.emit(done)

    def _fail(self, scratch: ScratchFile, error: StationError) -> None:
        _log.warning("an export failed: %s", error)
        scratch.drop()
        self.failed.emit(error)

    def _watch(self, rows: int) -> None:
        if self._is_cancelled.is_set():
            raise CancelledError
        self.progressed.emit(rows)
