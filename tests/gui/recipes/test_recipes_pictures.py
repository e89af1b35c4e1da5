"""Pictures of the recipes' screen for the documentation, and what must be seen in them: in both sizes and languages."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from station_app.gui.language import CHINESE, ENGLISH
from station_app.gui.pane import Pane
from station_app.gui.recipes.deeds_bar import RecipeDeed
from station_app.gui.touch_button import TouchButton
from tests.gui.pictures import keep
from tests.gui.recipes.conftest import RecipeRoom
from tests.gui.recipes.test_recipes_screen import deed, drag, sign, write

SIZES = ((1920, 1080), (1366, 768))
REGIONS, QUALITY, THRESHOLDS = 1, 2, 3


def picture(room: RecipeRoom) -> QImage:
    room.bench.station.window.repaint()
    return room.bench.station.window.grab().toImage()


def clipped(room: RecipeRoom) -> list[str]:
    """What is written on visible pieces and does not fit."""
    pieces: list[QWidget] = [*room.screen.findChildren(TouchButton), *room.screen.findChildren(Pane)]
    return [piece.accessibleName() for piece in pieces if piece.isVisible() and getattr(piece, "is_clipped", False)]


def smallest_button_mm(room: RecipeRoom) -> float:
    buttons = [button for button in room.screen.findChildren(TouchButton) if button.isVisible()]
    return min(button.height() for button in buttons) / room.screen._look.mm.px_per_mm


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_every_step_fits_while_a_draft_is_changed(room: RecipeRoom, size: tuple[int, int], language: str) -> None:
    room.bench.station.window.resize(*size)
    room.inspect(60)
    room.open()
    if language == CHINESE:
        room.tap(room.bench.station.screen.top.language)
    deed(room, RecipeDeed.EDIT)
    for number in range(len(room.screen.steps)):
        room.screen.open_step(number)
        seen = picture(room)
        assert (seen.width(), seen.height()) == size
        assert clipped(room) == []
        assert smallest_button_mm(room) >= 9
    deed(room, RecipeDeed.SAVE)
    picture(room)
    assert clipped(room) == []
    if language == CHINESE:
        room.tap(room.bench.station.screen.top.language)


def test_regions_and_differences_for_the_documentation(room: RecipeRoom) -> None:
    room.inspect(60)
    room.open()
    room.screen.open_step(REGIONS)
    room.bench.qtbot.waitUntil(lambda: room.screen.regions.canvas.has_image)
    deed(room, RecipeDeed.EDIT)
    room.tap(room.screen.regions.draw)
    drag(room, 0.25, 0.2, 0.75, 0.8)
    room.screen.open_step(THRESHOLDS)
    write(room, room.screen.thresholds.table, 1, "0.4")
    deed(room, RecipeDeed.SAVE)
    sign(room, "", "fewer escapes")
    room.until_titled("revision 2 · Draft")
    deed(room, RecipeDeed.APPROVE)
    sign(room, "wang")
    room.bench.qtbot.waitUntil(lambda: len(room.screen.side.life.rows) == 2)
    room.screen.open_step(REGIONS)
    seen = keep(picture(room), "recipes")
    colours = {seen.pixelColor(x, 700).name() for x in range(300, 1300)}
    assert "#0b5fa5" in colours, "the judged region has its blue frame"
