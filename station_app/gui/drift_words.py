"""What the signals are called that may drift. GUI thread."""

from PySide6.QtCore import QCoreApplication

from station_app.core.drift import MODEL, SPREAD
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.quality.drift_signals import SCORE

_MEASURES = {
    "mean": QT_TRANSLATE_NOOP("Charts", "light: mean grey level"),
    "dark": QT_TRANSLATE_NOOP("Charts", "light: dark share"),
    "bright": QT_TRANSLATE_NOOP("Charts", "light: bright share"),
    "focus": QT_TRANSLATE_NOOP("Charts", "focus"),
    "right": QT_TRANSLATE_NOOP("Charts", "position: to the right, px"),
    "down": QT_TRANSLATE_NOOP("Charts", "position: downwards, px"),
    "turn": QT_TRANSLATE_NOOP("Charts", "position: turned, degrees"),
}
_WHOLE = {
    SCORE: QT_TRANSLATE_NOOP("Charts", "scores, as ranks"),
    SPREAD: QT_TRANSLATE_NOOP("Charts", "spread of the scores"),
    MODEL: QT_TRANSLATE_NOOP("Charts", "another model since the reference"),
}


def signal_words(name: str) -> str:
    """What a signal is called; one that is not known is its own name."""
    if name in _WHOLE:
        return QCoreApplication.translate("Charts", _WHOLE[name])
    camera, _, measure = name.rpartition("/")
    if measure not in _MEASURES:
        return name
    return f"{camera} · {QCoreApplication.translate('Charts', _MEASURES[measure])}"
