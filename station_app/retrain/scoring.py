"""Champion and candidate on the same images by the station's own inference path, one after the other on each image.

The order changes from image to image, so that neither is always the one that finds warm caches. The times are those of
one run on one computer: their ratio says something, they themselves little.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from station_app.core.errors import ConfigError, ModelOutputError
from station_app.core.inspection import Frame, FrameStamp, PixelFormat, Pixels
from station_app.core.recipe import Region, Thresholds
from station_app.devices.image_file import read_image
from station_app.inference.inspector import Inspector
from station_app.retrain.judged import Answer, Judged, Picture, answer_of

Counted = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Contestant:
    """A model with what it judges by: regions as the recipe has them, thresholds that were fixed before."""

    inspector: Inspector
    regions: tuple[Region, ...]
    thresholds: Mapping[str, Thresholds]

    @property
    def pixel_format(self) -> PixelFormat:
        return PixelFormat.BGR8 if self.inspector.package.manifest.input.channels == 3 else PixelFormat.MONO8


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds an image, from pixels in memory to the findings."""

    champion_ms: tuple[float, ...]
    candidate_ms: tuple[float, ...]

    @property
    def ratio(self) -> float | None:
        """Of the medians; None where nothing was judged."""
        return median(self.candidate_ms) / median(self.champion_ms) if self.champion_ms else None


class CandidateFaultError(ModelOutputError):
    """The candidate's answer to an image is no evidence."""


def judge_all(
    folder: Path, pictures: Sequence[Picture], champion: Contestant, candidate: Contestant, on_image: Counted
) -> tuple[tuple[Judged, ...], Times]:
    """Both answers to every picture. ConfigError where an image cannot be read, CandidateFaultError or ModelOutputError
    where candidate or champion answers with something that is no evidence."""
    pair, judged = _Pair(champion, candidate), list[Judged]()
    for index, picture in enumerate(pictures):
        judged.append(Judged(picture, *pair.answers(_inside(folder, picture.file), is_champion_first=index % 2 == 0)))
        on_image(index + 1, len(pictures))
    return tuple(judged), Times(tuple(pair.champion_ms), tuple(pair.candidate_ms))


class _Pair:
    def __init__(self, champion: Contestant, candidate: Contestant) -> None:
        self._champion, self._candidate = champion, candidate
        self.champion_ms: list[float] = []
        self.candidate_ms: list[float] = []
        self._warm_for: tuple[int, ...] = ()

    def answers(self, path: Path, *, is_champion_first: bool) -> tuple[Answer, Answer]:
        pixels = {form: _read(path, form) for form in {self._champion.pixel_format, self._candidate.pixel_format}}
        shape = next(iter(pixels.values())).shape[:2]
        if shape != self._warm_for:
            self._champion_answer(pixels, [])
            self._candidate_answer(pixels, [])
            self._warm_for = shape
        if is_champion_first:
            champion = self._champion_answer(pixels, self.champion_ms)
            return champion, self._candidate_answer(pixels, self.candidate_ms)
        candidate = self._candidate_answer(pixels, self.candidate_ms)
        return self._champion_answer(pixels, self.champion_ms), candidate

    def _champion_answer(self, pixels: Mapping[PixelFormat, Pixels], times: list[float]) -> Answer:
        return _answer(self._champion, pixels, times)

    def _candidate_answer(self, pixels: Mapping[PixelFormat, Pixels], times: list[float]) -> Answer:
        try:
            return _answer(self._candidate, pixels, times)
        except ModelOutputError as error:
            raise CandidateFaultError(error.what, where=error.where, remedy="train again") from error


def _answer(contestant: Contestant, pixels: Mapping[PixelFormat, Pixels], times: list[float]) -> Answer:
    form = contestant.pixel_format
    frame = Frame(0, "", FrameStamp(0, 0), pixels[form], form)
    began = time.perf_counter_ns()
    reading = contestant.inspector.inspect(frame, contestant.regions, contestant.thresholds, None)
    times.append((time.perf_counter_ns() - began) / 1e6)
    return answer_of(reading.scores, contestant.thresholds)


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ConfigError("an image to judge by lies outside of its folder", where=name, remedy="correct the table")
    return path


def _read(path: Path, form: PixelFormat) -> Pixels:
    pixels = read_image(path, form)
    if pixels is None:
        raise ConfigError("an image to judge by cannot be read", where=str(path), remedy="bring back the whole file")
    return pixels
