"""Numbers of features: steps of a useful size, and what may be typed. Pure; no Qt."""

import math
from enum import StrEnum

from station_app.core.setup_messages import FeatureKind, FeatureShown

_SHARE = 0.05
"""One press changes a value by about this: seen in the picture, and twenty presses double it."""
_RANGE_SHARE = 0.02
_LEAST_SHARE = 1e-5
"""Of the range: shares of a value alone would never arrive at 0."""


class Typo(StrEnum):
    """Why a typed text is no value for a feature."""

    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"


def is_limited(feature: FeatureShown) -> bool:
    """Whether the camera tells limits."""
    return feature.high > feature.low


def number_of(text: str) -> float | None:
    """A number as people type it, also with a decimal comma; None where it is none."""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def stepped(feature: FeatureShown, text: str, direction: int) -> str:
    """The value one press up (1) or down (-1) from `text`: never beyond the limits, always on the camera's own steps
    where it has them, and another value unless the limit is reached."""
    value = number_of(text)
    if value is None:
        value = feature.low
    wanted = _on_grid(feature, value + direction * step_size(feature, value))
    least = _grid(feature)
    if (wanted - value) * direction <= 0 and least:
        wanted = _on_grid(feature, value + direction * least)
    if (wanted - value) * direction <= 0:  # no step is left in this direction
        wanted = min(max(value, feature.low), feature.high) if is_limited(feature) else value
    return number_text(feature, wanted)


def step_size(feature: FeatureShown, value: float) -> float:
    """About a twentieth of the value, as 1, 2 or 5 times a power of ten, and at least the camera's own step."""
    span = feature.high - feature.low
    about = max(abs(value) * _SHARE, span * _LEAST_SHARE) if value else span * _RANGE_SHARE or 1.0
    return max(_one_two_five(about), _grid(feature))


def number_text(feature: FeatureShown, value: float) -> str:
    """As it is written to the camera."""
    return str(round(value)) if feature.kind is FeatureKind.INTEGER else f"{value:.10g}"


def typed(feature: FeatureShown, text: str) -> str | Typo:
    """What is to be written for a typed text, or why it cannot be."""
    value = number_of(text)
    if value is None:
        return Typo.NO_NUMBER
    if feature.kind is FeatureKind.INTEGER and value != round(value):
        return Typo.NOT_WHOLE
    if is_limited(feature) and value < feature.low:
        return Typo.TOO_LOW
    if is_limited(feature) and value > feature.high:
        return Typo.TOO_HIGH
    return number_text(feature, value)


def _grid(feature: FeatureShown) -> float:
    return feature.step or (1.0 if feature.kind is FeatureKind.INTEGER else 0.0)


def _on_grid(feature: FeatureShown, value: float) -> float:
    step = _grid(feature)
    start = feature.low if is_limited(feature) else 0.0
    return _clipped(feature, start + round((value - start) / step) * step if step else value)


def _clipped(feature: FeatureShown, value: float) -> float:
    """To the limits, and to the last step below the upper one."""
    if not is_limited(feature):
        return value
    step = _grid(feature)
    highest = feature.low + math.floor((feature.high - feature.low) / step + 1e-9) * step if step else feature.high
    return min(max(value, feature.low), highest)


def _one_two_five(about: float) -> float:
    power = 10.0 ** math.floor(math.log10(about))
    return next(factor * power for factor in (5.0, 2.0, 1.0) if factor * power <= about * (1 + 1e-9))
