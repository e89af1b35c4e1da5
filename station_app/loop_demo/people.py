"""Simulated people with stated error rates: operators at the line, and reviewers who look at parts afterwards. Pure.

What somebody says is decided by the truth, their rates and a generator that a seed decides.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from station_app.core.inspection import Box, Disposition, VerdictKind
from station_app.core.review import Answer
from station_app.loop_demo.parts import TruePart

_JITTER_PX = 3


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """Shares within 0 and 1. At the line: `releases_defect` of the rejected parts that have one are called good,
    `keeps_good` of the good ones that were rejected are not noticed, `notices_escape` of the passed parts that have a
    defect come back as missed, `misnames` of the defects get another kind's name. A reviewer is `reviewer_wrong` about
    that much, and names kinds no better."""

    releases_defect: float = 0.03
    keeps_good: float = 0.10
    notices_escape: float = 0.30
    misnames: float = 0.05
    reviewer_wrong: float = 0.02

    def told(self) -> str:
        """For a person at a terminal."""
        return (
            f"operators release {self.releases_defect:.0%} of real defects, do not see {self.keeps_good:.0%} of false "
            f"rejects, notice {self.notices_escape:.0%} of escapes, misname {self.misnames:.0%}; reviewers are wrong "
            f"about {self.reviewer_wrong:.0%}"
        )


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What an operator does about a part."""

    disposition: Disposition
    label: str = ""
    marks: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """What a reviewer says of a part, with the boxes they draw."""

    answer: Answer
    label: str = ""
    boxes: tuple[Box, ...] = ()


def at_the_line(
    part: TruePart, verdict: VerdictKind, kinds: tuple[str, ...], rates: ErrorRates, rng: Generator
) -> LineAnswer | None:
    """The operator's answer; None where they do nothing: about nearly all passed parts, and those without a result."""
    chance = float(rng.random())
    named, marks = _named(part, kinds, rates, rng), _drawn(part, rng)
    if verdict is VerdictKind.NO_RESULT:
        return None
    if verdict is VerdictKind.PASS:
        is_noticed = part.is_defect and chance < rates.notices_escape
        return LineAnswer(Disposition.MISSED_DEFECT, named, marks) if is_noticed else None
    if part.is_defect:
        is_released = chance < rates.releases_defect
        return LineAnswer(Disposition.FALSE_REJECT) if is_released else LineAnswer(Disposition.AGREE, named, marks)
    is_kept = chance < rates.keeps_good
    return LineAnswer(Disposition.AGREE) if is_kept else LineAnswer(Disposition.FALSE_REJECT)


def in_review(part: TruePart, kinds: tuple[str, ...], rates: ErrorRates, rng: Generator) -> ReviewAnswer:
    """The reviewer's answer, who sees the part and not what others said."""
    is_wrong = float(rng.random()) < rates.reviewer_wrong
    named, boxes = _named(part, kinds, rates, rng), _drawn(part, rng)
    if part.is_defect == is_wrong:
        return ReviewAnswer(Answer.GOOD)
    return ReviewAnswer(Answer.BAD, named or str(rng.choice(kinds)), boxes)


def _named(part: TruePart, kinds: tuple[str, ...], rates: ErrorRates, rng: Generator) -> str:
    others = [kind for kind in kinds if kind != part.label]
    is_misnamed = float(rng.random()) < rates.misnames
    return str(rng.choice(others)) if part.is_defect and is_misnamed and others else part.label


def _drawn(part: TruePart, rng: Generator) -> tuple[Box, ...]:
    """The boxes as a hand draws them: a few pixels off, within the picture."""
    height, width = part.pixels.shape[:2]
    drawn = []
    for box in part.boxes:
        left, top, right, bottom = np.array([box.x, box.y, box.right, box.bottom]) + rng.integers(
            -_JITTER_PX, _JITTER_PX + 1, 4
        )
        x, y = int(np.clip(left, 0, width - 2)), int(np.clip(top, 0, height - 2))
        drawn.append(Box(x, y, max(2, min(int(right), width) - x), max(2, min(int(bottom), height) - y)))
    return tuple(drawn)
