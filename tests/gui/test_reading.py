"""Questions to the records are answered off the GUI thread."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Slot
from pytestqt.qtbot import QtBot

from station_app.core.errors import StationError, StorageError
from station_app.gui.link import PartArchive
from station_app.gui.reading import Reader
from tests.gui.fake_engine import FakeArchive


class Asker(QObject):
    """Who asked, and what came back."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.heard: list[tuple[str, object]] = []
        reader.answered.connect(self.on_answered, Qt.ConnectionType.QueuedConnection)
        reader.refused.connect(self.on_answered, Qt.ConnectionType.QueuedConnection)

    @Slot(str, object)
    def on_answered(self, kind: str, answer: object) -> None:
        self.heard.append((kind, answer))


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader(FakeArchive)
    reader.start()
    yield reader
    reader.stop()


def test_a_question_is_answered_on_another_thread(reader: Reader, qtbot: QtBot) -> None:
    asker = Asker(reader)
    reader.ask("who", lambda _: threading.current_thread().name)
    qtbot.waitUntil(lambda: bool(asker.heard))
    assert asker.heard == [("who", "gui-reader")]


def test_of_each_kind_the_newest_question_counts(reader: Reader, qtbot: QtBot) -> None:
    asker, gate = Asker(reader), threading.Event()

    def slow(_: PartArchive) -> str:
        gate.wait(5.0)
        return "old"

    reader.ask("page", slow)
    reader.ask("page", lambda _: "new")
    reader.ask("count", lambda _: 7)
    gate.set()
    qtbot.waitUntil(lambda: len(asker.heard) == 2)
    assert asker.heard == [("page", "new"), ("count", 7)]


def test_what_the_disk_refuses_is_told_and_the_next_question_is_answered(reader: Reader, qtbot: QtBot) -> None:
    asker = Asker(reader)

    def broken(_: PartArchive) -> None:
        raise StorageError("the disk is gone", where="here", remedy="plug it in")

    reader.ask("page", broken)
    reader.ask("count", lambda _: 3)
    qtbot.waitUntil(lambda: len(asker.heard) == 2)
    assert isinstance(asker.heard[0][1], StationError) and asker.heard[1] == ("count", 3)


def test_a_question_that_nobody_waits_for_is_not_answered(reader: Reader, qtbot: QtBot) -> None:
    asker, gate = Asker(reader), threading.Event()
    reader.ask("slow", lambda _: gate.wait(5.0))
    reader.ask("page", lambda _: "unwanted")
    reader.forget("page")
    reader.ask("last", lambda _: "wanted")
    gate.set()
    qtbot.waitUntil(lambda: ("last", "wanted") in asker.heard)
    assert [kind for kind, _ in asker.heard] == ["slow", "last"]


def test_an_unstarted_reader_ends(qtbot: QtBot) -> None:
    Reader(FakeArchive).stop()
