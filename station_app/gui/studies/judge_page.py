"""One part after the other is judged, blind: its image under a code, two answers, and no way back. GUI thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.study import NextShowing
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.camera_grid import CameraGrid
from station_app.gui.frames import StoredFrame
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.sentences import sentence
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.studies.studies_state import StudiesState
from station_app.gui.touch_button import TapGuard, TouchButton

_HEAD_MM, _SIDE_MM, _ANSWER_MM, _MODEL_MM, _NOTE_MM, _LEAVE_MM, _GAP_MM = 12.0, 58.0, 34.0, 24.0, 22.0, 13.0, 2.0


class JudgePage(Page):
    """`answered` carries whether the part was called bad, and for how many milliseconds it was looked at; `left` goes
    back to the list: what is answered is kept, and the study goes on from there."""

    answered = Signal(bool, int)
    left = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = StudiesState()
        self._shown: NextShowing | None = None
        self._viewed = QElapsedTimer()
        self.images = CameraGrid(look, guard, self)
        self.head, self.model, self.note = (WhyPane(look, self, cap_mm) for cap_mm in (4.2, 4.2, 3.0))
        self.good, self.bad, self.leave = (TouchButton(look, guard, self) for _ in range(3))
        self.good.tapped.connect(self._on_good)
        self.bad.tapped.connect(self._on_bad)
        self.leave.tapped.connect(self.left)
        self.good.set_letters(6.0)
        self.bad.set_letters(6.0)
        self.leave.set_letters(3.2)
        self.retranslate()

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        """The first two answers of the line are the two answers here; the image may be enlarged as anywhere."""
        zooming = self.images.deeds()
        answers = {
            Deed.AGREE: partial(self._answer, is_bad=False),
            Deed.FALSE_REJECT: partial(self._answer, is_bad=True),
        }
        return {**zooming, **answers, Deed.CANCEL: self.left.emit}

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.images.set_look(look)
        for piece in (self.head, self.model, self.note, self.good, self.bad, self.leave):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.good.set_caption(self.tr("Good"), BY_DEED[Deed.AGREE].key_name)
        self.bad.set_caption(self.tr("Bad"), BY_DEED[Deed.FALSE_REJECT].key_name)
        self.leave.set_caption(self.tr("Go on later"))
        self.images.retranslate()
        self.show_state(self._state)

    def stop(self) -> None:
        self.images.stop()

    def show_state(self, state: StudiesState) -> None:
        """What is known of the showing, in words; the image comes by `show_frames`."""
        self._state = state
        shown, study = state.showing, state.study
        for button in (self.good, self.bad):
            button.setEnabled(shown is not None and not state.is_waiting)
        title = study.title if study is not None else ""
        if shown is None:
            self.head.say(title)
        else:
            text = self.tr("{title}: part {code} – {number} of {showings}")
            number = shown.answered + 1
            words = text.format(title=title, code=shown.code, number=number, showings=shown.showings)
            self.head.say(words)
        self._say_model(shown)
        refusal = state.refusal
        if refusal is not None:
            self.note.say(f"{sentence(refusal.what)} – {sentence(refusal.remedy)}", is_warning=True)
        else:
            self.note.say(self.tr("An answer cannot be taken back. You may stop at any time and go on later."))

    def _say_model(self, shown: NextShowing | None) -> None:
        if shown is None or shown.model_says_bad is None:
            self.model.say("")
        else:
            self.model.say(self.tr("The model says: bad") if shown.model_says_bad else self.tr("The model says: good"))

    def show_frames(self, shown: NextShowing | None, frames: tuple[StoredFrame, ...]) -> None:
        """The image of this showing: from now on it is looked at. The grid is told no number of the part."""
        if shown == self._shown and self._viewed.isValid():
            return
        self._shown = shown
        self.images.set_findings(())
        self.images.set_cameras([frame.camera_id for frame in frames])
        missing = self.tr("The image of this part is not stored any more: go on later and tell who runs the study")
        self.images.set_empty_text(missing if shown is not None else "")
        self.images.show_frames(shown.showing if shown is not None else 0, frames)
        self.images.deeds()[Deed.ZOOM_FIT]()
        self._viewed.start()

    @Slot()
    def _on_good(self) -> None:
        self._answer(is_bad=False)

    @Slot()
    def _on_bad(self) -> None:
        self._answer(is_bad=True)

    def _answer(self, *, is_bad: bool) -> None:
        """Nobody can judge what is not seen."""
        if self.good.isEnabled() and self.images.frames:
            self.answered.emit(is_bad, max(0, self._viewed.elapsed()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        gap, head, side, answer = px(_GAP_MM), px(_HEAD_MM), px(_SIDE_MM), px(_ANSWER_MM)
        x, y = self.width() - side, self.height()
        self.head.setGeometry(0, 0, x - gap, head)
        self.images.setGeometry(QRect(0, head + gap, x - gap, max(1, y - head - gap)))
        self.leave.setGeometry(x, 0, side, px(_LEAVE_MM))
        self.note.setGeometry(x, px(_LEAVE_MM) + gap, side, px(_NOTE_MM))
        for piece, height in ((self.bad, answer), (self.good, answer), (self.model, px(_MODEL_MM))):
            y -= height
            piece.setGeometry(x, y, side, height)
            y -= gap
