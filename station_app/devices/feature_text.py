"""A camera's features as text, for people, and what people write as values of a feature's own type. Pure."""

import math

from station_app.core.errors import CameraError
from station_app.core.setup_messages import FeatureKind, FeatureShown
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature

_FLAGS = {"true": True, "false": False}
_NOUNS = {
    FeatureKind.INTEGER: "a whole number",
    FeatureKind.FLOAT: "a number",
    FeatureKind.BOOLEAN: "true or false",
}


def shown(feature: Feature) -> FeatureShown:
    """The feature as it is told to clients. Limits that are no numbers (a camera may say infinity) are none."""
    limits = feature.limits
    bounds = (limits.low, limits.high, limits.step) if limits is not None else (0.0, 0.0, 0.0)
    low, high, step = bounds if all(map(math.isfinite, bounds)) else (0.0, 0.0, 0.0)
    return FeatureShown(
        name=feature.name,
        kind=feature.kind,
        value=text_of(feature.value),
        is_writable=feature.is_writable,
        low=low,
        high=high,
        step=step,
        entries=feature.entries,
        unit=feature.unit,
        category=feature.category,
        common=feature.common.value if feature.common is not None else "",
    )


def text_of(value: FeatureValue | None) -> str:
    """`value_of` reads it back to the same value; "" for what cannot be read."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, (int, float)) else value


def value_of(feature: Feature, text: str, where: str) -> FeatureValue:
    """The value that the text means. CameraError where it means none of the feature's kind; whether the camera takes
    it is the camera's to say."""
    try:
        value = _parsed(feature.kind, text)
    except (KeyError, ValueError) as error:
        remedy = f"write {_NOUNS[feature.kind]}"
        raise CameraError(f"{feature.name} = {text!r} is refused", where=where, remedy=remedy) from error
    return value


def _parsed(kind: FeatureKind, text: str) -> FeatureValue:
    if kind is FeatureKind.BOOLEAN:
        return _FLAGS[text.strip().lower()]
    if kind is FeatureKind.INTEGER:
        return int(text)
    if kind is FeatureKind.FLOAT:
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(text)
        return number
    return text
