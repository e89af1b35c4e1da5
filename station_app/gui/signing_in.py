"""What the answers to "who are you" lead to, where the station has accounts.

A secret goes straight to the engine and is kept nowhere. GUI thread.
"""

from station_app.core.people import Person, SecretKind
from station_app.core.people_messages import SignInWith
from station_app.gui.account_questions import BACK, ERASE, MORE, OTHER_PROOF, TAKE
from station_app.gui.answering import Answering
from station_app.gui.orders import Orders
from station_app.gui.proving import Proving, first_proof, other_proof
from station_app.gui.question import QuestionPane
from station_app.gui.screen_state import ScreenState


class SigningIn:
    """`is_waiting` while the engine has not said yet whether it lets somebody in."""

    def __init__(self, pane: QuestionPane, orders: Orders, answering: Answering) -> None:
        self._pane, self._orders, self._answering = pane, orders, answering
        self.is_waiting = False

    def choose(self, name: str, state: ScreenState) -> None:
        """A tile of the question who it is; one without a name shows more of them."""
        if name == MORE:
            self._answering.turn_page()
            return
        person = _person(state, name)
        if person is not None:
            self._answering.prove(Proving(name, first_proof(person)))

    def press(self, tile: str, state: ScreenState) -> None:
        """A tile of the question for the proof."""
        proving = self._answering.sign_in_step.proving
        if tile == BACK or proving is None:
            self._answering.prove(None)
        elif tile == ERASE:
            self._pane.erase_last()
        elif tile == TAKE:
            self._pane.enter()
        elif tile == OTHER_PROOF:
            person = _person(state, proving.name)
            other = other_proof(person, proving.proof) if person is not None else None
            self._answering.prove(Proving(proving.name, other))
        else:
            self._pane.type_in(tile)

    def prove(self, secret: str) -> None:
        """What was entered into the hidden field."""
        proving = self._answering.sign_in_step.proving
        if proving is not None and proving.proof is not None:
            self._send(SignInWith(proving.name, proving.proof, secret))

    def take_badge(self, text: str) -> None:
        """A badge that was scanned, whatever is asked: its text names its owner."""
        self._send(SignInWith("", SecretKind.BADGE, text))

    def _send(self, command: SignInWith) -> None:
        self.is_waiting = self._orders.send(command)


def _person(state: ScreenState, name: str) -> Person | None:
    return next((person for person in state.people if person.name == name), None)
