"""A camera whose frames are the parts on a web, or stretches of it: the engine inspects them like any other.

Runs on the caller's thread, and reads its source only while it is asked for lines. A picture of which a line is missing
is delivered as an incomplete frame that says so: it can never be a PASS. What is known of its length goes with its
stamp.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels
from station_app.core.lines import LinePart, LinesTaken
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.linescan.block import Block, LineSource
from station_app.devices.linescan.drift import DriftWatch
from station_app.devices.linescan.flat_field import FlatConditions, FlatFieldCorrection
from station_app.devices.linescan.line_setup import (
    LineSetup,
    check_format,
    conditions_of,
    picture_fault,
    setup_notices,
)
from station_app.devices.linescan.parts import PartCutter
from station_app.devices.linescan.placing import Placing
from station_app.devices.linescan.readout import LineReadout, WebState
from station_app.devices.linescan.ring import LineRing, Lines
from station_app.devices.linescan.stretches import Stretches

MakeCutter = Callable[[int], PartCutter]
"""The cutter of a run that begins at this line."""


@dataclass(slots=True, eq=False)
class _Run:
    """All that holds from a start to the next. `end` is the line after the newest that was taken; while `is_resumed`,
    lines that are missing now are those that passed while nobody looked."""

    placing: Placing
    cutter: PartCutter
    ring: LineRing
    end: int
    is_resumed: bool = False
    blocks: deque[Block] = field(default_factory=deque)
    ready: deque[LinePart] = field(default_factory=deque)

    @property
    def stretches(self) -> Stretches:
        """The cutter of a web; a line-scan camera of parts is never asked for it."""
        if not isinstance(self.cutter, Stretches):
            raise TypeError("this camera cuts parts and no stretches")
        return self.cutter


class LineScanCamera:
    """On a web that moves only when it is read, each trigger asks for one part; on a running one parts come as they do,
    and so do the stretches of an endless web on any.

    Line numbers and part numbers go on over a stop. `state`, `drift_warning` and `notices` may be read by any thread.
    """

    def __init__(
        self, source: LineSource, make_cutter: MakeCutter, setup: LineSetup, clock: Clock | None = None
    ) -> None:
        self.setup = setup
        self.on_lines: Callable[[], None] | None = None
        self._readout = LineReadout(setup.scale)
        self._source = source
        self._make_cutter = make_cutter
        self._clock = clock or SystemClock()
        self._described: CameraInfo | None = None
        self._settings: dict[str, FeatureValue] = {}
        self._correction: FlatFieldCorrection | None = None
        self._drift: DriftWatch | None = None
        self._run: _Run | None = None
        self._asked = 0
        self._next_line = 0
        self._next_frame = 0

    @property
    def state(self) -> WebState:
        """Where the web stands."""
        return self._readout.state

    @property
    def drift_warning(self) -> str | None:
        """A sentence where the picture has drifted since it was opened."""
        return None if self._drift is None else self._drift.warning

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what is not as it should be with scale, speed, exposure and flat field."""
        return setup_notices(self._settings, self.setup, self.state.speed_mm_s)

    @property
    def conditions(self) -> FlatConditions:
        """What a flat field would be taught under now."""
        return conditions_of(self._settings)

    def open(self) -> CameraInfo:
        described = self._source.open()
        try:
            check_format(described, self.setup)
        except CameraError:
            self._source.close()
            raise
        flat = self.setup.flat
        self._correction = None if flat is None else FlatFieldCorrection(flat)
        self._drift = DriftWatch(described.shape[1]) if self.setup.is_watching_drift else None
        shape = (self._make_cutter(0).most_lines, described.shape[1])
        info = self.setup.info
        self._described = replace(described, model=f"line scan, {described.model}", shape=shape, lines=info)
        return self._described

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        answer = self._source.apply(settings)
        self._settings = {**self._settings, **answer}
        return answer

    def start(self) -> None:
        self._source.start()
        described = self._opened()
        first = self._next_line
        cutter = self._make_cutter(first)
        strip_lines = self._source.strip_lines
        placing = Placing(strip_lines, self.setup.counts_per_line, first)
        capacity = cutter.most_lines + cutter.look_back + 2 * strip_lines
        self._run = _Run(placing, cutter, LineRing(described.shape[1], capacity), first)
        self._readout.restart()
        self._asked = 0

    def trigger(self) -> None:
        self._started()
        self._asked += 1

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        run = self._started()
        if not (self._asked or self._source.is_free_running or self.setup.info.is_web):
            self._clock.sleep(timeout_s)
            return None
        if not self._read_until(run, timeout_s, lambda: bool(run.ready)):
            return None
        self._asked = max(0, self._asked - 1)
        return self._deliver(run, run.ready.popleft(), buffer)

    def await_line(self, timeout_s: float) -> bool:
        """Of a web: wait until a line is there that no stretch has yet."""
        run = self._started()
        return self._read_until(run, timeout_s, lambda: bool(run.ready) or run.end > run.stretches.next_first)

    def resume(self) -> None:
        """Of a web: what passed while nobody took lines belongs to no stretch; the next one begins after it."""
        self._started().is_resumed = True

    def take_rest(self, buffer: Pixels) -> FrameStamp | None:
        """Of a web: what was taken since the last stretch, as a shorter one; None where that is nothing. A whole one
        that waits goes first."""
        run = self._started()
        while run.blocks:
            self._take(run, run.blocks.popleft())
        part = run.ready.popleft() if run.ready else run.stretches.take_rest(run.end)
        return None if part is None else self._deliver(run, part, buffer)

    def begin_anew(self) -> int:
        """Of a web: what comes next has nothing to do with what was before. Returns the first line that no stretch has
        yet: with it the next one begins."""
        run = self._started()
        first = run.ready[0].body.start if run.ready else run.stretches.next_first
        run.stretches.begin(first)
        run.ready = deque(run.stretches.take_whole(run.end))
        return first

    def look(self, timeout_s: float) -> bool:
        """Read on although no part is asked for, for who watches; the next part begins after it. False where no lines
        came in time."""
        run = self._started()
        is_there = self._read_on(run, self._clock.now_ns() + round(timeout_s * 1e9))
        self._leave_out(run)
        return is_there

    def collect(self, lines: int, timeout_s: float) -> Pixels:
        """So many lines as the sensor gives them, uncorrected, to teach a flat field; fewer where they do not come in
        time. Strips that are damaged are left out. The next part begins after them."""
        run = self._started()
        until_ns = self._clock.now_ns() + round(timeout_s * 1e9)
        raw: list[Pixels] = []
        while sum(map(len, raw)) < lines and self._read_on(run, until_ns, raw):
            pass
        self._leave_out(run)
        return np.concatenate([np.zeros((0, self._opened().shape[1]), np.uint8), *raw])[:lines]

    def newest(self, lines: int) -> Lines | None:
        """Up to so many of the last lines, for a waterfall and a column profile; for the thread that asks for lines."""
        return None if self._run is None else self._run.ring.newest(lines)

    @property
    def is_wired(self) -> bool:
        """Whether parts come as they do, whoever asks."""
        return self._source.is_free_running

    def is_alive(self) -> bool:
        return self._described is not None and self._source.is_alive()

    def stop(self) -> None:
        """Stop delivering; a part that was under way is lost."""
        if self._run is not None:
            self._next_line = self._run.placing.next_line
            self._run = None
        self._source.stop()

    def close(self) -> None:
        self.stop()
        self._described = None
        self._source.close()

    def _read_until(self, run: _Run, timeout_s: float, is_enough: Callable[[], bool]) -> bool:
        until_ns = self._clock.now_ns() + round(timeout_s * 1e9)
        while not is_enough():
            if not run.blocks and not self._read(run, until_ns):
                return False
            self._take(run, run.blocks.popleft())
        return True

    def _read(self, run: _Run, until_ns: int) -> bool:
        strip = self._source.read(max(0.0, (until_ns - self._clock.now_ns()) / 1e9))
        if strip is not None:
            run.blocks.extend(run.placing.place(strip))
        elif not self._source.is_alive():
            # A web that stands still brings no lines either; the camera itself must answer.
            where = f"camera {self._opened().serial}"
            raise CameraError("the camera does not answer", where=where, remedy="check its cable and its power")
        return strip is not None

    def _read_on(self, run: _Run, until_ns: int, raw: list[Pixels] | None = None) -> bool:
        """Take one strip whole; its lines as they came are added to `raw`."""
        is_there = self._read(run, until_ns)
        while run.blocks:
            block = run.blocks.popleft()
            if raw is not None and block.ok.all():
                raw.append(block.pixels.copy())
            self._take(run, block)
        return is_there

    def _take(self, run: _Run, block: Block) -> None:
        if self._correction is not None and not block.is_gap:
            block = replace(block, pixels=self._correction.correct(block.pixels))
        if self._drift is not None and block.ok.all():
            self._drift.add(block.pixels)
        run.ring.push(block)
        if run.is_resumed and block.is_gap:
            run.stretches.begin(block.span.end)
        run.is_resumed = run.is_resumed and block.is_gap
        run.ready.extend(run.cutter.take(block))
        run.end = block.span.end
        self._readout.take(block)
        if self.on_lines is not None:
            self.on_lines()

    def _leave_out(self, run: _Run) -> None:
        """Nothing of what was taken so far goes into a part."""
        run.ready.clear()
        run.cutter = self._make_cutter(run.end)

    def _deliver(self, run: _Run, cut: LinePart, buffer: Pixels) -> FrameStamp:
        gaps = run.ring.copy_into(cut.frame, buffer[: cut.frame.length])
        # What a web's picture shows again of the stretch before is that one's affair.
        own = cut.body if self.setup.info.is_web else cut.frame
        missing = sum(max(0, min(gap.end, own.end) - max(gap.start, own.start)) for gap in gaps)
        part = replace(cut, number=self._next_frame, missing=missing)
        self._next_frame += 1
        fault = picture_fault(part, self.setup)
        tolerance = self.setup.tolerance
        wrong_length = tolerance.fault(part, self.setup.scale) if tolerance else None
        told = (f"web:{part.body.start}-{part.body.end}", fault or wrong_length)
        return FrameStamp(
            frame_id=part.number,
            captured_at_ns=self._readout.received_ns,
            is_complete=fault is None,
            source=": ".join(filter(None, told)),
            shape=None if part.frame.length == len(buffer) else (part.frame.length, buffer.shape[1]),
            lines=LinesTaken(part, self.setup.info, wrong_length, gaps),
        )

    def _opened(self) -> CameraInfo:
        if self._described is None:
            raise CameraError("the camera is not open", where="line-scan camera", remedy="open it first")
        return self._described

    def _started(self) -> _Run:
        if self._run is None:
            raise CameraError("the camera was not started", where="line-scan camera", remedy="start it first")
        return self._run
