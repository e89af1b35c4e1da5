"""The questions of signing in where the station has accounts: who it is, and the proof. GUI thread."""

from collections import Counter

from PySide6.QtCore import QCoreApplication

from station_app.core.people import Person, SecretKind
from station_app.gui.proving import Proving, offered_people, other_proof
from station_app.gui.question import Choice, Question
from station_app.gui.rights import is_lowered
from station_app.gui.role_texts import secret_name
from station_app.gui.screen_state import ScreenState
from station_app.gui.sentences import sentence

MORE, BACK, ERASE, TAKE, OTHER_PROOF = " more", " back", " erase", " take", " other proof"
"""Tiles that are no name and no digit: an account's name begins with no space."""
_DIGITS = "1234567890"
_PAGE = 12
LONGEST_SECRET = 256


def who_question(state: ScreenState, recent: tuple[str, ...], page: int, *, is_answer: bool) -> Question:
    """One tile for each account, a page of them at a time."""
    translate = QCoreApplication.translate
    heading = translate("Question", "Who is at the station? Scan your badge, or tap your name")
    if is_answer:
        heading = translate("Question", "Who gives this answer? Scan your badge, or tap your name")
    session = state.session
    people = offered_people(state.people, recent, "" if is_lowered(session) else session.name)
    twice = {name for name, count in Counter(person.full_name for person in people).items() if count > 1}
    first = page * _PAGE % max(1, -(-len(people) // _PAGE) * _PAGE)
    tiles = [Choice(person.name, _caption(person, twice)) for person in people[first : first + _PAGE]]
    if len(people) > _PAGE:
        tiles.append(Choice(MORE, translate("Question", "More names")))
    if session.name:
        tiles.append(Choice("", translate("Question", "Sign out")))
    return Question(heading, tuple(tiles), trouble=_trouble(state, ""))


def _caption(person: Person, twice: set[str]) -> str:
    return f"{person.full_name} ({person.name})" if person.full_name in twice else person.full_name or person.name


def proof_question(state: ScreenState, proving: Proving) -> Question:
    """A key pad for a PIN, a field for a password; both hidden. Only the badge where nothing else is set."""
    translate = QCoreApplication.translate
    person = next((p for p in state.people if p.name == proving.name), None)
    who = person.full_name if person is not None else proving.name
    trouble = _trouble(state, proving.name)
    if proving.proof is None:
        heading = translate("Question", "{name}: scan your badge").format(name=who)
        return Question(heading, (Choice(BACK, translate("Question", "Other name")),), trouble=trouble)
    tiles = []
    if proving.proof is SecretKind.PIN:
        tiles = [Choice(digit, digit) for digit in _DIGITS] + [Choice(ERASE, "←")]
    if person is not None and (other := other_proof(person, proving.proof)) is not None:
        tiles.append(Choice(OTHER_PROOF, secret_name(other)))
    tiles.append(Choice(TAKE, translate("Question", "Sign in")))
    is_pin = proving.proof is SecretKind.PIN
    heading = translate("Question", "PIN of {name}") if is_pin else translate("Question", "Password of {name}")
    field = (
        translate("Question", "Enter the PIN") if is_pin else translate("Question", "Type the password, press Enter")
    )
    return Question(
        heading=heading.format(name=who),
        choices=tuple(tiles),
        field=field,
        longest=LONGEST_SECRET,
        is_keypad=True,
        is_secret=True,
        trouble=trouble,
    )


def _trouble(state: ScreenState, name: str) -> str:
    """What was wrong with the last try under this name, or with the last badge."""
    last = state.sign_in_refused
    if last is None or last.refused.name not in (name, ""):
        return ""
    said = sentence(last.refused.what)
    seconds = last.locked_s(state.clock_ms)
    if seconds:
        again = QCoreApplication.translate("Question", "Again in {seconds} s").format(seconds=seconds)
    else:
        again = sentence(last.refused.remedy)
    if not again:
        return said
    return QCoreApplication.translate("Question", "{what}. {again}").format(what=said, again=again)
