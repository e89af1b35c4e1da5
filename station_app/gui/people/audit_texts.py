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
    "alarm_acknowledged": QT_TRANSLATE_NOOP("Audit", "Alarm acknowledged"),
    "backup_restored": QT_TRANSLATE_NOOP("Audit", "Database restored from a backup"),
    "begun_without_backup": QT_TRANSLATE_NOOP("Audit", "Database begun without a backup"),
    "camera_command": QT_TRANSLATE_NOOP("Audit", "Camera command"),
    "canary_passed": QT_TRANSLATE_NOOP("Audit", "Model passed its trial"),
    "database_begun": QT_TRANSLATE_NOOP("Audit", "Database begun"),
    "drift_found": QT_TRANSLATE_NOOP("Audit", "Drift found"),
    "engine_started": QT_TRANSLATE_NOOP("Audit", "Program started"),
    "engine_stopped": QT_TRANSLATE_NOOP("Audit", "Program ended"),
    "exported": QT_TRANSLATE_NOOP("Audit", "Records exported"),
    "feature_written": QT_TRANSLATE_NOOP("Audit", "Camera setting written"),
    "fingerprint_checked": QT_TRANSLATE_NOOP("Audit", "Set-up compared"),
    "flat_field_taught": QT_TRANSLATE_NOOP("Audit", "Flat field taught"),
    "key_retired": QT_TRANSLATE_NOOP("Audit", "Key retired"),
    "key_trusted": QT_TRANSLATE_NOOP("Audit", "Key trusted"),
    "limits_frozen": QT_TRANSLATE_NOOP("Audit", "Limits frozen"),
    "lot_changed": QT_TRANSLATE_NOOP("Audit", "Lot changed"),
    "marker_noted": QT_TRANSLATE_NOOP("Audit", "Chart point commented"),
    "model_active": QT_TRANSLATE_NOOP("Audit", "Model made champion"),
    "model_canary": QT_TRANSLATE_NOOP("Audit", "Canary begun"),
    "model_offered": QT_TRANSLATE_NOOP("Audit", "Model offered"),
    "model_older_allowed": QT_TRANSLATE_NOOP("Audit", "Older model allowed"),
    "model_proved": QT_TRANSLATE_NOOP("Audit", "Model proved"),
    "model_refused": QT_TRANSLATE_NOOP("Audit", "Model refused"),
    "model_restored": QT_TRANSLATE_NOOP("Audit", "Earlier champion restored"),
    "model_retired": QT_TRANSLATE_NOOP("Audit", "Model retired"),
    "model_rolled_back": QT_TRANSLATE_NOOP("Audit", "Model rolled back"),
    "model_shadow_started": QT_TRANSLATE_NOOP("Audit", "Model put in shadow"),
    "model_shadow_stopped": QT_TRANSLATE_NOOP("Audit", "Shadow of a model ended"),
    "model_signed": QT_TRANSLATE_NOOP("Audit", "Promotion of a model signed"),
    "override": QT_TRANSLATE_NOOP("Audit", "Answer given"),
    "pass_withheld": QT_TRANSLATE_NOOP("Audit", "OK withheld"),
    "person_added": QT_TRANSLATE_NOOP("Audit", "Account added"),
    "person_changed": QT_TRANSLATE_NOOP("Audit", "Account changed"),
    "recipe_activated": QT_TRANSLATE_NOOP("Audit", "Recipe activated"),
    "recipe_approved": QT_TRANSLATE_NOOP("Audit", "Recipe approved"),
    "recipe_asked": QT_TRANSLATE_NOOP("Audit", "Recipe asked for by the PLC"),
    "recipe_commissioned": QT_TRANSLATE_NOOP("Audit", "Recipe commissioned"),
    "recipe_draft_saved": QT_TRANSLATE_NOOP("Audit", "Draft of a recipe saved"),
    "recipe_loaded": QT_TRANSLATE_NOOP("Audit", "Recipe loaded"),
    "recipe_retired": QT_TRANSLATE_NOOP("Audit", "Recipe retired"),
    "recovered_after_crash": QT_TRANSLATE_NOOP("Audit", "Recovered after a crash"),
    "reference_saved": QT_TRANSLATE_NOOP("Audit", "Reference saved"),
    "refused": QT_TRANSLATE_NOOP("Audit", "Not allowed"),
    "review": QT_TRANSLATE_NOOP("Audit", "Reviewed"),
    "review_undone": QT_TRANSLATE_NOOP("Audit", "Review taken back"),
    "roll_started": QT_TRANSLATE_NOOP("Audit", "Roll started"),
    "roll_stopped": QT_TRANSLATE_NOOP("Audit", "Roll ended"),
    "sampling_plan": QT_TRANSLATE_NOOP("Audit", "Plan of the blind sample"),
    "secret_removed": QT_TRANSLATE_NOOP("Audit", "Secret taken away"),
    "secret_set": QT_TRANSLATE_NOOP("Audit", "Secret set"),
    "series_begun": QT_TRANSLATE_NOOP("Audit", "Series of sent records begun"),
    "setup_accepted": QT_TRANSLATE_NOOP("Audit", "Set-up accepted"),
    "showing_answered": QT_TRANSLATE_NOOP("Audit", "Part of a study judged"),
    "shutdown_asked": QT_TRANSLATE_NOOP("Audit", "Shutdown asked for"),
    "sign_in_refused": QT_TRANSLATE_NOOP("Audit", "Sign-in refused"),
    "signature_refused": QT_TRANSLATE_NOOP("Audit", "Signature refused"),
    "signed_in": QT_TRANSLATE_NOOP("Audit", "Signed in"),
    "signed_out": QT_TRANSLATE_NOOP("Audit", "Signed out"),
    "study_closed": QT_TRANSLATE_NOOP("Audit", "Study closed"),
    "study_started": QT_TRANSLATE_NOOP("Audit", "Study started"),
    "suspect_marked": QT_TRANSLATE_NOOP("Audit", "Marked as suspect"),
    "sync_asked": QT_TRANSLATE_NOOP("Audit", "Sending of records asked for"),
    "test_shot": QT_TRANSLATE_NOOP("Audit", "Test shot"),
    "undo": QT_TRANSLATE_NOOP("Audit", "Answer taken back"),
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
