"""All that an operator can do, as one table of deeds, keys and dispositions. GUI thread, for the translations."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt

from station_app.core.inspection import Disposition
from station_app.gui.marking import QT_TRANSLATE_NOOP


class Deed(StrEnum):
    """One thing that can be done, by touch, key or command barcode."""

    AGREE = "agree"
    FALSE_REJECT = "false_reject"
    MISSED_DEFECT = "missed_defect"
    UNSURE = "unsure"
    UNDO = "undo"
    RUN_PAUSE = "run_pause"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_FIT = "zoom_fit"
    HIDE_MARKS = "hide_marks"
    ENLARGE = "enlarge"
    PREVIOUS_CAMERA = "previous_camera"
    NEXT_CAMERA = "next_camera"
    LOOK_BACK = "look_back"
    LOOK_FORWARD = "look_forward"
    ACKNOWLEDGE = "acknowledge"
    CANCEL = "cancel"
    SERIAL = "serial"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Action:
    """A deed, the key that does it, and what the key's cap says."""

    deed: Deed
    key: Qt.Key
    key_name: str
    disposition: Disposition | None = None


ACTIONS = (
    Action(Deed.AGREE, Qt.Key.Key_F1, "F1", Disposition.AGREE),
    Action(Deed.FALSE_REJECT, Qt.Key.Key_F2, "F2", Disposition.FALSE_REJECT),
    Action(Deed.MISSED_DEFECT, Qt.Key.Key_F3, "F3", Disposition.MISSED_DEFECT),
    Action(Deed.UNSURE, Qt.Key.Key_F4, "F4", Disposition.UNSURE),
    Action(Deed.ZOOM_IN, Qt.Key.Key_F5, "F5"),
    Action(Deed.ZOOM_OUT, Qt.Key.Key_F6, "F6"),
    Action(Deed.ZOOM_FIT, Qt.Key.Key_F7, "F7"),
    Action(Deed.HIDE_MARKS, Qt.Key.Key_F8, "F8"),
    Action(Deed.UNDO, Qt.Key.Key_F9, "F9", Disposition.UNDO),
    Action(Deed.ENLARGE, Qt.Key.Key_F10, "F10"),
    Action(Deed.ACKNOWLEDGE, Qt.Key.Key_F11, "F11"),
    Action(Deed.RUN_PAUSE, Qt.Key.Key_F12, "F12"),
    Action(Deed.PREVIOUS_CAMERA, Qt.Key.Key_Up, "UP"),
    Action(Deed.NEXT_CAMERA, Qt.Key.Key_Down, "DOWN"),
    Action(Deed.LOOK_BACK, Qt.Key.Key_Left, "LEFT"),
    Action(Deed.LOOK_FORWARD, Qt.Key.Key_Right, "RIGHT"),
    Action(Deed.CANCEL, Qt.Key.Key_Escape, "ESC"),
    Action(Deed.SERIAL, Qt.Key.Key_Insert, "INS"),
    Action(Deed.MENU, Qt.Key.Key_Home, "HOME"),
)
BY_KEY = {action.key: action for action in ACTIONS}
BY_KEY_NAME = {action.key_name: action for action in ACTIONS if action.deed is not Deed.HIDE_MARKS}
"""For command barcodes: a key that must be held cannot be scanned."""
BY_DEED = {action.deed: action for action in ACTIONS}

_TOOL_NAMES = {
    Deed.ZOOM_IN: ("+", QT_TRANSLATE_NOOP("Tool", "Zoom in")),
    Deed.ZOOM_OUT: ("−", QT_TRANSLATE_NOOP("Tool", "Zoom out")),
    Deed.ZOOM_FIT: ("", QT_TRANSLATE_NOOP("Tool", "Fit")),
    Deed.HIDE_MARKS: ("", QT_TRANSLATE_NOOP("Tool", "Hide marks")),
}


def tool_caption(deed: Deed) -> tuple[str, str]:
    """What stands on the tool's button, and its name in words."""
    sign, source = _TOOL_NAMES[deed]
    name = QCoreApplication.translate("Tool", source)
    return sign or name, name
