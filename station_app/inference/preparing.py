"""From a frame to what the model will be shown, ahead of the model: the camera's thread does it while the model is at
work on the part before. Runs on the thread that calls it.
"""

from dataclasses import dataclass

from station_app.core.inspection import Frame, ImageQuality, PixelFormat, Pixels
from station_app.core.recipe import Region
from station_app.inference.manifest import Manifest
from station_app.inference.preprocess import QualityGauge, check_frame, colour_buffer, match_channels
from station_app.inference.region_plan import RegionPlan, plan_regions
from station_app.inference.region_reader import RegionReader

OWN_SLOT = -1
"""The slot of whoever prepares one frame at a time and judges it at once."""

View = tuple[object, ...]
"""All of a manifest that decides how a frame is prepared: two models with the same one are shown the same pixels."""


def view_of(manifest: Manifest) -> View:
    """The view of this model."""
    contract = manifest.input
    size = (contract.channels, contract.height, contract.width)
    return (*size, contract.fit, contract.reduce, contract.overlap, manifest.output_stride)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A frame of `camera_id` with its quality; `places` are its judged regions, each reduced.

    The reduced pixels lie in buffers of the slot, or in the frame itself: they hold until the slot is used again.
    Any model of the same `view` may be shown them.
    """

    camera_id: str
    quality: ImageQuality
    plans: tuple[RegionPlan, ...]
    reduced: tuple[Pixels, ...]
    view: View = ()


class _Slot:
    """All that frames of one shape and one set of regions need, kept between parts."""

    def __init__(
        self, manifest: Manifest, shape: tuple[int, ...], pixel_format: PixelFormat, regions: tuple[Region, ...]
    ) -> None:
        self.key = (shape, pixel_format, regions)
        self._pixel_format = pixel_format
        self._channels = manifest.input.channels
        self._view = view_of(manifest)
        self._gauge = QualityGauge(shape)
        self._colours = colour_buffer(shape, pixel_format, self._channels)
        self.plans = tuple(plan_regions(manifest, shape, regions))
        self._readers = [RegionReader(plan, self._channels) for plan in self.plans]

    def prepare(self, frame: Frame) -> Prepared:
        matched = match_channels(frame.pixels, self._pixel_format, self._colours, self._channels)
        reduced = tuple(reader.read(matched) for reader in self._readers)
        return Prepared(frame.camera_id, self._gauge.measure(frame.pixels), self.plans, reduced, self._view)


class Preparer:
    """Prepares frames for one model. Each slot is used by one thread at a time; frames that are in flight together
    need slots of their own."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._slots: dict[int, _Slot] = {}

    def prepare(self, frame: Frame, regions: tuple[Region, ...], slot: int = OWN_SLOT) -> Prepared:
        """Raises ModelOutputError where the pixels are not what the frame says, ConfigError where the regions do not
        fit it."""
        check_frame(frame)
        key = (frame.pixels.shape, frame.pixel_format, regions)
        kept = self._slots.get(slot)
        if kept is None or kept.key != key:
            kept = self._slots[slot] = _Slot(self._manifest, *key)
        return kept.prepare(frame)
