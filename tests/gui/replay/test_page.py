"""A shift judged again from the screen, by the real program, with what it came to as words and pictures."""

import os

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import VerdictKind
from station_app.gui.recipes.deeds_bar import RecipeDeed
from station_app.gui.replay.replay_state import Phase
from station_app.gui.whatif.stretches import Stretch
from station_app.replay.request import journal_of, read_request
from tests.gui.recipes.test_recipes_screen import THRESHOLDS, deed
from tests.gui.replay.conftest import REPLAY, ReplayRoom
from tests.replay.conftest import PARTS


def stretch_with_all(room: ReplayRoom) -> None:
    room.recipes.tap(room.page.view.stretches.buttons[Stretch.DAY])


def rows(room: ReplayRoom) -> dict[str, str]:
    return {row.cells[0]: row.cells[2] for row in room.page.view.figures.rows}


def judge_again(room: ReplayRoom) -> None:
    stretch_with_all(room)
    room.recipes.tap(room.page.view.start)
    room.until(Phase.DONE)
    room.until_told()


def test_the_active_revision_says_the_same_to_the_last_bit(room: ReplayRoom) -> None:
    room.open()
    assert "judged by revision 1 (Active)" in room.page.view.judge.words
    judge_again(room)
    assert room.page.view.headline.words.startswith(f"All {PARTS} parts judged again are equal to the last bit")
    assert rows(room)["Equal to the last bit"] == str(PARTS)
    assert room.page.view.wall.pane.groups == ()
    assert "Cannot say" in rows(room)["Escapes, of all parts"]
    assert [row.cells[0] for row in room.page.view.earlier.rows] == [room.page.state.name]


def test_a_draft_that_nobody_has_saved_is_put_to_the_past(room: ReplayRoom) -> None:
    room.open()
    room.recipes.screen.open_step(THRESHOLDS)
    deed(room.recipes, RecipeDeed.EDIT)
    table = room.recipes.screen.thresholds.table
    for number in range(len(table.rows)):
        table.written.emit(number, 2, "1")
        table.written.emit(number, 1, "1")
    room.recipes.screen.open_step(REPLAY)
    assert "judged by revision 2 (being changed)" in room.page.view.judge.words
    judge_again(room)
    groups = room.page.view.wall.pane.groups
    assert (VerdictKind.FAIL, VerdictKind.PASS) in {(group.old, group.new) for group in groups}
    assert "would be told something else" in room.page.view.headline.words
    spot = room.page.view.wall.pane.spot_of(groups[0].tiles[0].part_id)
    assert spot is not None
    QTest.mouseClick(room.page.view.wall.pane, Qt.MouseButton.LeftButton, pos=spot.center())
    room.recipes.bench.qtbot.waitUntil(lambda: room.page.enlarged.shown is not None)
    shown = room.page.enlarged.shown
    assert shown is not None and shown.images and not shown.is_small


def test_one_that_is_stopped_goes_on_where_it_was(room: ReplayRoom) -> None:
    room.open()
    stretch_with_all(room)
    room.recipes.tap(room.page.view.start)
    room.until(Phase.RUNNING, Phase.DONE)
    name = room.page.state.name
    room.page._on_stop()
    room.until(Phase.STOPPED, Phase.DONE)
    room.until_told()
    done = len(journal_of(name, room.folder).read_bytes().splitlines()) - 1
    assert 0 < done <= PARTS and rows(room)["Parts judged again"] == str(done)
    room.recipes.bench.qtbot.waitUntil(room.page.view.go_on.isEnabled)
    room.recipes.tap(room.page.view.go_on)
    room.until(Phase.DONE)
    room.until_told()
    assert rows(room)["Parts judged again"] == rows(room)["Equal to the last bit"] == str(PARTS)
    assert len(room.page.earlier) == 1


def test_a_model_that_is_not_there_is_one_sentence(room: ReplayRoom) -> None:
    room.open()
    room.page.view.package.setText(str(room.folder / "nothing"))
    room.recipes.tap(room.page.view.start)
    room.until(Phase.FAILED)
    assert "nothing" in room.page.view.progress.words and "Traceback" not in room.page.view.progress.words
    request = read_request(room.page.state.name, room.folder)
    assert request is not None and request.package.endswith("nothing") and request.of == "housing"


def test_the_child_ends_with_the_window(room: ReplayRoom) -> None:
    room.open()
    room.recipes.tap(room.page.view.start)
    room.recipes.bench.qtbot.waitUntil(lambda: room.page._child.is_running)
    number = room.page._child._process.processId()
    room.page.stop()
    assert not room.page._child.is_running
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return
    raise AssertionError("it was left behind")
