"""A line-scan camera above a rendered web: its encoder, its buffers, and what can go wrong with them. One thread.

What lies on a line is decided by the line's number on the web alone, so the truth is known whatever was lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat
from station_app.core.lines import LineSpan
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.linescan.block import Strip
from station_app.devices.rendered_features import RenderedFeatures
from station_app.devices.rendering.faulty import brighten
from station_app.devices.rendering.web_plan import WebSpec, part_sensor
from station_app.devices.rendering.web_render import Scene, render_lines


class StripFault(StrEnum):
    """LOST: the buffer never arrives. TORN: its second half is missing. DAMAGED: it is whole and marked as spoilt.

    SHORT is none: the camera's time-out ends a buffer early while the web stands, and the next goes on after it.
    """

    LOST = "lost"
    TORN = "torn"
    DAMAGED = "damaged"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class LineRig:
    """The camera and its encoder. `speed_mm_s` = 0: the web moves only while it is read; above 0 it runs by the clock,
    and what is not fetched while `buffers` strips wait is lost. The camera takes at most `line_rate_max_hz` lines a
    second and skips the others. `jitter_counts` is how far off a reading of the encoder may be. `loss` is the
    probability that a buffer never arrives. Without an encoder no strip tells its counts.
    """

    strip_lines: int = 64
    mm_per_line: float = 0.1
    counts_per_line: float = 4
    jitter_counts: int = 0
    speed_mm_s: float = 0.0
    line_rate_max_hz: float = 80_000.0
    loss: float = 0.0
    buffers: int = 16
    has_encoder: bool = True


_SCENE = "scene"


class RenderedWeb:
    """A `LineSource`. `faults` names the faults of block ids beforehand; `scene` and `rig` may be changed any time, the
    scene also by a setting of that name."""

    def __init__(
        self,
        spec: WebSpec | None = None,
        rig: LineRig | None = None,
        serial: str = "web",
        *,
        faults: Mapping[int, StripFault] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.spec = spec or WebSpec()
        self.rig = rig or LineRig()
        self.scene = Scene.WEB
        self._serial = serial
        self._faults = dict(faults or {})
        self._clock = clock or SystemClock()
        self._features = RenderedFeatures()
        self._line = 0  # the line of the web that is before the camera
        self._block_id = 0
        self._due_ns = 0
        self._is_open = False
        self._is_started = False

    @property
    def strip_lines(self) -> int:
        return self.rig.strip_lines

    @property
    def is_free_running(self) -> bool:
        return self.rig.speed_mm_s > 0

    @property
    def line(self) -> int:
        """The line of the web that is taken next."""
        return self._line

    def open(self) -> CameraInfo:
        self._is_open = True
        return CameraInfo(self._serial, "rendered web", (self.strip_lines, self.spec.width), PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        self._check(self._is_open)
        where = f"camera {self._serial}"
        rest = {name: value for name, value in settings.items() if name != _SCENE}
        features = self._features.changed(rest, where)
        self.scene = _scene(settings.get(_SCENE, self.scene), where)
        self._features = features
        return {**features.read(), _SCENE: self.scene.value}

    def start(self) -> None:
        self._check(self._is_open)
        self._is_started = True
        self._due_ns = self._clock.now_ns()

    def read(self, timeout_s: float) -> Strip | None:
        self._check(self._is_started)
        until_ns = self._clock.now_ns() + round(timeout_s * 1e9)
        while True:
            if not self._wait(until_ns):
                return None
            strip = self._take(self._fault())
            if strip is not None:
                return strip

    def is_alive(self) -> bool:
        return self._is_open

    def stop(self) -> None:
        self._is_started = False

    def close(self) -> None:
        self.stop()
        self._is_open = False

    def _wait(self, until_ns: int) -> bool:
        """Wait for the next strip of a running web, and let go what no buffer was left for."""
        if not self.is_free_running:
            return True
        strip_ns = round(self.strip_lines * self._step() * self.rig.mm_per_line / self.rig.speed_mm_s * 1e9)
        for _ in range(max(0, (self._clock.now_ns() - self._due_ns) // strip_ns - self.rig.buffers)):
            self._take(StripFault.LOST)
            self._due_ns += strip_ns
        wait_ns = self._due_ns + strip_ns - self._clock.now_ns()
        if wait_ns > 0:
            rest_ns = max(0, until_ns - self._clock.now_ns())
            self._clock.sleep(min(wait_ns, rest_ns) / 1e9)
            if wait_ns > rest_ns:
                return False
        self._due_ns += strip_ns
        return True

    def _step(self) -> float:
        """Lines of the web for each line that is taken: more than 1 where the web is too fast for the camera."""
        asked_hz = self.rig.speed_mm_s / self.rig.mm_per_line
        return max(1.0, asked_hz / self.rig.line_rate_max_hz)

    def _fault(self) -> StripFault | None:
        planned = self._faults.get(self._block_id)
        if planned is not None or not self.rig.loss:
            return planned
        is_lost = np.random.default_rng((self.spec.seed, 71, self._block_id)).random() < self.rig.loss
        return StripFault.LOST if is_lost else None

    def _take(self, fault: StripFault | None) -> Strip | None:
        block_id, self._block_id = self._block_id, self._block_id + 1
        half = max(1, self.strip_lines // 2)
        moved = half if fault is StripFault.SHORT else round(self.strip_lines * self._step())
        span = LineSpan(self._line, self._line + moved)
        self._line = span.end
        if fault is StripFault.LOST:
            return None
        count = half if fault in (StripFault.SHORT, StripFault.TORN) else self.strip_lines
        return self._strip(block_id, span, count, fault)

    def _strip(self, block_id: int, span: LineSpan, count: int, fault: StripFault | None) -> Strip:
        pixels, sensor = render_lines(self.spec, span, self.scene), part_sensor(self.spec, span)
        if span.length > self.strip_lines:  # lines that the camera had no time for
            taken = np.linspace(0, span.length, self.strip_lines, endpoint=False).astype(int)
            pixels, sensor = pixels[taken], None if sensor is None else sensor[taken]
        if self._features.brightness != 1.0:
            pixels = brighten(pixels, self._features.brightness)
        return Strip(
            block_id,
            pixels[:count],
            self._clock.now_ns(),
            self._count(block_id, span.start, 0),
            self._count(block_id, span.end, 1),
            fault not in (StripFault.TORN, StripFault.DAMAGED),
            None if sensor is None else sensor[:count],
        )

    def _count(self, block_id: int, line: int, end: int) -> int | None:
        """A reading of the encoder at a line, off by the jitter."""
        rig = self.rig
        if not rig.has_encoder:
            return None
        off = np.random.default_rng((self.spec.seed, 83, block_id, end)).integers(
            -rig.jitter_counts, rig.jitter_counts, endpoint=True
        )
        return round(line * rig.counts_per_line) + int(off)

    def _check(self, is_ready: bool) -> None:
        if not is_ready:
            raise CameraError("the camera does not answer", where=f"camera {self._serial}", remedy="open and start it")


def _scene(value: FeatureValue, where: str) -> Scene:
    if value not in tuple(Scene):
        remedy = f"set one of: {', '.join(Scene)}"
        raise CameraError(f"{_SCENE} = {value!r} is refused", where=where, remedy=remedy)
    return Scene(str(value))
