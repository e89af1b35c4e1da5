"""Leads the answers to what is asked to where they belong: to the line, to the answer being given, to signing in.

GUI thread.
"""

from PySide6.QtCore import QObject, Signal, Slot

from station_app.core.messages import Event
from station_app.core.people_messages import SessionChanged, SignInRefused
from station_app.gui.answering import Answering
from station_app.gui.bridge import Lost
from station_app.gui.line_questions import LINE_QUESTIONS, LineQuestions
from station_app.gui.orders import Orders
from station_app.gui.question import QuestionPane
from station_app.gui.questions import Asking
from station_app.gui.screen_state import ScreenState
from station_app.gui.signing_in import SigningIn


class Asked(QObject):
    """`filled_in` says that the answer about a part has one step less to go, `changed` that another question or none
    is open, `signed_out` that nobody is there any more."""

    filled_in = Signal()
    changed = Signal()
    signed_out = Signal()

    def __init__(self, pane: QuestionPane, orders: Orders, answering: Answering, parent: QObject) -> None:
        super().__init__(parent)
        self._orders, self._answering = orders, answering
        self._lines, self._signing = LineQuestions(pane, orders), SigningIn(pane, orders, answering)
        self._state = ScreenState()

    def know(self, state: ScreenState) -> None:
        """What the answers are given to."""
        self._state = state

    @Slot(str)
    def choose(self, value: str) -> None:
        """A tile of the question, or what was typed into its field."""
        asking = self._answering.asking
        if asking is Asking.PROOF:
            self._signing.press(value, self._state)
            self.changed.emit()
        elif asking is Asking.SIGN_IN:
            self._choose_who(value)
        elif asking in LINE_QUESTIONS:
            self._end_if(self._lines.choose(asking, value, self._state.operator))
        elif asking is not None:
            self._answering.fill_in(value)
            self.filled_in.emit()

    @Slot(str)
    def enter(self, text: str) -> None:
        """What was typed into the question's field."""
        asking = self._answering.asking
        if asking is Asking.PROOF:
            self._signing.prove(text)
        elif asking in LINE_QUESTIONS:
            self._end_if(self._lines.enter(asking, text, self._state.operator))
        else:
            self.choose(text)

    def sign_in(self, operator: str) -> None:
        """A name, where the station has no accounts; an empty one signs out in any case."""
        if not self._orders.sign_in(operator):
            return
        if operator:
            self._let_in(operator)
        else:
            self.signed_out.emit()

    def take_badge(self, text: str) -> None:
        """A scanned badge."""
        if self._state.session.has_people:
            self._signing.take_badge(text)
        else:
            self.sign_in(text)

    def take_serial(self, text: str) -> bool:
        """A scan that is no badge by its form is one while somebody signs in to an account; whether it was."""
        is_badge = self._answering.is_signing_in and self._state.session.has_people
        if is_badge:
            self._signing.take_badge(text)
        return is_badge

    def hear(self, news: Event | Lost) -> None:
        """Whether what was heard answers the question that is open."""
        if isinstance(news, Lost | SignInRefused):
            self._signing.is_waiting = False
        elif isinstance(news, SessionChanged):
            self._hear_session(news)
        if self._lines.is_ended_by(self._answering.asking, news):
            self._answering.drop()

    def _hear_session(self, session: SessionChanged) -> None:
        draft, was_waiting = self._answering.draft, self._signing.is_waiting
        self._signing.is_waiting = False
        if session.has_people and session.name and (was_waiting or (draft is not None and not draft.operator)):
            self._let_in(session.name)

    def _let_in(self, operator: str) -> None:
        self._answering.sign_in(operator)
        if self._answering.draft is not None:
            self.filled_in.emit()
        self.changed.emit()

    def _choose_who(self, name: str) -> None:
        if self._state.session.has_people and name:
            self._signing.choose(name, self._state)
            self.changed.emit()
        else:
            self.sign_in(name)

    def _end_if(self, is_over: bool) -> None:
        if is_over:
            self._answering.drop()
            self.changed.emit()
