"""The audit chain in words: what was done, when, and what the station last said of the chain. GUI thread."""

import time

from PySide6.QtCore import QCoreApplication

from station_app.core.audit_view import AuditHead, AuditRow
from station_app.core.messages import AlarmRaised
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.sentences import sentence

BROKEN_ALARM = "audit"
"""The alarms about the chain begin with this word."""
_ACTIONS = {
    "override": QT_TRANSLATE_NOOP("Audit", "Answer given"),
    "undo": QT_TRANSLATE_NOOP("Audit", "Answer taken back"),
    "signed_in": QT_TRANSLATE_NOOP("Audit", "Signed in"),
    "signed_out": QT_TRANSLATE_NOOP("Audit", "Signed out"),
    "sign_in_refused": QT_TRANSLATE_NOOP("Audit", "Sign-in refused"),
    "person_added": QT_TRANSLATE_NOOP("Audit", "Account added"),
    "person_changed": QT_TRANSLATE_NOOP("Audit", "Account changed"),
    "secret_set": QT_TRANSLATE_NOOP("Audit", "Secret set"),
    "secret_removed": QT_TRANSLATE_NOOP("Audit", "Secret taken away"),
    "signature_refused": QT_TRANSLATE_NOOP("Audit", "Signature refused"),
    "refused": QT_TRANSLATE_NOOP("Audit", "Not allowed"),
    "drift_found": QT_TRANSLATE_NOOP("Audit", "Drift found"),
    "limits_frozen": QT_TRANSLATE_NOOP("Audit", "Limits frozen"),
    "marker_noted": QT_TRANSLATE_NOOP("Audit", "Chart point commented"),
    "lot_changed": QT_TRANSLATE_NOOP("Audit", "Lot changed"),
    "review": QT_TRANSLATE_NOOP("Audit", "Reviewed"),
    "review_undone": QT_TRANSLATE_NOOP("Audit", "Review taken back"),
    "sampling_plan": QT_TRANSLATE_NOOP("Audit", "Plan of the blind sample"),
    "suspect_marked": QT_TRANSLATE_NOOP("Audit", "Marked as suspect"),
    "alarm_acknowledged": QT_TRANSLATE_NOOP("Audit", "Alarm acknowledged"),
    "camera_command": QT_TRANSLATE_NOOP("Audit", "Camera command"),
    "database_begun": QT_TRANSLATE_NOOP("Audit", "Database begun"),
    "engine_started": QT_TRANSLATE_NOOP("Audit", "Program started"),
    "engine_stopped": QT_TRANSLATE_NOOP("Audit", "Program ended"),
    "exported": QT_TRANSLATE_NOOP("Audit", "Records exported"),
    "feature_written": QT_TRANSLATE_NOOP("Audit", "Camera setting written"),
    "fingerprint_checked": QT_TRANSLATE_NOOP("Audit", "Set-up compared"),
    "flat_field_taught": QT_TRANSLATE_NOOP("Audit", "Flat field taught"),
    "canary_passed": QT_TRANSLATE_NOOP("Audit", "Model passed its trial"),
    "model_rolled_back": QT_TRANSLATE_NOOP("Audit", "Model taken out of service"),
    "pass_withheld": QT_TRANSLATE_NOOP("Audit", "OK withheld"),
    "recipe_loaded": QT_TRANSLATE_NOOP("Audit", "Recipe loaded"),
    "recovered_after_crash": QT_TRANSLATE_NOOP("Audit", "Recovered after a crash"),
    "reference_saved": QT_TRANSLATE_NOOP("Audit", "Reference saved"),
    "roll_started": QT_TRANSLATE_NOOP("Audit", "Roll started"),
    "roll_stopped": QT_TRANSLATE_NOOP("Audit", "Roll ended"),
    "series_begun": QT_TRANSLATE_NOOP("Audit", "Series of sent records begun"),
    "setup_accepted": QT_TRANSLATE_NOOP("Audit", "Set-up accepted"),
    "shutdown_asked": QT_TRANSLATE_NOOP("Audit", "Shutdown asked for"),
    "test_shot": QT_TRANSLATE_NOOP("Audit", "Test shot"),
}


def action_name(action: str) -> str:
    """In words where it is known, else as it was recorded."""
    source = _ACTIONS.get(action)
    return QCoreApplication.translate("Audit", source) if source else action.replace("_", " ")


def moment(at_ms: int) -> str:
    """ISO, in the time of this place."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at_ms / 1000))


def row_cells(row: AuditRow) -> tuple[str, ...]:
    return str(row.number), moment(row.at_ms), row.who, action_name(row.action), row.subject, row.change.why


def chain_words(head: AuditHead | None, alarms: tuple[AlarmRaised, ...]) -> tuple[str, bool]:
    """What the station last told of the chain, and whether it is a warning."""
    broken = next((alarm for alarm in alarms if alarm.code.startswith(BROKEN_ALARM)), None)
    if broken is not None:
        return ": ".join(filter(None, (sentence(broken.what), broken.where))), True
    translate = QCoreApplication.translate
    if head is None:
        return translate("Audit", "The station has not signed the chain yet"), False
    said = translate("Audit", "Checked and signed by the station up to row {number}, {time}; hash {hash}")
    return said.format(number=head.number, time=moment(head.signed_at_ms), hash=head.sha256[:16]), False
