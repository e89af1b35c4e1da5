"""Where a judged region of the frame goes: its reduced size, its tiles, and the way back to frame pixels. Pure.

Three coordinate systems: *frame* pixels; *reduced* pixels, the region after the area filter; *map* pixels, one for
every `output_stride` reduced pixels. Tiles start at multiples of the stride, so that their maps join without seams.
"""

import math
from dataclasses import dataclass, replace

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box
from station_app.core.recipe import Region
from station_app.inference.manifest import Fit, Manifest

WHOLE_FRAME = ""


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """One region: `tiles` are left and top in reduced pixels; `excluded` are boxes in map pixels, within the map."""

    name: str
    box: Box
    reduced_width: int
    reduced_height: int
    stride: int
    tile_width: int
    tile_height: int
    tiles: tuple[tuple[int, int], ...]
    excluded: tuple[Box, ...]

    @property
    def map_width(self) -> int:
        return -(-self.reduced_width // self.stride)

    @property
    def map_height(self) -> int:
        return -(-self.reduced_height // self.stride)

    @property
    def scale_x(self) -> float:
        """Frame pixels for each reduced pixel."""
        return self.box.width / self.reduced_width

    @property
    def scale_y(self) -> float:
        return self.box.height / self.reduced_height

    def to_frame(self, x: float, y: float) -> tuple[float, float]:
        """A point of the reduced region in frame pixels, kept within the region."""
        left = self.box.x + min(max(x, 0.0), self.reduced_width) * self.scale_x
        top = self.box.y + min(max(y, 0.0), self.reduced_height) * self.scale_y
        return left, top

    def frame_box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The smallest whole-pixel box in the frame around a rectangle of the reduced region."""
        x0, y0 = self.to_frame(left, top)
        x1, y1 = self.to_frame(right, bottom)
        x, y = min(math.floor(x0), self.box.right - 1), min(math.floor(y0), self.box.bottom - 1)
        return Box(x, y, max(1, math.ceil(x1) - x), max(1, math.ceil(y1) - y))


def plan_regions(manifest: Manifest, frame_shape: tuple[int, ...], regions: tuple[Region, ...]) -> list[RegionPlan]:
    """The plans of all judged regions; no region judges the whole frame. ConfigError where a region leaves it."""
    frame_box = Box(0, 0, frame_shape[1], frame_shape[0])
    judged = [region for region in regions if not region.is_excluded] or [Region(WHOLE_FRAME, frame_box)]
    excluded = [region.box for region in regions if region.is_excluded]
    return [_plan(manifest, region, frame_box, excluded) for region in judged]


def cut_regions(regions: tuple[Region, ...], frame_shape: tuple[int, ...]) -> tuple[Region, ...]:
    """The regions as far as they lie on a frame that is smaller than the one that they were drawn on."""
    height, width = frame_shape[:2]
    cut = []
    for region in regions:
        left, top = max(0, region.box.x), max(0, region.box.y)
        right, bottom = min(width, region.box.right), min(height, region.box.bottom)
        if right > left and bottom > top:
            cut.append(replace(region, box=Box(left, top, right - left, bottom - top)))
    return tuple(cut)


def regions_along(regions: tuple[Region, ...], frame_shape: tuple[int, ...]) -> tuple[Region, ...]:
    """The regions on a picture of an endless web: their columns hold for all of its lines."""
    return tuple(replace(region, box=Box(region.box.x, 0, region.box.width, frame_shape[0])) for region in regions)


def tile_starts(length: int, tile: int, overlap: int, stride: int) -> tuple[int, ...]:
    """Where tiles begin along one axis: they cover all of `length`, and the last is shifted inward.

    Starts are multiples of the stride, so the last tile may reach less than one stride beyond the end.
    """
    if length <= tile:
        return (0,)
    last = -(-(length - tile) // stride) * stride
    step = max(stride, (tile - overlap) // stride * stride)
    return (*range(0, last, step), last)


def _plan(manifest: Manifest, region: Region, frame_box: Box, excluded: list[Box]) -> RegionPlan:
    box, contract, stride = region.box, manifest.input, manifest.output_stride
    if min(box.x, box.y) < 0 or box.right > frame_box.width or box.bottom > frame_box.height:
        raise _fault(region, f"reaches out of the frame of {frame_box.width} x {frame_box.height}")
    if contract.fit is Fit.AREA:
        width, height = contract.width, contract.height
    else:
        width, height = -(-box.width // contract.reduce), -(-box.height // contract.reduce)
    bare = RegionPlan(region.name, box, width, height, stride, contract.width, contract.height, (), ())
    hidden = tuple(filter(None, (_map_box(bare, other) for other in excluded)))
    columns = tile_starts(width, contract.width, contract.overlap, stride)
    rows = tile_starts(height, contract.height, contract.overlap, stride)
    tiles = tuple((x, y) for y in rows for x in columns if not _is_hidden(bare, (x, y), hidden))
    if not tiles:
        raise _fault(region, "is wholly covered by excluded regions")
    return RegionPlan(region.name, box, width, height, stride, contract.width, contract.height, tiles, hidden)


def _map_box(plan: RegionPlan, other: Box) -> Box | None:
    """The map pixels whose centres lie within a box of the frame, or None where there are none."""
    step_x, step_y = plan.stride * plan.scale_x, plan.stride * plan.scale_y
    left = max(0, math.ceil((other.x - plan.box.x) / step_x - 0.5))
    top = max(0, math.ceil((other.y - plan.box.y) / step_y - 0.5))
    right = min(plan.map_width, math.ceil((other.right - plan.box.x) / step_x - 0.5))
    bottom = min(plan.map_height, math.ceil((other.bottom - plan.box.y) / step_y - 0.5))
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None


def _is_hidden(plan: RegionPlan, tile: tuple[int, int], hidden: tuple[Box, ...]) -> bool:
    left, top = tile[0] // plan.stride, tile[1] // plan.stride
    right = min(plan.map_width, left + -(-plan.tile_width // plan.stride))
    bottom = min(plan.map_height, top + -(-plan.tile_height // plan.stride))
    return any(b.x <= left and b.y <= top and b.right >= right and b.bottom >= bottom for b in hidden)


def _fault(region: Region, what: str) -> ConfigError:
    name = f"region {region.name}" if region.name else "the whole frame"
    return ConfigError(f"{name} {what}", where="recipe", remedy="draw the regions again on a frame of this camera")
