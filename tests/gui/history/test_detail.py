"""One part of the history, and two compared: what is known is on the screen, and who may decide decides."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from station_app.core.history import RecordedOverride
from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.messages import CommandRefused, OverrideRecorded, RecordOverride, UndoOverride
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.core.review import Answer, Queue, Review, Severity
from station_app.core.review_messages import MarkSuspect, ReviewRecorded, SuspectMarked
from station_app.gui.actions import Deed
from station_app.gui.history.chain import override_entries, standing
from station_app.gui.history.compare_page import Manner
from station_app.gui.history.detail_page import DetailPage
from station_app.gui.history.linked_canvas import view_like
from station_app.gui.viewport import fit
from station_app.store.audit import append
from station_app.store.connection import open_writer
from station_app.store.ledger import DATABASE
from station_app.store.review_writing import mark_suspect, record_review, undo_review
from tests.gui.history.conftest import PARTS, PICTURED, HistoryBench, decide
from tests.gui.history.recorded import parts

FAILED = [made for made in parts(PARTS) if made.verdict is VerdictKind.FAIL and made.part_id in PICTURED]
BAD = FAILED[-1]


def _opened(history: HistoryBench, part_id: int = BAD.part_id) -> DetailPage:
    """By a tap on its row."""
    table = history.tab.list.table
    number = history.tab.list.rows.index_of(part_id)
    assert number is not None
    table.scrollTo(table.parts.index(number, 1))
    spot = table.visualRect(table.parts.index(number, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot.x(), spot.y()))
    detail = history.tab.detail
    _wait_read(history, detail)
    return detail


def _wait_read(history: HistoryBench, detail: DetailPage) -> None:
    history.bench.qtbot.waitUntil(lambda: bool(detail.facts.sections))


def _said(detail: DetailPage) -> str:
    return "\n".join(f"{fact.name} {fact.value}" for section in detail.facts.sections for fact in section.facts)


def _press(history: HistoryBench, deed: Deed) -> None:
    history.tap(history.tab.detail.foot.buttons[deed])


def test_a_part_is_seen_with_its_image_its_marks_and_all_that_is_known(history: HistoryBench) -> None:
    detail = _opened(history)
    history.bench.qtbot.waitUntil(lambda: detail.images.canvas.has_image)
    assert detail.images.canvas.marks() and history.bench.archive.asked == [BAD.part_id]
    said = _said(detail)
    for expected in (BAD.serial, BAD.lot, BAD.recipe_hash, BAD.cameras[0].model_hash, "22.0 ms", "40.0", "0.050"):
        assert expected in said, expected
    assert BAD.serial in detail.head.title.accessibleName() and "NG" in detail.head.title.accessibleName()


def test_a_part_without_a_stored_image_says_so(history: HistoryBench) -> None:
    detail = history.tab.detail
    history.tab.open_part(5)
    _wait_read(history, detail)
    history.bench.qtbot.waitUntil(lambda: "No image" in detail.images.canvas._empty_text)
    history.tab.open_part(12345678)
    history.bench.qtbot.waitUntil(lambda: "12345678" in detail.head.title.accessibleName())


def test_the_neighbours_are_one_key_away(history: HistoryBench) -> None:
    detail = _opened(history, PARTS)
    assert not detail.head.newer.isEnabled() and detail.head.older.isEnabled()
    for _ in range(3):
        history.bench.station.ways.do(Deed.LOOK_BACK)
    history.bench.station.ways.do(Deed.LOOK_FORWARD)
    history.bench.qtbot.waitUntil(lambda: f"{PARTS - 2:07d}" in detail.head.title.accessibleName())
    history.bench.station.ways.do(Deed.CANCEL)
    assert history.shows(history.tab.list) and history.tab.list.table.currentIndex().row() == 2


def test_far_neighbours_are_read_before_they_are_reached(history: HistoryBench) -> None:
    _opened(history, PARTS)
    for step in range(1, 250):
        history.tab.detail.step_asked.emit(-1)
        assert history.tab.desk.part_id == PARTS - step
        history.bench.qtbot.waitUntil(history.tab.detail.head.older.isEnabled)


def test_a_lead_overrides_with_a_reason_and_it_is_shown_once_it_is_on_disk(history: HistoryBench) -> None:
    history.sign_in(Role.LEAD)
    history.bench.engine.answers_overrides = False
    detail = _opened(history)
    assert not detail.foot.buttons[Deed.UNDO].isEnabled()
    _press(history, Deed.FALSE_REJECT)
    assert detail.question.isVisible() and not detail.foot.isVisible()
    QTest.keyClick(detail, Qt.Key.Key_1)
    history.bench.qtbot.waitUntil(detail.foot.isVisible)
    history.bench.settle()
    sent = [command for command in history.bench.engine.commands if isinstance(command, RecordOverride)]
    assert [(c.part_id, c.disposition, c.operator, c.reason) for c in sent] == [
        (BAD.part_id, Disposition.FALSE_REJECT, "Anna", "dust")
    ]
    assert detail.foot.note.words == "Recording…" and not detail.foot.buttons[Deed.AGREE].isEnabled()
    decide(history.folder, Override(BAD.part_id, Disposition.FALSE_REJECT, "Anna", 1_764_000_000_000, reason="dust"))
    history.bench.tell(OverrideRecorded(1, BAD.part_id, Disposition.FALSE_REJECT, "Anna", Disposition.FALSE_REJECT))
    history.bench.qtbot.waitUntil(lambda: "Anna: False reject" in _said(detail))
    row = next(row for row in history.tab.list.rows.rows if row.part_id == BAD.part_id)
    history.bench.qtbot.waitUntil(
        lambda: history.tab.list.rows.rows[history.ids.index(row.part_id)].disposition is Disposition.FALSE_REJECT
    )
    assert detail.foot.buttons[Deed.UNDO].isEnabled() and not detail.foot.buttons[Deed.AGREE].isEnabled()
    assert detail.foot.note.words == "✓ False reject · Anna · recorded"


def test_an_undo_is_a_leads_and_the_chain_keeps_both(history: HistoryBench) -> None:
    first = Override(BAD.part_id, Disposition.FALSE_REJECT, "王芳", 1_764_000_000_000, reason="position")
    decide(history.folder, first)
    history.sign_in(Role.OPERATOR)
    detail = _opened(history)
    assert not detail.foot.buttons[Deed.UNDO].isEnabled() and "Only a lead" in detail.foot.note.words
    history.sign_in(Role.LEAD)
    _press(history, Deed.UNDO)
    assert history.bench.engine.commands[-1] == UndoOverride(BAD.part_id, "Anna")
    decide(history.folder, Override(BAD.part_id, Disposition.UNDO, "Anna", 1_764_000_100_000))
    history.bench.tell(OverrideRecorded(2, BAD.part_id, Disposition.UNDO, "Anna", None))
    history.bench.qtbot.waitUntil(lambda: "Anna: Took back: False reject" in _said(detail))
    assert "王芳: False reject (taken back by Anna)" in _said(detail) and "Position" in _said(detail)


def test_a_refusal_is_said_and_the_part_can_be_answered_again(history: HistoryBench) -> None:
    history.sign_in(Role.LEAD)
    history.bench.engine.answers_overrides = False
    detail = _opened(history)
    _press(history, Deed.AGREE)
    history.bench.tell(CommandRefused(RecordOverride.__name__, "the database is too slow", "check the disk"))
    assert detail.foot.note.is_warning and "too slow" in detail.foot.note.words
    assert detail.foot.buttons[Deed.AGREE].isEnabled()


def test_nobody_decides_without_a_name_and_an_admin_never(history: HistoryBench) -> None:
    history.sign_in(Role.ADMIN)
    detail = _opened(history)
    assert not any(button.isEnabled() for button in detail.foot.buttons.values())
    history.bench.station.ways.do(Deed.AGREE)
    history.bench.settle()
    assert not [c for c in history.bench.engine.commands if isinstance(c, RecordOverride)]


def _write(history: HistoryBench, write: Callable[[sqlite3.Connection], object]) -> None:
    with closing(open_writer(history.folder / DATABASE)) as connection:
        write(connection)


def test_a_part_is_marked_as_suspect_for_a_reason(history: HistoryBench) -> None:
    history.sign_in(Role.LEAD)
    detail = _opened(history)
    history.tap(detail.head.suspect)
    assert "suspect" in detail.question.accessibleName()
    QTest.keyClick(detail.question.field, Qt.Key.Key_Return)
    history.bench.settle()
    assert detail.question.isVisible()  # no mark without a reason
    detail.question.field.setText("scratched by the gripper?")
    QTest.keyClick(detail.question.field, Qt.Key.Key_Return)
    history.bench.settle()
    assert MarkSuspect(BAD.part_id, "scratched by the gripper?") in history.bench.engine.commands
    assert not detail.question.isVisible()
    _write(history, partial(mark_suspect, part_id=BAD.part_id, reason="scratched by the gripper?", person="Anna"))
    history.bench.tell(SuspectMarked(BAD.part_id, "scratched by the gripper?"))
    history.bench.qtbot.waitUntil(lambda: "Anna: Marked as suspect" in _said(detail))
    assert "scratched by the gripper?" in _said(detail)


def test_a_refused_mark_is_said_and_esc_marks_nothing(history: HistoryBench) -> None:
    history.sign_in(Role.LEAD)
    detail = _opened(history)
    history.tap(detail.head.suspect)
    history.bench.station.ways.do(Deed.CANCEL)
    assert not detail.question.isVisible() and history.shows(detail)
    history.tap(detail.head.suspect)
    QTest.keyClick(detail, Qt.Key.Key_1)
    history.bench.settle()
    assert [c for c in history.bench.engine.commands if isinstance(c, MarkSuspect)] == [
        MarkSuspect(BAD.part_id, "Looks unlike the other parts")
    ]
    history.bench.tell(CommandRefused("MarkSuspect", "the database is too slow", "check the disk"))
    assert detail.foot.note.is_warning and "too slow" in detail.foot.note.words


def test_who_may_not_decide_may_not_mark_and_is_told_why(history: HistoryBench) -> None:
    history.sign_in(Role.ADMIN)
    detail = _opened(history)
    assert not detail.head.suspect.isEnabled()
    assert detail.foot.note.words == "Your role may not do this"
    history.bench.tell(SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=True))
    assert not detail.head.suspect.isEnabled()
    history.sign_in(Role.OPERATOR)
    assert detail.head.suspect.isEnabled()
    assert detail.foot.note.words == "Evidence pack: Your role may not do this"


def test_reviews_and_a_withheld_ok_are_in_the_chain(history: HistoryBench) -> None:
    said = Review(BAD.part_id, Queue.NEAR, Answer.BAD, "li", 1_764_000_000_000, is_blind=False)
    said = replace(said, label="dent", severity=Severity.MAJOR, comment="at the edge")

    def write(connection: sqlite3.Connection) -> None:
        number, _ = record_review(connection, said)
        record_review(connection, replace(said, answer=Answer.GOOD, reviewer="wu", label="", severity=None))
        undo_review(connection, number, "li")
        append(connection, "station", "pass_withheld", f"part {BAD.part_id}", "recorded after the deadline")

    _write(history, write)
    detail = _opened(history)
    told = _said(detail)
    for expected in (
        "li: Review: Bad (taken back by li)",
        "Near threshold",
        "Major",
        "at the edge",
        "wu: Review: Good",
    ):
        assert expected in told, expected
    assert "Station: OK withheld: the record came after the deadline" in told
    assert "NO RESULT" in told


def test_a_blind_review_is_not_told_while_another_is_waited_for(history: HistoryBench) -> None:
    def write(connection: sqlite3.Connection) -> None:
        draw = "INSERT INTO samples VALUES (?, 1, 0, 0.5, 2, 1, 0)"  # two people judge it
        connection.execute(draw, (BAD.part_id,))
        record_review(connection, Review(BAD.part_id, Queue.BLIND, Answer.BAD, "li", 1_764_000_000_000, is_blind=True))

    _write(history, write)
    detail = _opened(history)
    assert "li: Reviewed blind; told when all blind answers are given" in _said(detail)
    assert "Review: Bad" not in _said(detail)
    second = Review(BAD.part_id, Queue.BLIND, Answer.BAD, "wu", 1_764_000_000_001, is_blind=True)
    _write(history, partial(record_review, review=second))
    history.bench.tell(ReviewRecorded(9, BAD.part_id, Queue.BLIND, Answer.BAD, "wu", False, ""))
    history.bench.qtbot.waitUntil(lambda: "wu: Review: Bad" in _said(detail))
    assert "li: Review: Bad" in _said(detail)


def test_two_parts_are_chosen_from_the_table_and_show_the_same_place(history: HistoryBench) -> None:
    _opened(history)
    history.tap(history.tab.detail.head.compare)
    assert str(BAD.part_id) in history.tab.list.foot.note.words
    other = FAILED[-2].part_id if len(FAILED) > 1 else PARTS
    table = history.tab.list.table
    table.opened.emit(table.parts.row(history.ids.index(other)))
    compare = history.tab.compare
    history.bench.qtbot.waitUntil(lambda: all(canvas.has_image for canvas in compare.canvases))
    assert history.shows(compare) and str(BAD.part_id) not in history.tab.list.foot.note.words
    for manner in Manner:
        history.tap(compare.manners[manner])
        compare.canvases[0].zoom_in()
        compare.canvases[1].zoom_in()
        first, second = (canvas.viewport for canvas in compare.canvases)
        assert first is not None and second is not None
        assert first.zoom == pytest.approx(second.zoom) and first.centre_x == pytest.approx(second.centre_x)
    compare.show_manner(Manner.SLIDER)
    QTest.mouseClick(compare.split, Qt.MouseButton.LeftButton, pos=QPoint(compare.split.width() // 4, 10))
    assert compare.canvases[1].mask().boundingRect().left() == round(compare.split.share * compare.canvases[1].width())
    compare.show_manner(Manner.BLINK)
    before = compare.titles[1].grab().toImage()
    history.bench.qtbot.waitUntil(compare.canvases[1].isHidden)
    assert compare.titles[1].grab().toImage() != before, "the title says whose image is seen"
    history.bench.station.ways.do(Deed.CANCEL)
    assert history.shows(history.tab.list)


def test_frames_of_two_sizes_show_the_same_share() -> None:
    lead = fit(1000, 500, 400, 300).zoomed(2.0, 100, 80)
    own = view_like(fit(500, 250, 400, 300), lead)
    assert own.zoom == lead.zoom and own.centre_x * 2 == pytest.approx(lead.centre_x)


def test_what_holds_is_the_latest_that_was_not_taken_back() -> None:
    agree = Override(1, Disposition.AGREE, "A", 1)
    unsure = Override(1, Disposition.UNSURE, "B", 2)
    undo = Override(1, Disposition.UNDO, "C", 3, undoes=2)
    chain = override_entries((RecordedOverride(1, agree), RecordedOverride(2, unsure)))
    assert standing(chain) == unsure
    chain = override_entries((RecordedOverride(1, agree), RecordedOverride(2, unsure), RecordedOverride(3, undo)))
    assert standing(chain) == agree and chain[1].undone_by == "C" and chain[2].undone == unsure
    assert standing(()) is None
