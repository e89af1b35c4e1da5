"""A camera whose frames are the parts on a web: the engine inspects them like any other.

Runs on the caller's thread, and reads its source only while `fill` waits. A part of which a line is missing, or whose
length is out of tolerance, is delivered as an incomplete frame that says so: it can never be a PASS.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.core.lines import LengthTolerance, LinePart, LineScale
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.linescan.block import Block, LineSource
from station_app.devices.linescan.drift import DriftWatch
from station_app.devices.linescan.flat_field import FlatField, FlatFieldCorrection
from station_app.devices.linescan.parts import PartCutter
from station_app.devices.linescan.placing import Placing
from station_app.devices.linescan.readout import LineReadout
from station_app.devices.linescan.ring import LineRing, Lines

MakeCutter = Callable[[int], PartCutter]
"""The cutter of a run that begins at this line."""


@dataclass(frozen=True, slots=True, eq=False)
class LineSetup:
    """What turns lines into parts that can be judged. `is_watching_drift` only where the web fills the whole picture:
    a belt between parts would look like drift."""

    scale: LineScale
    tolerance: LengthTolerance = field(default_factory=LengthTolerance)
    counts_per_line: float = 1.0
    flat: FlatField | None = None
    is_watching_drift: bool = False


@dataclass(slots=True, eq=False)
class _Run:
    """All that holds from a start to the next."""

    placing: Placing
    cutter: PartCutter
    ring: LineRing
    blocks: deque[Block] = field(default_factory=deque)
    ready: deque[LinePart] = field(default_factory=deque)


class LineScanCamera:
    """On a web that moves only when it is read, each trigger asks for one part; on a running one parts come as they do.

    Line numbers and part numbers go on over a stop. `readout` may be read by another thread.
    """

    def __init__(
        self, source: LineSource, make_cutter: MakeCutter, setup: LineSetup, clock: Clock | None = None
    ) -> None:
        self.readout = LineReadout(setup.scale)
        self.last_part: LinePart | None = None
        self._source = source
        self._make_cutter = make_cutter
        self._setup = setup
        self._clock = clock or SystemClock()
        self._described: CameraInfo | None = None
        self._correction: FlatFieldCorrection | None = None
        self._drift: DriftWatch | None = None
        self._run: _Run | None = None
        self._asked = 0
        self._next_line = 0
        self._next_frame = 0

    def open(self) -> CameraInfo:
        described = self._source.open()
        try:
            self._check_format(described)
        except CameraError:
            self._source.close()
            raise
        flat = self._setup.flat
        self._correction = None if flat is None else FlatFieldCorrection(flat)
        self._drift = DriftWatch(described.shape[1]) if self._setup.is_watching_drift else None
        shape = (self._make_cutter(0).most_lines, described.shape[1])
        self._described = replace(described, model=f"line scan, {described.model}", shape=shape)
        return self._described

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return self._source.apply(settings)

    def start(self) -> None:
        self._source.start()
        described = self._opened()
        cutter = self._make_cutter(self._next_line)
        strip_lines = self._source.strip_lines
        placing = Placing(strip_lines, self._setup.counts_per_line, self._next_line)
        capacity = cutter.most_lines + cutter.look_back + 2 * strip_lines
        self._run = _Run(placing, cutter, LineRing(described.shape[1], capacity))
        self._asked = 0

    def trigger(self) -> None:
        self._started()
        self._asked += 1

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        run = self._started()
        if not self._asked and not self._source.is_free_running:
            self._clock.sleep(timeout_s)
            return None
        until_ns = self._clock.now_ns() + round(timeout_s * 1e9)
        while not run.ready:
            if not run.blocks and not self._read(run, until_ns):
                return None
            self._take(run, run.blocks.popleft())
        self._asked = max(0, self._asked - 1)
        return self._deliver(run, run.ready.popleft(), buffer)

    def newest(self, lines: int) -> Lines | None:
        """Up to so many of the last lines, for a waterfall and a column profile; for the thread that calls `fill`."""
        return None if self._run is None else self._run.ring.newest(lines)

    @property
    def drift_warning(self) -> str | None:
        """A sentence where the picture has drifted since it was opened; any thread."""
        return None if self._drift is None else self._drift.warning

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

    def _read(self, run: _Run, until_ns: int) -> bool:
        strip = self._source.read(max(0.0, (until_ns - self._clock.now_ns()) / 1e9))
        if strip is not None:
            run.blocks.extend(run.placing.place(strip))
        return strip is not None

    def _take(self, run: _Run, block: Block) -> None:
        if self._correction is not None and not block.is_gap:
            block = replace(block, pixels=self._correction.correct(block.pixels))
        if self._drift is not None and block.ok.all():
            self._drift.add(block.pixels)
        run.ring.push(block)
        run.ready.extend(run.cutter.take(block))
        self.readout.take(block)

    def _deliver(self, run: _Run, cut: LinePart, buffer: Pixels) -> FrameStamp:
        missing = run.ring.copy_into(cut.frame, buffer[: cut.frame.length])
        part = replace(cut, number=self._next_frame, missing=missing)
        self._next_frame += 1
        self.last_part = part
        fault = part_fault(part, self._setup)
        span = f"web:{part.body.start}-{part.body.end}"
        return FrameStamp(
            frame_id=part.number,
            captured_at_ns=self.readout.received_ns,
            is_complete=fault is None,
            source=span if fault is None else f"{span}: {fault}",
            shape=None if part.frame.length == len(buffer) else (part.frame.length, buffer.shape[1]),
        )

    def _check_format(self, described: CameraInfo) -> None:
        if described.pixel_format is not PixelFormat.MONO8 or len(described.shape) != 2:
            raise CameraError(
                f"a line-scan camera delivers {described.pixel_format}",
                where=f"camera {described.serial}",
                remedy="set its pixel format to mono8",
            )
        flat = self._setup.flat
        if flat is not None and flat.width != described.shape[1]:
            raise CameraError(
                f"the flat field is for {flat.width} columns and the camera has {described.shape[1]}",
                where=f"camera {described.serial}",
                remedy="teach the flat field again",
            )

    def _opened(self) -> CameraInfo:
        if self._described is None:
            raise CameraError("the camera is not open", where="line-scan camera", remedy="open it first")
        return self._described

    def _started(self) -> _Run:
        if self._run is None:
            raise CameraError("the camera was not started", where="line-scan camera", remedy="start it first")
        return self._run


def part_fault(part: LinePart, setup: LineSetup) -> str | None:
    """Why a part can be no PASS before any model looked at it, as a clause for a person, or None."""
    missing = None if part.is_complete else f"{part.missing} of {part.frame.length} lines are missing"
    return missing or setup.tolerance.fault(part, setup.scale)
