"""Teaches a flat field from lines taken with the cap on and of a white target. Pure.

The white target should move or be slightly out of focus, so that its own dirt is not taught; the median of each
column, not its mean, forgets what passes by.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import CameraError
from station_app.core.inspection import Pixels
from station_app.devices.linescan.flat_field import MOST_GAIN, Columns, FlatConditions, FlatField

LEAST_LINES = 256
LEAST_WHITE = 0.05 * 255
MOST_WHITE = 0.95 * 255
MOST_DARK = 0.25 * 255
"""A column this bright with the cap on is broken, or there is no cap."""
_TARGET_QUANTILE = 0.95
"""White becomes as bright as the best columns are: hardly any gain is below 1, and none needs to be large."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A flat field, or why there is none: at least one sentence for the person who teaches."""

    flat: FlatField | None = None
    refusals: tuple[str, ...] = ()

    def proved(self) -> FlatField:
        """The flat field; CameraError with every refusal where there is none."""
        if self.flat is None:
            what = "the flat field was not taken"
            raise CameraError(what, where="flat field", remedy=" ".join(self.refusals))
        return self.flat


def column_median(lines: Pixels) -> Columns:
    """The median of each column of n x width lines."""
    across = np.ascontiguousarray(lines.T)  # twice as fast as down the columns where they lie
    return np.asarray(np.median(across, axis=1), np.float32)


def teach_flat_field(dark: Pixels, white: Pixels, conditions: FlatConditions, taught_on: str) -> Taught:
    """A flat field of lines with the cap on and lines of a white target, n x width each."""
    refusals = _count_refusals(dark, white)
    if refusals:
        return Taught(refusals=refusals)
    dark_level, white_level = column_median(dark), column_median(white)
    target = float(np.quantile(white_level - dark_level, _TARGET_QUANTILE))
    refusals = level_refusals(dark_level, white_level, target)
    if refusals:
        return Taught(refusals=refusals)
    return Taught(FlatField(dark_level, white_level, target, conditions, taught_on))


def dark_refusals(dark: Pixels) -> tuple[str, ...]:
    """Why these lines cannot be the dark ones, none where they can; known before there are white ones."""
    if len(dark) < LEAST_LINES:
        return (_too_few(dark, "dark"),)
    sentence = _dark_refusal(column_median(dark))
    return (sentence,) if sentence else ()


def level_refusals(dark: Columns, white: Columns, target: float) -> tuple[str, ...]:
    """Why these levels cannot be corrected, none where they can. Levels that are no numbers cannot."""
    are_numbers = np.isfinite(dark).all() and np.isfinite(white).all() and np.isfinite(target)
    if not are_numbers or dark.shape != white.shape or dark.ndim != 1 or not len(dark):
        return ("The levels are no levels of columns: teach the flat field again.",)
    checks = (
        _refusal(white < LEAST_WHITE, "Below 5 % on white", "give more light, or clean the lens"),
        _refusal(white > MOST_WHITE, "Above 95 % on white", "give less light, or expose for less time"),
        _dark_refusal(dark),
        _refusal(white <= dark, "No brighter on white than with the cap on", "teach both again"),
        _refusal(
            target > MOST_GAIN * (white - dark),
            f"A gain above {MOST_GAIN:g} would be needed",
            "make the light more even across the web",
        ),
    )
    return tuple(sentence for sentence in checks if sentence)


def _count_refusals(dark: Pixels, white: Pixels) -> tuple[str, ...]:
    named = (("dark", dark), ("white", white))
    few = [_too_few(lines, name) for name, lines in named if len(lines) < LEAST_LINES]
    if not few and (dark.ndim != 2 or white.ndim != 2 or dark.shape[1] != white.shape[1]):
        few = ["Dark and white were taken with different widths: teach both again."]
    return tuple(few)


def _too_few(lines: Pixels, name: str) -> str:
    return f"Only {len(lines)} {name} lines were taken and {LEAST_LINES} are needed: let more pass."


def _dark_refusal(dark: Columns) -> str | None:
    return _refusal(dark > MOST_DARK, "Above 25 % with the cap on", "put the cap on and teach dark again")


def _refusal(is_bad: NDArray[np.bool_], fault: str, remedy: str) -> str | None:
    """A sentence that says of how many columns the fault is true, and which is the first."""
    bad = np.flatnonzero(is_bad)
    if not len(bad):
        return None
    which = f"in column {bad[0]}" if len(bad) == 1 else f"in {len(bad)} columns, the first is {bad[0]}"
    return f"{fault} {which}: {remedy}."
