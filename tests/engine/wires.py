"""A line whose camera is exposed by a wire, in time that passes only when somebody waits. Times in milliseconds.

Every pulse shows something: a part, or nothing that anybody was told of. The frame's source says what.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from station_app.core.inspection import Frame, FrameStamp, NoResultReason, PixelFormat, Pixels
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.freshness import Freshness
from station_app.devices.recovery import RecoveringCamera
from station_app.engine.acquire import AcquireStage
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.frame_pool import FramePool
from station_app.engine.inspect import Waiting
from station_app.engine.live_camera import LiveCamera
from station_app.engine.looks import CameraHooks
from station_app.engine.part import Part
from station_app.engine.turns import Turns
from station_app.inference.preparing import Prepared
from station_app.inference.preprocess import measure_quality
from tests.devices.fakes import ManualWatch
from tests.engine.fakes import GOOD, SHAPE, noisy
from tests.engine.line import make_recipe
from tests.engine.stands import NobodyWatches

MS = 1_000_000
TRANSIT_MS = 90
RESTART_MS = 40
DEADLINE_MS = 1000.0


@dataclass(frozen=True)
class Pulse:
    """A pulse, of the thing that `shows` names. Its frame arrives `frame_ms` after it, None where the camera misses it;
    the engine is told `told_ms` after it, None where it is not, as of a disturbance."""

    at_ms: int
    shows: str
    frame_ms: int | None = 30
    told_ms: int | None = 2
    is_admitted: bool = True
    is_complete: bool = True


class LineClock:
    """Stands where the line has set it."""

    def __init__(self) -> None:
        self.ns = 0

    def now_ns(self) -> int:
        return self.ns

    def sleep(self, seconds: float) -> None:
        raise NotImplementedError("nobody sleeps here")


class WireCamera:
    """Exposes at each pulse while it runs; also while it starts, where `is_early`."""

    is_wired = True
    transit_s = TRANSIT_MS / 1000

    def __init__(self, world: "WireLine") -> None:
        self._world = world
        self.is_early = False
        self.restarts = 0
        self._is_exposing = False
        self._number = 0
        self._under_way: list[tuple[int, int, Pulse]] = []

    def open(self) -> CameraInfo:
        return CameraInfo("W1", "wire", SHAPE, PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return settings

    def start(self) -> None:
        self._is_exposing = self.is_early
        self._number = 0
        self._world.pass_until(self._world.clock.ns + RESTART_MS * MS // 2)
        self._is_exposing = True

    def stop(self) -> None:
        self.restarts += 1
        self._is_exposing = False
        self._under_way = []
        self._world.pass_until(self._world.clock.ns + RESTART_MS * MS // 2)

    def trigger(self) -> None:
        """The wire does it."""

    def settle(self, count: int) -> None:
        """It is good from the first frame on."""

    def expose(self, pulse: Pulse) -> None:
        if self._is_exposing and pulse.frame_ms is not None:
            self._under_way.append(((pulse.at_ms + pulse.frame_ms) * MS, self._number, pulse))
            self._under_way.sort(key=lambda entry: entry[0])
            self._number += 1

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        end_ns = self._world.clock.ns + round(timeout_s * 1e9)
        while not self._under_way or self._under_way[0][0] > self._world.clock.ns:
            arrives_ns = self._under_way[0][0] if self._under_way else end_ns
            if self._world.clock.ns >= end_ns:
                return None
            self._world.pass_until(min(end_ns, arrives_ns, self._world.next_ns(end_ns)))
        arrived_ns, number, pulse = self._under_way.pop(0)
        buffer[...] = noisy(GOOD, SHAPE, hash(pulse) % 2**32)
        return FrameStamp(number, arrived_ns, is_complete=pulse.is_complete, source=pulse.shows)

    def is_alive(self) -> bool:
        return True

    def close(self) -> None:
        self._is_exposing = False
        self._under_way = []


@dataclass(frozen=True)
class Outcome:
    """What became of a part: its fault, or what the frame shows on which it will be judged."""

    name: str
    fault: NoResultReason | None
    judged_on: str
    detail: str


class WireLine:
    """One acquire stage, fed with what its camera and the engine see of the pulses."""

    def __init__(self, pulses: Iterable[Pulse], *, is_early: bool = False) -> None:
        self.clock = LineClock()
        self.camera = WireCamera(self)
        self.outcomes: list[Outcome] = []
        self._events = deque(_in_order(pulses))
        self._turns = Turns()
        self._freshness = Freshness()
        self._names: dict[int, str] = {}
        self._recipe = make_recipe("a" * 64, deadline_ms=DEADLINE_MS)
        self._shots: BoundedQueue[Waiting] = BoundedQueue("inspect", 4, Policy.BLOCK)
        self._recovering = RecoveringCamera(lambda: self.camera, watch=ManualWatch(), clock=self.clock)
        live = LiveCamera("top", self._recovering, self._recovering.open(), self._check, self._prepare)
        hooks = CameraHooks(lambda *_: None, lambda _: None, NobodyWatches())
        self.stage = AcquireStage(live, FramePool(64, SHAPE), self._shots, hooks, self.clock)
        self._recovering.start()
        self.camera.is_early = is_early

    def run(self) -> dict[str, Outcome]:
        """Let everything happen, and return what became of each part by its name."""
        while self._events or self.stage.incoming.level().length:
            if self.stage.incoming.level().length:
                self._take()
            else:
                self.pass_until(self._events[0].at_ns)
        return {outcome.name: outcome for outcome in self.outcomes}

    def pass_until(self, ns: int) -> None:
        while self._events and self._events[0].at_ns <= ns:
            event = self._events.popleft()
            self.clock.ns = max(self.clock.ns, event.at_ns)
            self._tell(event.pulse) if event.is_told else self.camera.expose(event.pulse)
        self.clock.ns = max(self.clock.ns, ns)

    def next_ns(self, otherwise_ns: int) -> int:
        return self._events[0].at_ns if self._events else otherwise_ns

    def _tell(self, pulse: Pulse) -> None:
        turn = self._turns.next(self.clock.ns)
        if not pulse.is_admitted:
            self.stage.disturb()
            return
        part_id = len(self._names) + 1
        self._names[part_id] = pulse.shows
        assert self.stage.accept(Part(part_id, self._recipe, self._recipe.sha256, "", turn.at_ns, turn=turn))

    def _take(self) -> None:
        self.stage.step()
        taken = self._shots.get(0)
        assert isinstance(taken, tuple)
        part, shot = taken
        judged_on = shot.frame.stamp.source if shot.frame is not None and shot.fault is None else ""
        self.outcomes.append(Outcome(self._names[part.part_id], shot.fault, judged_on, shot.detail))
        shot.release()
        while not self._recovering.is_alive():  # three frames in a row did not come
            self._recovering.step()

    def _check(self, stamp: FrameStamp, frame: Frame, triggered_ns: int) -> NoResultReason | None:
        return self._freshness.fault(stamp, frame.pixels, triggered_ns)

    def _prepare(self, frame: Frame, number: int) -> Prepared:
        return Prepared(frame.camera_id, measure_quality(frame), (), (frame.pixels,))


@dataclass(frozen=True)
class _Event:
    at_ns: int
    is_told: bool
    pulse: Pulse


def _in_order(pulses: Iterable[Pulse]) -> list[_Event]:
    events = []
    for pulse in pulses:
        events.append(_Event(pulse.at_ms * MS, False, pulse))
        if pulse.told_ms is not None:
            events.append(_Event((pulse.at_ms + pulse.told_ms) * MS, True, pulse))
    return sorted(events, key=attrgetter("at_ns"))
