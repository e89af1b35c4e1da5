"""Pictures of known truth among the blind reviews, and the warm-up before a shift. Pure.

Seeded parts are real archived images. They measure the reviewers and enter neither charts, yields nor escape rates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from station_app.quality.draw import chance, shuffled
from station_app.quality.estimate import CannotSay, Lack

WARM_UP_IMAGES = 20
WARM_UP_BAD = 0.5
MOST_SEEDED = 0.5


@dataclass(frozen=True, slots=True)
class SampledPart:
    """A drawn part in the reviewers' queue."""

    part_id: int


@dataclass(frozen=True, slots=True)
class KnownBad:
    """A part known to be bad in the reviewers' queue; to the reviewer it looks like any other."""

    name: str


def mix_in(seed: str, drawn: Iterable[int], known_bad: Sequence[str], rate: float) -> Iterator[SampledPart | KnownBad]:
    """The queue with known-bad parts mixed in, about `rate` of all entries, up to a half.

    Whether one stands before a part hangs on that part's number alone, so that no pattern tells it and a growing queue
    keeps its beginning. Every known part is used once before any is used again.
    """
    if rate and not known_bad:
        raise ValueError("no known-bad part to mix in")
    supply = _in_turn(seed, known_bad)
    for part_id in drawn:
        if is_seeded(seed, part_id, rate):
            yield KnownBad(next(supply))
        yield SampledPart(part_id)


def is_seeded(seed: str, part_id: int, rate: float) -> bool:
    """Whether a known-bad part stands before this one, so that they are `rate` of all entries."""
    if not 0 <= rate <= MOST_SEEDED:
        raise ValueError(f"the rate of seeded parts lies within 0 and {MOST_SEEDED}")
    return chance(seed, "seeded part", part_id) < rate / (1 - rate)


def least_shown(seed: str, known_bad: Iterable[str], shown: Mapping[str, int]) -> list[str]:
    """The names in the order in which one person should see them next: those seen least often first, then by chance."""
    return sorted(shuffled(seed, "least shown", known_bad), key=lambda name: shown.get(name, 0))


def _in_turn(seed: str, names: Sequence[str]) -> Iterator[str]:
    lap = 0
    while True:
        yield from shuffled(seed, f"seeded lap {lap}", names)
        lap += 1


@dataclass(frozen=True, slots=True)
class WarmUpImage:
    """One image of the warm-up; the answer is told after each."""

    name: str
    is_bad: bool


def warm_up(
    seed: str, good: Sequence[str], bad: Sequence[str], size: int = WARM_UP_IMAGES, bad_share: float = WARM_UP_BAD
) -> tuple[WarmUpImage, ...] | CannotSay:
    """So many known images in random order: a burst of bad ones with feedback readies the eye (Wolfe 2005, 2013)."""
    if size < 1 or not 0 <= bad_share <= 1:
        raise ValueError("a warm-up has at least one image and a share of bad ones within 0 and 1")
    bad_needed = round(size * bad_share)
    for names, needed, lack in ((bad, bad_needed, Lack.BAD_PARTS), (good, size - bad_needed, Lack.GOOD_PARTS)):
        if len(names) < needed:
            return CannotSay(lack, needed - len(names))
    truth = dict.fromkeys(shuffled(seed, "warm-up bad", bad)[:bad_needed], True)
    truth |= dict.fromkeys(shuffled(seed, "warm-up good", good)[: size - bad_needed], False)
    return tuple(WarmUpImage(name, truth[name]) for name in shuffled(seed, "warm-up order", truth))
