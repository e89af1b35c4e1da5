"""The wizard that teaches a flat field: one step, one sentence, and a way out at any time. GUI thread."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.messages import EngineState
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.sentences import sentence
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.gui.web.engine_words import refusal_sentence
from station_app.gui.web.flat_steps import FlatTeaching, Stage, may_teach

_BUTTON_MM, _HEAD_MM = 20.0, 8.0


class FlatWizard(Pane):
    """`advanced` comes from the button that leads on, `cancelled` from the one that leads out. It decides nothing."""

    advanced = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._teaching, self._engine, self._has_camera = FlatTeaching(), EngineState.OFFLINE, False
        self.on, self.out = TouchButton(look, guard, self), TouchButton(look, guard, self)
        for button, signal in ((self.on, self.advanced), (self.out, self.cancelled)):
            button.set_letters(3.6)
            button.tapped.connect(signal)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        for button in (self.on, self.out):
            button.set_look(look)
        super().set_look(look)
        self._place()

    def show_teaching(self, teaching: FlatTeaching, engine: EngineState, *, has_camera: bool) -> None:
        """Where the teaching stands; `has_camera` is whether there is a line-scan camera to teach."""
        self._teaching, self._engine, self._has_camera = teaching, engine, has_camera
        on, out = self._captions()
        self.on.set_caption(on)
        self.out.set_caption(out)
        self.on.setEnabled(self._may_go_on())
        self.out.setVisible(teaching.is_open)
        said = (self.heading(), *self.sentences())
        self.setAccessibleName(". ".join(said))
        self._is_news((said, on, self._is_warning()))

    def retranslate(self) -> None:
        self.show_teaching(self._teaching, self._engine, has_camera=self._has_camera)

    def heading(self) -> str:
        """Which step this is."""
        return {
            Stage.START: self.tr("Flat field"),
            Stage.DARK: self.tr("Step 1 of 3: dark"),
            Stage.WHITE: self.tr("Step 2 of 3: white"),
            Stage.RESULT: self.tr("Step 3 of 3: result"),
            Stage.SAVED: self.tr("Flat field saved"),
        }[self._teaching.stage]

    def sentences(self) -> tuple[str, ...]:
        """What is to be done now, or why it cannot be done."""
        teaching = self._teaching
        if not self._has_camera:
            return (self.tr("There is no line-scan camera to teach"),)
        if not may_teach(self._engine):
            return (self._why_not(),)
        if teaching.waiting is not None:
            return (self.tr("Taking lines: keep everything as it is"),)
        what, remedy = teaching.refusal
        if what:
            return tuple(filter(None, (sentence(what), sentence(remedy) if remedy else "", self._to_do())))
        if teaching.refusals:
            return tuple(refusal_sentence(said) for said in teaching.refusals)
        return (self._to_do(),)

    def _why_not(self) -> str:
        if self._engine is EngineState.RUNNING:
            return self.tr("The line is running: pause it first")
        return self.tr("The station does not answer")

    def _to_do(self) -> str:
        match self._teaching.stage:
            case Stage.START:
                return self.tr("Every column is made to answer alike, from dark lines and from white ones")
            case Stage.DARK:
                return self.tr("Put the cap on the lens, then take the dark lines")
            case Stage.WHITE:
                return self.tr("Take the cap off and move a white target, or put it out of focus: then take its lines")
            case Stage.RESULT:
                return self.tr("The profile beside this shows the white target before and after: save it or discard it")
            case Stage.SAVED:
                return self.tr("The flat field is used from now on")

    def _captions(self) -> tuple[str, str]:
        teaching = self._teaching
        on = {
            Stage.START: self.tr("Teach flat field"),
            Stage.DARK: self.tr("Take dark lines"),
            Stage.WHITE: self.tr("Take white lines"),
            Stage.RESULT: self.tr("Save") if teaching.can_save else self.tr("Begin again"),
            Stage.SAVED: self.tr("Teach again"),
        }[teaching.stage]
        is_result = teaching.stage is Stage.RESULT
        return on, self.tr("Discard") if is_result and teaching.can_save else self.tr("Cancel")

    def _may_go_on(self) -> bool:
        return self._has_camera and may_teach(self._engine) and self._teaching.waiting is None

    def _is_warning(self) -> bool:
        teaching = self._teaching
        is_refused = bool(teaching.refusals or teaching.refusal[0]) and teaching.waiting is None
        return is_refused or not may_teach(self._engine)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        gap, height = px(2), px(_BUTTON_MM)
        width = (self.width() - 3 * gap) // 2
        top = self.height() - height - gap
        self.out.setGeometry(gap, top, width, height)
        self.on.setGeometry(2 * gap + width, top, width, height)

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        head = QRect(0, 0, self.width(), px(_HEAD_MM))
        colours = theme.action if self._teaching.is_open else None
        painter.fillRect(head, QColor(colours.fill if colours else theme.line))
        room = head.adjusted(px(2), 0, -px(2), 0)
        bold = self._look.style(4, 2.0, is_bold=True)
        self._write(painter, room, self.heading(), bold, colours.ink if colours else theme.ink)
        body = QRect(0, head.bottom() + 1, self.width(), self.on.y() - head.bottom() - px(1))
        if self._is_warning():
            painter.fillRect(body, QColor(theme.no_result.fill))
        self._paint_sentences(painter, body, theme.no_result.ink if self._is_warning() else theme.ink)

    def _paint_sentences(self, painter: QPainter, body: QRect, ink: str) -> None:
        px, said = self._look.mm.px, self.sentences()
        height = body.height() // max(1, len(said))
        for number, words in enumerate(said):
            room = QRect(px(2), body.y() + number * height + px(0.5), body.width() - px(4), height - px(1))
            self._write(painter, room, words, self._look.style(4, 1.7, is_wrapped=True), ink)
