"""One sentence to the operator, kept in English and translated when it is shown, so that it follows the language.

The engine speaks English; what it says often is known here by its very words, and the rest is shown as it was sent.
"""

from PySide6.QtCore import QCoreApplication

from station_app.core.serial import CodeRefusal
from station_app.gui.marking import QT_TRANSLATE_NOOP

NOT_RECORDED = QT_TRANSLATE_NOOP("Notice", "The answer was not recorded: answer again")
NOT_SENT = QT_TRANSLATE_NOOP("Notice", "Not sent: the station cannot be reached")
NO_TYPED_SERIAL = QT_TRANSLATE_NOOP("Notice", "Serial numbers cannot be typed for this recipe")
UNKNOWN_COMMAND = QT_TRANSLATE_NOOP("Notice", "Unknown command code {value}")
ONE_CAMERA = QT_TRANSLATE_NOOP("Notice", "Drawn on camera {value}: tap the boxes away to draw here")
NO_SUCH_ANSWER = QT_TRANSLATE_NOOP("Notice", "This answer is not possible now")
BEGIN_AGAIN = QT_TRANSLATE_NOOP("Notice", "The connection was lost: begin again")
SCAN_TOO_LONG = QT_TRANSLATE_NOOP("Notice", "The scanned code is too long")
SCAN_UNUSABLE = QT_TRANSLATE_NOOP("Notice", "The scanned code holds characters that cannot be used")
NOT_HERE = QT_TRANSLATE_NOOP("Notice", "Not on this screen: go back to the line first")
NOT_ALLOWED = QT_TRANSLATE_NOOP("Notice", "Your role may not do this")
SIGN_IN_FIRST = QT_TRANSLATE_NOOP("Notice", "Sign in first: scan your badge, or tap Sign in")
SIGN_IN_AGAIN = QT_TRANSLATE_NOOP("Notice", "Sign in again with your password to do this")
ANSWER_FIRST = QT_TRANSLATE_NOOP("Notice", "Finish or cancel the answer first")
ACCOUNT_SAVED = QT_TRANSLATE_NOOP("Notice", "Saved")
NAME_TAKEN = QT_TRANSLATE_NOOP("Notice", "this name was given already")
OTHER_NAME = QT_TRANSLATE_NOOP("Notice", "names are never given twice: choose another")
PINS_DIFFER = QT_TRANSLATE_NOOP("Notice", "the two PINs differ")
PASSWORDS_DIFFER = QT_TRANSLATE_NOOP("Notice", "the two passwords differ")
TYPE_AGAIN = QT_TRANSLATE_NOOP("Notice", "type both again")
NO_SECRET = QT_TRANSLATE_NOOP("Notice", "nobody could sign in to this account")
GIVE_SECRET = QT_TRANSLATE_NOOP("Notice", "give a badge, a PIN or a password")
NO_FULL_NAME = QT_TRANSLATE_NOOP("Notice", "Give the full name")
NO_REASON = QT_TRANSLATE_NOOP("Notice", "Give a reason")
NO_SIGNATURE = QT_TRANSLATE_NOOP("Notice", "Sign it with your own password")
SOUGHT = QT_TRANSLATE_NOOP("Notice", "Looked for {value}: a scan here is never the next part's number")
SCAN_INCOMPLETE = QT_TRANSLATE_NOOP("Notice", "The scan was not complete: scan again")

REFUSALS = {
    CodeRefusal.EMPTY: QT_TRANSLATE_NOOP("Notice", "No serial number was given"),
    CodeRefusal.TOO_LONG: SCAN_TOO_LONG,
    CodeRefusal.UNUSABLE: SCAN_UNUSABLE,
    CodeRefusal.INCOMPLETE: SCAN_INCOMPLETE,
    CodeRefusal.WRONG: QT_TRANSLATE_NOOP("Notice", "Not taken: {value} is no serial number of this recipe"),
    CodeRefusal.WAITING: QT_TRANSLATE_NOOP("Notice", "Not taken: {value} waits for the next part already"),
    CodeRefusal.IN_FLIGHT: QT_TRANSLATE_NOOP("Notice", "Not taken: {value} is being inspected now"),
    CodeRefusal.RECORDED: QT_TRANSLATE_NOOP("Notice", "Not taken: {value} was inspected before"),
    CodeRefusal.UNCHECKED: QT_TRANSLATE_NOOP("Notice", "Not taken: the records cannot say whether {value} is new"),
    CodeRefusal.AMBIGUOUS: QT_TRANSLATE_NOOP("Notice", "Not taken: two codes that disagree"),
    CodeRefusal.NOT_ASKED: QT_TRANSLATE_NOOP("Notice", "Not taken: {value}. This recipe has no serial numbers"),
    CodeRefusal.FROM_IMAGE: QT_TRANSLATE_NOOP("Notice", "Not taken: {value}. The camera reads the serial number"),
    CodeRefusal.COMMAND: QT_TRANSLATE_NOOP("Notice", "{value}: only a scanner that types can scan command codes"),
    CodeRefusal.NO_RECIPE: QT_TRANSLATE_NOOP("Notice", "There is no recipe for the code {value}"),
    CodeRefusal.MANY_RECIPES: QT_TRANSLATE_NOOP("Notice", "Several recipes have the code {value}: call the lead"),
}
"""What is said when a code was not taken."""

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
    QT_TRANSLATE_NOOP("Notice", "sign in with your badge, PIN or password"),
    QT_TRANSLATE_NOOP("Notice", "the rights that hold now do not allow this"),
    QT_TRANSLATE_NOOP("Notice", "sign in again with your password"),
    QT_TRANSLATE_NOOP("Notice", "ask somebody whose role may"),
    QT_TRANSLATE_NOOP("Notice", "the role of who signed may not do this"),
    QT_TRANSLATE_NOOP("Notice", "let somebody sign who may"),
    QT_TRANSLATE_NOOP("Notice", "this needs an account"),
    QT_TRANSLATE_NOOP("Notice", "set up an administrator first"),
    QT_TRANSLATE_NOOP("Notice", "changes cannot be audited now, so none is made"),
    QT_TRANSLATE_NOOP("Notice", "this badge is not known"),
    QT_TRANSLATE_NOOP("Notice", "the name or the secret is wrong"),
    QT_TRANSLATE_NOOP("Notice", "try again"),
    QT_TRANSLATE_NOOP("Notice", "too many wrong attempts"),
    QT_TRANSLATE_NOOP("Notice", "wait before you try again"),
    QT_TRANSLATE_NOOP("Notice", "this is no name for an account"),
    QT_TRANSLATE_NOOP("Notice", "give 1 to 40 letters without a blank at either end"),
    QT_TRANSLATE_NOOP("Notice", "the password has not 10 to 200 letters"),
    QT_TRANSLATE_NOOP("Notice", "choose a longer password"),
    QT_TRANSLATE_NOOP("Notice", "the PIN is not made of 4 to 8 digits"),
    QT_TRANSLATE_NOOP("Notice", "choose 4 to 8 digits"),
    QT_TRANSLATE_NOOP("Notice", "the badge's text has not 4 to 200 letters"),
    QT_TRANSLATE_NOOP("Notice", "scan another badge"),
    QT_TRANSLATE_NOOP("Notice", "this badge belongs to somebody else"),
    QT_TRANSLATE_NOOP("Notice", "the station would have no administrator any more"),
    QT_TRANSLATE_NOOP("Notice", "make somebody else an administrator with a password first"),
    QT_TRANSLATE_NOOP("Notice", "there is an administrator already"),
    QT_TRANSLATE_NOOP("Notice", "let an administrator who is there make the account"),
    QT_TRANSLATE_NOOP("Notice", "a first password is given by an administrator"),
    QT_TRANSLATE_NOOP("Notice", "let an administrator give you one"),
    QT_TRANSLATE_NOOP("Notice", "limits are frozen for a reason"),
    QT_TRANSLATE_NOOP("Notice", "say why from this period"),
    QT_TRANSLATE_NOOP("Notice", "this is no period"),
    QT_TRANSLATE_NOOP("Notice", "choose one that ends after it begins"),
    QT_TRANSLATE_NOOP("Notice", "the database is too slow"),
    QT_TRANSLATE_NOOP("Notice", "check the disk"),
    QT_TRANSLATE_NOOP("Notice", "too many verdicts wait for the database: make room on the disk, then start again"),
)


def sentence(source: str, value: str = "") -> str:
    """`source` in the screen's language, with a capital letter; what nobody translated stays as it is."""
    said = QCoreApplication.translate("Notice", source).replace("{value}", value)
    return said[:1].upper() + said[1:]
