"""The regions of one camera on its reference image: drawn, moved, named and deleted in a draft. GUI thread."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box, Pixels
from station_app.core.recipe import Region
from station_app.core.recipe_edit import with_regions
from station_app.gui.look import Look
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.region_canvas import RegionCanvas
from station_app.gui.recipes.region_places import Regions, added, at, replaced, without
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.recipes.step_page import StepPage
from station_app.gui.touch_button import TapGuard, TouchButton

_SHARES = (0.34, 0.14, 0.14, 0.14, 0.14, 0.1)
_NAME, _BOX = 0, (1, 2, 3, 4)
_BUTTON_MM, _TABLE_MM, _GAP_MM = 10.0, 38.0, 1.5


class RegionPage(StepPage):
    """Without a region the whole image is judged."""

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state, self._picked, self._is_excluding = RecipesState(), -1, False
        self._is_drawing = False
        self.canvas, self.table = RegionCanvas(look, self), RowTable(look, _SHARES, self)
        self.draw, self.exclude, self.delete = (TouchButton(look, guard, self) for _ in range(3))
        for button, slot in (
            (self.draw, self._on_draw),
            (self.exclude, self._on_exclude),
            (self.delete, self._on_delete),
        ):
            button.set_letters(2.8)
            button.tapped.connect(slot)
        self.canvas.box_drawn.connect(self._on_drawn)
        self.canvas.region_picked.connect(self._on_picked)
        self.canvas.region_moved.connect(self._on_moved)
        self.table.row_chosen.connect(self._on_picked)
        self.table.written.connect(self._on_written)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.canvas.set_canvas_look(look)
        for piece in (self.table, self.draw, self.exclude, self.delete):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.show_state(self._state)

    def set_picture(self, pixels: Pixels | None) -> None:
        """The reference image of the shown camera, None where there is none."""
        self.canvas.show_frame(0, pixels)

    def show_state(self, state: RecipesState) -> None:
        if (state.chosen, state.shown_camera) != (self._state.chosen, self._state.shown_camera):
            self._picked = -1
        self._state = state
        self._is_drawing = self._is_drawing and state.is_editing
        self.canvas.set_empty_text(self.tr("No reference image of this camera, and no stored image of a good part"))
        regions = self._regions()
        self._picked = min(self._picked, len(regions) - 1)
        self.canvas.set_drawing(self._is_drawing)
        self.canvas.show_regions(regions, self._picked, is_open=state.is_editing)
        self._show_table(regions)
        self._show_buttons(regions)

    def _show_table(self, regions: Regions) -> None:
        rows = [self._row(region) for region in regions]
        heads = (self.tr("Region"), "x", "y", self.tr("Width"), self.tr("Height"), self.tr("Out"))
        blocker = QSignalBlocker(self.table)
        self.table.show_rows(heads, rows, self._picked if self._picked >= 0 else None)
        blocker.unblock()

    def _row(self, region: Region) -> Row:
        cells = (region.name, *(str(extent) for extent in region.box), self.tr("yes") if region.is_excluded else "")
        return Row(cells, editable=(_NAME, *_BOX) if self._state.is_editing else ())

    def _show_buttons(self, regions: Regions) -> None:
        self.draw.set_caption(self.tr("Draw region"))
        self.exclude.set_caption(self.tr("Draw left-out region"))
        self.delete.set_caption(self.tr("Delete region"))
        self.draw.set_on(is_on=self._is_drawing and not self._is_excluding)
        self.exclude.set_on(is_on=self._is_drawing and self._is_excluding)
        is_open = self._state.is_editing
        self.draw.setEnabled(is_open and self.canvas.has_image)
        self.exclude.setEnabled(is_open and self.canvas.has_image and bool(regions))
        self.delete.setEnabled(is_open and 0 <= self._picked < len(regions))

    def _regions(self) -> Regions:
        recipe = self._state.recipe
        return recipe.camera(self._state.shown_camera).regions if recipe is not None else ()

    @Slot()
    def _on_draw(self) -> None:
        self._draw(is_excluding=False)

    @Slot()
    def _on_exclude(self) -> None:
        self._draw(is_excluding=True)

    def _draw(self, *, is_excluding: bool) -> None:
        """A second tap ends it."""
        self._is_drawing = not (self._is_drawing and self._is_excluding == is_excluding)
        self._is_excluding = is_excluding
        self.show_state(self._state)

    @Slot(object)
    def _on_drawn(self, box: Box) -> None:
        self._is_drawing = False
        self._picked = len(self._regions())
        self._tell(added(self._regions(), box, is_excluded=self._is_excluding))

    @Slot(int)
    def _on_picked(self, number: int) -> None:
        if number != self._picked:
            self._picked = number
            self.show_state(self._state)

    @Slot(int, object)
    def _on_moved(self, number: int, box: Box) -> None:
        self._tell(at(self._regions(), number, box))

    @Slot()
    def _on_delete(self) -> None:
        self._tell(without(self._regions(), self._picked))

    @Slot(int, int, str)
    def _on_written(self, row: int, column: int, text: str) -> None:
        region = self._regions()[row]
        if column == _NAME:
            changed = replace(region, name=text)
        else:
            extents = list(region.box)
            extents[_BOX.index(column)] = int(text) if text.isdecimal() else extents[_BOX.index(column)]
            changed = replace(region, box=Box(*extents))
        self._tell(replaced(self._regions(), row, changed))

    def _tell(self, regions: Regions) -> None:
        """What a recipe may not say leaves all as it is."""
        try:
            edited = with_regions(self._state.text, self._state.shown_camera, regions)
        except ConfigError:
            edited = self._state.text
        self.edited.emit(edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        button, gap = px(_BUTTON_MM), px(_GAP_MM)
        table = min(px(_TABLE_MM), self.height() // 3)
        top = self.height() - button - gap - table
        self.canvas.setGeometry(0, 0, width, max(1, top - gap))
        self.table.setGeometry(0, top, width, table)
        third = (width - 2 * gap) // 3
        for number, piece in enumerate((self.draw, self.exclude, self.delete)):
            piece.setGeometry(number * (third + gap), self.height() - button, third, button)
