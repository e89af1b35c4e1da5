"""Where the answer is given: good, bad or unsure, class, severity, comment, and one button that goes on. GUI thread.

Nothing is chosen beforehand and nothing has the focus, so that neither a scan nor a resting hand answers.
"""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.core.review import Answer, Severity
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.review import answering
from station_app.gui.review.class_tiles import ClassTiles
from station_app.gui.review.keys import ReviewDeed, deed_caption, key_name
from station_app.gui.review.review_state import ReviewState, Step, to_undo
from station_app.gui.review.review_texts import advice, answer_name, severity_name
from station_app.gui.review.small_button import SmallButton
from station_app.gui.touch_button import TapGuard, TouchButton

_ANSWER_DEEDS = {Answer.GOOD: ReviewDeed.GOOD, Answer.BAD: ReviewDeed.BAD, Answer.UNSURE: ReviewDeed.UNSURE}
_MAIN = {
    Step.ANSWERING: ReviewDeed.RECORD,
    Step.SENDING: ReviewDeed.RECORD,
    Step.RECORDED: ReviewDeed.REVEAL,
    Step.REVEALED: ReviewDeed.NEXT,
}
_ANSWER_MM, _TILES_MM, _ROW_MM, _MAIN_MM, _GAP_MM = 14.0, 31.0, 9.5, 13.0, 1.5
LONGEST_COMMENT = 500


class CommentField(QLineEdit):
    """Enter and Escape give the keys back to the screen, and do nothing else: `left` says so."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class AnswerPane(Pane):
    """`asked` carries a deed, `labelled` a label, `graded` a severity, `commented` the comment so far."""

    asked = Signal(object)
    labelled = Signal(str)
    graded = Signal(object)
    commented = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ReviewState()
        self._labels: tuple[str, ...] = ()
        self.answers = {answer: TouchButton(look, guard, self) for answer in Answer}
        self.severities = {severity: SmallButton(look, guard, self) for severity in Severity}
        self.tiles = ClassTiles(look, guard, self)
        self.tiles.chosen.connect(self.labelled)
        self.comment = CommentField(self)
        self.comment.setMaxLength(LONGEST_COMMENT)
        self.comment.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.comment.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.comment.textEdited.connect(self.commented)
        self.main = TouchButton(look, guard, self)
        self.skip, self.undo = SmallButton(look, guard, self), SmallButton(look, guard, self)
        self._wire()
        self.retranslate()

    def _wire(self) -> None:
        for answer, button in self.answers.items():
            button.setObjectName(_ANSWER_DEEDS[answer])
            button.set_letters(3.6)
            button.tapped.connect(self._on_tapped)
        for severity, button in self.severities.items():
            button.setObjectName(severity)
            button.tapped.connect(self._on_graded)
        for button, deed in ((self.skip, ReviewDeed.SKIP), (self.undo, ReviewDeed.UNDO)):
            button.setObjectName(deed)
            button.tapped.connect(self._on_tapped)
        self.main.set_letters(3.4)
        self.main.tapped.connect(self._on_tapped)

    def _buttons(self) -> tuple[TouchButton, ...]:
        return (*self.answers.values(), *self.severities.values(), self.main, self.skip, self.undo)

    def set_look(self, look: Look) -> None:
        for button in self._buttons():
            button.set_look(look)
        self.tiles.set_look(look)
        theme = look.theme
        colours = f"background: {theme.face}; color: {theme.ink}; border: 1px solid {theme.line}"
        self.comment.setStyleSheet(f"QLineEdit {{ {colours}; padding: 0 {look.mm.px(2)}px; }}")
        super().set_look(look)
        self._place()

    def retranslate(self) -> None:
        for answer, button in self.answers.items():
            button.set_caption(answer_name(answer), key_name(_ANSWER_DEEDS[answer]))
        for severity, button in self.severities.items():
            button.set_caption(severity_name(severity))
        self.skip.set_caption(deed_caption(ReviewDeed.SKIP), key_name(ReviewDeed.SKIP))
        self.undo.set_caption(self.tr("Take back"), key_name(ReviewDeed.UNDO))
        self.comment.setPlaceholderText(f"{deed_caption(ReviewDeed.COMMENT)} ({key_name(ReviewDeed.COMMENT)})")
        self.comment.setAccessibleName(deed_caption(ReviewDeed.COMMENT))
        self.tiles.retranslate()
        self.show_state(self._state, self._labels)

    def show_state(self, state: ReviewState, labels: tuple[str, ...]) -> None:
        """`labels` are those of the recipe."""
        self._state, self._labels = state, labels
        is_open = answering.is_open(state)
        for answer, button in self.answers.items():
            button.setEnabled(is_open and not (answer is Answer.UNSURE and state.is_adjudication))
            button.set_on(is_on=answer is state.draft.answer)
        has_defect = is_open and state.draft.answer in (Answer.BAD, Answer.UNSURE)
        for severity, button in self.severities.items():
            button.setEnabled(has_defect)
            button.set_on(is_on=severity is state.draft.severity)
        self.tiles.show_labels(labels, state.draft.label, is_enabled=is_open)
        self.comment.setEnabled(is_open)
        if self.comment.text() != state.draft.comment:
            self.comment.setText(state.draft.comment)
        self._show_main(state, is_open=is_open)
        self.setAccessibleName(advice(state))
        self._is_news((advice(state), self._is_refused()))

    def _show_main(self, state: ReviewState, *, is_open: bool) -> None:
        deed = _MAIN[state.step]
        self.main.setObjectName(deed)
        self.main.set_caption(deed_caption(deed), key_name(deed))
        self.main.setEnabled(answering.may_record(state) or state.step in (Step.RECORDED, Step.REVEALED))
        self.skip.setEnabled(is_open)
        self.undo.setEnabled(to_undo(state) is not None)

    @Slot()
    def _on_tapped(self) -> None:
        self.asked.emit(ReviewDeed(self.sender().objectName()))

    @Slot()
    def _on_graded(self) -> None:
        self.graded.emit(Severity(self.sender().objectName()))

    def _is_refused(self) -> bool:
        return self._state.refusal is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap, width = self._look.mm.px, self._look.mm.px(_GAP_MM), self.width()
        y = _row(list(self.answers.values()), 0, width, px(_ANSWER_MM), gap)
        self.tiles.setGeometry(0, y, width, px(_TILES_MM))
        y = _row(list(self.severities.values()), y + px(_TILES_MM) + gap, width, px(_ROW_MM), gap)
        self.comment.setGeometry(0, y, width, px(_ROW_MM))
        y += px(_ROW_MM) + gap
        side = round(width * 0.27)
        main = width - 2 * (side + gap)
        for button, x, extent in ((self.main, 0, main), (self.skip, main + gap, side), (self.undo, width - side, side)):
            button.setGeometry(x, y, extent, px(_MAIN_MM))
        self._advice = QRect(0, y + px(_MAIN_MM) + gap, width, max(1, self.height() - y - px(_MAIN_MM) - gap))

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        paint = theme.no_result if self._is_refused() else None
        painter.fillRect(self._advice, QColor(paint.fill if paint else theme.background))
        room = self._advice.adjusted(px(1), 0, -px(1), 0)
        said = ("! " if paint else "") + advice(self._state)
        self._write(painter, room, said, self._look.style(3.0, 1.3, is_wrapped=True), paint.ink if paint else theme.ink)


def _row(buttons: list[TouchButton], y: int, width: int, height: int, gap: int) -> int:
    """Buttons of one width side by side; where the next row begins."""
    each = (width - gap * (len(buttons) - 1)) // len(buttons)
    for number, button in enumerate(buttons):
        button.setGeometry(number * (each + gap), y, each, height)
    return y + height + gap
