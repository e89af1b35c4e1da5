"""What champion and candidate said about the same parts, beside the truth. Pure; written as evaluation.json."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from station_app.core.recipe import Thresholds


class Source(StrEnum):
    """Why a part is looked at: of the frozen golden set, drawn at random at the line, or disagreed about there."""

    GOLDEN = "golden"
    CONTROL = "control"
    DISAGREEMENT = "disagreement"


@dataclass(frozen=True, slots=True)
class Answer:
    """One model's answer to one part at its thresholds. `label` is its likeliest, at `score` within 0 and 1."""

    is_flagged: bool
    is_failed: bool
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Picture:
    """One labelled image. `kind` is "" for good. `group` is what never stands in two splits; the images of one `part`
    are judged together. `probability` is that of being drawn at the line, None where it was not drawn at random."""

    file: str
    kind: str
    group: str
    part: str
    source: Source
    station: str = ""
    camera: str = ""
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One image with both answers."""

    picture: Picture
    champion: Answer
    candidate: Answer


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """A part as a station answers it: flagged where any of its images is. `kinds` is empty for a good part."""

    part: str
    group: str
    kinds: tuple[str, ...]
    weight: float
    champion_flags: bool
    candidate_flags: bool

    @property
    def is_defect(self) -> bool:
        return bool(self.kinds)

    @property
    def champion_is_right(self) -> bool:
        return self.champion_flags == self.is_defect

    @property
    def candidate_is_right(self) -> bool:
        return self.candidate_flags == self.is_defect


Flags = Callable[[JudgedPart], bool]


def champion_flags(part: JudgedPart) -> bool:
    return part.champion_flags


def candidate_flags(part: JudgedPart) -> bool:
    return part.candidate_flags


def answer_of(scores: Sequence[tuple[str, float]], thresholds: Mapping[str, Thresholds]) -> Answer:
    """A model's answer from the scores of all its labels, each against its own thresholds."""
    label, score = max(scores, key=lambda pair: pair[1])
    return Answer(
        is_flagged=any(value >= thresholds[name].review for name, value in scores),
        is_failed=any(value >= thresholds[name].fail for name, value in scores),
        label=label,
        score=round(float(score), 6),
    )


def parts_of(judged: Iterable[Judged]) -> tuple[JudgedPart, ...]:
    """The parts, in the order of their first image. A part of several images is defective where one of them is."""
    images: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        images[one.picture.source, one.picture.part].append(one)
    return tuple(_part(together) for together in images.values())


def judged_table(one: Judged) -> dict[str, Any]:
    """Plain values for evaluation.json."""
    return {**asdict(one.picture), "champion": asdict(one.champion), "candidate": asdict(one.candidate)}


def judged_from(table: Mapping[str, Any]) -> Judged:
    """The reverse. KeyError, TypeError or ValueError where it is none."""
    rest = dict(table)
    champion, candidate = Answer(**rest.pop("champion")), Answer(**rest.pop("candidate"))
    return Judged(Picture(**{**rest, "source": Source(rest["source"])}), champion, candidate)


def _part(images: list[Judged]) -> JudgedPart:
    first = images[0].picture
    return JudgedPart(
        part=first.part,
        group=first.group,
        kinds=tuple(sorted({one.picture.kind for one in images} - {""})),
        weight=1.0 if first.probability is None else 1.0 / first.probability,
        champion_flags=any(one.champion.is_flagged for one in images),
        candidate_flags=any(one.candidate.is_flagged for one in images),
    )
