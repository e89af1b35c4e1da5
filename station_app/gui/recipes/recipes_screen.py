"""The recipes' screen: its pieces, where they stand, and one way in, `show_state`. It decides nothing. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Pixels
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revision
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.palette import palette_of
from station_app.gui.recipes.field_page import FieldPage, is_of_keeping, is_of_part
from station_app.gui.recipes.model_page import ModelPage
from station_app.gui.recipes.quality_page import QualityPage
from station_app.gui.recipes.recipe_words import state_name
from station_app.gui.recipes.recipes_state import RecipesState, Standing
from station_app.gui.recipes.region_page import RegionPage
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.recipes.side_panel import SidePanel
from station_app.gui.recipes.step_page import StepPage
from station_app.gui.recipes.threshold_page import ThresholdPage
from station_app.gui.recipes.wide_step import WideStep
from station_app.gui.setup.panel_tabs import PanelTabs
from station_app.gui.touch_button import TapGuard

_LEFT_MM, _LIST = 62.0, (0.5, 0.16, 0.34)
_RIGHT_SHARE, _RIGHT_MM = 0.34, (104.0, 160.0)
_TAB_MM, _GAP_MM = 13.5, 2.5


class RecipesScreen(Page):
    """Left the revisions, in the middle what the chosen one says, right what differs and what can be done. The `wide`
    steps are the last ones, and have the right as well.

    `revision_chosen` carries recipe and number, `camera_chosen` the camera's id, `edited` the whole text after a
    change, `opened` whether the screen was opened or left.
    """

    revision_chosen = Signal(str, int)
    camera_chosen = Signal(str)
    edited = Signal(str)
    opened = Signal(bool)

    def __init__(
        self, look: Look, guard: TapGuard, parent: QWidget | None = None, wide: tuple[WideStep, ...] = ()
    ) -> None:
        super().__init__(look, parent)
        self._state, self._wide = RecipesState(), wide
        self._open = 0
        self.list, self.side = RowTable(look, _LIST, self, is_choosing=True), SidePanel(look, guard, self)
        self.tabs, self.cameras = PanelTabs(look, guard, self), PanelTabs(look, guard, self)
        self.regions, self.quality = RegionPage(look, guard, self), QualityPage(look, guard, self)
        self.thresholds, self.model = ThresholdPage(look, self), ModelPage(look, self)
        self.part, self.keeping = FieldPage(look, is_of_part, self), FieldPage(look, is_of_keeping, self)
        self.list.row_chosen.connect(self._on_row_chosen)
        self.tabs.chosen.connect(self.open_step)
        self.cameras.chosen.connect(self._on_camera_chosen)
        for page in wide:
            page.setParent(self)
            page.done.connect(self._on_done)
        for step in self.steps:
            step.edited.connect(self.edited)
        self.set_look(look)
        self.retranslate()

    @property
    def steps(self) -> tuple[StepPage, ...]:
        return (self.part, self.regions, self.quality, self.thresholds, self.model, self.keeping, *self._wide)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        for table in (self.list, self.tabs, self.cameras):
            table.set_look(look)
        for page in (self.side, *self.steps):
            page.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for page in (self.side, *self.steps):
            page.retranslate()
        self._show_list()
        self._show_tabs()

    def set_open(self, *, is_open: bool) -> None:
        for step in self.steps:
            step.set_open(is_open=is_open)
        self.opened.emit(is_open)

    def stop(self) -> None:
        for step in self.steps:
            step.stop()

    def show_state(self, state: RecipesState, standing: Standing) -> None:
        """Bring every piece up to what is known."""
        self._state = state
        self._show_list()
        for step in self.steps:
            step.show_state(state)
        self.side.show_state(state, standing)
        self._show_tabs()

    def show_picture(self, pixels: Pixels | None) -> None:
        """The reference image of the shown camera."""
        self.regions.set_picture(pixels)
        self.regions.show_state(self._state)

    def _show_list(self) -> None:
        listed = self._state.listed
        rows = [self._row(revision) for revision in listed]
        chosen = next((n for n, r in enumerate(listed) if (r.recipe, r.number) == self._state.chosen), None)
        self.list.show_rows((self.tr("Recipe"), self.tr("Rev."), self.tr("State")), rows, chosen)
        self.list.setAccessibleName(self.tr("Revisions of the recipes"))

    def _row(self, revision: Revision) -> Row:
        cells = (revision.recipe, str(revision.number), state_name(revision.state))
        return Row(cells, is_strong=revision.state is RevisionState.ACTIVE)

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        revision = self._state.listed[row]
        self.revision_chosen.emit(revision.recipe, revision.number)

    @Slot(int)
    def _on_camera_chosen(self, number: int) -> None:
        self.camera_chosen.emit(self._camera_ids()[number])

    @Slot(int)
    def open_step(self, number: int) -> None:
        """Open one step of the recipe."""
        self._open = number
        self._show_tabs()

    @Slot()
    def _on_done(self) -> None:
        self.open_step(self.steps.index(self.thresholds))

    def _camera_ids(self) -> tuple[str, ...]:
        recipe = self._state.recipe
        return tuple(setup.camera_id for setup in recipe.cameras) if recipe is not None else ()

    def _show_tabs(self) -> None:
        names = [self.tr("Part and cameras"), self.tr("Regions"), self.tr("Image quality")]
        names += [self.tr("Thresholds"), self.tr("Model"), self.tr("Serial number, images")]
        names += [page.caption() for page in self._wide]
        self.tabs.show_tabs(names, self._open)
        ids = self._camera_ids()
        if len(ids) > 1:
            self.cameras.show_tabs(list(ids), ids.index(self._state.shown_camera))
        for step in self.steps:
            step.setVisible(step is self.steps[self._open])
        self._place()

    def _is_of_camera(self) -> bool:
        return len(self._camera_ids()) > 1 and self.steps[self._open] in (self.regions, self.quality)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        gap, left = px(_GAP_MM), px(_LEFT_MM)
        right = min(max(round(self.width() * _RIGHT_SHARE), px(_RIGHT_MM[0])), px(_RIGHT_MM[1]))
        is_wide = self.steps[self._open] in self._wide
        middle = max(1, self.width() - left - gap - (0 if is_wide else right + gap))
        x, y = left + gap, 0
        self.list.setGeometry(0, 0, left, self.height())
        self.side.setGeometry(self.width() - right, 0, right, self.height())
        self.side.setVisible(not is_wide)
        self.cameras.setVisible(self._is_of_camera())
        for tabs in (self.tabs, self.cameras) if self._is_of_camera() else (self.tabs,):
            height = tabs.rows * px(_TAB_MM)
            tabs.setGeometry(x, y, middle, height)
            y += height
        for step in self.steps:
            step.setGeometry(x, y, middle, max(1, self.height() - y))
