"""Which images the next batch is cut from: half defective, every kind alike, every physical part alike. Pure."""

from collections.abc import Sequence

from numpy.random import Generator

from station_app.training.augment import Crop, Variation, make_crop
from station_app.training.labelled import LabelledImage


class Sampler:
    """Batches of crops. The kinds take turns by chance, then the groups, then a group's images."""

    def __init__(self, images: Sequence[LabelledImage], variation: Variation, stride: int) -> None:
        self._variation, self._stride = variation, stride
        # Where every part has a defect, crops of the rest of these parts must stand in for good ones.
        self._good = _by_group([image for image in images if not image.is_defect] or images)
        kinds = sorted({kind for image in images for kind in image.kinds})
        self._kinds = [_by_group([image for image in images if kind in image.kinds]) for kind in kinds]

    def batch(self, size: int, rng: Generator) -> list[Crop]:
        """`size` crops; the generator alone decides which."""
        return [self._crop(index % 2 == 1, rng) for index in range(size)]

    def _crop(self, is_defect: bool, rng: Generator) -> Crop:
        image = self._defective(rng) if is_defect else _draw(self._good, rng)
        if is_defect:
            return make_crop(image, None, self._variation, self._stride, rng)
        lot = float(rng.random())
        if lot < self._variation.paste_share:
            return make_crop(image, self._defective(rng), self._variation, self._stride, rng)
        is_drawn = lot < self._variation.paste_share + self._variation.drawn_share
        return make_crop(image, None, self._variation, self._stride, rng, is_drawn=is_drawn)

    def _defective(self, rng: Generator) -> LabelledImage:
        return _draw(self._kinds[int(rng.integers(len(self._kinds)))], rng)


def _by_group(images: Sequence[LabelledImage]) -> list[list[LabelledImage]]:
    groups: dict[str, list[LabelledImage]] = {}
    for image in images:
        groups.setdefault(image.group, []).append(image)
    return list(groups.values())


def _draw(groups: list[list[LabelledImage]], rng: Generator) -> LabelledImage:
    group = groups[int(rng.integers(len(groups)))]
    return group[int(rng.integers(len(group)))]
