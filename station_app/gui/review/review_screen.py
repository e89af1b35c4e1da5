"""The review screen: its pieces, where they stand, and its keys. It decides nothing. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.millimetres import Spot
from station_app.gui.page import Page
from station_app.gui.palette import palette_of
from station_app.gui.pane import Pane
from station_app.gui.review import answering
from station_app.gui.review.answer_pane import AnswerPane
from station_app.gui.review.key_sheet import KeySheet
from station_app.gui.review.key_taps import KeyTaps
from station_app.gui.review.keys import BY_KEY, REPEATING, ReviewDeed
from station_app.gui.review.known_pane import KnownPane
from station_app.gui.review.near_strip import NearStrip
from station_app.gui.review.part_header import PartHeader
from station_app.gui.review.places import place_review
from station_app.gui.review.queue_list import QueueList
from station_app.gui.review.review_state import Bar, ReviewState
from station_app.gui.review.review_texts import empty_text
from station_app.gui.review.session_pane import SessionPane
from station_app.gui.review.sketch_canvas import SketchCanvas
from station_app.gui.review.split_bar import SplitBar
from station_app.gui.review.tool_bar import ToolBar
from station_app.gui.scaling import Scaler
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.quality.estimate import CannotSay, Estimate

_DIGITS = "123456789"


class ReviewScreen(Page):
    """`asked` carries a deed, `numbered` the number of a class, both by key; `opened` and `left` say that the screen
    was; `sign_in_asked` comes from the button that stands where the image would."""

    asked = Signal(object)
    numbered = Signal(int)
    opened = Signal()
    left = Signal()
    sign_in_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None, *, is_live: bool = True) -> None:
        super().__init__(look, parent)
        self._scaler = Scaler() if is_live else None
        self._state = ReviewState()
        self.is_asking_elsewhere = self._is_without = False
        self.queues, self.session = QueueList(look, guard, self), SessionPane(look, self)
        self.header = PartHeader(look, guard, self)
        self.canvas = SketchCanvas(look.theme, look.mm, self._scaler)
        self.canvas.setParent(self)
        self.tools = ToolBar(look, guard, self)
        self.near, self.split = NearStrip(look, guard, self), SplitBar(look, self)
        self.answer, self.known = AnswerPane(look, guard, self), KnownPane(look, self)
        self.sign_in, self.keys = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.sign_in.tapped.connect(self.sign_in_asked)
        self.keys.set_letters(3)
        self.keys.tapped.connect(self.toggle_keys)
        self.sheet = KeySheet(look, self)
        self.sheet.closed.connect(self.toggle_keys)
        self.answer.comment.left.connect(self.take_keys)
        self.taps = KeyTaps(self)
        self.taps.tapped.connect(self._on_key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    def stop(self) -> None:
        if self._scaler is not None:
            self._scaler.stop()

    def set_open(self, *, is_open: bool) -> None:
        (self.opened if is_open else self.left).emit()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        self.canvas.set_look(look.theme, look.mm)
        for pane in self._pieces():
            pane.set_look(look)
        for piece in (self.tools, self.queues, self.sign_in, self.keys):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.sign_in.set_caption(self.tr("Sign in"))
        self.keys.set_caption(self.tr("Keys"), "?")
        for pane in self._pieces():
            pane.retranslate()
        self.tools.retranslate()
        self.queues.retranslate()
        self.canvas.set_empty_text(empty_text(self._state, is_without=self._is_without))

    def set_without_image(self, *, is_without: bool) -> None:
        """The part on the screen has no image on disk."""
        self._is_without = is_without
        self.canvas.set_empty_text(empty_text(self._state, is_without=is_without))

    def show_state(
        self,
        state: ReviewState,
        labels: tuple[str, ...],
        agreement: Estimate | CannotSay | None = None,
        now_ms: int = 0,
    ) -> None:
        """Bring every piece up to what is known. While the state hides what was said, it does not hold it either."""
        self._state = state
        self.queues.show_state(state, now_ms)
        self.session.show_state(state, agreement)
        self.header.show_state(state)
        self.answer.show_state(state, labels)
        self.known.show_state(state)
        drawing = state.draft.drawing
        self.tools.show_steps(
            can_draw=answering.is_open(state),
            can_undo=bool(drawing.past),
            can_redo=bool(drawing.future),
            has_chosen=drawing.chosen is not None,
        )
        self.canvas.set_findings(state.facts.findings if state.facts is not None else ())
        self.canvas.set_empty_text(empty_text(state, is_without=self._is_without))
        self.sign_in.setVisible(state.bar in (Bar.SIGN_IN, Bar.ROLE, Bar.ADJUDICATOR))

    @Slot()
    def toggle_keys(self) -> None:
        self.sheet.setVisible(not self.sheet.isVisible())
        self.sheet.raise_()

    @Slot()
    def take_keys(self) -> None:
        """The keys are this screen's again."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What this screen does not know, or what answers a question of the window, goes on to the window."""
        deed = BY_KEY.get(Qt.Key(event.key()))
        if self.is_asking_elsewhere or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.isAutoRepeat() and deed not in REPEATING:
            event.accept()  # a key that rests under a hand answers once
        elif deed is not None:
            self.taps.press(deed)
        elif event.text() and event.text() in _DIGITS:
            self.taps.press(int(event.text()))
        else:
            event.ignore()

    @Slot(object)
    def _on_key(self, meant: ReviewDeed | int) -> None:
        if not isinstance(meant, ReviewDeed):
            self.numbered.emit(meant)
        elif meant is ReviewDeed.KEYS or (meant is ReviewDeed.LEAVE and self.sheet.isVisible()):
            self.toggle_keys()
        else:
            self.asked.emit(meant)

    def _pieces(self) -> tuple[Pane, ...]:
        return (self.session, self.header, self.near, self.split, self.answer, self.known, self.sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        mm = self._look.mm
        places = place_review(self.width(), self.height(), mm)
        spots = {
            self.queues: places.queues,
            self.session: places.session,
            self.header: places.header,
            self.canvas: places.canvas,
            self.tools: places.tools,
            self.near: places.near,
            self.split: places.split,
            self.answer: places.answer,
            self.known: places.known,
            self.keys: places.keys,
        }
        for piece, spot in spots.items():
            piece.setGeometry(_rect(spot))
        canvas = _rect(places.canvas)
        width, height = mm.px(50), mm.px(16)
        self.sign_in.setGeometry(canvas.center().x() - width // 2, canvas.bottom() - round(1.4 * height), width, height)
        edge = mm.px(8)
        self.sheet.setGeometry(self.rect().adjusted(edge, edge, -edge, -edge))


def _rect(spot: Spot) -> QRect:
    return QRect(spot.x, spot.y, spot.width, spot.height)
