"""Every word of the domain as the operator reads it, translated when it is asked for. GUI thread."""

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.core.messages import EngineState
from station_app.gui.answers import Reason
from station_app.gui.marking import QT_TRANSLATE_NOOP

_SERIAL = "SN"

_STATES = {
    EngineState.OFFLINE: QT_TRANSLATE_NOOP("State", "OFFLINE"),
    EngineState.READY: QT_TRANSLATE_NOOP("State", "READY"),
    EngineState.RUNNING: QT_TRANSLATE_NOOP("State", "RUNNING"),
    EngineState.PAUSED: QT_TRANSLATE_NOOP("State", "PAUSED"),
    EngineState.FAULTED: QT_TRANSLATE_NOOP("State", "FAULT"),
}
_DISPOSITIONS = {
    Disposition.AGREE: QT_TRANSLATE_NOOP("Answer", "Agree"),
    Disposition.FALSE_REJECT: QT_TRANSLATE_NOOP("Answer", "False reject"),
    Disposition.MISSED_DEFECT: QT_TRANSLATE_NOOP("Answer", "Missed defect"),
    Disposition.UNSURE: QT_TRANSLATE_NOOP("Answer", "Unsure, ask lead"),
    Disposition.UNDO: QT_TRANSLATE_NOOP("Answer", "Undo"),
}
_REVIEW_DISPOSITIONS = {
    Disposition.AGREE: QT_TRANSLATE_NOOP("Answer", "Defect is real"),
    Disposition.FALSE_REJECT: QT_TRANSLATE_NOOP("Answer", "Part is good"),
}
_REASONS = {
    Reason.DUST: QT_TRANSLATE_NOOP("Reason", "Dust"),
    Reason.REFLECTION: QT_TRANSLATE_NOOP("Reason", "Reflection"),
    Reason.WITHIN_LIMIT_SAMPLE: QT_TRANSLATE_NOOP("Reason", "Within limit sample"),
    Reason.POSITION: QT_TRANSLATE_NOOP("Reason", "Position"),
    Reason.MODEL_WRONG: QT_TRANSLATE_NOOP("Reason", "Model is wrong"),
    Reason.OTHER: QT_TRANSLATE_NOOP("Reason", "Other"),
}
_LABELS = {
    "scratch": QT_TRANSLATE_NOOP("Label", "Scratch"),
    "dent": QT_TRANSLATE_NOOP("Label", "Dent"),
    "stain": QT_TRANSLATE_NOOP("Label", "Stain"),
    "chip": QT_TRANSLATE_NOOP("Label", "Chip"),
    "missing_hole": QT_TRANSLATE_NOOP("Label", "Missing hole"),
    "contamination": QT_TRANSLATE_NOOP("Label", "Contamination"),
    "wrong_length": QT_TRANSLATE_NOOP("Label", "Wrong length"),
    "anomaly": QT_TRANSLATE_NOOP("Label", "Anomaly"),
    "defect": QT_TRANSLATE_NOOP("Label", "Defect"),
    "blowhole": QT_TRANSLATE_NOOP("Label", "Blowhole"),
    "break": QT_TRANSLATE_NOOP("Label", "Break"),
    "crack": QT_TRANSLATE_NOOP("Label", "Crack"),
    "fray": QT_TRANSLATE_NOOP("Label", "Fray"),
    "uneven": QT_TRANSLATE_NOOP("Label", "Uneven"),
    "roll_mark": QT_TRANSLATE_NOOP("Label", "Roll mark"),
    "inclusion": QT_TRANSLATE_NOOP("Label", "Inclusion"),
    "missing_thread": QT_TRANSLATE_NOOP("Label", "Missing thread"),
    "knot": QT_TRANSLATE_NOOP("Label", "Knot"),
    "hole": QT_TRANSLATE_NOOP("Label", "Hole"),
    "gel": QT_TRANSLATE_NOOP("Label", "Gel"),
    "bubble": QT_TRANSLATE_NOOP("Label", "Bubble"),
}
_CAUSES = {
    NoResultReason.NOT_INSPECTED: QT_TRANSLATE_NOOP("Cause", "The part was not inspected"),
    NoResultReason.OVERRUN: QT_TRANSLATE_NOOP("Cause", "The next trigger came before the station was ready"),
    NoResultReason.CAMERA_LOST: QT_TRANSLATE_NOOP("Cause", "The camera is not connected"),
    NoResultReason.FRAME_LOST: QT_TRANSLATE_NOOP("Cause", "The camera delivered no image"),
    NoResultReason.FRAME_TORN: QT_TRANSLATE_NOOP("Cause", "The image arrived incomplete"),
    NoResultReason.FRAME_FROZEN: QT_TRANSLATE_NOOP("Cause", "The camera repeats the same image"),
    NoResultReason.FRAME_STALE: QT_TRANSLATE_NOOP("Cause", "The image is too old"),
    NoResultReason.FRAME_SLIPPED: QT_TRANSLATE_NOOP("Cause", "The image belongs to another part"),
    NoResultReason.QUALITY: QT_TRANSLATE_NOOP("Cause", "The image is too dark, too bright or blurred"),
    NoResultReason.MODEL_OUTPUT: QT_TRANSLATE_NOOP("Cause", "The model gave no valid answer"),
    NoResultReason.MODEL_MISMATCH: QT_TRANSLATE_NOOP("Cause", "The model is not the one of the recipe"),
    NoResultReason.UNKNOWN_LABEL: QT_TRANSLATE_NOOP("Cause", "The model found a defect that the recipe does not know"),
    NoResultReason.MISSING: QT_TRANSLATE_NOOP("Cause", "One camera gave no result"),
    NoResultReason.DUPLICATE: QT_TRANSLATE_NOOP("Cause", "One camera gave two results"),
    NoResultReason.LATE: QT_TRANSLATE_NOOP("Cause", "The result came too late"),
    NoResultReason.NOT_RECORDED: QT_TRANSLATE_NOOP("Cause", "The result could not be recorded"),
    NoResultReason.SERIAL_MISSING: QT_TRANSLATE_NOOP("Cause", "The part has no serial number"),
    NoResultReason.SERIAL_WRONG: QT_TRANSLATE_NOOP("Cause", "The serial number is not one of this recipe"),
    NoResultReason.SERIAL_DUPLICATE: QT_TRANSLATE_NOOP("Cause", "The serial number was inspected before"),
    NoResultReason.SERIAL_AMBIGUOUS: QT_TRANSLATE_NOOP("Cause", "Two codes on the part disagree"),
    NoResultReason.SERIAL_UNCHECKED: QT_TRANSLATE_NOOP("Cause", "Nobody knows whether the serial number is new"),
    NoResultReason.INTERNAL: QT_TRANSLATE_NOOP("Cause", "An error in the program"),
    NoResultReason.CRASH: QT_TRANSLATE_NOOP("Cause", "The program stopped during the inspection"),
}
_AGAIN = QT_TRANSLATE_NOOP("Remedy", "Inspect the part again")
_CAMERA = QT_TRANSLATE_NOOP("Remedy", "Check the camera's cable and power, then inspect again")
_LIGHT = QT_TRANSLATE_NOOP("Remedy", "Check light and lens, then inspect again")
_LEAD = QT_TRANSLATE_NOOP("Remedy", "Call the lead: recipe and model do not fit")
_DISK = QT_TRANSLATE_NOOP("Remedy", "Call the lead: check the disk")
_SLOW = QT_TRANSLATE_NOOP("Remedy", "Inspect again; if it returns, slow the line down")
_BUG = QT_TRANSLATE_NOOP("Remedy", "Inspect again; if it returns, call the lead")
_NUMBER = QT_TRANSLATE_NOOP("Remedy", "Scan the part's code, or check its print, then inspect again")
_WHOSE = QT_TRANSLATE_NOOP("Remedy", "Set the part aside and call the lead: whose number is it?")
_REMEDIES = {
    NoResultReason.SERIAL_MISSING: _NUMBER,
    NoResultReason.SERIAL_WRONG: _NUMBER,
    NoResultReason.SERIAL_DUPLICATE: _WHOSE,
    NoResultReason.SERIAL_AMBIGUOUS: _WHOSE,
    NoResultReason.SERIAL_UNCHECKED: _DISK,
    NoResultReason.OVERRUN: _SLOW,
    NoResultReason.LATE: _SLOW,
    NoResultReason.CAMERA_LOST: _CAMERA,
    NoResultReason.FRAME_LOST: _CAMERA,
    NoResultReason.FRAME_TORN: _CAMERA,
    NoResultReason.FRAME_FROZEN: _CAMERA,
    NoResultReason.MISSING: _CAMERA,
    NoResultReason.QUALITY: _LIGHT,
    NoResultReason.MODEL_MISMATCH: _LEAD,
    NoResultReason.UNKNOWN_LABEL: _LEAD,
    NoResultReason.NOT_RECORDED: _DISK,
    NoResultReason.INTERNAL: _BUG,
    NoResultReason.MODEL_OUTPUT: _BUG,
    NoResultReason.DUPLICATE: _BUG,
}


def outage_lines(failure: str, *, is_starting: bool) -> tuple[str, str, str]:
    """Cause, what the screen does, what you do while there is no engine; `failure` is why it cannot run, in English."""
    translate = QCoreApplication.translate
    by_itself = translate("Cause", "This screen connects by itself")
    if failure:
        cause = translate("Cause", "The station cannot run")
        return cause, failure[:1].upper() + failure[1:], translate("Remedy", "Call the lead")
    if is_starting:
        return (
            translate("Cause", "The station is starting"),
            by_itself,
            translate("Remedy", "If it lasts, call the lead"),
        )
    act = translate("Remedy", "Set the parts aside; if it lasts, call the lead")
    return translate("Cause", "The station does not answer"), by_itself, act


def verdict_word(kind: VerdictKind) -> str:
    """The big word. OK and NG are the same in every language."""
    translate = QCoreApplication.translate
    match kind:
        case VerdictKind.PASS:
            return "OK"
        case VerdictKind.FAIL:
            return "NG"
        case VerdictKind.REVIEW:
            return translate("Verdict", "REVIEW")
        case VerdictKind.NO_RESULT:
            return translate("Verdict", "NO\nRESULT")


def verdict_line(kind: VerdictKind) -> str:
    """What stands under the word, always with the Chinese."""
    translate = QCoreApplication.translate
    match kind:
        case VerdictKind.PASS:
            return translate("Verdict", "Good · 合格")
        case VerdictKind.FAIL:
            return translate("Verdict", "Reject · 不合格")
        case VerdictKind.REVIEW:
            return translate("Verdict", "You decide · 待判定")
        case VerdictKind.NO_RESULT:
            return translate("Verdict", "Rejected · 无结果")


def disposition_name(disposition: Disposition, verdict: VerdictKind | None = None) -> str:
    """The answer's name; for a REVIEW part the first two are plainer."""
    table = {**_DISPOSITIONS, **(_REVIEW_DISPOSITIONS if verdict is VerdictKind.REVIEW else {})}
    return QCoreApplication.translate("Answer", table[disposition])


def state_name(state: EngineState) -> str:
    return QCoreApplication.translate("State", _STATES[state])


def reason_name(reason: Reason) -> str:
    return QCoreApplication.translate("Reason", _REASONS[reason])


def label_name(label: str) -> str:
    """A model's label; one that nobody translated is shown as the model spells it."""
    source = _LABELS.get(label.removeprefix("MT_").lower().replace(" ", "_"))
    return QCoreApplication.translate("Label", source) if source else label.replace("_", " ")


def no_result_lines(reason: NoResultReason | None) -> tuple[str, str, str]:
    """Cause, what the station did, what you do."""
    reason = reason or NoResultReason.NOT_INSPECTED
    translate = QCoreApplication.translate
    did = translate("Cause", "The station rejected the part")
    return translate("Cause", _CAUSES[reason]), did, translate("Remedy", _REMEDIES.get(reason, _AGAIN))


def serial_name(serial: str) -> str:
    """How a part is called by its number, which says itself that it is one or is told to be."""
    return serial if serial.upper().startswith(_SERIAL) else f"{_SERIAL} {serial}"


def recorded_words(disposition: Disposition, verdict: VerdictKind, operator: str) -> str:
    """An answer that is on disk, and whose it is."""
    answer = disposition_name(disposition, verdict)
    said = QCoreApplication.translate("Answer", "{answer} · {operator} · recorded")
    return f"✓ {said.format(answer=answer, operator=operator)}"
