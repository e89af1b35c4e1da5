"""Measures of a camera's picture in words, with their units and as many digits as they deserve. GUI thread."""

from PySide6.QtCore import QCoreApplication

from station_app.core.setup_messages import SetupDifference
from station_app.gui.marking import QT_TRANSLATE_NOOP

_NAMES = {
    "exposure": QT_TRANSLATE_NOOP("Measure", "Exposure"),
    "exposure_us": QT_TRANSLATE_NOOP("Measure", "Exposure"),
    "gain": QT_TRANSLATE_NOOP("Measure", "Gain"),
    "gain_db": QT_TRANSLATE_NOOP("Measure", "Gain"),
    "rate_hz": QT_TRANSLATE_NOOP("Measure", "Picture rate"),
    "trigger": QT_TRANSLATE_NOOP("Measure", "Trigger"),
    "pixel_format": QT_TRANSLATE_NOOP("Measure", "Pixel format"),
    "brightness": QT_TRANSLATE_NOOP("Measure", "Brightness"),
    "histogram": QT_TRANSLATE_NOOP("Measure", "Grey levels"),
    "focus": QT_TRANSLATE_NOOP("Measure", "Focus"),
    "match": QT_TRANSLATE_NOOP("Measure", "Same picture"),
    "shift_x": QT_TRANSLATE_NOOP("Measure", "Shift to the right"),
    "shift_y": QT_TRANSLATE_NOOP("Measure", "Shift downwards"),
    "turn": QT_TRANSLATE_NOOP("Measure", "Turn"),
}
_UNITS = {
    "exposure": "µs",
    "exposure_us": "µs",
    "gain": "dB",
    "gain_db": "dB",
    "rate_hz": "Hz",
    "shift_x": "px",
    "shift_y": "px",
    "turn": "°",
}
_DIGITS = {"shift_x": 1, "shift_y": 1, "turn": 2, "histogram": 1, "brightness": 1, "gain": 1, "gain_db": 1}
SHIFTS = ("shift_x", "shift_y")


def measure_name(measure: str) -> str:
    """The measure in words; one that nobody named is shown as the camera spells it."""
    source = _NAMES.get(measure)
    return QCoreApplication.translate("Measure", source) if source else measure.replace("_", " ")


def measure_value(measure: str, value: float, mm_per_pixel: float = 0.0) -> str:
    """A number with its unit; shifts in millimetres as well where the scale is known."""
    number = _number(measure, value)
    unit = _UNITS.get(measure, "")
    text = f"{number}{unit}" if unit == "°" else f"{number} {unit}".strip()
    return f"{text} · {value * mm_per_pixel:.2f} mm" if measure in SHIFTS and mm_per_pixel > 0 else text


def most_telling(differences: tuple[SetupDifference, ...]) -> tuple[SetupDifference, ...]:
    """Those that differ too much first; otherwise in the order in which they were told."""
    return tuple(sorted(differences, key=_is_within))


def _is_within(difference: SetupDifference) -> bool:
    return difference.is_within


def _number(measure: str, value: float) -> str:
    digits = _DIGITS.get(measure)
    if digits is None:
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if not text.strip("-0.") else text
