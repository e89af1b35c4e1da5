"""Puts thresholds to the recorded parts, off the GUI thread. GUI thread.

One question at a time, then the newest that came meanwhile: while a finger moves, figures follow it all the way, and no
answer is thrown away because the finger is further on already.
"""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station_app.core.errors import StationError
from station_app.gui.link import PartArchive
from station_app.gui.reading import Reader
from station_app.gui.whatif.question import Answer, Limits, Question

_COUNT = "count"


class Counting(QObject):
    """`counted` carries the answer to the question asked last, perhaps for thresholds just before the newest."""

    counted = Signal(object)

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._question: Question | None = None
        self._next: Limits | None = None
        self._is_counting = False
        reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether the newest thresholds have no answer yet."""
        return self._is_counting or self._next is not None

    def ask(self, question: Question, wanted: Limits) -> None:
        self._question, self._next = question, dict(wanted)
        self._go_on()

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._question = self._next = None

    def _go_on(self) -> None:
        if not self._is_counting and self._question is not None and self._next is not None:
            self._is_counting = True
            self._reader.ask(_COUNT, partial(_count, self._question, self._next))
            self._next = None

    @Slot(str, object)
    def _on_answered(self, _: str, told: tuple[Question, Answer]) -> None:
        self._is_counting = False
        question, answer = told
        if question is self._question:
            self.counted.emit(answer)
        self._go_on()

    @Slot(str, object)
    def _on_refused(self, _: str, error: StationError) -> None:
        """The records cannot be opened; who reads them says so."""
        self._is_counting = False


def _count(question: Question, wanted: Limits, _: PartArchive) -> tuple[Question, Answer]:
    return question, question.answer(wanted)
