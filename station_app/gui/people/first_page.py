"""Of a station without accounts: the page that sets up its administrator. It decides nothing. GUI thread."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.pane import Pane
from station_app.gui.people.form_pane import FormPane
from station_app.gui.people.forms import Form
from station_app.gui.people.people_state import PeopleState
from station_app.gui.touch_button import TapGuard

_WIDTH_MM, _WORDS_MM = 170.0, 34.0


class FirstWords(Pane):
    """What the first account is for."""

    def sentences(self) -> tuple[str, ...]:
        return (
            self.tr("This station has no accounts yet: whoever gives a name may work at the line, and nothing more."),
            self.tr("The administrator makes the other accounts. There is no password to begin with: choose one now."),
            self.tr("Nobody can read it or set it anew for you: keep it where only the plant's own people find it."),
        )

    def retranslate(self) -> None:
        self.setAccessibleName(" ".join(self.sentences()))
        super().retranslate()

    def _paint(self, painter: QPainter) -> None:
        height = self.height() // len(self.sentences())
        for number, words in enumerate(self.sentences()):
            room = QRect(0, number * height, self.width(), height)
            self._write(painter, room, words, self._look.style(3.2, 2.0, is_wrapped=True))


class FirstPage(Page):
    """`sent` carries the values of the form."""

    sent = Signal(object, bool)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.words, self.form = FirstWords(look, self), FormPane(look, guard, self)
        self.form.open_form(Form.FIRST, {})
        self.form.set_cancel_shown(is_shown=False)
        self.form.sent.connect(self.sent)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.words.set_look(look)
        self.form.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.words.retranslate()
        self.form.retranslate()

    def show_state(self, state: PeopleState) -> None:
        self.form.show_progress(state.said, is_pending=bool(state.pending))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        width = min(px(_WIDTH_MM), self.width())
        x = (self.width() - width) // 2
        self.words.setGeometry(x, 0, width, px(_WORDS_MM))
        self.form.setGeometry(x, px(_WORDS_MM), width, max(1, self.height() - px(_WORDS_MM)))
