"""Takes an endless web, stretch after stretch, on the thread of its camera. A stretch is triggered by its first line.

Lines come as they do; a stretch becomes a part as soon as one of its lines is there and the line has room for it. What
nobody had room for is lost, and counts as missing lines of its stretch.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from station_app.core.errors import CameraError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason, Pixels
from station_app.core.lines import LinesTaken
from station_app.core.lines_record import StretchRecord
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.chores import Chores
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.live_camera import LiveCamera, filled
from station_app.engine.looks import CameraHooks, Looks
from station_app.engine.part import Handed, Part, RunEnded, Shot
from station_app.engine.web_clocks import WebClocks
from station_app.engine.worker import IDLE_S


@dataclass(frozen=True, slots=True)
class Roll:
    """`name` is "" between rolls: lines are inspected then as well. `start` is its first line."""

    name: str
    start: int


@dataclass(frozen=True, slots=True)
class _Ending:
    """Why a run ends. Where `is_cutting`, the stretch under way ends with the last line taken; else it is finished
    first. With `roll` a roll of that name begins then."""

    is_cutting: bool
    roll: str | None = None


class WebOutgoing(Protocol):
    """Where shots go, and the ends of runs between them."""

    def put(self, item: Handed) -> bool:
        """Hand one over; False where the line has ended."""
        ...


class WebAcquireStage:
    """`step` takes lines while the line runs, and hands on exactly one shot for each part that it accepted; while it
    does not, the same thread does what `chores` and `looks` have to do. All but `step` is for any thread."""

    def __init__(
        self,
        live: LiveCamera,
        pool: FramePool,
        outgoing: WebOutgoing,
        clocks: WebClocks,
        hooks: CameraHooks,
    ) -> None:
        self.looks = Looks(live, pool, hooks)
        self.camera_id = live.camera_id
        self.incoming: BoundedQueue[Part] = BoundedQueue(f"acquire {live.camera_id}", pool.count, Policy.FAULT)
        if live.scan is None:
            raise ValueError("an endless web needs a line-scan camera")
        self._live = live
        self._scan = live.scan
        self._pool = pool
        self._outgoing = outgoing
        self._clocks = clocks
        self._hooks = hooks
        self._roll = Roll("", 0)
        self._number = 0
        self._endings: deque[_Ending] = deque()
        self._is_taking = False
        self._is_new = True  # nothing was taken yet, or not for a while
        self._is_line_there = False
        self._is_lost = False
        self._exposing: Part | None = None
        self.chores = Chores()
        self._changed = threading.Condition()

    @property
    def roll(self) -> Roll:
        """The roll that the next line belongs to."""
        return self._roll

    @property
    def wanted_roll(self) -> str:
        """The name of the roll that was asked for last: it runs as soon as the stretch under way has been cut."""
        with self._changed:
            asked = [ending.roll for ending in self._endings if ending.roll is not None]
        return asked[-1] if asked else self._roll.name

    def take_lines(self) -> None:
        """The line runs from now on."""
        with self._changed:
            self._is_taking = self._is_new = True
            self._changed.notify_all()

    def end_run(self, *, is_cutting: bool) -> None:
        """Take no more lines, and let all that was taken be told: at once, or after the stretch under way."""
        with self._changed:
            self._is_taking = False  # now, and not when the run ends: by then the line may have been started again
        self._ask(_Ending(is_cutting))
        part = self._exposing
        if is_cutting and part is not None:
            self._clocks.hurry(part, time.monotonic_ns())

    def change_roll(self, name: str) -> None:
        """End the roll with the last line taken, and begin another with the next; "" for none."""
        self._ask(_Ending(True, roll=name))

    def wait_line(self, timeout_s: float) -> bool:
        """Wait until a line is there that no part has; False at the time-out."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_line_there, timeout_s)

    def accept(self, part: Part) -> bool:
        """Take the part for the line that is there."""
        with self._changed:
            self._is_line_there = False
            is_taken = self.incoming.put(part)
            self._changed.notify_all()
            return is_taken

    def disturb(self) -> None:
        """Nothing to do: a web has no parts that could be mixed up, and each run begins with its first line."""

    def is_stuck(self, now_ns: int) -> bool:
        """Whether the driver does not return, although lines are not waited for any more."""
        part = self._exposing
        return part is not None and now_ns >= part.deadline_ns

    def step(self) -> None:
        part = self.incoming.get(0)
        if part is not None:
            self._take(part)
        elif self._endings:
            self._end(self._endings[0])
            with self._changed:
                self._endings.popleft()
        elif self._is_taking and not self._is_line_there:
            self._await_line()
        elif not self.chores.do_next():
            self.looks.step()
            with self._changed:
                self._changed.wait(self.looks.rest_s())

    def _ask(self, ending: _Ending) -> None:
        with self._changed:
            self._endings.append(ending)
            self._changed.notify_all()

    def _await_line(self) -> None:
        try:
            if self._is_new:
                self._scan.resume()
                self._is_new = False
            is_there = self._scan.await_line(IDLE_S)
        except CameraError as error:
            self._lose(error)
            return
        if is_there:
            self._is_lost = False
            self._hooks.on_seen(self.camera_id)
            with self._changed:
                self._is_line_there = self._is_taking
                self._changed.notify_all()

    def _take(self, part: Part) -> None:
        shot = self._fault(NoResultReason.INTERNAL)
        self._exposing = part
        try:
            shot = self._shoot(part)
        finally:
            self._exposing = None
            self._clocks.taken(part, shot.acquired_ns)
            self._hand_on((part, shot))

    def _shoot(self, part: Part) -> Shot:
        lease = self._pool.lease(IDLE_S)
        if lease is None:  # every admitted part has a buffer: a bug, and `step` says so
            raise RuntimeError("no frame buffer for an admitted stretch")
        shot = self._fault(NoResultReason.INTERNAL)
        try:
            shot = self._expose(part, lease)
        except CameraError as error:
            at_metres = self._scan.setup.scale.metres(self._scan.state.line - self._roll.start)
            part.name(f"{self._roll.name} {at_metres:.3f} m".strip())
            shot = self._fault(NoResultReason.CAMERA_LOST, str(error))
            self._lose(error)
        finally:
            if shot.lease is None:
                lease.release()
        return shot

    def _expose(self, part: Part, lease: Lease) -> Shot:
        stamp = self._picture(lease.buffer)
        taken = stamp.lines if stamp is not None else None
        if stamp is None or taken is None:
            return self._fault(NoResultReason.FRAME_LOST, "the web ended before its first line")
        part.stretch = self._place(taken)
        part.name(part.stretch.serial)
        pixels = filled(lease.buffer, stamp)
        frame = Frame(part.part_id, self.camera_id, stamp, pixels, self._live.described.pixel_format)
        # Nobody asked for it at a certain moment, so it cannot be stale. Lines that are missing are judged around.
        fault = self._live.check_stamp(stamp, frame, stamp.captured_at_ns)
        fault = None if fault is NoResultReason.FRAME_TORN else fault
        if fault is None:
            self._hooks.watcher.offer(frame, lease)
        return Shot(self.camera_id, time.monotonic_ns(), frame, lease, fault, stamp.source if fault else "")

    def _picture(self, buffer: Pixels) -> FrameStamp | None:
        while True:
            if any(ending.is_cutting for ending in tuple(self._endings)):
                return self._scan.take_rest(buffer)
            stamp = self._live.camera.fill(buffer, IDLE_S)
            if stamp is not None:
                return stamp

    def _place(self, taken: LinesTaken) -> StretchRecord:
        body, scale = taken.part.body, taken.info.scale
        if not self._number:  # what passed before its first stretch was taken is not the roll's
            self._roll = Roll(self._roll.name, body.start)
        self._number += 1
        start = self._roll.start
        from_metres, to_metres = scale.metres(body.start - start), scale.metres(body.end - start)
        return StretchRecord(self._roll.name, self._number, start, body.start, body.end, from_metres, to_metres)

    def _end(self, ending: _Ending) -> None:
        self._end_run()
        try:
            next_line = self._scan.begin_anew()
        except CameraError as error:
            self._lose(error)
            next_line = self._scan.state.line
        if ending.roll is not None:
            self._roll, self._number = Roll(ending.roll, next_line), 0

    def _end_run(self) -> None:
        with self._changed:
            self._is_line_there = False
        self._clocks.ended(time.monotonic_ns())
        self._hand_on(RunEnded())

    def _lose(self, error: CameraError) -> None:
        """Told once: it may take long until the camera is back, and every line is asked for anew."""
        if not self._is_lost:
            self._is_lost = True
            self._hooks.on_lost(self.camera_id, error)
            self._end_run()
        with self._changed:
            self._changed.wait(IDLE_S)

    def _hand_on(self, item: Handed) -> None:
        if not self._outgoing.put(item) and not isinstance(item, RunEnded):
            item[1].release()  # the line has ended meanwhile

    def _fault(self, reason: NoResultReason, detail: str = "") -> Shot:
        return Shot(self.camera_id, time.monotonic_ns(), fault=reason, detail=detail)
