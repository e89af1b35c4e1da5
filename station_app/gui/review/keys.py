"""The keys of the review screen, one table: what each does, and how it is called. GUI thread, for the translations."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt

from station_app.gui.marking import QT_TRANSLATE_NOOP


class ReviewDeed(StrEnum):
    """One thing that can be done on the review screen."""

    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"
    SEVERITY = "severity"
    COMMENT = "comment"
    RECORD = "record"
    REVEAL = "reveal"
    NEXT = "next"
    SKIP = "skip"
    UNDO = "undo"
    REDO = "redo"
    DRAW = "draw"
    DELETE = "delete"
    THINNER = "thinner"
    THICKER = "thicker"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    FIT = "fit"
    FULL = "full"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    DARKER = "darker"
    BRIGHTER = "brighter"
    FLATTER = "flatter"
    STRONGER = "stronger"
    CAMERA = "camera"
    COMPARE = "compare"
    QUEUE = "queue"
    KEYS = "keys"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A deed, the keys that do it, what the cap of the first says, and what it is called in English."""

    deed: ReviewDeed
    keys: tuple[Qt.Key, ...]
    key_name: str
    caption: str


_K = Qt.Key
ENTRIES = (
    KeyEntry(ReviewDeed.GOOD, (_K.Key_G,), "G", QT_TRANSLATE_NOOP("Review", "Good")),
    KeyEntry(ReviewDeed.BAD, (_K.Key_B,), "B", QT_TRANSLATE_NOOP("Review", "Bad")),
    KeyEntry(ReviewDeed.UNSURE, (_K.Key_U,), "U", QT_TRANSLATE_NOOP("Review", "Unsure")),
    KeyEntry(ReviewDeed.SEVERITY, (_K.Key_V,), "V", QT_TRANSLATE_NOOP("Review", "Severity")),
    KeyEntry(ReviewDeed.COMMENT, (_K.Key_T,), "T", QT_TRANSLATE_NOOP("Review", "Comment")),
    KeyEntry(ReviewDeed.RECORD, (_K.Key_Return, _K.Key_Enter), "ENTER", QT_TRANSLATE_NOOP("Review", "Record")),
    KeyEntry(ReviewDeed.REVEAL, (_K.Key_R,), "R", QT_TRANSLATE_NOOP("Review", "Reveal")),
    KeyEntry(ReviewDeed.NEXT, (_K.Key_N,), "N", QT_TRANSLATE_NOOP("Review", "Next part")),
    KeyEntry(ReviewDeed.SKIP, (_K.Key_S,), "S", QT_TRANSLATE_NOOP("Review", "Skip")),
    KeyEntry(ReviewDeed.UNDO, (_K.Key_Z,), "Z", QT_TRANSLATE_NOOP("Review", "Undo")),
    KeyEntry(ReviewDeed.REDO, (_K.Key_Y,), "Y", QT_TRANSLATE_NOOP("Review", "Redo")),
    KeyEntry(ReviewDeed.DRAW, (_K.Key_D,), "D", QT_TRANSLATE_NOOP("Review", "Next drawing tool")),
    KeyEntry(ReviewDeed.DELETE, (_K.Key_Delete,), "DEL", QT_TRANSLATE_NOOP("Review", "Delete")),
    KeyEntry(ReviewDeed.THINNER, (_K.Key_BracketLeft,), "[", QT_TRANSLATE_NOOP("Review", "Thinner brush")),
    KeyEntry(ReviewDeed.THICKER, (_K.Key_BracketRight,), "]", QT_TRANSLATE_NOOP("Review", "Thicker brush")),
    KeyEntry(ReviewDeed.ZOOM_IN, (_K.Key_Plus, _K.Key_Equal), "+", QT_TRANSLATE_NOOP("Review", "Zoom in")),
    KeyEntry(ReviewDeed.ZOOM_OUT, (_K.Key_Minus,), "−", QT_TRANSLATE_NOOP("Review", "Zoom out")),
    KeyEntry(ReviewDeed.FIT, (_K.Key_F,), "F", QT_TRANSLATE_NOOP("Review", "Fit")),
    KeyEntry(ReviewDeed.FULL, (_K.Key_O,), "O", QT_TRANSLATE_NOOP("Review", "Full size")),
    KeyEntry(ReviewDeed.LEFT, (_K.Key_Left,), "←", QT_TRANSLATE_NOOP("Review", "Move left")),
    KeyEntry(ReviewDeed.RIGHT, (_K.Key_Right,), "→", QT_TRANSLATE_NOOP("Review", "Move right")),
    KeyEntry(ReviewDeed.UP, (_K.Key_Up,), "↑", QT_TRANSLATE_NOOP("Review", "Move up")),
    KeyEntry(ReviewDeed.DOWN, (_K.Key_Down,), "↓", QT_TRANSLATE_NOOP("Review", "Move down")),
    KeyEntry(ReviewDeed.DARKER, (_K.Key_J,), "J", QT_TRANSLATE_NOOP("Review", "Darker")),
    KeyEntry(ReviewDeed.BRIGHTER, (_K.Key_K,), "K", QT_TRANSLATE_NOOP("Review", "Brighter")),
    KeyEntry(ReviewDeed.FLATTER, (_K.Key_H,), "H", QT_TRANSLATE_NOOP("Review", "Less contrast")),
    KeyEntry(ReviewDeed.STRONGER, (_K.Key_L,), "L", QT_TRANSLATE_NOOP("Review", "More contrast")),
    KeyEntry(ReviewDeed.CAMERA, (_K.Key_X,), "X", QT_TRANSLATE_NOOP("Review", "Next camera")),
    KeyEntry(ReviewDeed.COMPARE, (_K.Key_C,), "C", QT_TRANSLATE_NOOP("Review", "Compare")),
    KeyEntry(ReviewDeed.QUEUE, (_K.Key_Q,), "Q", QT_TRANSLATE_NOOP("Review", "Next queue")),
    KeyEntry(ReviewDeed.KEYS, (_K.Key_Question,), "?", QT_TRANSLATE_NOOP("Review", "Keys")),
    KeyEntry(ReviewDeed.LEAVE, (_K.Key_Escape,), "ESC", QT_TRANSLATE_NOOP("Review", "Put the tool away")),
)
BY_KEY = {key: entry.deed for entry in ENTRIES for key in entry.keys}
BY_DEED = {entry.deed: entry for entry in ENTRIES}

REPEATING = frozenset(
    (ReviewDeed.LEFT, ReviewDeed.RIGHT, ReviewDeed.UP, ReviewDeed.DOWN, ReviewDeed.ZOOM_IN, ReviewDeed.ZOOM_OUT)
)
"""What goes on while its key is held."""


def deed_caption(deed: ReviewDeed) -> str:
    return QCoreApplication.translate("Review", BY_DEED[deed].caption)


def key_name(deed: ReviewDeed) -> str:
    return BY_DEED[deed].key_name
