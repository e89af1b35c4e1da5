"""The models' screen as a person uses it: what comes, how it judges, who promotes it, and the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import Disposition
from station_app.core.messages import CommandRefused, OverrideRecorded
from station_app.core.model_messages import (
    FetchModels,
    ModelStage,
    PromoteModel,
    RollBackModel,
    StartShadow,
    StopRule,
    StopShadow,
)
from station_app.core.people import Role, Signature
from station_app.core.people_messages import SessionChanged
from station_app.core.rollout_deeds import DeedKind
from station_app.gui.models import record_questions
from station_app.gui.models.deeds import ModelDeed
from station_app.gui.models.models_state import Place
from station_app.gui.models.record_questions import PAGE
from station_app.gui.models.records import Side
from station_app.gui.screens import ScreenName
from station_app.gui.sentences import NOT_ALLOWED, SIGN_IN_AGAIN
from tests.gui.models.conftest import CANDIDATE, CHAMPION, FAIL, PASS, REVIEW, WORSE, ModelRoom, differ, fill
from tests.store.records import RECIPE

KEY = (CANDIDATE, RECIPE.name, "top")


@pytest.fixture
def full(room: ModelRoom) -> ModelRoom:
    """With a champion, a candidate in shadow and a refused package, opened."""
    fill(room)
    room.report()
    room.open()
    room.until_titled("1.3.0")
    return room


def deed(room: ModelRoom, which: ModelDeed) -> None:
    room.tap(room.screen.packages.panel.buttons[which])


def possible(room: ModelRoom) -> set[ModelDeed]:
    return {deed for deed, button in room.screen.packages.panel.buttons.items() if button.isEnabled()}


def choose(room: ModelRoom, row: int) -> None:
    """A tap on a row of the list."""
    table = room.screen.packages.list
    spot = table.visualRect(table.model().index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    room.bench.settle()


def sign(room: ModelRoom, name: str, reason: str = "") -> None:
    pane = room.screen.promotion.sign
    pane.name.setText(name)
    pane.secret.setText("secret")
    pane.reason.setText(reason)
    room.tap(pane.yes)


def sent(room: ModelRoom, kind: type) -> list[object]:
    return [command for command in room.bench.engine.commands if isinstance(command, kind)]


def cells(room: ModelRoom) -> dict[str, tuple[str, ...]]:
    return {row.cells[0]: row.cells[1:] for row in room.screen.packages.panel.table.rows}


def until_stage(room: ModelRoom, stage: ModelStage) -> None:
    room.bench.qtbot.waitUntil(lambda: room.chosen.stage is stage)


def test_an_empty_station_says_how_a_model_gets_there(room: ModelRoom) -> None:
    room.open()
    packages = room.screen.packages
    assert "No model has come" in packages.empty.words and not packages.list.isVisible()
    assert not packages.panel.isVisible() and not room.screen.trial.button.isVisible()
    room.tap(packages.fetch)
    assert sent(room, FetchModels) == [FetchModels("wang")]
    packages.fetch_asked.emit("/media/stick")
    room.bench.settle()
    assert sent(room, FetchModels)[1] == FetchModels("wang", "/media/stick")


def test_why_nothing_could_be_fetched_is_said(room: ModelRoom) -> None:
    room.refuses = "the stick cannot be read"
    room.open()
    room.tap(room.screen.packages.fetch)
    room.bench.qtbot.waitUntil(lambda: room.screen.packages.note.is_warning)
    assert "The stick cannot be read: Plug it in again" in room.screen.packages.note.words


def test_all_packages_are_listed_and_the_one_in_shadow_is_looked_at_first(full: ModelRoom) -> None:
    rows = full.screen.packages.list.rows
    assert [row.cells[:4] for row in rows] == [
        ("housing 1.3.0", "Shadow", "A17 / top", "stable 7"),
        ("housing 1.2.9", "Refused", "A17 / top", "stable 6"),
        ("housing 1.2.0", "Active", "A17 / top", "stable 5"),
    ]
    assert rows[0].cells[5:] == ("housing 1.2.0", "5d5d5d5d") and rows[2].cells[5] == "–"
    assert [row.is_marked for row in rows] == [False, True, False]
    assert full.screen.packages.list.currentRow() == 0


def test_the_chosen_package_shows_its_way_its_gate_and_who_signed(full: ModelRoom) -> None:
    full.bench.qtbot.waitUntil(lambda: "Golden set: escapes" in cells(full))
    told = cells(full)
    assert told["Golden set: escapes"] == ("2 of 60: 3.33\u00a0% (0.40\u00a0% to 11.5\u00a0%)",
                                           "9 of 60: 15.0\u00a0% (7.10\u00a0% to 26.6\u00a0%)")  # fmt: skip
    assert told["Gate: escapes of Scratch"][0].startswith("held · 1 of 40 escape")
    assert told["Shadow"][0].endswith(" · wang")
    assert "Shadow (now)" in full.screen.packages.panel.way.accessibleName()
    choose(full, 2)
    full.until_titled("1.2.0")
    full.bench.qtbot.waitUntil(lambda: "Active" in cells(full))
    assert [cells(full)["Active"][0].split(" · ")[1]] == ["li"] and "wang, li" in ", ".join(full.chosen.signed_by)


def test_a_refused_package_says_why(full: ModelRoom) -> None:
    choose(full, 1)
    full.until_titled("1.2.9")
    panel = full.screen.packages.panel
    assert panel.note.is_warning and "Golden image 003.png: score 0.112 instead of 0.934" in panel.note.words
    assert possible(full) == set() and "Refused (the end)" in panel.way.accessibleName()


def test_shadow_is_stopped_and_started_again(full: ModelRoom) -> None:
    assert possible(full) == {ModelDeed.STOP_SHADOW, ModelDeed.PROMOTE}
    deed(full, ModelDeed.STOP_SHADOW)
    until_stage(full, ModelStage.PROVED)
    assert sent(full, StopShadow) == [StopShadow(*KEY, "wang")]
    deed(full, ModelDeed.START_SHADOW)
    until_stage(full, ModelStage.SHADOW)
    assert sent(full, StartShadow) == [StartShadow(*KEY, "wang")]


def test_two_people_promote_it_to_a_canary_and_the_second_signs_the_same(full: ModelRoom) -> None:
    deed(full, ModelDeed.PROMOTE)
    page = full.screen.promotion
    assert page.isVisible() and not full.screen.packages.isVisible()
    full.tap(page.shares[0.05])
    page.rule.written.emit(1, 1, "4 %")
    page.rule.written.emit(4, 1, "500")
    assert (
        "10,000 of the line" in page.outlook.words and "1.3.0 decides 5\u00a0% of the parts" in page.consequence.words
    )
    sign(full, "wang", "fewer escapes")
    full.bench.qtbot.waitUntil(lambda: full.chosen.signed_by == ("wang",))
    assert full.chosen.stage is ModelStage.SHADOW and full.screen.packages.isVisible()
    full.bench.qtbot.waitUntil(lambda: "wang signed for 5\u00a0% of the parts" in cells(full)["Signed"][0])

    full.sign_in("li")
    deed(full, ModelDeed.PROMOTE)
    full.bench.qtbot.waitUntil(lambda: "You sign for exactly the same" in page.waiting.words)
    rule = StopRule(bad_share=0.04, min_parts=500)
    assert (page.proposal.share, page.proposal.rule) == (0.05, rule) and "fewer escapes" in page.waiting.words
    assert not any(row.editable for row in page.rule.rows)
    assert [share for share, button in page.shares.items() if button.isEnabled()] == [0.05]
    sign(full, "li")
    until_stage(full, ModelStage.CANARY)
    first, second = sent(full, PromoteModel)
    assert first == PromoteModel(*KEY, 0.05, Signature("wang", "secret"), rule, "fewer escapes")
    assert second == PromoteModel(*KEY, 0.05, Signature("li", "secret"), rule, "")
    assert "decides 5\u00a0% of the parts of A17 on trial" in full.screen.trial.words.words


def test_the_second_signature_shows_as_soon_as_the_first_is_there(full: ModelRoom) -> None:
    deed(full, ModelDeed.PROMOTE)
    page = full.screen.promotion
    full.bench.engine.on_setup = None
    full._sign(PromoteModel(*KEY, 0.25, Signature("zhao", ""), StopRule(), "seen on another screen"))
    full._tell()
    full.bench.tell()
    full.bench.qtbot.waitUntil(lambda: "zhao signed for 25" in page.waiting.words)
    assert page.proposal.share == 0.25 and page.renew.isVisible()
    full.tap(page.renew)
    assert page.shares[1.0].isEnabled() and page.proposal.share == 0.25
    full.tap(page.shares[1.0])
    assert page.proposal.share == 1.0 and not page.rule.isVisible()


def test_terms_that_cannot_be_are_not_taken(full: ModelRoom) -> None:
    deed(full, ModelDeed.PROMOTE)
    page = full.screen.promotion
    for row, text in ((0, "6"), (0, "much"), (1, "0.5"), (2, "30"), (4, "2.5"), (4, "-1")):
        page.note.say("")
        page.rule.written.emit(row, 1, text)
        assert page.proposal.rule == StopRule() and page.note.is_warning, (row, text)
    full.tap(page.sign.no)
    assert full.screen.packages.isVisible() and sent(full, PromoteModel) == []


def test_a_refused_signature_is_said_and_nothing_changes(full: ModelRoom) -> None:
    full.bench.engine.on_setup = None
    deed(full, ModelDeed.PROMOTE)
    sign(full, "wang")
    full.bench.tell(CommandRefused("PromoteModel", "the name or the secret is wrong", "try again"))
    assert full.screen.packages.panel.note.words == "The name or the secret is wrong: Try again"
    assert full.chosen.signed_by == ()


def test_an_older_package_needs_a_reason(full: ModelRoom) -> None:
    full.offer(9, "99" * 32, "1.5.0", CHAMPION)
    full.report()
    choose(full, 1)
    full.until_titled("1.3.0")
    deed(full, ModelDeed.PROMOTE)
    page = full.screen.promotion
    assert page.waiting.is_warning and "higher number" in page.waiting.words
    full.bench.engine.on_setup = None
    page.sign.secret.setText("secret")
    assert not page.sign.yes.isEnabled()
    sign(full, "wang", "1.5.0 misses dents")
    (command,) = sent(full, PromoteModel)
    assert isinstance(command, PromoteModel) and command.allows_older and command.reason == "1.5.0 misses dents"


def test_rolling_back_is_one_press_and_a_reason_from_everywhere(full: ModelRoom) -> None:
    full.promote(CANDIDATE, 0.1)
    full.report()
    choose(full, 2)
    for place in (Place.SYNC, Place.SHADOW):
        full.go(place)
        full.tap(full.screen.trial.button)
        full.until_titled("1.3.0")
        assert full.screen.packages.isVisible() and full.screen.packages.panel.why.isVisible()
    panel = full.screen.packages.panel
    assert not panel.why.yes.isEnabled(), "a reason is needed"
    panel.why.reason.setText("overturned too often")
    full.tap(panel.why.yes)
    until_stage(full, ModelStage.ROLLED_BACK)
    assert sent(full, RollBackModel) == [RollBackModel(*KEY, "overturned too often", "wang")]
    assert "overturned too often" in panel.note.words.lower() and panel.note.is_warning
    assert "housing 1.2.0 decides all parts" in full.screen.trial.words.words


def test_who_may_not_sees_why(full: ModelRoom) -> None:
    full.bench.tell(SessionChanged("op", "Op", Role.OPERATOR, Role.OPERATOR, has_people=True))
    panel, packages = full.screen.packages.panel, full.screen.packages
    assert panel.buttons[ModelDeed.STOP_SHADOW].is_barred and packages.fetch.is_barred
    full.tap(packages.fetch)
    assert packages.note.words == NOT_ALLOWED and sent(full, FetchModels) == []
    deed(full, ModelDeed.STOP_SHADOW)
    assert panel.note.words == NOT_ALLOWED and sent(full, StopShadow) == []
    full.tap(full.screen.trial.button)
    full.bench.settle()
    assert panel.note.words == NOT_ALLOWED and not panel.why.isVisible()
    full.bench.tell(SessionChanged("wang", "Wang", Role.OPERATOR, Role.ENGINEER, has_people=True))
    deed(full, ModelDeed.ROLL_BACK)
    assert panel.note.words == SIGN_IN_AGAIN


def test_shadow_says_what_the_records_say(full: ModelRoom) -> None:
    differ(full)
    full.go(Place.SHADOW)
    full.until_read()
    page = full.screen.shadow
    assert page.cross._cells() == (44, 8, 2, 6)
    words = page.facts.words
    assert "No difference is shown" in words and "p = 0.11" in words
    assert "The candidate, more often" in words and "p = 0.016" in words
    assert "10 of 10 judged parts" in words and "3 of 10 judged parts" in words
    (group,) = page.wall.pane.groups
    assert (group.old, group.new, group.total) == (PASS, FAIL, 8)
    assert group.tiles[0].part_id == 56 and group.tiles[0].words == "56 · Scratch 0.10 → 0.80"


def test_without_anything_recorded_nothing_is_claimed(full: ModelRoom) -> None:
    full.go(Place.SHADOW)
    full.until_read()
    assert "has not judged any part" in full.screen.shadow.note.words
    assert full.screen.shadow.facts.words.count("Cannot say") == 2


def test_the_other_side_and_one_part_large_with_both_verdicts(full: ModelRoom) -> None:
    differ(full)
    full.go(Place.SHADOW)
    full.tap(full.screen.shadow.sides[Side.CANDIDATE_PASSES])
    full.until_read()
    page = full.screen.shadow
    (group,) = page.wall.pane.groups
    assert [tile.part_id for tile in group.tiles] == [50, 25]
    spot = page.wall.pane.spot_of(25)
    assert spot is not None
    QTest.mouseClick(page.wall.pane, Qt.MouseButton.LeftButton, pos=spot.center())
    full.bench.qtbot.waitUntil(lambda: page.enlarged.shown is not None)
    said = page.enlarged.accessibleName()
    assert said == "2A17-0093425 · champion NG (Scratch 0.900) · candidate OK (Scratch 0.021) · people say good"
    QTest.keyClick(full.screen, Qt.Key.Key_Escape)
    full.bench.qtbot.waitUntil(page.enlarged.isHidden)


def test_parts_are_paged_to_the_end_and_back(full: ModelRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_questions, "_LOOKED_AT", 7)
    total = PAGE + 5
    for number in range(1, 2 * total + 1):
        full.shadow(number, *((PASS, REVIEW) if number % 2 else (FAIL, PASS)))
    full.go(Place.SHADOW)
    full.until_read()
    page = full.screen.shadow

    def ids() -> list[int]:
        return [tile.part_id for group in page.wall.pane.groups for tile in group.tiles]

    assert ids() == list(range(2 * total - 1, 2 * total - 1 - 2 * PAGE, -2)) and not page.newer.isEnabled()
    full.tap(page.older)
    full.bench.qtbot.waitUntil(lambda: ids() == [9, 7, 5, 3, 1])
    assert not page.older.isEnabled()
    full.tap(page.newer)
    full.bench.qtbot.waitUntil(lambda: len(ids()) == PAGE)


def test_what_people_say_meanwhile_is_counted(full: ModelRoom) -> None:
    differ(full)
    full.go(Place.SHADOW)
    full.until_read()
    full.say(42, Disposition.MISSED_DEFECT)
    full.bench.tell(OverrideRecorded(99, 42, Disposition.MISSED_DEFECT, "zhou", Disposition.MISSED_DEFECT))
    full.bench.qtbot.waitUntil(lambda: "11 of 11 judged parts" in full.screen.shadow.facts.words)


def test_another_package_is_another_time_in_shadow(full: ModelRoom) -> None:
    differ(full)
    choose(full, 2)
    full.go(Place.SHADOW)
    full.until_read()
    assert "1.2.0" in full.screen.shadow.title.words
    assert full.screen.shadow.cross.counts.compared == 0


def test_records_that_cannot_be_read_are_said(full: ModelRoom) -> None:
    full.bench.archive.records = None
    full.go(Place.SHADOW)
    full.bench.qtbot.waitUntil(lambda: full.screen.shadow.note.is_warning)
    assert "there are no records" in full.screen.shadow.note.words


def test_a_lost_station_shows_no_package_and_sends_nothing(full: ModelRoom) -> None:
    full.bench.engine.die()
    full.bench.qtbot.waitUntil(lambda: not full.bench.station.desk.state.is_connected)
    full.bench.qtbot.waitUntil(lambda: full.screen.packages.list.rows == ())
    assert full.screen.packages.empty.words == "The station does not answer"
    assert not full.screen.packages.fetch.isEnabled() and not full.screen.trial.button.isVisible()


def test_the_screen_follows_what_happens_elsewhere(full: ModelRoom) -> None:
    full.bench.station.ways.go(ScreenName.RUN)
    full.deed(DeedKind.SHADOW_STOPPED, CANDIDATE, "zhao")
    full.report()
    full.bench.station.ways.go(ScreenName.MODELS)
    full.until_titled("Proved")
    assert WORSE in {model.sha256 for model in full.screen._known[0].models}
