"""Pictures of the replay page for the documentation, and what must be seen in them: in both sizes and languages."""

import pytest

from station_app.gui.language import CHINESE, ENGLISH
from station_app.gui.recipes.deeds_bar import RecipeDeed
from tests.gui.pictures import keep
from tests.gui.recipes.test_recipes_pictures import SIZES, clipped, picture, smallest_button_mm
from tests.gui.recipes.test_recipes_screen import THRESHOLDS, deed
from tests.gui.replay.conftest import REPLAY, ReplayRoom
from tests.gui.replay.test_page import judge_again


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_all_is_legible(room: ReplayRoom, language: str) -> None:
    bench = room.recipes.bench
    if language == CHINESE:
        room.recipes.tap(bench.station.screen.top.language)
    room.open()
    room.recipes.screen.open_step(THRESHOLDS)
    deed(room.recipes, RecipeDeed.EDIT)
    table = room.recipes.screen.thresholds.table
    for number in range(len(table.rows)):
        table.written.emit(number, 2, "1")
        table.written.emit(number, 1, "1")
    room.recipes.screen.open_step(REPLAY)
    judge_again(room)
    wall = room.page.view.wall.pane
    bench.qtbot.waitUntil(lambda: all(wall.has_picture(t.part_id) for group in wall.groups for t in group.tiles))
    for size in SIZES:
        bench.station.window.resize(*size)
        bench.settle()
        seen = picture(room.recipes)
        keep(seen, "replay" if (size, language) == (SIZES[0], ENGLISH) else "")
        assert clipped(room.recipes) == []
        assert smallest_button_mm(room.recipes) >= 9
    if language == CHINESE:
        room.recipes.tap(bench.station.screen.top.language)
