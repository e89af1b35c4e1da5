"""One `Camera` for everything that speaks GenICam; the `Link` below it knows the SDK.

Three ways to take a picture, as `trigger_source` says:

- `software`: `trigger` sends the command, and the next frame belongs to it. Frame ids are the camera's own: a gap is
  a lost frame.
- a line of the camera: `trigger` does nothing, every frame is handed out in order, with the time at which it came.
- `off`, running free: `fill` takes the first frame whose exposure surely began after `trigger`. Frame ids count the
  frames handed out, since most are thrown away on purpose.

Where its frames are strips of a web, every one is handed out in order under the camera's own id, whatever triggers it.
"""

import contextlib
import logging
from collections.abc import Mapping
from dataclasses import replace

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels
from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.features import Feature, check_read_back, unknown_feature
from station_app.devices.genicam.arrivals import MOST_WAITING, Arrivals
from station_app.devices.genicam.block_ids import BlockIds
from station_app.devices.genicam.link import MOST_STRIPS, Arrived, Identity, Link, Wanted
from station_app.devices.genicam.pixels import choose_sent, is_known, shape_of, write_pixels
from station_app.devices.genicam.settings import (
    CANONICAL,
    FREE,
    GEOMETRY,
    SOFTWARE,
    TRIGGER,
    apply_settings,
    has_software_trigger,
    set_trigger,
    trigger_source,
)
from station_app.devices.genicam.snapshot import differences, settled
from station_app.devices.genicam.told import LEAST_SILENCE_S, extent_of, longest_silence_s
from station_app.devices.genicam.tree import common_features, features_of, remembered
from station_app.devices.numbering import Numbering

log = logging.getLogger(__name__)

UNDER_WAY = 2
"""Frames of a free-running camera that may be older than the trigger: one on its way, one being exposed."""
_LEAST_PATIENCE_S = 3.0
"""For the first frames after a start: some cameras take a second to begin."""
_EXPOSURES = CANONICAL["exposure_us"]
_SHAPING = (*GEOMETRY, "Width", "Height", "OffsetX", "OffsetY", "PixelFormat")


class GenicamCamera:
    """Opened by serial number. At its first opening it is set as `wanted` and its whole set-up is kept as `snapshot`;
    whenever it is opened again, the snapshot is written back and verified: a camera that was switched off forgets
    everything. What is applied later is not part of it, and is the recovery's to apply again."""

    def __init__(
        self, link: Link, wanted: Wanted | None = None, clock: Clock | None = None, snapshot: str = ""
    ) -> None:
        self._link = link
        self._wanted = wanted or Wanted()
        self._clock = clock or SystemClock()
        self._arrivals: Arrivals | None = None
        self._numbering = Numbering()
        self._block_ids = BlockIds()
        self._shape: tuple[int, ...] = ()
        self._source = FREE
        self._longest_silence_s = LEAST_SILENCE_S
        self._first = 1
        self._delivered = 0
        self._unsettled = 0
        self._is_open = False
        self._shaping: frozenset[str] = frozenset()
        self.snapshot = snapshot

    @property
    def is_streaming(self) -> bool:
        """Whether every frame is handed out under the camera's own number, as the strips of a web are."""
        return self._wanted.is_streaming

    @property
    def transit_s(self) -> float:
        return self._wanted.transit_s

    @property
    def _is_choosing(self) -> bool:
        """Whether most frames are thrown away: it runs free, and each `fill` takes one."""
        return self._source == FREE and not self.is_streaming

    def open(self) -> CameraInfo:
        self.close()
        try:
            identity = self._link.open()
            self._is_open = True
            return self._prepared(identity)
        except CameraError:
            self.close()
            raise

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        """As the protocol says. Exposure and gain may be set while frames come; a setting of the frame's shape, and
        the trigger, stop and start them again."""
        self._check_open()
        is_paused = self._arrivals is not None and any(name in _SHAPING or "rigger" in name for name in settings)
        if is_paused:
            self.stop()
        try:
            return apply_settings(self._link.nodes, settings, self._link.where) if settings else {}
        finally:
            if is_paused:  # also where the camera refuses: a refusal must not leave it still
                self.start()

    def features(self) -> tuple[Feature, ...]:
        self._check_open()
        return self._unlocked(features_of(self._link.nodes))

    def common_features(self) -> tuple[Feature, ...]:
        self._check_open()
        return self._unlocked(common_features(self._link.nodes))

    def execute(self, name: str) -> None:
        self._check_open()
        feature = self._link.nodes.find(name)
        if feature is None or feature.kind is not FeatureKind.COMMAND:
            raise unknown_feature(name, ("its own commands",), self._link.where)
        self._link.nodes.execute(name)

    def remembered(
        self, before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]
    ) -> dict[str, FeatureValue]:
        return remembered(before, new)

    @property
    def is_wired(self) -> bool:
        """Whether a line of the camera triggers it, as it was when it was started."""
        return self._source not in (FREE, SOFTWARE)

    def start(self) -> None:
        self._check_open()
        if self._arrivals is not None:
            return
        self._source = trigger_source(self._link.nodes)
        self._longest_silence_s = longest_silence_s(self._link.nodes)
        self._numbering.restart()
        self._block_ids.restart()
        self._first, self._unsettled = 1, 0
        self._link.start()
        most = MOST_STRIPS if self.is_streaming else MOST_WAITING
        self._arrivals = Arrivals(self._link.pull, self._clock, self._link.where, most)
        self._arrivals.start()

    def trigger(self) -> None:
        arrivals = self._running()
        if self._is_choosing:
            self._first = arrivals.count + UNDER_WAY + 1
        elif self._source == SOFTWARE:
            if not arrivals.is_well:
                raise self._lost("the camera does not answer")
            self._link.fire()

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        arrivals = self._running()
        arrived = arrivals.take(self._first, timeout_s)
        if arrived is None:
            if self._is_choosing and arrivals.silent_s > self._longest_silence_s:
                raise self._lost(f"no frame for {arrivals.silent_s:.1f} s")
            return None
        try:
            return self._delivered_as(arrived, buffer)
        finally:
            arrived.release()

    @property
    def patience_s(self) -> float:
        """How long a frame that was asked for may take to come, of the camera as it is set now."""
        nodes = self._link.nodes
        found = next((feature for name in _EXPOSURES if (feature := nodes.find(name)) is not None), None)
        exposure_us = found.value if found is not None and isinstance(found.value, (int, float)) else 0
        return max(_LEAST_PATIENCE_S, longest_silence_s(self._link.nodes)) + exposure_us / 1e6

    def settle(self, count: int) -> None:
        """As `reconnect.Settles` says. A camera that waits for a wire takes these frames by command; one without such a
        command hands out the first frames that the wire brings as torn."""
        wire = self._source
        if wire in (FREE, SOFTWARE):
            self._throw_away(count)
        elif not has_software_trigger(self._link.nodes):
            self._unsettled = count
        else:
            self.apply({TRIGGER: SOFTWARE})
            self._throw_away(count)
            check_read_back({TRIGGER: wire}, self.apply({TRIGGER: wire}), self._link.where)

    def is_alive(self) -> bool:
        arrivals = self._arrivals
        if not self._is_open or (arrivals is not None and not arrivals.is_well):
            return False
        try:
            return self._link.is_alive()
        except CameraError:
            return False

    def stop(self) -> None:
        """Stop delivering; what was not fetched yet is lost."""
        arrivals, self._arrivals = self._arrivals, None
        if arrivals is None:
            return
        if not arrivals.stop():
            raise self._lost("the camera's software does not return")
        self._link.stop()

    def close(self) -> None:
        with contextlib.suppress(CameraError):
            self.stop()
        self._is_open = False
        self._link.close()

    def _prepared(self, identity: Identity) -> CameraInfo:
        nodes, where, wanted = self._link.nodes, self._link.where, self._wanted
        formats = nodes.find("PixelFormat")
        sent_as = choose_sent(formats.entries if formats else (), wanted.pixel_format, where)
        size = dict(zip(("width", "height"), wanted.size or (), strict=False))
        apply_settings(nodes, {"PixelFormat": sent_as, **size}, where)
        set_trigger(nodes, wanted.trigger or (SOFTWARE if has_software_trigger(nodes) else FREE), where)
        if self.snapshot:
            self._restore()
        else:
            self.snapshot = settled(nodes.save(), nodes.save())
        self._shaping = frozenset(name for name in _SHAPING if self._is_writable(name))
        height, width = (extent_of(nodes, name, self._link.where) for name in ("Height", "Width"))
        self._shape = shape_of(height, width, wanted.pixel_format)
        return CameraInfo(identity.serial, identity.model, self._shape, wanted.pixel_format)

    def _restore(self) -> None:
        nodes = self._link.nodes
        nodes.load(self.snapshot)
        lost = differences(self.snapshot, nodes.save())
        if lost:
            names = ", ".join(name.replace("\t", " ") for name in lost[:5])
            remedy = "check that nobody else has set the camera up, and load the recipe again"
            raise CameraError(f"the camera does not hold {names}", where=self._link.where, remedy=remedy)

    def _throw_away(self, count: int) -> None:
        patience_s = self.patience_s
        for _ in range(count):
            if self._source == SOFTWARE:
                self.trigger()
            arrived = self._running().take(self._first, patience_s)
            if arrived is None:
                raise self._lost("it is back but delivers no frames")
            arrived.release()

    def _is_writable(self, name: str) -> bool:
        feature = self._link.nodes.find(name)
        return feature is not None and feature.is_writable

    def _unlocked(self, features: tuple[Feature, ...]) -> tuple[Feature, ...]:
        """What frames that come keep locked may be written all the same: `apply` stops them for it."""
        return tuple(replace(f, is_writable=True) if f.name in self._shaping else f for f in features)

    def _delivered_as(self, arrived: Arrived, buffer: Pixels) -> FrameStamp:
        """Write the frame into the buffer, which is blank where there are no pixels."""
        shape = self._written(arrived, buffer)
        number = self._delivered if self._is_choosing else self._block_ids.continued(arrived.block_id)
        self._delivered += 1
        is_complete = arrived.is_complete and shape is not None and not self._unsettled
        self._unsettled = max(0, self._unsettled - 1)
        stamp = FrameStamp(number, arrived.received_ns, arrived.hardware_ns, is_complete)
        if shape is not None and shape != buffer.shape:
            stamp = FrameStamp(number, arrived.received_ns, arrived.hardware_ns, is_complete, shape=shape)
        return self._numbering.continued(stamp)

    def _written(self, arrived: Arrived, buffer: Pixels) -> tuple[int, ...] | None:
        image, pixel_format = arrived.image, self._wanted.pixel_format
        if image is None or not image.is_whole or not (arrived.is_complete or is_known(image, pixel_format)):
            buffer[...] = 0
            return None
        shape = shape_of(image.height, image.width, pixel_format)
        if len(shape) != buffer.ndim or any(side > room for side, room in zip(shape, buffer.shape, strict=True)):
            remedy = "give the size in the camera's source, or load the recipe again"
            raise CameraError(f"a frame of {shape} does not fit {buffer.shape}", where=self._link.where, remedy=remedy)
        write_pixels(image, pixel_format, buffer[: shape[0], : shape[1]])
        return shape

    def _check_open(self) -> None:
        if not self._is_open:
            raise CameraError("the camera is not open", where=self._link.where, remedy="open it first")

    def _running(self) -> Arrivals:
        self._check_open()
        if self._arrivals is None:
            raise CameraError("the camera was not started", where=self._link.where, remedy="start it first")
        return self._arrivals

    def _lost(self, what: str) -> CameraError:
        return CameraError(what, where=self._link.where, remedy="check its cable and its power")
