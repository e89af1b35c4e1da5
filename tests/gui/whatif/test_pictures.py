"""Pictures of trying thresholds for the documentation, and what must be seen in them: in both sizes and languages."""

import pytest

from station_app.gui.language import CHINESE, ENGLISH
from tests.gui.pictures import keep
from tests.gui.recipes.test_recipes_pictures import SIZES, clipped, picture, smallest_button_mm
from tests.gui.whatif.conftest import TryRoom


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_all_is_legible(room: TryRoom, size: tuple[int, int], language: str) -> None:
    bench = room.recipes.bench
    bench.station.window.resize(*size)
    if language == CHINESE:
        room.recipes.tap(bench.station.screen.top.language)
    room.open()
    room.drag(0.563, 0.3)
    room.drag(0.769, 0.9)
    wall = room.page.view.wall.pane
    bench.qtbot.waitUntil(lambda: all(wall.has_picture(t.part_id) for group in wall.groups for t in group.tiles))
    seen = picture(room.recipes)
    keep(seen, "try_thresholds" if (size, language) == (SIZES[0], ENGLISH) else "")
    assert clipped(room.recipes) == []
    assert smallest_button_mm(room.recipes) >= 9
    frames = {seen.pixelColor(x, y).name() for x in range(0, seen.width(), 3) for y in range(0, seen.height(), 3)}
    assert "#0b5fa5" in frames, "the line from which a person is asked"
    if language == CHINESE:
        room.recipes.tap(bench.station.screen.top.language)
