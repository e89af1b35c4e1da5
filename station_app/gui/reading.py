"""Questions to the records, answered off the GUI thread: of each kind the newest question counts. The disk never
stalls Qt."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

from station_app.core.errors import StationError
from station_app.gui.link import ArchiveFactory, PartArchive

Question = Callable[[PartArchive], object]

_log = logging.getLogger(__name__)


class Reader(QObject):
    """`answered` carries the kind of the question and its answer, `refused` the kind and the StationError. Both are
    emitted on the worker's thread: connect them queued. A screen that asks long questions has a reader of its own."""

    answered = Signal(str, object)
    refused = Signal(str, object)

    def __init__(self, archive_factory: ArchiveFactory) -> None:
        super().__init__()
        self._archive_factory = archive_factory
        self._waiting: dict[str, Question] = {}
        self._is_stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read_forever, name="gui-reader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread after the question that it is at."""
        with self._changed:
            self._is_stopping = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def ask(self, kind: str, question: Question) -> None:
        """Replaces a question of this kind that has no answer yet; an answer that is being read for it is dropped."""
        with self._changed:
            self._waiting.pop(kind, None)
            self._waiting[kind] = question
            self._changed.notify()

    def forget(self, kind: str) -> None:
        """Nobody waits for this any more."""
        with self._changed:
            self._waiting.pop(kind, None)

    def _read_forever(self) -> None:
        archive: PartArchive | None = None
        while (entry := self._next()) is not None:
            kind, question = entry
            try:
                archive = archive or self._archive_factory()
                answer = question(archive)
            except StationError as error:
                _log.warning("%s cannot be read: %s", kind, error)
                self._tell(kind, self.refused, error)
            else:
                self._tell(kind, self.answered, answer)

    def _next(self) -> tuple[str, Question] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or bool(self._waiting))
            if self._is_stopping:
                return None
            kind = next(iter(self._waiting))
            return kind, self._waiting.pop(kind)

    def _tell(self, kind: str, signal: SignalInstance, answer: object) -> None:
        with self._changed:
            is_wanted = not self._is_stopping and kind not in self._waiting
        if is_wanted:
            signal.emit(kind, answer)
