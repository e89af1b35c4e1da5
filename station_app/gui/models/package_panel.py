"""The chosen package: its way, what the records and the gate say of it, and what can be done with it. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.model_messages import ModelStage, ModelState
from station_app.gui.look import Look, Looking
from station_app.gui.models import stage_line
from station_app.gui.models.deeds import ModelDeed, possible_deeds, why_not_deed
from station_app.gui.models.model_words import model_name, refusal_words, stage_meaning, stage_name
from station_app.gui.models.models_state import ModelsState
from station_app.gui.models.package_rows import package_rows, row_heads
from station_app.gui.models.stage_line import StageLine
from station_app.gui.models.way import way_of
from station_app.gui.page import Page
from station_app.gui.recipes import sign_pane
from station_app.gui.recipes.row_table import RowTable
from station_app.gui.recipes.sign_pane import SignPane
from station_app.gui.sentences import sentence
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_TITLE_MM, _NOTE_MM, _ROW_MM, _GAP_MM = 9.0, 15.0, 12.0, 1.5
_COLUMNS = (0.28, 0.38, 0.34)
_QUESTION_MM = sign_pane.HEIGHT_MM - 11.0
"""Without the row for name and password."""


class PackagePanel(Page):
    """`asked` carries a deed that needs no reason, `rolled_back` the reason of a roll-back."""

    asked = Signal(object)
    rolled_back = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ModelsState()
        self._barred = ""
        self.title, self.way, self.note = WhyPane(look, self, 3.4), StageLine(look, self), WhyPane(look, self, 2.8)
        self.table = RowTable(look, _COLUMNS, self)
        self.buttons = {deed: TouchButton(look, guard, self) for deed in ModelDeed}
        self.why = SignPane(look, guard, self)
        self.why.hide()
        self.why.signed.connect(self._on_reason)
        self.why.dropped.connect(self._on_dropped)
        for deed, button in self.buttons.items():
            button.setObjectName(deed)
            button.set_letters(2.8)
            button.tapped.connect(self._on_tapped)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        pieces: tuple[Looking, ...] = (self.title, self.way, self.note, self.table, self.why, *self.buttons.values())
        for piece in pieces:
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.why.retranslate()
        self.show_state(self._state)

    def show_state(self, state: ModelsState) -> None:
        if (state.chosen, state.session) != (self._state.chosen, self._state.session):
            self._barred = ""
        before, self._state = self._state, state
        model, possible = state.model, possible_deeds(state)
        if state.chosen != before.chosen or ModelDeed.ROLL_BACK not in possible:
            self.why.hide()
        self.title.say(self._title())
        self.way.show_way(way_of(model, state.package) if model is not None else ())
        self._say()
        self.table.show_rows(row_heads(), package_rows(state))
        for deed, button in self.buttons.items():
            button.set_caption(self._caption(deed))
            button.setEnabled(state.is_connected and deed in possible)
            button.set_barred(is_barred=bool(why_not_deed(deed, state.session)))
        self._place()

    def ask_to_roll_back(self) -> None:
        """One press has been made; a reason is left to give, or why it may not be."""
        model = self._state.model
        self._barred = why_not_deed(ModelDeed.ROLL_BACK, self._state.session)
        self._say()
        if self._barred or model is None:
            return
        words = self.tr("Take {model} out of service? {champion} decides from the next part on")
        before = self._state.name_of(model.replaces) or self.tr("The champion before it")
        question = words.format(model=model_name(model), champion=before)
        self.why.ask(question, self._caption(ModelDeed.ROLL_BACK), is_signature=False)
        self._place()

    def _title(self) -> str:
        model = self._state.model
        if model is None:
            return ""
        words = self.tr("{model} · {recipe} / {camera} · {stage}")
        return words.format(
            model=model_name(model), recipe=model.recipe, camera=model.camera, stage=stage_name(model.stage)
        )

    def _say(self) -> None:
        """Why something was not done first, then why the package is where it is, then what its stage means."""
        refusal, model = self._state.refusal, self._state.model
        if self._barred:
            self.note.say(sentence(self._barred), is_warning=True)
        elif refusal is not None:
            self.note.say(refusal_words(refusal), is_warning=True)
        elif model is not None and model.detail:
            is_trouble = model.stage in (ModelStage.REFUSED, ModelStage.ROLLED_BACK)
            said = self.tr("{stage}: {why}").format(stage=stage_name(model.stage), why=sentence(model.detail))
            self.note.say(said, is_warning=is_trouble)
        else:
            self.note.say(self._meaning(model) if model is not None else "")

    def _meaning(self, model: ModelState) -> str:
        if not model.signed_by or model.stage is ModelStage.ACTIVE:
            return stage_meaning(model)
        words = self.tr("{names} signed for its promotion. It begins with the second signature, of another person")
        return words.format(names=", ".join(model.signed_by))

    def _caption(self, deed: ModelDeed) -> str:
        return {
            ModelDeed.START_SHADOW: self.tr("Start shadow"),
            ModelDeed.STOP_SHADOW: self.tr("Stop shadow"),
            ModelDeed.PROMOTE: self.tr("Promote …"),
            ModelDeed.ROLL_BACK: self.tr("Roll back"),
        }[deed]

    @Slot()
    def _on_tapped(self) -> None:
        deed = ModelDeed(self.sender().objectName())
        if deed is ModelDeed.ROLL_BACK:
            self.ask_to_roll_back()
            return
        self._barred = why_not_deed(deed, self._state.session)
        self._say()
        if not self._barred:
            self.asked.emit(deed)

    @Slot(object, str)
    def _on_reason(self, _: object, reason: str) -> None:
        self._place()
        self.rolled_back.emit(reason)

    @Slot()
    def _on_dropped(self) -> None:
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """The question for a reason stands in the place of the buttons."""
        px, width, gap = self._look.mm.px, self.width(), self._look.mm.px(_GAP_MM)
        is_asking = not self.why.isHidden()
        foot = px(_QUESTION_MM) if is_asking else px(_ROW_MM)
        heights = (px(_TITLE_MM), px(stage_line.HEIGHT_MM), px(_NOTE_MM))
        room = self.height() - sum(heights) - foot - 4 * gap
        y = 0
        pieces = ((self.title, heights[0]), (self.way, heights[1]), (self.note, heights[2]), (self.table, room))
        for piece, height in pieces:
            piece.setGeometry(0, y, width, max(1, height))
            y += height + gap
        self.why.setGeometry(0, y, width, foot)
        each = (width - gap * (len(self.buttons) - 1)) // len(self.buttons)
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(number * (each + gap), y, each, foot)
            button.setVisible(not is_asking)
