"""The thresholds of every label. GUI thread."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.errors import ConfigError
from station_app.core.recipe import Thresholds
from station_app.core.recipe_edit import with_thresholds
from station_app.gui.look import Look
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.recipes.step_page import StepPage

_SHARES = (0.24, 0.16, 0.19, 0.2, 0.21)
_REVIEW, _FAIL = 1, 2


class ThresholdPage(StepPage):
    """Beside each what is active; written in the cells while a draft is changed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = RecipesState()
        self.table = RowTable(look, _SHARES, self)
        self.table.written.connect(self._on_written)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.table.set_look(look)

    def retranslate(self) -> None:
        self.show_state(self._state)

    def show_state(self, state: RecipesState) -> None:
        self._state = state
        labels = state.recipe.labels if state.recipe is not None else {}
        active = state.active.labels if state.active is not None else labels
        rows = [self._row(label, now, active.get(label)) for label, now in labels.items()]
        heads = (self.tr("Label"), self.tr("Asked from"), self.tr("Rejected from"))
        self.table.show_rows((*heads, self.tr("Active: asked"), self.tr("Active: rejected")), rows)

    def _row(self, label: str, now: Thresholds, active: Thresholds | None) -> Row:
        before = (f"{active.review:g}", f"{active.fail:g}") if active is not None else ("–", "–")
        editable = (_REVIEW, _FAIL) if self._state.is_editing else ()
        cells = (label, f"{now.review:g}", f"{now.fail:g}", *before)
        return Row(cells, is_marked=now != active, editable=editable)

    @Slot(int, int, str)
    def _on_written(self, row: int, column: int, text: str) -> None:
        recipe = self._state.recipe
        if recipe is None:
            return
        label, now = recipe.thresholds[row]
        try:
            value = float(text)
            changed = Thresholds(value, now.fail) if column == _REVIEW else Thresholds(now.review, value)
            edited = with_thresholds(self._state.text, {label: changed}, recipe.revision)
        except (ValueError, ConfigError):
            edited = self._state.text
        self.edited.emit(edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.table.setGeometry(self.rect())
