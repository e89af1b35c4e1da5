"""The thresholds of every label, and room for trying others on what was inspected. GUI thread."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.errors import ConfigError
from station_app.core.recipe import Thresholds
from station_app.core.recipe_edit import with_thresholds
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.recipes.step_page import StepPage

_SHARES = (0.24, 0.16, 0.19, 0.2, 0.21)
_REVIEW, _FAIL = 1, 2
_TABLE_SHARE, _GAP_MM = 0.45, 2.0


class ThresholdPage(StepPage):
    """`set_what_if` puts a page below the table; it is given every state that is shown by `what_if.show_state`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = RecipesState()
        self.table = RowTable(look, _SHARES, self)
        self.table.written.connect(self._on_written)
        self.what_if: StepPage | None = None

    def set_what_if(self, page: StepPage) -> None:
        """The page under which thresholds are tried. Its `edited` carries a text with other thresholds, such as
        `recipe_edit.with_thresholds` gives."""
        self.what_if = page
        page.setParent(self)
        page.edited.connect(self.edited)
        page.set_look(self._look)
        page.show_state(self._state)
        self._place()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in self._pieces():
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        if self.what_if is not None:
            self.what_if.retranslate()
        self.show_state(self._state)

    def set_open(self, *, is_open: bool) -> None:
        if self.what_if is not None:
            self.what_if.set_open(is_open=is_open)

    def stop(self) -> None:
        if self.what_if is not None:
            self.what_if.stop()

    def _pieces(self) -> tuple[RowTable | Page, ...]:
        return (self.table, self.what_if) if self.what_if is not None else (self.table,)

    def show_state(self, state: RecipesState) -> None:
        self._state = state
        labels = state.recipe.labels if state.recipe is not None else {}
        active = state.active.labels if state.active is not None else labels
        rows = [self._row(label, now, active.get(label)) for label, now in labels.items()]
        heads = (self.tr("Label"), self.tr("Asked from"), self.tr("Rejected from"))
        self.table.show_rows((*heads, self.tr("Active: asked"), self.tr("Active: rejected")), rows)
        if self.what_if is not None:
            self.what_if.show_state(state)

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
        self._place()

    def _place(self) -> None:
        height = self.height() if self.what_if is None else round(self.height() * _TABLE_SHARE)
        self.table.setGeometry(0, 0, self.width(), height)
        if self.what_if is not None:
            top = height + self._look.mm.px(_GAP_MM)
            self.what_if.setGeometry(0, top, self.width(), max(1, self.height() - top))
