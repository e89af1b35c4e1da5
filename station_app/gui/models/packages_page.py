"""All packages that came to the station, and the chosen one beside them. GUI thread."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from station_app.core.model_messages import ModelStage, ModelState
from station_app.gui.charts.words import local_time
from station_app.gui.look import Look
from station_app.gui.models.deeds import FETCH
from station_app.gui.models.model_words import FEW_LETTERS, model_name, refusal_words, short_hash, stage_name
from station_app.gui.models.models_state import ModelsState, key_of
from station_app.gui.models.package_panel import PackagePanel
from station_app.gui.page import Page
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.rights import why_not
from station_app.gui.sentences import sentence
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_LIST, _COLUMNS = 0.58, (0.2, 0.13, 0.19, 0.11, 0.15, 0.11, 0.11)
_ROW_MM, _GAP_MM, _NOTE_MM = 12.0, 2.0, 12.0


class PackagesPage(Page):
    """`chosen` carries the row, `fetch_asked` the folder to read from, "" for the channel."""

    chosen = Signal(int)
    fetch_asked = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ModelsState()
        self._barred = ""
        self.list, self.empty = RowTable(look, _COLUMNS, self, is_choosing=True), WhyPane(look, self, 3.2)
        self.panel, self.note = PackagePanel(look, guard, self), WhyPane(look, self, 2.8)
        self.fetch, self.folder = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self._dialog: QFileDialog | None = None
        self.list.row_chosen.connect(self.chosen)
        self.fetch.tapped.connect(self._on_fetch)
        self.folder.tapped.connect(self._on_folder)
        for button in (self.fetch, self.folder):
            button.set_letters(2.8)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.list, self.empty, self.panel, self.note, self.fetch, self.folder):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.panel.retranslate()
        self.show_state(self._state)

    def show_state(self, state: ModelsState) -> None:
        if state.session != self._state.session:
            self._barred = ""
        self._state = state
        rows = [self._row(model) for model in state.models]
        chosen = next((n for n, model in enumerate(state.models) if key_of(model) == state.chosen), None)
        self.list.show_rows(self._heads(), rows, chosen)
        self.list.setAccessibleName(self.tr("Model packages at this station"))
        self.empty.say("" if state.models else self._empty_words())
        self.list.setVisible(bool(state.models))
        self.empty.setVisible(not state.models)
        self.panel.setVisible(bool(state.models))
        self.panel.show_state(state)
        self._show_fetching()

    def _show_fetching(self) -> None:
        self.fetch.set_caption(self.tr("Look at the channel now"))
        self.folder.set_caption(self.tr("Read from a stick or folder …"))
        is_barred = bool(why_not(FETCH, self._state.session))
        for button in (self.fetch, self.folder):
            button.setEnabled(self._state.is_connected)
            button.set_barred(is_barred=is_barred)
        refusal = self._state.refusal
        if self._barred:
            self.note.say(sentence(self._barred), is_warning=True)
        elif refusal is not None and not self._state.models:
            self.note.say(refusal_words(refusal), is_warning=True)
        else:
            self.note.say(self.tr("The channel is looked at by itself now and then; nothing of it decides unasked"))

    def _heads(self) -> tuple[str, ...]:
        names = (self.tr("Model"), self.tr("Stage"), self.tr("Recipe / camera"), self.tr("Channel"))
        return (*names, self.tr("Since"), self.tr("Replaces"), self.tr("Dataset"))

    def _row(self, model: ModelState) -> Row:
        cells = (
            model_name(model),
            stage_name(model.stage),
            f"{model.recipe} / {model.camera}",
            f"{model.channel} {model.number}".strip() if model.channel else "–",
            local_time(model.since_ms / 1000),
            self._state.name_of(model.replaces) or short_hash(model.replaces, FEW_LETTERS) or "–",
            short_hash(model.dataset, FEW_LETTERS) or "–",
        )
        is_strong = model.stage in (ModelStage.CANARY, ModelStage.ACTIVE)
        return Row(cells, is_marked=model.stage is ModelStage.REFUSED, is_strong=is_strong)

    def _empty_words(self) -> str:
        if not self._state.is_connected:
            return self.tr("The station does not answer")
        none = self.tr("No model has come to this station yet.")
        how = self.tr(
            "Models are trained elsewhere, pass the gate, and are offered through the channel that the station file"
            " names, signed by a key that this station trusts. The station looks there by itself."
        )
        stick = self.tr("A stick or a folder with the same layout does as well.")
        proof = self.tr("What comes is proved first; it decides nothing before two people promote it.")
        return f"{none}\n\n{how}\n\n{stick}\n\n{proof}"

    @Slot()
    def _on_fetch(self) -> None:
        if not self._bar():
            self.fetch_asked.emit("")

    @Slot()
    def _on_folder(self) -> None:
        if self._bar():
            return
        self._dialog = QFileDialog(self, self.tr("Stick or folder with models"))
        self._dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.fileSelected.connect(self.fetch_asked)
        self._dialog.open()

    def _bar(self) -> bool:
        """Whether this person may not; then it is said why."""
        self._barred = why_not(FETCH, self._state.session)
        self._show_fetching()
        return bool(self._barred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap = self._look.mm.px, self._look.mm.px(_GAP_MM)
        row, note, left = px(_ROW_MM), px(_NOTE_MM), round(self.width() * _LIST)
        room = self.height() - row - note - 2 * gap
        self.list.setGeometry(0, 0, left, max(1, room))
        self.empty.setGeometry(0, 0, left, max(1, room))
        self.note.setGeometry(0, room + gap, left, note)
        half, y = (left - gap) // 2, self.height() - row
        self.fetch.setGeometry(0, y, half, row)
        self.folder.setGeometry(left - half, y, half, row)
        x = left + 2 * gap
        self.panel.setGeometry(x, 0, self.width() - x, self.height())
