"""The boundary: batches, loss, silence and coming back."""

import queue

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    Counters,
    EngineState,
    Event,
    HealthReported,
    PartInspected,
    Pause,
    Priority,
    SelectRecipe,
    StateChanged,
    StationDescribed,
)
from station_app.core.people import Person, Role
from station_app.core.people_messages import PeopleListed, SessionChanged
from station_app.core.serial_messages import SerialWaiting
from station_app.gui.bridge import Batch, Bridge, Lost, compacted
from station_app.gui.screen_state import STRIP_LENGTH
from tests.gui.fake_engine import STATION, FakeEngine, FakeLink, FakePreviewLink, housing, part


class Reader:
    """Takes batches on the GUI thread."""

    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge
        self.news: list[Event | Lost] = []
        self.batches: list[Batch] = []
        bridge.ready.connect(self.take, Qt.ConnectionType.QueuedConnection)

    def take(self) -> None:
        batch = self.bridge.take()
        self.batches.append(batch)
        self.news += batch.news

    def has(self, kind: type) -> bool:
        return any(isinstance(news, kind) for news in self.news)


def test_events_arrive_in_order_with_the_newest_picture(qtbot: QtBot) -> None:
    engine = FakeEngine()
    bridge = Bridge(lambda: FakeLink(engine))
    reader = Reader(bridge)
    bridge.start()
    for number in range(1, 40):
        engine.show(part(number), housing(1, (48, 64)))
    qtbot.waitUntil(lambda: any(isinstance(n, PartInspected) and n.part_id == 39 for n in reader.news))
    bridge.stop()
    assert [n.part_id for n in reader.news if isinstance(n, PartInspected)] == list(range(1, 40))
    shown = [batch.preview.part_id for batch in reader.batches if batch.preview is not None]
    assert shown[-1] == 39 and len(reader.batches) < 39


def test_a_dead_engine_is_told_at_once_and_found_again(qtbot: QtBot) -> None:
    engine = FakeEngine()
    bridge = Bridge(lambda: FakeLink(engine))
    reader = Reader(bridge)
    bridge.start()
    qtbot.waitUntil(lambda: reader.has(StationDescribed))
    engine.die()
    qtbot.waitUntil(lambda: reader.has(Lost), timeout=1000)
    assert not bridge.send(Pause())
    reader.news.clear()
    engine.revive()
    qtbot.waitUntil(lambda: reader.has(StationDescribed))
    assert bridge.send(Pause())
    qtbot.waitUntil(lambda: engine.commands == [Pause()])
    bridge.stop()


def test_a_silent_engine_is_a_lost_one_until_it_speaks(qtbot: QtBot) -> None:
    engine = FakeEngine()
    bridge = Bridge(lambda: FakeLink(engine), silence_s=0.1)
    reader = Reader(bridge)
    bridge.start()
    qtbot.waitUntil(lambda: reader.has(Lost))
    reader.news.clear()
    engine.tell(HealthReported(1, Counters()))
    qtbot.waitUntil(lambda: bool(reader.news))
    bridge.stop()
    assert reader.news[0] == STATION  # so that the screen knows its station again


def test_after_a_silence_all_that_holds_is_told_as_it_is_now(qtbot: QtBot) -> None:
    engine = FakeEngine()
    bridge = Bridge(lambda: FakeLink(engine), silence_s=0.1)
    reader = Reader(bridge)
    bridge.start()
    over, holding = (AlarmRaised(code, Priority.HIGH, "what", "", "", 1) for code in ("camera top", "storage"))
    paused, waiting = StateChanged(EngineState.PAUSED), SerialWaiting("SN1")
    session = SessionChanged("anna", "Anna Kovács", Role.OPERATOR, Role.LEAD, has_people=True)
    people = PeopleListed((Person("anna", "Anna Kovács", Role.LEAD),))
    engine.tell(StateChanged(EngineState.RUNNING), over, holding, AlarmCleared("camera top"), waiting, session, people)
    engine.tell(paused)
    qtbot.waitUntil(lambda: reader.has(Lost) and paused in reader.news)
    reader.news.clear()
    engine.tell(HealthReported(1, Counters()))
    qtbot.waitUntil(lambda: bool(reader.news))
    bridge.stop()
    assert reader.news[0] == STATION
    assert {paused, waiting, holding, session, people} <= set(reader.news)
    assert over not in reader.news and StateChanged(EngineState.RUNNING) not in reader.news


def test_a_new_description_opens_the_preview_again(qtbot: QtBot) -> None:
    opened: list[str] = []

    class CountingLink(FakeLink):
        """Notes what is opened: after a change of recipe the old map would show its last picture for ever."""

        def open_preview(self, name: str) -> FakePreviewLink:
            opened.append(name)
            return super().open_preview(name)

    engine = FakeEngine()
    bridge = Bridge(lambda: CountingLink(engine))
    reader = Reader(bridge)
    bridge.start()
    engine.show(part(1), housing(1, (48, 64)))
    qtbot.waitUntil(lambda: reader.has(PartInspected))
    bridge.send(SelectRecipe("B02-plate"))
    qtbot.waitUntil(lambda: any(isinstance(n, StationDescribed) and n.recipe == "B02-plate" for n in reader.news))
    engine.show(part(2, preview_sequence=1), housing(1, (48, 64)))
    qtbot.waitUntil(lambda: any(b.preview is not None and b.preview.part_id == 2 for b in reader.batches))
    bridge.stop()
    assert opened == ["memory", "memory"]


def test_a_full_outbound_queue_refuses(qtbot: QtBot) -> None:
    class DeafLink(FakeLink):
        """Takes one command and never comes back until told."""

        gate: "queue.Queue[None]" = queue.Queue()

        def send(self, command: object) -> None:
            self.gate.get()

    bridge = Bridge(lambda: DeafLink(FakeEngine()))
    reader = Reader(bridge)
    bridge.start()
    qtbot.waitUntil(lambda: reader.has(StationDescribed))
    taken = [bridge.send(Pause()) for _ in range(40)]
    assert taken[0] and not taken[-1]
    for _ in range(40):
        DeafLink.gate.put(None)
    bridge.stop()


def test_the_backlog_is_bounded_and_keeps_what_matters() -> None:
    news: list[Event | Lost] = [HealthReported(1, Counters()), Lost(), STATION]
    news += [part(number) for number in range(1, 1000)]
    kept = compacted(news)
    assert [n.part_id for n in kept if isinstance(n, PartInspected)] == list(range(1000 - STRIP_LENGTH, 1000))
    assert Lost() in kept and STATION in kept
