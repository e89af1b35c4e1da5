"""What an alarm says: what happened, what the station did about it, and what you do. GUI thread.

The code's first word names the family, for which all languages have texts; the engine's own sentence says more and is
shown where the language is its own.
"""

from PySide6.QtCore import QCoreApplication

from station_app.core.messages import AlarmRaised
from station_app.gui.marking import QT_TRANSLATE_NOOP

_HAPPENED = {
    "camera": QT_TRANSLATE_NOOP("Alarm", "A camera is not connected"),
    "storage": QT_TRANSLATE_NOOP("Alarm", "Results cannot be recorded"),
    "images": QT_TRANSLATE_NOOP("Alarm", "Images cannot be stored"),
    "recipe": QT_TRANSLATE_NOOP("Alarm", "The recipe cannot be used"),
    "model": QT_TRANSLATE_NOOP("Alarm", "The model cannot be used"),
    "bug": QT_TRANSLATE_NOOP("Alarm", "An error in the program"),
}
_DID = {
    "camera": QT_TRANSLATE_NOOP("Alarm", "Parts without an image are rejected"),
    "storage": QT_TRANSLATE_NOOP("Alarm", "Parts that cannot be recorded are rejected"),
    "images": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on, images of good parts are left out"),
    "recipe": QT_TRANSLATE_NOOP("Alarm", "The station does not start"),
    "model": QT_TRANSLATE_NOOP("Alarm", "The station does not start"),
    "bug": QT_TRANSLATE_NOOP("Alarm", "The part was rejected"),
}
_DO = {
    "camera": QT_TRANSLATE_NOOP("Alarm", "Check cable and power of the camera"),
    "storage": QT_TRANSLATE_NOOP("Alarm", "Call the lead: check the disk"),
    "images": QT_TRANSLATE_NOOP("Alarm", "Call the lead: make room on the disk"),
    "recipe": QT_TRANSLATE_NOOP("Alarm", "Call the lead"),
    "model": QT_TRANSLATE_NOOP("Alarm", "Call the lead"),
    "bug": QT_TRANSLATE_NOOP("Alarm", "Call the lead"),
}
_ELSE_DID = QT_TRANSLATE_NOOP("Alarm", "Parts without a valid result are rejected")
_ELSE_DO = QT_TRANSLATE_NOOP("Alarm", "Call the lead")


def alarm_lines(alarm: AlarmRaised) -> tuple[str, str, str]:
    """What happened, what the station did, what you do; in the engine's words where the language has none."""
    family = alarm.code.partition(" ")[0]
    happened = _said(_HAPPENED.get(family, ""), alarm.what)
    where = f" ({alarm.where})" if alarm.where else ""
    return (
        happened[:1].upper() + happened[1:] + where,
        _said(_DID.get(family, _ELSE_DID), ""),
        _said(_DO.get(family, _ELSE_DO), alarm.remedy),
    )


def _said(source: str, engine_words: str) -> str:
    """The translation of `source`; the engine's own words, which are English, where the source is not translated."""
    translated = QCoreApplication.translate("Alarm", source) if source else ""
    return engine_words if engine_words and translated == source else translated or engine_words
