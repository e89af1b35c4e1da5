"""One sentence to the operator, kept in English and translated when it is shown, so that it follows the language.

The engine speaks English; what it says often is known here by its very words, and the rest is shown as it was sent.
"""

from PySide6.QtCore import QCoreApplication

from station_app.gui.marking import QT_TRANSLATE_NOOP

NOT_RECORDED = QT_TRANSLATE_NOOP("Notice", "The answer was not recorded: answer again")
NOT_SENT = QT_TRANSLATE_NOOP("Notice", "Not sent: the station cannot be reached")
NEXT_PART = QT_TRANSLATE_NOOP("Notice", "Next part: {value}")
UNKNOWN_COMMAND = QT_TRANSLATE_NOOP("Notice", "Unknown command code {value}")
ONE_CAMERA = QT_TRANSLATE_NOOP("Notice", "Drawn on camera {value}: tap the boxes away to draw here")
NO_SUCH_ANSWER = QT_TRANSLATE_NOOP("Notice", "This answer is not possible now")
BEGIN_AGAIN = QT_TRANSLATE_NOOP("Notice", "The connection was lost: begin again")
SCAN_TOO_LONG = QT_TRANSLATE_NOOP("Notice", "The scanned code is too long")
SCAN_UNUSABLE = QT_TRANSLATE_NOOP("Notice", "The scanned code holds characters that cannot be used")
SCAN_INCOMPLETE = QT_TRANSLATE_NOOP("Notice", "The scan was not complete: scan again")

OF_THE_ENGINE = (
    QT_TRANSLATE_NOOP("Notice", "nobody is signed in"),
    QT_TRANSLATE_NOOP("Notice", "sign in with your badge or name first"),
    QT_TRANSLATE_NOOP("Notice", "no recipe is loaded"),
    QT_TRANSLATE_NOOP("Notice", "choose a recipe"),
    QT_TRANSLATE_NOOP("Notice", "the line is running"),
    QT_TRANSLATE_NOOP("Notice", "pause the line first"),
    QT_TRANSLATE_NOOP("Notice", "the line is not running"),
    QT_TRANSLATE_NOOP("Notice", "start the line first"),
    QT_TRANSLATE_NOOP("Notice", "this part has no record"),
    QT_TRANSLATE_NOOP("Notice", "choose a recorded part"),
    QT_TRANSLATE_NOOP("Notice", "there is no decision to take back"),
    QT_TRANSLATE_NOOP("Notice", "choose another part"),
    QT_TRANSLATE_NOOP("Notice", "no camera looks at an endless web"),
    QT_TRANSLATE_NOOP("Notice", "load a recipe whose camera has part=web"),
    QT_TRANSLATE_NOOP("Notice", "the roll has no usable name"),
    QT_TRANSLATE_NOOP("Notice", "give a name of at most 100 letters"),
    QT_TRANSLATE_NOOP("Notice", "no roll runs"),
    QT_TRANSLATE_NOOP("Notice", "start a roll first"),
    QT_TRANSLATE_NOOP("Notice", "an endless web has no parts to trigger"),
    QT_TRANSLATE_NOOP("Notice", "start the line: the web is taken as it comes"),
    QT_TRANSLATE_NOOP("Notice", "the database is too slow"),
    QT_TRANSLATE_NOOP("Notice", "check the disk"),
    QT_TRANSLATE_NOOP("Notice", "too many verdicts wait for the database: make room on the disk, then start again"),
)


def sentence(source: str, value: str = "") -> str:
    """`source` in the screen's language, with a capital letter; what nobody translated stays as it is."""
    said = QCoreApplication.translate("Notice", source).replace("{value}", value)
    return said[:1].upper() + said[1:]
