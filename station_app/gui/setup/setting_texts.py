"""The common settings in everyone's words, and what is said about values that cannot be. GUI thread."""

from PySide6.QtCore import QCoreApplication

from station_app.core.setup_messages import CommonSetting, FeatureKind, FeatureShown
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.sentences import sentence
from station_app.gui.setup.setup_state import Refusal
from station_app.gui.setup.stepping import Typo, is_limited, number_of

_NAMES = {
    CommonSetting.EXPOSURE: QT_TRANSLATE_NOOP("Setting", "Exposure: how long it gathers light"),
    CommonSetting.GAIN: QT_TRANSLATE_NOOP("Setting", "Gain: how much it amplifies"),
    CommonSetting.RATE: QT_TRANSLATE_NOOP("Setting", "Rate: pictures or lines a second"),
    CommonSetting.TRIGGER: QT_TRANSLATE_NOOP("Setting", "Trigger: what starts a picture"),
    CommonSetting.PIXEL_FORMAT: QT_TRANSLATE_NOOP("Setting", "Pixel format: grey or colour, and how fine"),
}
_NUMBERS = (FeatureKind.INTEGER, FeatureKind.FLOAT)
_TYPOS = {
    Typo.NO_NUMBER: QT_TRANSLATE_NOOP("Setting", "This is no number"),
    Typo.NOT_WHOLE: QT_TRANSLATE_NOOP("Setting", "Only whole numbers"),
    Typo.TOO_LOW: QT_TRANSLATE_NOOP("Setting", "Too low: at least {value}"),
    Typo.TOO_HIGH: QT_TRANSLATE_NOOP("Setting", "Too high: at most {value}"),
}
_KINDS = {
    FeatureKind.INTEGER: QT_TRANSLATE_NOOP("Setting", "whole number"),
    FeatureKind.FLOAT: QT_TRANSLATE_NOOP("Setting", "number"),
    FeatureKind.BOOLEAN: QT_TRANSLATE_NOOP("Setting", "switch"),
    FeatureKind.CHOICE: QT_TRANSLATE_NOOP("Setting", "choice"),
    FeatureKind.TEXT: QT_TRANSLATE_NOOP("Setting", "text"),
    FeatureKind.COMMAND: QT_TRANSLATE_NOOP("Setting", "command"),
}


def setting_name(setting: CommonSetting) -> str:
    return QCoreApplication.translate("Setting", _NAMES[setting])


def kind_name(kind: FeatureKind) -> str:
    return QCoreApplication.translate("Setting", _KINDS[kind])


def typo_sentence(typo: Typo, feature: FeatureShown) -> str:
    limit = feature.low if typo is Typo.TOO_LOW else feature.high
    return QCoreApplication.translate("Setting", _TYPOS[typo]).replace("{value}", _with_unit(f"{limit:.10g}", feature))


def limits_text(feature: FeatureShown) -> str:
    """The range of a number with its unit; the unit alone where the camera tells no range."""
    if not is_limited(feature):
        return _UNIT_SIGNS.get(feature.unit, feature.unit)
    return f"{feature.low:.10g} … {_with_unit(f'{feature.high:.10g}', feature)}"


def plain_text(feature: FeatureShown, value: str) -> str:
    """A value of this feature as people would write it, without its unit."""
    number = number_of(value)
    return f"{number:.10g}" if feature.kind in _NUMBERS and number is not None else value


def value_text(feature: FeatureShown) -> str:
    """The value with its unit; numbers without the noise of floating point."""
    plain = plain_text(feature, feature.value)
    return _with_unit(plain, feature) if feature.kind in _NUMBERS and plain else plain


def refusal_text(refusal: Refusal) -> str:
    """What was not done, and what would help."""
    what = sentence(refusal.what)
    return f"{what}: {sentence(refusal.remedy)}" if refusal.remedy else what


def _with_unit(number: str, feature: FeatureShown) -> str:
    return f"{number} {_UNIT_SIGNS.get(feature.unit, feature.unit)}".strip()


_UNIT_SIGNS = {"us": "µs"}
