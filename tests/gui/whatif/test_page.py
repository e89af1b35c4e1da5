"""Thresholds are tried on the records, and come into a draft that people approve."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import VerdictKind
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.core.recipe import Thresholds
from station_app.core.recipe_toml import parse_recipe
from station_app.gui.recipes.deeds_bar import RecipeDeed
from station_app.gui.whatif.promise_pane import Standing
from station_app.gui.whatif.stretches import Stretch
from station_app.gui.whatif.tried import Line
from station_app.quality.thresholds import WhatIf
from tests.gui.recipes.test_recipes_screen import deed, sign
from tests.gui.whatif.conftest import TryRoom

ACTIVE = Thresholds(0.563, 0.769)


def scratch(room: TryRoom) -> Thresholds:
    pair = room.page.tried.wanted["scratch"]
    return Thresholds(round(pair.review, 3), round(pair.fail, 3))


def cells(room: TryRoom, row: int) -> tuple[str, ...]:
    return room.page.view.figures.rows[row].cells


def promised(room: TryRoom) -> tuple[Standing, str]:
    return room.page.view.promise.standing, room.page.view.promise.words


def test_it_begins_with_what_is_active_and_changes_nothing(room: TryRoom) -> None:
    room.open()
    assert scratch(room) == ACTIVE and room.page.view.wall.pane.groups == ()
    assert [cells(room, row)[0] for row in range(4)] == ["OK", "REVIEW", "NG", "NO RESULT"]
    assert all(row.cells[1] == row.cells[2] for row in room.page.view.figures.rows)
    assert "59 parts with a result on record" in room.page.view.note.words
    assert not room.page.view.take.isEnabled() and not room.page.view.reset.isEnabled()


def test_the_figures_are_those_of_the_records(room: TryRoom) -> None:
    room.open()
    assert cells(room, 0)[1].startswith("33 ("), "33/60 = 0.55 is the last below 0.563"
    assert cells(room, 1)[1].startswith("13 (") and cells(room, 2)[1].startswith("13 (")


def test_a_finger_moves_a_line_and_the_parts_that_flip_are_seen(room: TryRoom) -> None:
    room.open()
    room.drag(0.563, 0.3)
    assert scratch(room).review < 0.31 and scratch(room).fail == ACTIVE.fail
    (group,) = room.page.view.wall.pane.groups
    assert (group.old, group.new) == (VerdictKind.PASS, VerdictKind.REVIEW) and group.total >= 15
    assert group.tiles[0].part_id == 33 and "0.550" in group.tiles[0].words
    room.drag(0.769, 0.95)
    assert {(g.old, g.new) for g in room.page.view.wall.pane.groups} == {
        (VerdictKind.PASS, VerdictKind.REVIEW),
        (VerdictKind.FAIL, VerdictKind.REVIEW),
    }


def test_a_line_never_passes_the_other(room: TryRoom) -> None:
    room.open()
    room.drag(0.563, 0.99)
    assert scratch(room) == Thresholds(ACTIVE.fail, ACTIVE.fail)


def test_keys_buttons_and_fields_move_the_chosen_line(room: TryRoom) -> None:
    room.open()
    editors = room.page.view.editors
    room.press(Qt.Key.Key_Right)
    room.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert scratch(room).review == 0.574
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Left)
    assert scratch(room).fail == 0.768
    QTest.mouseClick(editors[Line.REVIEW].less, Qt.MouseButton.LeftButton)
    QTest.mouseClick(editors[Line.FAIL].more, Qt.MouseButton.LeftButton)
    assert scratch(room) == Thresholds(0.573, 0.769)
    for text, holds in (("0,4", 0.4), ("0.9", 0.4), ("much", 0.4), ("-1", 0.4)):
        room.write(editors[Line.REVIEW], text)
        assert scratch(room).review == holds
        assert editors[Line.REVIEW].field.text() == f"{holds:.3f}"


def test_reset_brings_back_what_is_active(room: TryRoom) -> None:
    room.open()
    room.drag(0.563, 0.3)
    room.recipes.tap(room.page.view.reset)
    assert scratch(room) == ACTIVE and room.page.view.wall.pane.groups == ()


def test_too_few_bad_parts_guarantee_nothing(room: TryRoom) -> None:
    room.open()
    assert promised(room)[0] is Standing.BROKEN and "2 of 8 known bad parts" in promised(room)[1]
    room.drag(0.563, 0.4)
    standing, words = promised(room)
    assert standing is Standing.UNPROVED and "cannot guarantee, collect 141 more bad parts" in words
    assert "0 of 8 known bad parts" in words


def test_rates_without_a_sample_are_words(room: TryRoom) -> None:
    room.open()
    assert "Cannot say" in cells(room, 5)[1] and "Cannot say" in cells(room, 6)[2]


def test_a_label_is_chosen_in_the_list(room: TryRoom) -> None:
    room.open()
    room.page.view.label_chosen.emit(1)
    assert room.page.tried.label == "dent" and room.page.view.graph.hasFocus()
    assert room.page.view.labels.currentRow() == 1


def test_another_time_is_read_again(room: TryRoom) -> None:
    room.open()
    before = room.page.record
    room.recipes.tap(room.page.view.stretches.buttons[Stretch.MONTH])
    room.recipes.bench.qtbot.waitUntil(lambda: room.page.record is not before)
    assert room.page.view.stretches.buttons[Stretch.MONTH].is_on


def test_what_nobody_sees_is_not_kept(room: TryRoom) -> None:
    room.open()
    room.recipes.screen.open_step(0)
    assert room.page.record is None and room.page.answer is None
    room.recipes.screen.open_step(6)
    room.until_read()


def test_a_part_is_seen_large(room: TryRoom) -> None:
    room.open()
    room.drag(0.563, 0.3)
    pane = room.page.view.wall.pane
    spot = pane.spot_of(33)
    assert spot is not None
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=spot.center())
    room.recipes.bench.qtbot.waitUntil(lambda: room.page.enlarged.shown is not None)
    shown = room.page.enlarged.shown
    assert shown is not None and shown.part_id == 33 and shown.images and not shown.is_small
    QTest.mouseClick(room.page.enlarged, Qt.MouseButton.LeftButton)
    assert room.page.enlarged.isHidden()


def test_thresholds_come_into_a_draft_that_is_saved(room: TryRoom) -> None:
    room.open()
    room.drag(0.563, 0.4)
    wanted = scratch(room)
    room.recipes.tap(room.page.view.take)
    screen = room.recipes.screen
    assert screen.thresholds.isVisible() and screen.side.isVisible()
    room.recipes.until_titled("revision 2 · being changed")
    assert screen.side.changes.rows[0].cells[0] == "scratch · Asked from score"
    deed(room.recipes, RecipeDeed.SAVE)
    sign(room.recipes, "", "tried on a day's parts")
    room.recipes.until_titled("revision 2 · Draft")
    saved = room.recipes.ledger.recipe_history("housing").text_of(2)
    assert saved is not None and parse_recipe(saved.text).labels["scratch"] == wanted
    screen.open_step(6)
    room.until_read()
    assert isinstance(room.page.answer.after, WhatIf) and room.page.answer.after.flips[0][1]  # type: ignore[union-attr]


def test_who_may_not_edit_only_tries(room: TryRoom) -> None:
    room.recipes.bench.tell(SessionChanged("li", "Li", Role.QUALITY, Role.QUALITY, has_people=True))
    room.open()
    room.drag(0.563, 0.4)
    assert scratch(room).review < 0.41 and not room.page.view.take.isEnabled()


def test_on_a_low_screen_figures_and_pictures_take_turns(room: TryRoom) -> None:
    room.recipes.bench.station.window.resize(1366, 768)
    room.open()
    room.drag(0.563, 0.3)
    view = room.page.view
    assert view.figures.isVisible() and not view.wall.isVisible()
    room.recipes.tap(view.turns[1])
    assert view.wall.isVisible() and view.turns[1].is_on and not view.figures.isVisible()
    room.recipes.bench.station.window.resize(1920, 1080)
    room.recipes.bench.settle()
    assert view.wall.isVisible() and view.figures.isVisible() and not view.turns[0].isVisible()


def test_a_part_without_an_image_says_so(room: TryRoom) -> None:
    room.open()
    room.recipes.bench.archive.pictures = {}
    room.page.enlarged.show_part(3, "3")
    room.recipes.bench.qtbot.waitUntil(lambda: room.page.enlarged.shown is not None)
    assert room.page.enlarged.note() == "No image of this part is stored"
    room.page.enlarged.close_part()


def test_records_that_cannot_be_read_are_said(room: TryRoom) -> None:
    room.recipes.bench.archive.records = None
    room.recipes.screen.open_step(6)
    room.recipes.bench.qtbot.waitUntil(lambda: room.page.view.note.is_warning)
    assert "there are no records" in room.page.view.note.words and room.page.answer is None
