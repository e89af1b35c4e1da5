"""The thresholds that a person tries, and how they move. Pure; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from station_app.core.recipe import Thresholds
from station_app.gui.setup.stepping import number_of

FINE, COARSE = 0.001, 0.01
_DIGITS = 3


class Line(StrEnum):
    """The two thresholds of a label."""

    REVIEW = "review"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Tried:
    """`wanted` for every label of the recipe, `active` as they hold now; `label` is the one that is looked at and
    `line` the one of its two thresholds that the keys move."""

    wanted: Mapping[str, Thresholds] = field(default_factory=dict)
    active: Mapping[str, Thresholds] = field(default_factory=dict)
    label: str = ""
    line: Line = Line.REVIEW

    @property
    def pair(self) -> Thresholds | None:
        return self.wanted.get(self.label)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what is active."""
        return any(pair != self.active.get(label) for label, pair in self.wanted.items())

    def value(self, line: Line) -> float:
        """Of the chosen label; 0 where there is none."""
        pair = self.pair
        return 0.0 if pair is None else pair.review if line is Line.REVIEW else pair.fail


def trying(shown: Mapping[str, Thresholds], active: Mapping[str, Thresholds], label: str = "") -> Tried:
    """Begin with the thresholds of the shown recipe; `label` stays chosen where the recipe has it."""
    return Tried(dict(shown), dict(active), label if label in shown else next(iter(shown), ""))


def choosing(tried: Tried, label: str) -> Tried:
    return replace(tried, label=label) if label in tried.wanted else tried


def moving(tried: Tried, line: Line, value: float) -> Tried:
    """One line of the chosen label goes to `value`, within 0 and 1 and never past the other line."""
    pair = tried.pair
    if pair is None:
        return tried
    value = round(value, _DIGITS)
    if line is Line.REVIEW:
        pair = Thresholds(min(max(value, 0.0), pair.fail), pair.fail)
    else:
        pair = Thresholds(pair.review, max(min(value, 1.0), pair.review))
    return replace(tried, wanted={**tried.wanted, tried.label: pair}, line=line)


def stepping(tried: Tried, line: Line, steps: int, size: float = FINE) -> Tried:
    """`steps` up, or down where negative."""
    return moving(tried, line, tried.value(line) + steps * size)


def typed(tried: Tried, line: Line, text: str) -> Tried | None:
    """None where the text is no number from 0 to 1, or one on the wrong side of the other line."""
    value, pair = number_of(text), tried.pair
    if value is None or pair is None or not 0 <= value <= 1:
        return None
    is_past = value > pair.fail if line is Line.REVIEW else value < pair.review
    return None if is_past else moving(tried, line, value)


def resetting(tried: Tried) -> Tried:
    """Back to what is active; a label that the active recipe has not keeps its own."""
    return replace(tried, wanted={label: tried.active.get(label, pair) for label, pair in tried.wanted.items()})
