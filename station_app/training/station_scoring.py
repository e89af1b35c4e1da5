"""Scores of labelled images by the station's own inference path: what is measured here is what the station will do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Pixels
from station_app.inference.manifest import Manifest
from station_app.inference.postprocess import MapCollector
from station_app.inference.region_plan import RegionPlan, plan_regions
from station_app.inference.region_reader import RegionReader, TileSheet
from station_app.inference.session import ModelSession, SessionSettings
from station_app.training.labelled import LabelledImage

Counted = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Scores [images, labels] of labelled images, and the highest score of each map pixel as 0..255, at `stride`."""

    images: tuple[LabelledImage, ...]
    scores: NDArray[np.float64]
    heats: tuple[Pixels, ...]
    stride: int


def score_images(
    model: bytes, draft: Manifest, images: Sequence[LabelledImage], threads: int, on_image: Counted
) -> Scored:
    """Run a model over images that are reduced already. Raises ModelOutputError where an answer is no evidence."""
    manifest = replace(draft, input=replace(draft.input, reduce=1))
    scores, heats = [], []
    with ModelSession(model, manifest, SessionSettings(threads=threads), draft.name) as session:
        for index, image in enumerate(images):
            collector = _run(session, manifest, image.pixels)
            scores.append(collector.scores())
            heats.append(_heat(collector))
            on_image(index + 1, len(images))
    table = np.array(scores).reshape(len(images), len(draft.labels))
    return Scored(tuple(images), table, tuple(heats), draft.output_stride)


def first_tile(manifest: Manifest, pixels: Pixels) -> Pixels:
    """The tensor of an image's first tile, as a picture: a golden image of the package."""
    tile = next(every_tile(manifest, pixels))
    return np.array(tile[:, :, 0] if tile.shape[2] == 1 else tile)


def every_tile(manifest: Manifest, pixels: Pixels) -> Iterator[Pixels]:
    """The tensors [height, width, channels] of all tiles of an image that is reduced already, one kept buffer."""
    plan, reduced, sheet = _places(replace(manifest, input=replace(manifest.input, reduce=1)), pixels)
    for tile in plan.tiles:
        yield sheet.lay(reduced, tile)[0]


def _run(session: ModelSession, manifest: Manifest, pixels: Pixels) -> MapCollector:
    plan, reduced, sheet = _places(manifest, pixels)
    collector = MapCollector(manifest, plan)
    collector.begin()
    for index, tile in enumerate(plan.tiles):
        collector.add(index, session.run(sheet.lay(reduced, tile)))
    return collector


def _places(manifest: Manifest, pixels: Pixels) -> tuple[RegionPlan, Pixels, TileSheet]:
    plan = plan_regions(manifest, pixels.shape, ())[0]
    reduced = RegionReader(plan, manifest.input.channels).read(pixels)
    return plan, reduced, TileSheet(manifest.input.shape)


def _heat(collector: MapCollector) -> Pixels:
    heat = collector.heat()
    assert heat is not None
    return heat.copy()
