"""What states, roles and fields of recipes are called. GUI thread, for translations."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from station_app.core.people import Role
from station_app.core.recipe_differences import FieldChange, Path
from station_app.core.recipe_messages import RevisionState
from station_app.gui.marking import QT_TRANSLATE_NOOP

_STATES = {
    RevisionState.DRAFT: QT_TRANSLATE_NOOP("Recipes", "Draft"),
    RevisionState.APPROVED: QT_TRANSLATE_NOOP("Recipes", "Approved"),
    RevisionState.ACTIVE: QT_TRANSLATE_NOOP("Recipes", "Active"),
    RevisionState.RETIRED: QT_TRANSLATE_NOOP("Recipes", "Retired"),
}
_ROLES = {
    Role.OPERATOR: QT_TRANSLATE_NOOP("Recipes", "operator"),
    Role.LEAD: QT_TRANSLATE_NOOP("Recipes", "lead"),
    Role.QUALITY: QT_TRANSLATE_NOOP("Recipes", "quality"),
    Role.ENGINEER: QT_TRANSLATE_NOOP("Recipes", "engineer"),
    Role.ADMIN: QT_TRANSLATE_NOOP("Recipes", "administrator"),
}
_FIELDS = {
    "name": QT_TRANSLATE_NOOP("Recipes", "Name"),
    "deadline_ms": QT_TRANSLATE_NOOP("Recipes", "Time to the verdict, ms"),
    "codes": QT_TRANSLATE_NOOP("Recipes", "Codes that choose it"),
    "package": QT_TRANSLATE_NOOP("Recipes", "Model package"),
    "sha256": QT_TRANSLATE_NOOP("Recipes", "Hash of the package"),
    "provider": QT_TRANSLATE_NOOP("Recipes", "Runs on"),
    "box": QT_TRANSLATE_NOOP("Recipes", "Place x, y, width, height"),
    "exclude": QT_TRANSLATE_NOOP("Recipes", "Left out"),
    "mean_min": QT_TRANSLATE_NOOP("Recipes", "Brightness at least"),
    "mean_max": QT_TRANSLATE_NOOP("Recipes", "Brightness at most"),
    "dark_share_max": QT_TRANSLATE_NOOP("Recipes", "Dark share at most"),
    "bright_share_max": QT_TRANSLATE_NOOP("Recipes", "Bright share at most"),
    "focus_min": QT_TRANSLATE_NOOP("Recipes", "Focus at least"),
    "on_difference": QT_TRANSLATE_NOOP("Recipes", "When the set-up differs"),
    "exposure_share": QT_TRANSLATE_NOOP("Recipes", "Exposure may differ, share"),
    "gain_db": QT_TRANSLATE_NOOP("Recipes", "Gain may differ, dB"),
    "brightness": QT_TRANSLATE_NOOP("Recipes", "Brightness may differ"),
    "histogram": QT_TRANSLATE_NOOP("Recipes", "Grey levels may differ"),
    "focus_share": QT_TRANSLATE_NOOP("Recipes", "Focus may differ, share"),
    "shift_px": QT_TRANSLATE_NOOP("Recipes", "Place may differ, pixels"),
    "turn_deg": QT_TRANSLATE_NOOP("Recipes", "Turn may differ, degrees"),
    "match_min": QT_TRANSLATE_NOOP("Recipes", "Likeness at least"),
    "review": QT_TRANSLATE_NOOP("Recipes", "Asked from score"),
    "fail": QT_TRANSLATE_NOOP("Recipes", "Rejected from score"),
    "source": QT_TRANSLATE_NOOP("Recipes", "Serial number comes from"),
    "pattern": QT_TRANSLATE_NOOP("Recipes", "Serial number looks like"),
    "is_unique": QT_TRANSLATE_NOOP("Recipes", "Serial number only once"),
    "is_required": QT_TRANSLATE_NOOP("Recipes", "Serial number must be there"),
    "camera_id": QT_TRANSLATE_NOOP("Recipes", "Camera that reads the code"),
    "formats": QT_TRANSLATE_NOOP("Recipes", "Kinds of code"),
    "budget_ms": QT_TRANSLATE_NOOP("Recipes", "Time for reading, ms"),
    "images": QT_TRANSLATE_NOOP("Recipes", "Images that are kept"),
    "pass_share": QT_TRANSLATE_NOOP("Recipes", "Share of passes kept"),
}
_VALUES = {
    "true": QT_TRANSLATE_NOOP("Recipes", "yes"),
    "false": QT_TRANSLATE_NOOP("Recipes", "no"),
    "all": QT_TRANSLATE_NOOP("Recipes", "all"),
    "evidence": QT_TRANSLATE_NOOP("Recipes", "evidence and a share of passes"),
    "none": QT_TRANSLATE_NOOP("Recipes", "nowhere: parts have none"),
    "scanner": QT_TRANSLATE_NOOP("Recipes", "scanner"),
    "image": QT_TRANSLATE_NOOP("Recipes", "image of the part"),
    "warn": QT_TRANSLATE_NOOP("Recipes", "an alarm"),
    "stop": QT_TRANSLATE_NOOP("Recipes", "the line stops"),
}
_HASH_LENGTH = 64
_DATES = "%Y-%m-%d %H:%M"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recipes", text)


def state_name(state: RevisionState) -> str:
    return _tr(_STATES[state])


def role_name(role: Role) -> str:
    return _tr(_ROLES[role])


def field_name(name: str) -> str:
    """One field; a setting of a camera is called as the camera calls it."""
    return _tr(_FIELDS[name]) if name in _FIELDS else name


def path_name(path: Path) -> str:
    """A field with what it belongs to: `scratch · Rejected from score`."""
    owners = [word for word in path[:-1] if word not in ("cameras", "labels", "quality", "model", "keep", "serial")]
    words = [word for word in owners if word not in ("regions", "settings", "fingerprint", "reading")]
    return " · ".join((*words, field_name(path[-1])))


def value_name(value: str | None) -> str:
    """A value as it is shown; what is not there is a dash, and a hash is cut so that it can be wrapped."""
    if not value:
        return "–"
    if len(value) == _HASH_LENGTH and set(value) <= set("0123456789abcdef"):
        return " ".join(value[start : start + 16] for start in range(0, _HASH_LENGTH, 16))
    return _tr(_VALUES[value]) if value in _VALUES else value


def change_cells(change: FieldChange) -> tuple[str, str, str]:
    """Field, before, after."""
    return path_name(change.path), value_name(change.before), value_name(change.after)


def local_time(at_ms: int) -> str:
    """Local time of this computer, ISO."""
    return datetime.fromtimestamp(at_ms / 1000).astimezone().strftime(_DATES)
