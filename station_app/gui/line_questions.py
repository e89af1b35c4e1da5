"""What the answers to questions about the line, and about no part, lead to: recipe, roll, the next part's number.

GUI thread.
"""

from station_app.core.messages import Event
from station_app.gui.bridge import Lost
from station_app.gui.orders import Orders
from station_app.gui.question import QuestionPane
from station_app.gui.questions import Asking
from station_app.gui.serial_entry import SerialEntry


class LineQuestions:
    """`choose` takes a tile, `enter` what was typed into the field; True where the question is over."""

    def __init__(self, pane: QuestionPane, orders: Orders) -> None:
        self._orders, self._serials = orders, SerialEntry(pane, orders)

    def choose(self, asking: Asking, value: str, operator: str) -> bool:
        match asking:
            case Asking.RECIPE:
                self._orders.select_recipe(value, operator)
            case Asking.ROLL:
                self._orders.start_roll(value, operator)
            case Asking.STOP_ROLL:
                self._orders.stop_roll(operator)
            case _:
                return self._serials.press(value)
        return True

    def enter(self, asking: Asking, text: str, operator: str) -> bool:
        """A serial number is over only once the engine has taken it."""
        if asking is Asking.SERIAL:
            self._serials.enter(text)
            return False
        return self.choose(asking, text, operator)

    def is_ended_by(self, asking: Asking | None, news: Event | Lost) -> bool:
        """Whether what was heard answers the question."""
        return asking is Asking.SERIAL and not isinstance(news, Lost) and self._serials.is_ended_by(news)


LINE_QUESTIONS = (Asking.RECIPE, Asking.ROLL, Asking.STOP_ROLL, Asking.SERIAL)
