"""A camera above the rendered line: it takes its pixels from `rendering` and behaves like a device, faults included.

Runs on the caller's thread. The part in front of it is decided by the frame number alone, which goes on counting when
the camera is closed and opened again: the line does not begin anew because a cable was pulled.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels
from station_app.core.setup_messages import CommonSetting, FeatureKind
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.faults import Fault, FaultKind, RecurringFault
from station_app.devices.features import Feature, latest, unknown_feature
from station_app.devices.rendered_features import RenderedFeatures
from station_app.devices.rendered_mount import LIMITS, RenderedMount
from station_app.devices.rendering.faulty import brighten, spoil
from station_app.devices.rendering.plan import RenderSpec, number_source, plan_part
from station_app.devices.rendering.render import render_part

_MAX_PENDING = 8
_CATEGORY = "Rendered camera"
DEFAULTS = "restore_defaults"
"""The command that sets the light and the mounting as they were at the beginning."""


@dataclass(frozen=True, slots=True)
class _Exposure:
    """A part that was exposed: it can be fetched from `due_ns` on."""

    number: int
    due_ns: int
    fault: FaultKind | None = None


class RenderedCamera:
    """Software-triggered by default; with `fps` it triggers itself at up to that rate.

    `fault_plan` names the faults of frame numbers beforehand, `recurring` one that comes back; `inject` adds one to the
    next exposure.
    """

    def __init__(
        self,
        spec: RenderSpec | None = None,
        serial: str = "rendered",
        *,
        fps: float = 0.0,
        fault_plan: Mapping[int, Fault] | None = None,
        recurring: RecurringFault | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.spec = spec or RenderSpec()
        self._serial = serial
        self._period_ns = round(1e9 / fps) if fps else 0
        self._faults = dict(fault_plan or {})
        self._recurring = recurring
        self._injected: deque[Fault] = deque()
        self._clock = clock or SystemClock()
        self._features = RenderedFeatures()
        self._mount = RenderedMount()
        self._bank: list[Pixels] = []
        self._pending: deque[_Exposure] = deque()
        self._number = 0
        self._next_due_ns = 0
        self._refused_until_ns = 0
        self._last: tuple[FrameStamp, Pixels] | None = None
        self._is_open = False
        self._is_started = False

    def open(self) -> CameraInfo:
        if self._clock.now_ns() < self._refused_until_ns:
            raise self._gone()
        for number in range(len(self._bank), self.spec.bank):
            self._bank.append(render_part(self.spec, plan_part(self.spec, number)).pixels)
        if not self.spec.bank:
            render_part(self.spec, plan_part(self.spec, 0))  # what all parts share is made once: now, not at the first
        self._is_open = True
        extent = (self.spec.height, self.spec.width)
        shape = (*extent, 3) if self.spec.pixel_format.channels == 3 else extent
        return CameraInfo(self._serial, "rendered parts", shape, self.spec.pixel_format)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        self._check_open()
        where = f"camera {self._serial}"
        mounting = {name: value for name, value in settings.items() if name in LIMITS}
        light = {name: value for name, value in settings.items() if name not in LIMITS}
        self._features, self._mount = self._features.changed(light, where), self._mount.changed(mounting, where)
        return self._features.read() | self._mount.read()

    def features(self) -> tuple[Feature, ...]:
        self._check_open()
        command = Feature(DEFAULTS, FeatureKind.COMMAND, None, True, category=_CATEGORY)
        return (*self._features.shown(_CATEGORY), *self._fixed(), *self._mount.shown(_CATEGORY), command)

    def common_features(self) -> tuple[Feature, ...]:
        return tuple(feature for feature in self.features() if feature.common is not None)

    def execute(self, name: str) -> None:
        self._check_open()
        if name != DEFAULTS:
            raise unknown_feature(name, (DEFAULTS,), f"camera {self._serial}")
        self._features, self._mount = RenderedFeatures(), RenderedMount()

    def remembered(
        self, before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]
    ) -> dict[str, FeatureValue]:
        return latest(before, new)

    def start(self) -> None:
        self._check_open()
        self._is_started = True
        self._next_due_ns = self._clock.now_ns()

    def inject(self, fault: Fault) -> None:
        """Give the next exposure that has no planned fault this one."""
        self._injected.append(fault)

    def trigger(self) -> None:
        self._check_started()
        if self._period_ns:
            return
        self._expose(self._clock.now_ns())

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        self._check_started()
        if self._period_ns:
            self._run_free()
        exposure = self._wait(timeout_s)
        if exposure is None:
            return None
        stamp, pixels = self._deliver(exposure)
        self._last = (stamp, pixels)
        buffer[...] = pixels
        return stamp

    def is_alive(self) -> bool:
        return self._is_open

    def stop(self) -> None:
        """Stop delivering; exposures not fetched yet are lost, late ones too."""
        self._is_started = False
        self._pending.clear()

    def close(self) -> None:
        self.stop()
        self._is_open = False

    def _run_free(self) -> None:
        """Expose at the camera's own rate; one exposure waits at a time, so a slow consumer sees fresh frames."""
        if not self._pending:
            due = max(self._next_due_ns, self._clock.now_ns())
            self._next_due_ns = due + self._period_ns
            self._expose(due)

    def _expose(self, due_ns: int) -> None:
        number, self._number = self._number, self._number + 1
        fault = self._faults.get(number) or (self._injected.popleft() if self._injected else None)
        fault = fault or (self._recurring.at(number) if self._recurring else None)
        kind = fault.kind if fault else None
        if kind is FaultKind.SKIPPED:
            number, self._number = self._number, self._number + 1
        if fault and kind is FaultKind.DISCONNECT:
            self.close()
            self._refused_until_ns = self._clock.now_ns() + round(fault.seconds * 1e9)
            raise self._gone()
        if kind is FaultKind.LOST or len(self._pending) >= _MAX_PENDING:
            return
        delay_ns = round(fault.seconds * 1e9) if fault and kind is FaultKind.LATE else 0
        self._pending.append(_Exposure(number, due_ns + delay_ns, kind))

    def _wait(self, timeout_s: float) -> _Exposure | None:
        now_ns = self._clock.now_ns()
        due_ns = self._pending[0].due_ns if self._pending else now_ns + round(timeout_s * 1e9) + 1
        wait_s = (due_ns - now_ns) / 1e9
        if wait_s > timeout_s:
            self._clock.sleep(max(0.0, timeout_s))
            return None
        if wait_s > 0:
            self._clock.sleep(wait_s)
        return self._pending.popleft()

    def _deliver(self, exposure: _Exposure) -> tuple[FrameStamp, Pixels]:
        kind, now_ns = exposure.fault, self._clock.now_ns()
        if kind is FaultKind.FROZEN and self._last:
            return self._last
        source = number_source(exposure.number)
        stamp = FrameStamp(exposure.number, now_ns, exposure.due_ns, kind is not FaultKind.TORN, source)
        if kind is FaultKind.REPEATED and self._last:
            return stamp, self._last[1]
        return stamp, self._render(exposure)

    def _render(self, exposure: _Exposure) -> Pixels:
        if self._bank:
            pixels = self._bank[exposure.number % len(self._bank)]
        else:
            pixels = render_part(self.spec, plan_part(self.spec, exposure.number)).pixels
        pixels = self._mount.seen(pixels)
        if self._features.brightness != 1.0:
            pixels = brighten(pixels, self._features.brightness)
        return spoil(pixels, exposure.fault) if exposure.fault else pixels

    def _fixed(self) -> tuple[Feature, ...]:
        """What is decided when the camera is named."""
        rate_hz = 1e9 / self._period_ns if self._period_ns else 0.0
        known = (
            ("frame_rate", FeatureKind.FLOAT, rate_hz, CommonSetting.RATE),
            ("trigger_source", FeatureKind.TEXT, "off" if self._period_ns else "software", CommonSetting.TRIGGER),
            ("pixel_format", FeatureKind.TEXT, self.spec.pixel_format.value, CommonSetting.PIXEL_FORMAT),
        )
        return tuple(
            Feature(name, kind, value, False, category=_CATEGORY, common=common) for name, kind, value, common in known
        )

    def _check_open(self) -> None:
        if not self._is_open:
            raise self._gone()

    def _check_started(self) -> None:
        self._check_open()
        if not self._is_started:
            raise CameraError("the camera was not started", where=f"camera {self._serial}", remedy="start it first")

    def _gone(self) -> CameraError:
        return CameraError("the camera does not answer", where=f"camera {self._serial}", remedy="check its cable")
