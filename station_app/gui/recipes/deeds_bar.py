"""What can be done with the chosen revision, and what it still needs. GUI thread."""

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.recipe_messages import RevisionState
from station_app.gui.look import Look
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.touch_button import TapGuard, TouchButton

_ROW_MM, _GAP_MM, _COLUMNS = 12.0, 1.5, 4
HEIGHT_MM = 2 * _ROW_MM + _GAP_MM


class RecipeDeed(StrEnum):
    """In the order of the buttons."""

    EDIT = "edit"
    SAVE = "save"
    DROP = "drop"
    TAKE_FILE = "take_file"
    APPROVE = "approve"
    ACTIVATE = "activate"
    RETIRE = "retire"


SIGNED = frozenset({RecipeDeed.APPROVE, RecipeDeed.ACTIVATE, RecipeDeed.RETIRE})
"""These want name and password; the others a reason alone, or nothing."""


class DeedsBar(QWidget):
    """`asked` carries the deed."""

    asked = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons = {deed: TouchButton(look, guard, self) for deed in RecipeDeed}
        for deed, button in self.buttons.items():
            button.setObjectName(deed)
            button.set_letters(2.8)
            button.tapped.connect(self._on_tapped)

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def caption(self, deed: RecipeDeed) -> str:
        return {
            RecipeDeed.EDIT: self.tr("Change as draft"),
            RecipeDeed.SAVE: self.tr("Save draft"),
            RecipeDeed.DROP: self.tr("Drop changes"),
            RecipeDeed.TAKE_FILE: self.tr("Take in the file"),
            RecipeDeed.APPROVE: self.tr("Approve"),
            RecipeDeed.ACTIVATE: self.tr("Make active"),
            RecipeDeed.RETIRE: self.tr("Retire"),
        }[deed]

    def show_state(self, state: RecipesState, *, is_connected: bool, has_other_file: bool) -> None:
        """`has_other_file` where the recipe's file says something else than its active revision."""
        possible = possible_deeds(state, has_other_file=has_other_file)
        for deed, button in self.buttons.items():
            button.set_caption(self.caption(deed))
            button.setEnabled(deed in possible and (is_connected or deed in (RecipeDeed.EDIT, RecipeDeed.DROP)))

    @Slot()
    def _on_tapped(self) -> None:
        self.asked.emit(RecipeDeed(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        row, gap = px(_ROW_MM), px(_GAP_MM)
        width = (self.width() - gap * (_COLUMNS - 1)) // _COLUMNS
        for number, button in enumerate(self.buttons.values()):
            column, line = number % _COLUMNS, number // _COLUMNS
            button.setGeometry(column * (width + gap), line * (row + gap), width, row)


def possible_deeds(state: RecipesState, *, has_other_file: bool) -> frozenset[RecipeDeed]:
    """What the rules allow for what is shown; who may do it is the engine's to say."""
    revision = state.revision
    if revision is None:
        return frozenset()
    if state.is_editing:
        saving = {RecipeDeed.SAVE} if state.is_dirty and state.may_edit else set()
        return frozenset({RecipeDeed.DROP, *saving})
    possible = set[RecipeDeed]()
    if state.may_edit:
        possible |= {RecipeDeed.EDIT, *([RecipeDeed.TAKE_FILE] if has_other_file else [])}
    if revision.state is RevisionState.DRAFT:
        possible.add(RecipeDeed.APPROVE)
    if revision.state in (RevisionState.DRAFT, RevisionState.APPROVED):
        possible.add(RecipeDeed.RETIRE)
    if revision.may_be_activated:
        possible.add(RecipeDeed.ACTIVATE)
    return frozenset(possible)
