"""What an alarm says: what happened, what the station did about it, and what you do. GUI thread.

A code, or else its first words ("camera top", "lost_lines top"), has texts in all languages; the engine's own sentence
says more and is shown where the language is its own.
"""

from PySide6.QtCore import QCoreApplication

from station_app.core import drift
from station_app.core.messages import AlarmRaised
from station_app.gui.drift_words import signal_words
from station_app.gui.marking import QT_TRANSLATE_NOOP

_HAPPENED = {
    "camera": QT_TRANSLATE_NOOP("Alarm", "A camera is not connected"),
    "storage": QT_TRANSLATE_NOOP("Alarm", "Results cannot be recorded"),
    "images": QT_TRANSLATE_NOOP("Alarm", "An image could not be stored"),
    "images full": QT_TRANSLATE_NOOP("Alarm", "The disk is nearly full"),
    "recipe": QT_TRANSLATE_NOOP("Alarm", "The recipe cannot be used"),
    "recipe_file": QT_TRANSLATE_NOOP("Alarm", "The recipe's file differs from its active revision"),
    "recipe_waiting": QT_TRANSLATE_NOOP("Alarm", "Another revision of this recipe is active now"),
    "model_rolled_back": QT_TRANSLATE_NOOP("Alarm", "A model on trial was taken out of service"),
    "scanner": QT_TRANSLATE_NOOP("Alarm", "The scanner is not connected"),
    "setup": QT_TRANSLATE_NOOP("Alarm", "The set-up of a camera differs from its reference"),
    "reference": QT_TRANSLATE_NOOP("Alarm", "A camera has no usable reference"),
    "audit": QT_TRANSLATE_NOOP("Alarm", "The audit chain is not as the station left it, or cannot be signed"),
    "bug": QT_TRANSLATE_NOOP("Alarm", "An error in the program"),
    "drift": QT_TRANSLATE_NOOP("Alarm", "The picture of the web has drifted"),
    "inspect": QT_TRANSLATE_NOOP("Alarm", "A picture could not be judged"),
    "quality_drift": QT_TRANSLATE_NOOP("Alarm", "Scores or pictures have drifted from the frozen reference"),
    "lost_lines": QT_TRANSLATE_NOOP("Alarm", "Many lines of the web are lost"),
    "line_setup": QT_TRANSLATE_NOOP("Alarm", "The line-scan camera is not set for this web"),
    "model_channel": QT_TRANSLATE_NOOP("Alarm", "The channel of models is not as it should be"),
    "model": QT_TRANSLATE_NOOP("Alarm", "A new model needs to be looked at"),
    "sync": QT_TRANSLATE_NOOP("Alarm", "The plant's store refuses this station's records"),
    "sync_late": QT_TRANSLATE_NOOP("Alarm", "Records have waited too long to leave the station"),
    "sync_aside": QT_TRANSLATE_NOOP("Alarm", "Some records cannot be sent as they are"),
    "plc": QT_TRANSLATE_NOOP("Alarm", "The PLC does not answer"),
    "plc results": QT_TRANSLATE_NOOP("Alarm", "The PLC does not take results"),
}
_DID = {
    "camera": QT_TRANSLATE_NOOP("Alarm", "Parts without an image are rejected"),
    "storage": QT_TRANSLATE_NOOP("Alarm", "Parts that cannot be recorded are rejected"),
    "images": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on and results are recorded"),
    "images full": QT_TRANSLATE_NOOP("Alarm", "Results are recorded, images are left out"),
    "recipe": QT_TRANSLATE_NOOP("Alarm", "The station does not start"),
    "recipe_file": QT_TRANSLATE_NOOP("Alarm", "The active revision is loaded, the file is not"),
    "recipe_waiting": QT_TRANSLATE_NOOP("Alarm", "The line goes on with the one that is loaded"),
    "model_rolled_back": QT_TRANSLATE_NOOP("Alarm", "The model before it decides every part"),
    "scanner": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on; numbers can be typed"),
    "setup": QT_TRANSLATE_NOOP("Alarm", "The difference is recorded; the line stops where the recipe says so"),
    "reference": QT_TRANSLATE_NOOP("Alarm", "The set-up of this camera is not compared"),
    "audit": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on; nothing of the station can be changed"),
    "bug": QT_TRANSLATE_NOOP("Alarm", "Parts without a valid result are rejected"),
    "drift": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on and results are recorded"),
    "inspect": QT_TRANSLATE_NOOP("Alarm", "Parts without a valid result are rejected"),
    "quality_drift": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on and results are recorded"),
    "lost_lines": QT_TRANSLATE_NOOP("Alarm", "What has a missing line has no result"),
    "line_setup": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on and results are recorded"),
    "model_channel": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on; what cannot be believed is not taken"),
    "model": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on; what nobody approved decides nothing"),
    "sync": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on; records are kept until they can be sent"),
    "sync_late": QT_TRANSLATE_NOOP("Alarm", "Inspection goes on; records are kept until they can be sent"),
    "sync_aside": QT_TRANSLATE_NOOP("Alarm", "They are kept on the station; the others are sent"),
    "plc": QT_TRANSLATE_NOOP("Alarm", "No part is triggered; results wait for the PLC"),
    "plc results": QT_TRANSLATE_NOOP("Alarm", "The result was lost to the PLC, which rejects the part; it is recorded"),
}
_DO = {
    "camera": QT_TRANSLATE_NOOP("Alarm", "Check cable and power of the camera"),
    "storage": QT_TRANSLATE_NOOP("Alarm", "Call the lead: check the disk"),
    "images": QT_TRANSLATE_NOOP("Alarm", "Call the lead: check the disk"),
    "images full": QT_TRANSLATE_NOOP("Alarm", "Call the lead: make room on the disk"),
    "recipe": QT_TRANSLATE_NOOP("Alarm", "Call the lead"),
    "recipe_file": QT_TRANSLATE_NOOP("Alarm", "Engineer: take the file in as a draft, or put it back"),
    "recipe_waiting": QT_TRANSLATE_NOOP("Alarm", "Choose the recipe again when the line may pause"),
    "model_rolled_back": QT_TRANSLATE_NOOP("Alarm", "Call quality: see the package under Models"),
    "scanner": QT_TRANSLATE_NOOP("Alarm", "Check cable and power of the scanner"),
    "setup": QT_TRANSLATE_NOOP("Alarm", "Call the lead: check how the camera is mounted"),
    "reference": QT_TRANSLATE_NOOP("Alarm", "Call the lead: save a reference"),
    "audit": QT_TRANSLATE_NOOP("Alarm", "Call the lead: who had access to the data folder?"),
    "bug": QT_TRANSLATE_NOOP("Alarm", "Call the lead"),
    "drift": QT_TRANSLATE_NOOP("Alarm", "Clean the lens and the light"),
    "inspect": QT_TRANSLATE_NOOP("Alarm", "Call the lead"),
    "quality_drift": QT_TRANSLATE_NOOP("Alarm", "Call quality: see History, Drift, and what is named first"),
    "lost_lines": QT_TRANSLATE_NOOP("Alarm", "Check the cable of the camera and the speed of the web"),
    "line_setup": QT_TRANSLATE_NOOP("Alarm", "Call the lead: check speed, exposure and encoder"),
    "model_channel": QT_TRANSLATE_NOOP("Alarm", "Call the lead: who publishes models must look"),
    "model": QT_TRANSLATE_NOOP("Alarm", "Call quality: see the package under Models"),
    "sync": QT_TRANSLATE_NOOP("Alarm", "Call the lead: IT must look at the store and the station's key"),
    "sync_late": QT_TRANSLATE_NOOP("Alarm", "Call the lead: IT must look at the network"),
    "sync_aside": QT_TRANSLATE_NOOP("Alarm", "Call the lead: IT must look at the data folder"),
    "plc": QT_TRANSLATE_NOOP("Alarm", "Check cable and program of the PLC"),
    "plc results": QT_TRANSLATE_NOOP("Alarm", "Call automation: the PLC does not acknowledge"),
}
KNOWN = frozenset(_HAPPENED)
_ELSE_DID = QT_TRANSLATE_NOOP("Alarm", "Parts without a valid result are rejected")
_ELSE_DO = QT_TRANSLATE_NOOP("Alarm", "Call the lead")


def alarm_lines(alarm: AlarmRaised) -> tuple[str, str, str]:
    """What happened, what the station did, what you do; in the engine's words where the language has none."""
    known = _known(alarm.code)
    where = f" ({_place(alarm)})" if alarm.where else ""
    did = QCoreApplication.translate("Alarm", _DID.get(known, _ELSE_DID))
    if known not in KNOWN:
        act = alarm.remedy or QCoreApplication.translate("Alarm", _ELSE_DO)
        return _capital(alarm.what) + where, did, _capital(act)
    happened = _said(_HAPPENED[known], alarm.what)
    return _capital(happened) + where, did, _capital(_said(_DO[known], alarm.remedy))


def _place(alarm: AlarmRaised) -> str:
    """Where it is; what has drifted is named in the language of the screen."""
    if alarm.code != drift.ALARM:
        return alarm.where
    recipe, signals = drift.named_in(alarm.where)
    named = QCoreApplication.translate("Charts", ", ").join(map(signal_words, signals))
    return f"{recipe}: {named}" if recipe else named


def _known(code: str) -> str:
    """The longest beginning of the code that has texts, by whole words; its first word where none has."""
    words = code.split(" ")
    beginnings = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
    return next((beginning for beginning in beginnings if beginning in KNOWN), words[0])


def _said(source: str, engine_words: str) -> str:
    """The translation of `source`; the engine's own words, which are English, where the source is not translated."""
    translated = QCoreApplication.translate("Alarm", source)
    return engine_words if engine_words and translated == source else translated


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
