"""The typed serial number: a keypad for gloves beside the field, open until the engine has taken what was typed.

GUI thread.
"""

import string

from PySide6.QtCore import QCoreApplication

from station_app.core.messages import Event
from station_app.core.safe_pattern import LONGEST_TEXT
from station_app.core.serial import CodeInput, SerialSource
from station_app.core.serial_messages import SerialWaiting
from station_app.gui.orders import Orders
from station_app.gui.question import Choice, Question, QuestionPane
from station_app.gui.screen_state import ScreenState

ERASE, TAKE, FORGET = "erase", "take", "forget"
_DIGITS = "1234567890"


def has_numbers(state: ScreenState) -> bool:
    """Whether the recipe has numbers that can be typed."""
    return state.serial.source is SerialSource.SCANNER


def is_offered(state: ScreenState) -> bool:
    """Whether the next part's number can be typed now."""
    return state.is_connected and has_numbers(state)


def serial_question(state: ScreenState) -> Question:
    """The keypad. The field begins with what the last number had before its running digits."""
    translate = QCoreApplication.translate
    choices = [Choice(digit, digit) for digit in _DIGITS]
    choices += [Choice(ERASE, "←"), Choice(FORGET, translate("Question", "None"))]
    choices.append(Choice(TAKE, translate("Question", "Take")))
    return Question(
        heading=translate("Question", "Serial number of the next part"),
        choices=tuple(choices),
        field=translate("Question", "Scan, or type the number and press Enter"),
        beginning=_last_serial(state).rstrip(string.digits),
        longest=LONGEST_TEXT,
        is_keypad=True,
    )


def _last_serial(state: ScreenState) -> str:
    seen = (part.inspected.serial for part in reversed(state.strip))
    return state.waiting_serial or next(filter(None, seen), "")


class SerialEntry:
    """What the tiles and the field of that question do."""

    def __init__(self, pane: QuestionPane, orders: Orders) -> None:
        self._pane, self._orders = pane, orders

    def press(self, tile: str) -> bool:
        """A tile of the keypad; True where it ends the question."""
        if tile == FORGET:
            return self._orders.set_serial("", CodeInput.TYPED)
        if tile == ERASE:
            self._pane.erase_last()
        elif tile == TAKE:
            self._pane.enter()
        else:
            self._pane.type_in(tile)
        return False

    def enter(self, text: str) -> None:
        """Enter in the field. A refusal leaves the question open, with what was typed."""
        self._orders.set_serial(text, CodeInput.TYPED)

    def is_ended_by(self, news: Event) -> bool:
        """Whether a number waits now, however it came."""
        return isinstance(news, SerialWaiting) and bool(news.serial)
