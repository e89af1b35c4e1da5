"""What decides parts now through the channel, with the way back always at hand. GUI thread."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.model_messages import ModelStage, ModelState
from station_app.gui.charts.words import local_time
from station_app.gui.look import Look
from station_app.gui.models.deeds import ModelDeed, why_not_deed
from station_app.gui.models.model_words import model_name, share_words
from station_app.gui.models.models_state import ModelsState
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_BUTTON_MM, _GAP_MM = 30.0, 1.5


class TrialBar(QWidget):
    """`asked` is the press on the way back. Empty where no package of the channel decides anything."""

    asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.words, self.button = WhyPane(look, self, 2.8), TouchButton(look, guard, self)
        self.button.set_letters(2.8)
        self.button.tapped.connect(self.asked)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.words.set_look(look)
        self.button.set_look(look)
        self._place()

    def show_state(self, state: ModelsState) -> None:
        model = state.deciding
        self.words.say(self._said(model) if model is not None else "")
        self.button.set_caption(self.tr("Roll back"))
        self.button.setVisible(model is not None)
        self.button.setEnabled(state.is_connected)
        self.button.set_barred(is_barred=bool(why_not_deed(ModelDeed.ROLL_BACK, state.session)))

    def _said(self, model: ModelState) -> str:
        time = local_time(model.since_ms / 1000)
        if model.stage is ModelStage.CANARY:
            words = self.tr("{model} decides {share} of the parts of {recipe} on trial since {time}")
            return words.format(model=model_name(model), share=share_words(model.share), recipe=model.recipe, time=time)
        words = self.tr("{model} decides all parts of {recipe} since {time}")
        return words.format(model=model_name(model), recipe=model.recipe, time=time)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        button, gap = px(_BUTTON_MM), px(_GAP_MM)
        self.button.setGeometry(self.width() - button, 0, button, self.height())
        self.words.setGeometry(0, 0, max(1, self.width() - button - gap), self.height())
