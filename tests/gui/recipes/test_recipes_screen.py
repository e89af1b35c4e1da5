"""The recipes' screen from a copy over two signatures to active, as people do it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from station_app.core.messages import AlarmRaised, Priority
from station_app.core.people import Role, Signature
from station_app.core.people_messages import SessionChanged
from station_app.core.recipe_messages import ActivateRevision, ApproveRevision, RevisionState, SaveDraft, TakeInFile
from station_app.core.recipe_states import active_of
from station_app.core.recipe_toml import parse_recipe
from station_app.gui.recipes.deeds_bar import RecipeDeed
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.row_table import RowTable
from tests.gui.fake_engine import NOW_MS
from tests.gui.recipes.conftest import RecipeRoom

THRESHOLDS = 3
ACTIVE = RevisionState.ACTIVE


def deed(room: RecipeRoom, which: RecipeDeed) -> None:
    room.tap(room.screen.side.bar.buttons[which])


def sign(room: RecipeRoom, name: str, reason: str = "looked at it") -> None:
    pane = room.screen.side.sign
    if not pane.name.isHidden():
        pane.name.setText(name)
        pane.secret.setText("secret")
    pane.reason.setText(reason)
    room.tap(pane.yes)


def shown(table: RowTable, column: int) -> str:
    item = table.item(0, column)
    assert item is not None
    return item.text()


def write(room: RecipeRoom, table: RowTable, column: int, text: str) -> None:
    """Tap on a cell of the first row, and type."""
    spot = table.visualRect(table.model().index(0, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    (editor,) = table.viewport().findChildren(QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    room.bench.qtbot.waitUntil(lambda: not table.viewport().findChildren(QLineEdit))
    room.bench.settle()


def draft_with_other_threshold(room: RecipeRoom) -> None:
    deed(room, RecipeDeed.EDIT)
    room.until_titled("being changed")
    room.screen.open_step(THRESHOLDS)
    write(room, room.screen.thresholds.table, 1, "0.4")


def state_of(room: RecipeRoom, number: int) -> RevisionState:
    found = room.ledger.recipe_history("housing").revision_of(number)
    assert found is not None
    return found.state


def test_the_loaded_or_first_recipe_is_shown_with_all_revisions(room: RecipeRoom) -> None:
    room.open()
    assert [row.cells for row in room.screen.list.rows] == [
        ("housing", "1", "Active"),
        ("housing-serial", "1", "Active"),
        ("housing-strict", "1", "Active"),
    ]
    room.until_titled("housing · revision 1 · Active")
    assert room.screen.side.changes.rows[0].cells[0] == "No difference to the active revision"


def test_a_draft_goes_over_two_people_into_use(room: RecipeRoom) -> None:
    room.open()
    draft_with_other_threshold(room)
    assert room.screen.side.changes.rows[0].cells == ("scratch · Asked from score", "0.563", "0.4")
    deed(room, RecipeDeed.SAVE)
    sign(room, "", "more careful")
    room.until_titled("revision 2 · Draft")
    for name in ("wang", "li"):
        deed(room, RecipeDeed.APPROVE)
        sign(room, name)
    room.until_titled("revision 2 · Approved")
    deed(room, RecipeDeed.ACTIVATE)
    sign(room, "wang")
    room.until_titled("revision 2 · Active")
    assert (state_of(room, 1), state_of(room, 2)) == (RevisionState.RETIRED, ACTIVE)
    assert [row.cells[0] for row in room.screen.side.life.rows][:2] == ["wang", "li"]
    sent = [c for c in room.bench.engine.commands if isinstance(c, ApproveRevision)]
    assert sent[0].signature == Signature("wang", "secret")


def test_a_refusal_is_said_and_nothing_changes(room: RecipeRoom) -> None:
    room.open()
    draft_with_other_threshold(room)
    deed(room, RecipeDeed.SAVE)
    sign(room, "", "why")
    room.until_titled("revision 2 · Draft")
    for _ in range(2):
        deed(room, RecipeDeed.APPROVE)
        sign(room, "wang")
    room.bench.qtbot.waitUntil(lambda: room.screen.side.note.is_warning)
    assert "it has the approval of wang" in room.screen.side.note.words
    assert state_of(room, 2) is RevisionState.DRAFT


def test_a_password_is_forgotten_and_needs_all_three_fields(room: RecipeRoom) -> None:
    room.open()
    draft_with_other_threshold(room)
    deed(room, RecipeDeed.SAVE)
    sign(room, "", "why")
    room.until_titled("revision 2 · Draft")
    deed(room, RecipeDeed.APPROVE)
    pane = room.screen.side.sign
    assert not pane.yes.isEnabled()
    pane.name.setText("wang")
    pane.secret.setText("secret")
    assert not pane.yes.isEnabled()
    room.tap(pane.no)
    assert (pane.secret.text(), pane.isHidden()) == ("", True)


def test_a_wrong_threshold_is_not_taken(room: RecipeRoom) -> None:
    room.open()
    deed(room, RecipeDeed.EDIT)
    room.screen.open_step(THRESHOLDS)
    table = room.screen.thresholds.table
    for text in ("0.9", "-1", "much", ""):  # asked above rejected, below zero, no number
        write(room, table, 1, text)
        assert shown(table, 1) == "0.563"
    deed(room, RecipeDeed.DROP)  # nothing was changed: nothing is asked
    room.until_titled("revision 1 · Active")


def test_nothing_is_written_where_no_draft_is_open(room: RecipeRoom) -> None:
    room.open()
    for step in (room.screen.thresholds.table, room.screen.quality.table, room.screen.regions.table):
        assert not any(row.editable for row in step.rows)
    assert not room.screen.regions.draw.isEnabled()


def test_regions_are_drawn_moved_and_deleted_on_the_stored_image(room: RecipeRoom) -> None:
    room.inspect(3)
    room.open()
    room.screen.open_step(1)
    regions = room.screen.regions
    room.bench.qtbot.waitUntil(lambda: regions.canvas.has_image)
    deed(room, RecipeDeed.EDIT)
    room.tap(regions.draw)
    drag(room, 0.3, 0.3, 0.6, 0.6)
    (row,) = regions.table.rows
    x, width = int(row.cells[1]), int(row.cells[3])
    assert (row.cells[0], width > 50) == ("region 1", True)
    drag(room, 0.45, 0.45, 0.55, 0.45)
    (row,) = regions.table.rows
    assert int(row.cells[1]) > x
    assert int(row.cells[3]) == width
    write(room, regions.table, 0, "lid")
    assert "lid" in room.screen.side.changes.rows[0].cells[0]
    room.tap(regions.exclude)
    drag(room, 0.45, 0.45, 0.5, 0.5)
    assert [row.cells[5] for row in regions.table.rows] == ["", "yes"]
    room.tap(regions.delete)
    room.tap(regions.delete)
    assert regions.table.rows == ()


def drag(room: RecipeRoom, x1: float, y1: float, x2: float, y2: float) -> None:
    """From one share of the canvas to another."""
    canvas = room.screen.regions.canvas
    start = QPoint(round(canvas.width() * x1), round(canvas.height() * y1))
    end = QPoint(round(canvas.width() * x2), round(canvas.height() * y2))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    room.bench.settle()


def test_limits_are_taught_from_good_parts(room: RecipeRoom) -> None:
    room.inspect(40)
    room.open()
    deed(room, RecipeDeed.EDIT)
    quality = room.screen.quality
    room.screen.open_step(2)
    room.tap(quality.teach)
    room.bench.qtbot.waitUntil(lambda: "40 good parts" in quality.note.words)
    room.tap(quality.take)
    cells = {row.cells[0]: row.cells for row in quality.table.rows}
    assert cells["Brightness at least"][1] == cells["Brightness at least"][3]
    assert cells["Brightness at least"][2] == "40"


def test_too_few_parts_cannot_teach(room: RecipeRoom) -> None:
    room.inspect(3)
    room.open()
    room.screen.open_step(2)
    room.tap(room.screen.quality.teach)
    room.bench.qtbot.waitUntil(lambda: room.screen.quality.note.words.startswith("Cannot say"))


def test_a_file_that_differs_can_be_taken_in(room: RecipeRoom) -> None:
    room.open()
    button = room.screen.side.bar.buttons[RecipeDeed.TAKE_FILE]
    assert not button.isEnabled()
    room.bench.tell(AlarmRaised("recipe_file housing", Priority.LOW, "differs", "", "take it in", NOW_MS))
    assert button.isEnabled()
    deed(room, RecipeDeed.TAKE_FILE)
    sign(room, "", "new file")
    assert TakeInFile("housing", "new file") in room.bench.engine.commands
    room.bench.qtbot.waitUntil(lambda: len(room.screen.list.rows) == 4)


def choose_row(room: RecipeRoom, row: int) -> None:
    table = room.screen.list
    spot = table.visualRect(table.model().index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    room.bench.settle()


def test_unsaved_changes_are_asked_about_before_they_are_dropped(room: RecipeRoom) -> None:
    room.open()
    draft_with_other_threshold(room)
    side = room.screen.side
    choose_row(room, 1)
    assert not side.sign.isHidden()
    assert side.sign.yes.isEnabled()
    assert room.screen.list.currentRow() == 0
    room.tap(side.sign.no)
    assert "being changed" in side.title.words
    assert shown(room.screen.thresholds.table, 1) == "0.4"
    choose_row(room, 1)  # asked again, each time
    room.tap(side.sign.yes)
    room.until_titled("housing-serial · revision 1 · Active")
    assert not [c for c in room.bench.engine.commands if isinstance(c, SaveDraft)]


def test_dropping_changes_is_asked_about_as_well(room: RecipeRoom) -> None:
    room.open()
    draft_with_other_threshold(room)
    deed(room, RecipeDeed.DROP)
    assert not room.screen.side.sign.isHidden()
    room.tap(room.screen.side.sign.no)
    assert shown(room.screen.thresholds.table, 1) == "0.4"
    deed(room, RecipeDeed.DROP)
    room.tap(room.screen.side.sign.yes)
    room.until_titled("revision 1 · Active")
    assert shown(room.screen.thresholds.table, 1) == "0.563"


def test_who_may_not_edit_only_looks(room: RecipeRoom) -> None:
    room.open()
    room.bench.tell(SessionChanged("op", "Op", Role.OPERATOR, Role.OPERATOR, has_people=True))
    assert not room.screen.side.bar.buttons[RecipeDeed.EDIT].isEnabled()
    room.bench.tell(SessionChanged("wang", "Wang", Role.ENGINEER, Role.ENGINEER, has_people=True))
    assert room.screen.side.bar.buttons[RecipeDeed.EDIT].isEnabled()


def test_another_revision_is_shown_against_the_active_one(room: RecipeRoom) -> None:
    room.open()
    draft_with_other_threshold(room)
    deed(room, RecipeDeed.SAVE)
    sign(room, "", "why")
    room.until_titled("revision 2 · Draft")
    room.screen.revision_chosen.emit("housing", 1)
    room.until_titled("revision 1 · Active")
    history = room.ledger.recipe_history("housing")
    assert active_of(history.revisions) == history.revision_of(1)
    saved = history.text_of(2)
    assert saved is not None
    assert parse_recipe(saved.text).labels["scratch"].review == 0.4
    assert [c for c in room.bench.engine.commands if isinstance(c, ActivateRevision)] == []
    assert [c.reason for c in room.bench.engine.commands if isinstance(c, SaveDraft)] == ["why"]


@pytest.mark.parametrize("number", range(6))
def test_every_step_shows_an_empty_state_and_the_chosen_one(room: RecipeRoom, number: int) -> None:
    room.open()
    room.screen.open_step(number)
    step = room.screen.steps[number]
    assert step.isVisible()
    step.show_state(RecipesState())


def test_every_word_changes_with_the_language(room: RecipeRoom) -> None:
    room.open()
    room.tap(room.bench.station.screen.top.language)
    assert room.screen.list.rows[0].cells[2] == "启用"
    assert "版本 1" in room.screen.side.title.words
    assert room.screen.side.bar.buttons[RecipeDeed.APPROVE].caption == "批准"
    room.tap(room.bench.station.screen.top.language)
    assert room.screen.list.rows[0].cells[2] == "Active"


def test_what_is_kept_is_written_in_words_or_as_in_the_file(room: RecipeRoom) -> None:
    room.open()
    deed(room, RecipeDeed.EDIT)
    room.screen.open_step(5)
    table = room.screen.keeping.table
    row = next(n for n, row in enumerate(table.rows) if row.cells[0] == "Images that are kept")
    evidence = "evidence and a share of passes"
    for text, holds in (("all", "all"), (evidence, evidence), ("?", evidence)):
        table.written.emit(row, 1, text)
        assert table.rows[row].cells[1] == holds
    table.written.emit(row + 1, 1, "0.5")
    assert room.screen.side.changes.rows[0].cells == ("Share of passes kept", "0.05", "0.5")
    table.written.emit(row + 1, 1, "1.5")
    assert table.rows[row + 1].cells[1] == "0.5"
