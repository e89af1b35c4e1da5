"""One step of a recipe: what it says there, and changing it while a draft is open. GUI thread."""

from PySide6.QtCore import Signal

from station_app.gui.page import Page
from station_app.gui.recipes.recipes_state import RecipesState


class StepPage(Page):
    """Base of the steps. `edited` carries the whole text of the recipe as it is after a change."""

    edited = Signal(str)

    def show_state(self, state: RecipesState) -> None:
        """Bring the page up to what is known."""
        raise NotImplementedError
