"""Live pictures of one camera: exposed while the line rests, the parts' own while it runs, and never for nobody."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import numpy as np
import pytest

from station_app.core.inspection import VerdictKind
from station_app.core.messages import AlarmRaised, EngineState, Event, Start, StateChanged
from station_app.core.setup_messages import CameraMeasured, CameraWatched, TakeTestShot, WatchCamera
from station_app.engine.address import engine_address, read_key
from station_app.engine.client import EngineClient
from station_app.engine.looks import Looks
from station_app.engine.preview import PreviewReader
from station_app.engine.server import EngineServer
from tests.engine.conftest import Open
from tests.engine.fakes import GOOD, PATIENCE_S, SHAPE, Misdeed, noisy
from tests.engine.line import Line


@pytest.fixture
def line(open_faked: Open) -> Line:
    made = open_faked()
    made.engine.load("A17")
    return made


def measured(line: Line, count: int) -> tuple[CameraMeasured, ...]:
    """Wait until so many more pictures were measured."""
    before = len(line.heard.of(CameraMeasured))
    line.heard.wait(lambda events: sum(isinstance(e, CameraMeasured) for e in events) >= before + count)
    return line.heard.of(CameraMeasured)[before:]


def test_a_watched_camera_exposes_and_its_pictures_are_shown_and_measured(line: Line) -> None:
    line.engine.obey(WatchCamera("top"))
    first, second = measured(line, 2)[:2]
    (watched,) = line.heard.of(CameraWatched)
    assert watched.camera_id == "top"
    reader = PreviewReader(watched.preview)
    preview = reader.newest()
    reader.close()
    assert preview is not None and preview.part_id == 0
    (frame,) = preview.frames
    assert (frame.camera_id, frame.pixels.shape) == ("top", SHAPE)
    assert 0 < first.sequence < second.sequence <= preview.sequence
    pixels = noisy(GOOD, SHAPE, 0)
    assert first.quality.mean == pytest.approx(pixels.mean(), abs=1)
    assert sum(first.histogram) == pytest.approx(1, abs=1e-4)
    assert first.columns == pytest.approx(pixels.mean(axis=0), abs=1e-3)
    assert (first.reference, first.differences) == ("", ())


def test_pictures_come_ten_times_a_second_at_most(line: Line) -> None:
    line.engine.obey(WatchCamera("top"))
    measured(line, 1)
    begun_s, before = time.monotonic(), line.top.number
    measured(line, 5)
    assert line.top.number - before <= (time.monotonic() - begun_s) / 0.1 + 1


def test_watching_ends_when_it_is_told_and_then_nothing_is_exposed(line: Line) -> None:
    line.engine.obey(WatchCamera("top"))
    measured(line, 1)
    line.engine.obey(WatchCamera(""))
    assert line.heard.of(CameraWatched)[-1] == CameraWatched("", "")
    rig_is_still(line)


def rig_is_still(line: Line) -> None:
    """Nothing is exposed any more, once what was under way has ended."""
    loaded = line.engine._loaded
    assert loaded is not None
    loaded.rig.hold_looks()
    loaded.rig.let_go_looks()
    before = line.top.number
    time.sleep(0.3)
    assert line.top.number == before


def test_an_unknown_camera_is_refused_and_so_is_a_station_without_recipe(open_faked: Open) -> None:
    line = open_faked()
    line.engine.obey(WatchCamera("top"))
    line.engine.load("A17")
    line.engine.obey(WatchCamera("none"))
    assert line.refusals() == ["no recipe is loaded", "the recipe has no camera 'none'"]
    line.engine.obey(WatchCamera(""))
    assert len(line.refusals()) == 2


def test_loading_another_recipe_ends_watching(line: Line) -> None:
    line.engine.obey(WatchCamera("top"))
    measured(line, 1)
    line.engine.load("A17")
    assert line.heard.of(CameraWatched)[-1] == CameraWatched("", "")
    rig_is_still(line)


def test_while_the_line_runs_its_parts_are_shown_and_nothing_is_exposed_for_it(line: Line) -> None:
    line.engine.obey(WatchCamera("top"))
    measured(line, 1)
    line.engine.start()
    before = line.top.number
    told = line.inspect(3)
    assert line.top.number == before + 3
    assert [part.verdict for part in told] == [VerdictKind.PASS] * 3
    (watched,) = line.heard.of(CameraWatched)
    reader = PreviewReader(watched.preview)
    while not shows_a_part(reader):
        line.inspect()
    reader.close()
    line.engine.pause()
    measured(line, 2)


def shows_a_part(reader: PreviewReader) -> bool:
    preview = reader.newest()
    return preview is not None and preview.part_id > 0


def test_a_frame_for_watching_is_never_a_parts(line: Line) -> None:
    """Frames for watching are numbered and checked like all others: parts between them are no slip and no repeat."""
    line.engine.obey(WatchCamera("top"))
    for _ in range(5):
        measured(line, 2)
        line.engine.start()
        line.inspect(2)
        line.engine.pause()
    assert {part.reason for part in line.heard.parts} == {None}
    assert line.engine.tally.counters().triggers == 10


def test_the_start_waits_for_an_exposure_under_way(line: Line) -> None:
    line.top.misdeeds[0] = Misdeed.HANGING
    line.engine.obey(WatchCamera("top"))
    assert line.top.hanging.wait(PATIENCE_S)
    starting = threading.Thread(target=line.engine.start)
    starting.start()
    assert starting.is_alive()
    line.top.free.set()
    starting.join()
    assert line.engine.state is EngineState.RUNNING
    (told,) = line.inspect()
    assert (told.reason, line.top.number) == (None, 1)


def test_a_camera_that_hangs_while_it_is_watched_keeps_the_line_from_starting_and_says_so(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Looks.hold, "__defaults__", (0.05,))
    line.top.misdeeds[0] = Misdeed.HANGING
    line.engine.obey(WatchCamera("top"))
    assert line.top.hanging.wait(PATIENCE_S)
    line.engine.obey(Start())
    assert line.refusals() == ["the camera is busy and does not answer"]
    assert line.engine.state is EngineState.READY
    line.top.free.set()
    measured(line, 1)


def test_a_camera_that_fails_while_it_is_watched_is_an_alarm_until_its_next_frame(line: Line) -> None:
    line.top.misdeeds[0] = Misdeed.GONE
    line.engine.obey(WatchCamera("top"))
    measured(line, 1)
    assert [alarm.code for alarm in line.heard.of(AlarmRaised)] == ["camera top"]
    assert line.engine.alarms.standing() == ()


def test_a_torn_frame_is_not_shown(line: Line) -> None:
    line.top.misdeeds[0] = Misdeed.TORN
    line.engine.obey(WatchCamera("top"))
    (first,) = measured(line, 1)[:1]
    assert first.quality.mean == pytest.approx(noisy(GOOD, SHAPE, 1).mean(), abs=1)
    assert line.top.number >= 1


@pytest.fixture
def served(line: Line) -> Iterator[Callable[[], EngineClient]]:
    """Connects clients to the engine through its real door."""
    folder = line.folder
    with ExitStack() as opened:
        server = EngineServer(engine_address(folder), read_key(folder), line.engine.obey, line.engine.welcome)
        opened.callback(server.close)
        line.heard.relay = server.publish

        def connect() -> EngineClient:
            client = EngineClient(folder)
            opened.callback(client.close)
            client.connect()
            await_event(client, lambda event: isinstance(event, StateChanged))
            return client

        yield connect


def await_event(client: EngineClient, is_it: Callable[[Event], bool]) -> Event:
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        event = client.receive(PATIENCE_S)
        if event is not None and is_it(event):
            return event
    pytest.fail("it never came")


def test_a_screen_watches_a_camera_through_the_engines_door(line: Line, served: Callable[[], EngineClient]) -> None:
    client = served()
    client.send(WatchCamera("top"))
    told = await_event(client, lambda event: isinstance(event, CameraMeasured))
    (watched,) = line.heard.of(CameraWatched)
    reader = client.open_preview(watched.preview)
    preview = reader.newest()
    reader.close()
    assert isinstance(told, CameraMeasured) and preview is not None
    assert told in line.heard.of(CameraMeasured)
    assert np.histogram(preview.frames[0].pixels, 64, (0, 256))[0].sum() == SHAPE[0] * SHAPE[1]


def test_a_screen_that_goes_leaves_no_camera_exposing(line: Line, served: Callable[[], EngineClient]) -> None:
    watcher, other = served(), served()
    watcher.send(WatchCamera("top"))
    await_event(other, lambda event: isinstance(event, CameraMeasured))
    watcher.close()
    await_event(other, lambda event: event == CameraWatched("", ""))
    rig_is_still(line)


def test_a_screen_that_goes_takes_nothing_from_the_one_that_watches(
    line: Line, served: Callable[[], EngineClient]
) -> None:
    first, second = served(), served()
    first.send(WatchCamera("top"))
    await_event(first, lambda event: isinstance(event, CameraWatched))
    second.send(WatchCamera("top"))
    await_event(second, lambda event: isinstance(event, CameraMeasured))
    first.close()
    before = len(line.heard.of(CameraMeasured))
    line.heard.wait(lambda events: sum(isinstance(e, CameraMeasured) for e in events) >= before + 3)
    assert line.heard.of(CameraWatched)[-1].camera_id == "top"


def test_an_onlooker_without_time_makes_the_camera_no_faster(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    onlooker = line.engine._loaded.onlooker  # type: ignore[union-attr]
    monkeypatch.setattr(onlooker, "_is_busy", True)
    line.engine.obey(WatchCamera("top"))
    time.sleep(0.55)
    assert 1 <= line.top.number + 1 <= 6


def test_a_disk_that_keeps_every_buffer_is_no_lost_camera(line: Line) -> None:
    looks = line.engine._loaded.rig.looks("top")  # type: ignore[union-attr]
    held = [looks._pool.lease(0) for _ in range(looks._pool.count)]
    line.engine.obey(WatchCamera("top"))
    time.sleep(0.3)
    assert all(held) and line.top.number == -1
    assert line.heard.of(AlarmRaised) == ()
    line.engine.obey(TakeTestShot("top", "wang"))
    assert line.refusals() == ["no frame buffer is free"]
    for lease in held:
        lease.release()  # type: ignore[union-attr]
    measured(line, 1)
