"""Which images the next batch is cut from: half defective, every kind alike, every part by its weight. Pure."""

from collections.abc import Sequence
from typing import TypeVar

from numpy.random import Generator

from station_app.training.augment import Crop, Variation, make_crop
from station_app.training.labelled import LabelledImage

_Drawn = TypeVar("_Drawn")


class Sampler:
    """Batches of crops. The kinds take turns by chance, then the groups, then a group's images.

    `replay_share` of each batch is cut from replay images, where there are any.
    """

    def __init__(
        self, images: Sequence[LabelledImage], variation: Variation, stride: int, replay_share: float = 0.0
    ) -> None:
        self._variation, self._stride = variation, stride
        fresh = [image for image in images if not image.is_replay]
        replay = [image for image in images if image.is_replay]
        self._replay_share = replay_share if fresh and replay else float(bool(replay))
        self._stocks = (_Stock(fresh, images), _Stock(replay, images))

    def batch(self, size: int, rng: Generator) -> list[Crop]:
        """`size` crops; the generator alone decides which."""
        fresh = size - round(self._replay_share * size)
        return [self._crop(self._stocks[int(index >= fresh)], index % 2 == 1, rng) for index in range(size)]

    def _crop(self, stock: "_Stock", is_defect: bool, rng: Generator) -> Crop:
        image = stock.defective(rng) if is_defect else stock.good(rng)
        if is_defect:
            return make_crop(image, None, self._variation, self._stride, rng)
        lot = float(rng.random())
        if lot < self._variation.paste_share:
            return make_crop(image, stock.defective(rng), self._variation, self._stride, rng)
        is_drawn = lot < self._variation.paste_share + self._variation.drawn_share
        return make_crop(image, None, self._variation, self._stride, rng, is_drawn=is_drawn)


class _Stock:
    """Fresh or replay images; what they lack is drawn from all."""

    def __init__(self, images: Sequence[LabelledImage], everything: Sequence[LabelledImage]) -> None:
        # Where every part has a defect, crops of the rest of these parts must stand in for good ones.
        self._good = _by_group(_good_of(images) or _good_of(everything) or everything)
        defective = [image for image in images if image.is_defect] or everything
        kinds = sorted({kind for image in defective for kind in image.kinds})
        self._kinds = [_by_group([image for image in defective if kind in image.kinds]) for kind in kinds]

    def good(self, rng: Generator) -> LabelledImage:
        return _draw(self._good, rng)

    def defective(self, rng: Generator) -> LabelledImage:
        return _draw(self._kinds[int(rng.integers(len(self._kinds)))], rng)


def _good_of(images: Sequence[LabelledImage]) -> list[LabelledImage]:
    return [image for image in images if not image.is_defect]


def _by_group(images: Sequence[LabelledImage]) -> list[list[LabelledImage]]:
    groups: dict[str, list[LabelledImage]] = {}
    for image in images:
        groups.setdefault(image.group, []).append(image)
    return list(groups.values())


def _draw(groups: list[list[LabelledImage]], rng: Generator) -> LabelledImage:
    """A group by the mean weight of its images, whatever their number, then one of them by its own."""
    group = _pick(groups, [sum(image.weight for image in group) / len(group) for group in groups], rng)
    return _pick(group, [image.weight for image in group], rng)


def _pick(items: Sequence[_Drawn], weights: Sequence[float], rng: Generator) -> _Drawn:
    if len(set(weights)) == 1:
        return items[int(rng.integers(len(items)))]
    total = sum(weights)
    return items[int(rng.choice(len(items), p=[weight / total for weight in weights]))]
