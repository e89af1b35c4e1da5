"""Answers follow the finger: one at a time, the newest last, and none that nobody waits for."""

import threading
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from station_app.core.recipe import Thresholds
from station_app.gui.link import PartArchive
from station_app.gui.reading import Reader
from station_app.gui.whatif.counting import Counting
from station_app.gui.whatif.question import Answer, Question


class Asked:
    """A question that lets a test look at what it is asked, and answers when it may."""

    def __init__(self) -> None:
        self.wanted: list[float] = []
        self.may_answer = threading.Semaphore(0)

    def answer(self, wanted: dict[str, Thresholds]) -> Answer:
        self.wanted.append(wanted["a"].review)
        assert self.may_answer.acquire(timeout=10)
        return cast(Answer, wanted["a"].review)


@pytest.fixture
def reader(qtbot: QtBot) -> Reader:
    return Reader(lambda: cast(PartArchive, None))


def _ask(counting: Counting, question: Asked, review: float) -> None:
    counting.ask(cast(Question, question), {"a": Thresholds(review, 1.0)})


def test_what_comes_while_one_is_counted_waits_and_the_newest_of_it_is_counted(qtbot: QtBot, reader: Reader) -> None:
    counting, question = Counting(reader), Asked()
    told: list[object] = []
    counting.counted.connect(told.append)
    reader.start()
    _ask(counting, question, 0.1)
    qtbot.waitUntil(lambda: question.wanted == [0.1])
    for review in (0.2, 0.3, 0.4):
        _ask(counting, question, review)
    question.may_answer.release(2)
    qtbot.waitUntil(lambda: not counting.is_busy)
    assert (question.wanted, told) == ([0.1, 0.4], [0.1, 0.4])
    reader.stop()


def test_an_answer_that_nobody_waits_for_is_not_told(qtbot: QtBot, reader: Reader) -> None:
    counting, question, other = Counting(reader), Asked(), Asked()
    told: list[object] = []
    counting.counted.connect(told.append)
    reader.start()
    _ask(counting, question, 0.1)
    qtbot.waitUntil(lambda: question.wanted == [0.1])
    counting.forget()
    question.may_answer.release()
    qtbot.waitUntil(lambda: not counting.is_busy)
    _ask(counting, other, 0.7)
    other.may_answer.release()
    qtbot.waitUntil(lambda: not counting.is_busy)
    assert told == [0.7]
    reader.stop()
