"""A step as a list of fields: the part, its cameras, its model, its serial numbers, what is kept. GUI thread."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.errors import ConfigError
from station_app.core.recipe import KeepImages, Recipe
from station_app.core.recipe_differences import Path, recipe_fields
from station_app.core.recipe_edit import with_recipe
from station_app.gui.look import Look
from station_app.gui.recipes.recipe_words import path_name, value_name
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.recipes.step_page import StepPage

_SHARES = (0.46, 0.27, 0.27)
_VALUE = 1
Picked = Callable[[Path], bool]


class FieldPage(StepPage):
    """The fields whose path is `picked`, beside those of the active revision; what differs is marked."""

    def __init__(self, look: Look, picked: Picked, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._picked = picked
        self._state = RecipesState()
        self._paths: tuple[Path, ...] = ()
        self.table = RowTable(look, _SHARES, self)
        self.table.written.connect(self._on_written)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.table.set_look(look)

    def retranslate(self) -> None:
        self.show_state(self._state)

    def show_state(self, state: RecipesState) -> None:
        self._state = state
        shown = recipe_fields(state.recipe) if state.recipe is not None else {}
        active = recipe_fields(state.active) if state.active is not None else shown
        self._paths = tuple(path for path in {**shown, **active} if self._picked(path))
        rows = [self._row(path, shown.get(path), active.get(path)) for path in self._paths]
        rows += self._more_rows()
        self.table.show_rows((self.tr("Field"), self.tr("Value"), self.tr("Active")), rows)

    def _row(self, path: Path, value: str | None, active: str | None) -> Row:
        is_open = self._state.is_editing and path in _WRITABLE
        editable = (_VALUE,) if is_open else ()
        cells = (path_name(path), value_name(value), value_name(active))
        return Row(cells, is_marked=value != active, editable=editable)

    def _more_rows(self) -> list[Row]:
        """What a page tells besides the fields."""
        return []

    @Slot(int, int, str)
    def _on_written(self, row: int, _: int, text: str) -> None:
        recipe = self._state.recipe
        if recipe is None:
            return
        try:
            edited = with_recipe(self._state.text, _WRITABLE[self._paths[row]](recipe, text))
        except (ValueError, ConfigError):
            edited = self._state.text  # what is no such value leaves all as it is
        self.edited.emit(edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.table.setGeometry(self.rect())


def _with_deadline(recipe: Recipe, text: str) -> Recipe:
    return replace(recipe, deadline_ms=float(text))


def _with_images(recipe: Recipe, text: str) -> Recipe:
    """By the word that the screen shows, or by the file's own."""
    images = next((choice for choice in KeepImages if text in (choice, value_name(choice))), None)
    return replace(recipe, keep=replace(recipe.keep, images=KeepImages(text) if images is None else images))


def _with_share(recipe: Recipe, text: str) -> Recipe:
    return replace(recipe, keep=replace(recipe.keep, pass_share=float(text)))


_WRITABLE: dict[Path, Callable[[Recipe, str], Recipe]] = {
    ("deadline_ms",): _with_deadline,
    ("keep", "images"): _with_images,
    ("keep", "pass_share"): _with_share,
}
"""The fields that are written right in the list; each takes ValueError for what is no such value."""


def is_of_part(path: Path) -> bool:
    """The part itself and its cameras' settings."""
    return len(path) == 1 or (path[0] == "cameras" and path[2] in ("settings", "fingerprint"))


def is_of_model(path: Path) -> bool:
    return path[0] == "cameras" and path[2] == "model"


def is_of_keeping(path: Path) -> bool:
    """Serial numbers, and what is kept of a part."""
    return path[0] in ("serial", "keep")
