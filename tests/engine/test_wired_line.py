"""A wire's camera at the engine's door: a bad part is never told PASS on its neighbour's frame."""

import threading
import time
from collections import deque

from station_app.core.inspection import FrameStamp, NoResultReason, PixelFormat, Pixels, VerdictKind
from station_app.core.messages import PartInspected
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.recovery import RecoveringCamera
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, GOOD, SHAPE, noisy
from tests.engine.line import Line

MOST_TRIES = 10
"""Parts until one must pass again: one is enough, but a busy machine may be late with its frame."""


class HandWire:
    """A camera whose wire the test moves; each frame arrives at once. Restarted, it forgets what was not fetched."""

    is_wired = True
    transit_s = 0.2

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[tuple[int, int, int]] = deque()
        self._count = 0

    def pulse(self, grey: int) -> None:
        with self._changed:
            self._count += 1
            self._waiting.append((self._count, time.monotonic_ns(), grey))
            self._changed.notify_all()

    def open(self) -> CameraInfo:
        return CameraInfo("W1", "wire", SHAPE, PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return settings

    def start(self) -> None:
        """It exposes whenever the wire moves."""

    def trigger(self) -> None:
        """The wire does it."""

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._waiting), timeout_s):
                return None
            number, arrived_ns, grey = self._waiting.popleft()
        buffer[...] = noisy(grey, SHAPE, number)
        return FrameStamp(number, arrived_ns)

    def is_alive(self) -> bool:
        return True

    def stop(self) -> None:
        with self._changed:
            self._waiting.clear()

    def close(self) -> None:
        self.stop()


def wired_line(open_faked: Open) -> tuple[Line, HandWire]:
    wire = HandWire()
    line = open_faked(cameras={"top": RecoveringCamera(lambda: wire)})
    line.run()
    return line, wire


def part(line: Line, wire: HandWire, grey: int | None) -> int:
    part_id = line.engine.trigger()
    if grey is not None:
        wire.pulse(grey)
    return part_id


def passes_again(line: Line, wire: HandWire) -> PartInspected:
    """Good parts until one passes."""
    for _ in range(MOST_TRIES):
        time.sleep(1.5 * wire.transit_s)  # the parts' own distance
        part(line, wire, GOOD)
        assert line.engine.tally.wait_settled(20)
        told = line.heard.parts[-1]
        if told.verdict is VerdictKind.PASS:
            return told
    raise AssertionError("the line is dead")


def test_a_bad_part_whose_pulse_was_missed_does_not_pass_on_the_next_parts_frame(open_faked: Open) -> None:
    line, wire = wired_line(open_faked)
    passes_again(line, wire)
    time.sleep(1.5 * wire.transit_s)
    bad, after = part(line, wire, None), part(line, wire, GOOD)
    assert line.engine.tally.wait_settled(20)
    told = {part.part_id: part for part in line.heard.parts}
    assert told[bad].verdict is told[after].verdict is VerdictKind.NO_RESULT
    assert told[bad].reason in (NoResultReason.FRAME_SLIPPED, NoResultReason.FRAME_LOST)
    passes_again(line, wire)


def test_after_a_pulse_too_many_the_line_goes_on(open_faked: Open) -> None:
    line, wire = wired_line(open_faked)
    passes_again(line, wire)
    wire.pulse(GOOD)
    time.sleep(1.5 * wire.transit_s)
    bad = part(line, wire, BAD)
    assert line.engine.tally.wait_settled(20)
    told = line.heard.parts[-1]
    assert (told.part_id, told.verdict, told.reason) == (bad, VerdictKind.NO_RESULT, NoResultReason.FRAME_STALE)
    passes_again(line, wire)


def test_what_the_wire_brought_while_the_line_stood_is_no_parts(open_faked: Open) -> None:
    line, wire = wired_line(open_faked)
    passes_again(line, wire)
    line.engine.pause()
    for _ in range(3):
        wire.pulse(GOOD)
    line.engine.start()
    bad = part(line, wire, BAD)
    assert line.engine.tally.wait_settled(20)
    told = line.heard.parts[-1]
    assert told.part_id == bad and told.verdict is not VerdictKind.PASS
    passes_again(line, wire)
