"""Other thresholds, put to the recorded parts. Pure: arrays in, figures out, fast enough to follow a finger."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import VerdictKind
from station_app.core.recipe import Thresholds
from station_app.quality.estimate import CannotSay
from station_app.quality.promise import Promise, promise
from station_app.quality.strata import Stratum
from station_app.quality.thresholds import PASS, Effort, Known, Ranks, WhatIf, compare
from station_app.store.score_table import KnownParts, ScoreTable

SHIFT_HOURS = 8.0
USUAL_REVIEW_S = 10.0
PROMISE = 0.02
"""At most so many of the bad parts may be told OK, for the guarantee."""
RANKED = (VerdictKind.PASS, VerdictKind.REVIEW, VerdictKind.FAIL)
_MS_PER_HOUR = 3_600_000
_UNCHANGED = -1

Limits = Mapping[str, Thresholds]


@dataclass(frozen=True, slots=True)
class Flip:
    """A part that would be told something else; `label` and `score` are of its highest score."""

    part_id: int
    old: VerdictKind
    new: VerdictKind
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """`before` and `after` with the thresholds that hold and with the new ones; minutes are for a shift of 8 hours.

    `is_fitted`: the promise would be kept, but by thresholds that let more through than those that hold, or where those
    break it. They were looked for on the very parts that should prove them, so that nothing is proved.
    """

    before: WhatIf | CannotSay
    after: WhatIf | CannotSay
    promise: Promise | CannotSay
    is_fitted: bool
    flips: tuple[Flip, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Now:
    """By the thresholds that hold."""

    ranks: Ranks
    figures: WhatIf | CannotSay
    is_kept: bool


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """The parts on record, the truth that is known of some, and the thresholds that hold now."""

    table: ScoreTable
    known: KnownParts
    limits: tuple[tuple[str, Thresholds], ...]
    seconds_per_review: float = USUAL_REVIEW_S
    _counted: list[_Now] = field(default_factory=list, init=False, repr=False)

    def answer(self, wanted: Limits, most_flips: int = 60) -> Answer:
        """What the thresholds `wanted` would have done; labels that it leaves out keep theirs. Of each change of the
        verdict the newest `most_flips` parts are named."""
        now = dict(self.limits)
        held, new = self._now(), self._ranks({**now, **wanted})
        known = self._known(new)
        promised = self._promise(known)
        is_laxer = any(pair.review > now[label].review for label, pair in wanted.items() if label in now)
        return Answer(
            before=held.figures,
            after=self._compared(held.ranks, new, known),
            promise=promised,
            is_fitted=_is_kept(promised) and (is_laxer or not held.is_kept),
            flips=self._flips(held.ranks, new, most_flips),
        )

    def _now(self) -> _Now:
        """Counted once, as every answer needs it again."""
        if not self._counted:
            ranks = self._ranks(dict(self.limits))
            known = self._known(ranks)
            self._counted.append(_Now(ranks, self._compared(ranks, ranks, known), _is_kept(self._promise(known))))
        return self._counted[0]

    def _known(self, ranks: Ranks) -> Known:
        places, is_bad, stratum = self._reviewed()
        return Known(ranks[places], is_bad, stratum, self.known.sizes)

    def _ranks(self, limits: Limits) -> Ranks:
        """The verdict of each part: the worst that any label makes of it."""
        ranks: Ranks = np.zeros(len(self.table.part_ids), np.int8)
        for label, pair in limits.items():
            scores = self.table.scores.get(label)
            if scores is not None:
                asked = scores >= np.float32(pair.review)
                np.maximum(ranks, asked.view(np.int8) + (scores >= np.float32(pair.fail)).view(np.int8), out=ranks)
        return ranks

    def _compared(self, old: Ranks, new: Ranks, known: Known) -> WhatIf | CannotSay:
        return compare(old, new, known, Effort(self.table.no_result, self.seconds_per_review * self._shifts()))

    def _reviewed(self) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
        """Where the reviewed parts stand in the table; those that are not in it are left out."""
        ids = np.array([part.part_id for part in self.known.parts], np.int64)
        places = np.searchsorted(self.table.part_ids, ids)
        is_there = places < len(self.table.part_ids)
        is_there[is_there] = self.table.part_ids[places[is_there]] == ids[is_there]
        is_bad = np.array([part.is_bad for part in self.known.parts], np.bool_)
        stratum = np.array([part.stratum for part in self.known.parts], np.int64)
        return places[is_there], is_bad[is_there], stratum[is_there]

    def _shifts(self) -> float:
        """What share of the parts on record comes in one shift."""
        hours = (self.table.until_ms - self.table.from_ms) / _MS_PER_HOUR
        return min(1.0, SHIFT_HOURS / hours) if hours > 0 else 1.0

    def _promise(self, known: Known) -> Promise | CannotSay:
        is_ok = known.ranks == PASS
        missed, caught = self._strata(known, known.is_bad & is_ok), self._strata(known, known.is_bad & ~is_ok)
        return promise(missed, caught, PROMISE, is_even=self.known.is_even)

    def _strata(self, known: Known, events: NDArray[np.bool_]) -> tuple[Stratum, ...]:
        count = len(known.sizes)
        reviewed = np.bincount(known.stratum, minlength=count).tolist()
        found = np.bincount(known.stratum[events], minlength=count).tolist()
        return tuple(map(Stratum.of_set, known.sizes, reviewed, found))

    def _flips(self, old: Ranks, new: Ranks, most: int) -> tuple[Flip, ...]:
        """The newest parts first."""
        changes = 3 * old + new
        changes[old == new] = _UNCHANGED
        turns = (3 * a + b for a in range(3) for b in range(3) if a != b)
        places = np.concatenate([np.flatnonzero(changes == turn)[-most:] for turn in turns])
        return tuple(self._flip(place, int(old[place]), int(new[place])) for place in np.sort(places)[::-1].tolist())

    def _flip(self, place: int, old: int, new: int) -> Flip:
        label, score = max(((name, float(s[place])) for name, s in self.table.scores.items()), key=lambda pair: pair[1])
        return Flip(int(self.table.part_ids[place]), RANKED[old], RANKED[new], label, score)


def _is_kept(promised: Promise | CannotSay) -> bool:
    return isinstance(promised, Promise) and promised.kept is True
