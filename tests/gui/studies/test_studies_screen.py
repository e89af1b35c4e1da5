"""A study is planned, judged blind, resumed and read at the screen, on real records."""

from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import VerdictKind
from station_app.core.messages import CommandRefused
from station_app.core.study import Appraiser
from station_app.core.study_messages import AnswerShowing, CloseStudy, StartStudy, StudyPart
from station_app.gui.screens import ScreenName
from station_app.gui.studies.list_page import ListDeed
from station_app.gui.studies.studies_state import Place
from tests.gui.studies.conftest import StudyRoom, is_bad, plain

ANNA, BEN, SHOWN = Appraiser("anna"), Appraiser("ben"), Appraiser("anna", sees_model=True)


def words_of(room: StudyRoom) -> str:
    return " ".join(room.screen.report.view.toPlainText().split())


def open_plan(room: StudyRoom) -> None:
    room.open()
    room.do(ListDeed.PLAN)
    room.bench.qtbot.waitUntil(lambda: room.screen.plan.bad.count() > 0)


def press(room: StudyRoom, row: int, column: int) -> None:
    """A finger on a cell of the appraisers' table."""
    table = room.screen.plan.people
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_study_is_planned_from_settled_parts(room: StudyRoom) -> None:
    room.inspect(20)
    open_plan(room)
    plan = room.screen.plan
    assert (plan.bad.count(), plan.good.count()) == (8, 12)
    assert "20 parts, 40.0 % bad, 60 showings for each appraiser." in plain(plan.note.words)
    assert "Fewer than 50 parts" in plan.note.words and plan.note.is_warning
    assert not plan.start.isEnabled()
    plan.title.setText("Scratches")
    press(room, 0, 1)
    press(room, 1, 2)
    tile = plan.bad.visualItemRect(plan.bad.item(0)).center()
    QTest.mouseClick(plan.bad.viewport(), Qt.MouseButton.LeftButton, pos=tile)
    room.tap(plan.trials[2])
    assert "19 parts, 36.8 % bad, 38 showings for each appraiser." in plain(plan.note.words)
    room.tap(plan.start)
    room.until_listed()
    (command,) = [asked for asked in room.bench.engine.commands if isinstance(asked, StartStudy)]
    assert (command.title, command.trials, command.includes_model) == ("Scratches", 2, True)
    assert (command.appraisers, command.assisted) == (("anna",), ("ben",))
    assert set(command.parts) == {StudyPart(part_id, is_bad(part_id)) for part_id in range(1, 20)}
    assert "anna" in room.screen.list.card.words and "0 / 38" in room.screen.list.card.words


def test_the_filter_and_a_scan_choose_what_is_offered(room: StudyRoom) -> None:
    room.inspect(20)
    open_plan(room)
    plan = room.screen.plan
    plan.bar.set_choice(plan.bar.choice.with_rest(verdict=VerdictKind.PASS))
    room.bench.qtbot.waitUntil(lambda: plan.bad.count() == 2)  # the model let the parts 10 and 20 pass
    assert [plan.bad.caption(row) for row in range(2)] == ["✓ 20", "✓ 10"]
    plan.bar.clear_all()
    room.bench.qtbot.waitUntil(lambda: plan.bad.count() == 8)
    assert room.screen.take_serial("no such number")
    room.bench.qtbot.waitUntil(lambda: "No settled part" in plan.note.words)
    room.tap(plan.cancel)
    assert not room.screen.take_serial("the line's")


def test_what_the_engine_will_not_start_is_said(room: StudyRoom) -> None:
    room.inspect(10)
    open_plan(room)
    room.bench.engine.on_setup = None
    room.screen.plan.title.setText("Scratches")
    press(room, 0, 1)
    room.tap(room.screen.plan.start)
    assert not room.screen.plan.start.isEnabled()
    room.bench.tell(CommandRefused("StartStudy", "no image of this part is stored", "leave this part out"))
    assert room.screen.plan.note.words == "No image of this part is stored – Leave this part out"
    assert room.screen.plan.start.isEnabled()


def test_parts_are_judged_blind_one_after_the_other(room: StudyRoom) -> None:
    room.inspect(10)
    room.start(6, (ANNA,))
    room.sign_in("anna")
    room.open()
    room.until_listed()
    assert not room.screen.list.buttons[ListDeed.PLAN].isEnabled()
    assert not room.screen.list.buttons[ListDeed.REPORT].isEnabled()
    room.do(ListDeed.JUDGE)
    room.until_shown()
    judge = room.screen.judge
    first = room.next("anna")
    assert first is not None and judge.head.words == f"Scratches: part {first.code} – 1 of 12"
    assert judge.model.words == "" and judge.images.canvas.marks() == ()
    assert room.bench.archive.asked[-1] == first.part_id
    room.tap(judge.bad)
    room.bench.qtbot.waitUntil(lambda: "– 2 of 12" in judge.head.words)
    room.until_shown()
    QTest.keyClick(room.bench.station.window, Qt.Key.Key_F1)
    room.bench.qtbot.waitUntil(lambda: "– 3 of 12" in judge.head.words)
    given = [asked for asked in room.bench.engine.commands if isinstance(asked, AnswerShowing)]
    assert [(answer.showing, answer.is_bad, answer.saw_model) for answer in given] == [
        (1, True, False),
        (2, False, False),
    ]
    assert all(answer.viewed_ms >= 0 for answer in given)


def test_an_interrupted_study_goes_on_and_ends_on_the_list(room: StudyRoom) -> None:
    room.inspect(4)
    room.start(4, (ANNA,), trials=1)
    room.judge("anna", most=2)
    room.sign_in("anna")
    room.open()
    room.until_listed()
    room.do(ListDeed.JUDGE)
    room.until_shown()
    judge = room.screen.judge
    assert "– 3 of 4" in judge.head.words
    room.tap(judge.leave)
    assert room.screen.list.isVisible() and not judge.images.frames
    room.do(ListDeed.JUDGE)
    room.until_shown()
    room.tap(judge.good)
    room.bench.qtbot.waitUntil(lambda: "– 4 of 4" in judge.head.words)
    room.until_shown()
    room.tap(judge.good)
    room.bench.qtbot.waitUntil(room.screen.list.isVisible)
    room.bench.qtbot.waitUntil(lambda: "all answered" in room.screen.list.card.words)
    assert not room.screen.list.buttons[ListDeed.JUDGE].isEnabled()


def test_who_judges_with_the_model_sees_its_verdict(room: StudyRoom) -> None:
    room.inspect(10)
    room.start(4, (SHOWN,), trials=1)
    room.sign_in("anna")
    room.open()
    room.until_listed()
    room.do(ListDeed.JUDGE)
    room.until_shown()
    shown = room.next("anna")
    assert shown is not None
    assert room.screen.judge.model.words == f"The model says: {'bad' if shown.model_says_bad else 'good'}"
    room.tap(room.screen.judge.good)
    room.bench.qtbot.waitUntil(lambda: "– 2 of 4" in room.screen.judge.head.words)
    assert [asked.saw_model for asked in room.bench.engine.commands if isinstance(asked, AnswerShowing)] == [True]


def test_another_person_does_not_go_on_where_the_last_one_was(room: StudyRoom) -> None:
    room.inspect(4)
    room.start(4, (ANNA,))
    room.sign_in("anna")
    room.open()
    room.until_listed()
    room.do(ListDeed.JUDGE)
    room.until_shown()
    room.sign_in("ben")
    assert room.screen.list.isVisible() and not room.screen.judge.isVisible()
    assert not room.screen.list.buttons[ListDeed.JUDGE].isEnabled()


def test_a_refused_answer_is_said_and_the_records_say_what_is_next(room: StudyRoom) -> None:
    room.inspect(4)
    room.start(4, (ANNA,))
    room.sign_in("anna")
    room.open()
    room.until_listed()
    room.do(ListDeed.JUDGE)
    room.until_shown()
    room.judge("anna", most=1)  # at another window
    room.tap(room.screen.judge.good)
    room.bench.qtbot.waitUntil(lambda: "answered already" in room.screen.judge.note.words)
    room.bench.qtbot.waitUntil(lambda: "– 2 of 8" in room.screen.judge.head.words)
    room.until_shown()


def test_a_part_that_nobody_looks_at_is_put_away(room: StudyRoom) -> None:
    room.inspect(4)
    room.start(4, (ANNA,), trials=1)
    room.sign_in("anna")
    room.open()
    room.until_listed()
    room.do(ListDeed.JUDGE)
    room.until_shown()
    workplace = room.bench.station.workplace
    room.tap(workplace.rail.buttons[ScreenName.RUN])
    assert not room.screen.judge.images.frames
    room.open()
    room.until_shown()
    assert "– 1 of 4" in room.screen.judge.head.words


def test_the_report_is_closed_to_who_still_judges(room: StudyRoom) -> None:
    room.inspect(4)
    room.start(4, (Appraiser("li"),), trials=1)
    room.open()
    room.until_listed()
    assert not room.screen.list.buttons[ListDeed.REPORT].isEnabled()
    assert "would tell you the answers" in room.screen.list.note.words


def test_a_study_ends_early_with_a_reason(room: StudyRoom) -> None:
    room.inspect(4)
    room.start(4, (ANNA,))
    room.open()
    room.until_listed()
    room.do(ListDeed.CLOSE)
    reason = room.screen.list.reason
    assert reason.isVisible() and not reason.yes.isEnabled()
    reason.reason.setText("Anna is ill")
    room.tap(reason.yes)
    room.bench.qtbot.waitUntil(lambda: "closed early" in room.screen.list.card.words)
    assert CloseStudy(1, "Anna is ill") in room.bench.engine.commands
    assert "Anna is ill" in room.screen.list.card.words


def test_the_report_is_read_and_saved_as_pdf(room: StudyRoom, tmp_path: Path) -> None:
    room.inspect(20)
    room.start(20, (ANNA, BEN, SHOWN))
    room.judge("anna")
    room.judge("ben", frozenset({1, 5}))
    room.open()
    room.until_listed()
    room.do(ListDeed.REPORT)
    room.bench.qtbot.waitUntil(room.screen.report.save.isEnabled)
    told = words_of(room)
    for words in ("20 parts, 8 of them bad (40.0 %)", "anna + model", "Model", "Disputed parts", "Part 1, bad"):
        assert words in told
    path = tmp_path / "study.pdf"
    room.screen.report.save_asked.emit(path)
    assert room.screen.report.note.words == f"Saved: {path}"
    printed = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)
    for words in ("Agreement study 1", "Effectiveness, misses, false alarms", "anna + model", "Disputed parts"):
        assert words in printed
    room.screen.report.save_asked.emit(tmp_path / "no" / "study.pdf")
    assert room.screen.report.note.is_warning


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_dialogue_offers_a_name_and_gives_the_file_on(room: StudyRoom, tmp_path: Path) -> None:
    room.inspect(4)
    room.start(4, (ANNA,), trials=1)
    room.judge("anna")
    room.open()
    room.until_listed()
    room.do(ListDeed.REPORT)
    room.bench.qtbot.waitUntil(room.screen.report.save.isEnabled)
    room.tap(room.screen.report.save)
    dialog = room.screen.report.dialog
    room.bench.qtbot.waitUntil(dialog.isVisible)
    assert dialog.selectedFiles()[0].endswith("study-1.pdf")
    dialog.setDirectory(str(tmp_path))
    dialog.accept()
    room.bench.qtbot.waitUntil((tmp_path / "study-1.pdf").exists)


def test_an_unfinished_study_says_so(room: StudyRoom) -> None:
    room.inspect(10)
    room.start(10, (ANNA, BEN))
    room.judge("anna")
    room.judge("ben", most=3)
    room.open()
    room.until_listed()
    room.do(ListDeed.REPORT)
    room.bench.qtbot.waitUntil(room.screen.report.save.isEnabled)
    assert "Unfinished, and in no figure below: ben 3/20." in words_of(room)


def test_without_any_answer_the_report_says_what_is_missing(room: StudyRoom) -> None:
    room.inspect(4)
    room.start(4, (ANNA,))
    room.open()
    room.until_listed()
    room.do(ListDeed.REPORT)
    room.bench.qtbot.waitUntil(room.screen.report.save.isEnabled)
    assert "Unfinished, and in no figure below: anna 0/8." in words_of(room)


def test_known_bad_images_are_a_page_of_their_own(room: StudyRoom) -> None:
    room.open()
    room.tap(room.screen.tabs.buttons[1])
    assert room.screen.team.isVisible()
    room.tap(room.screen.tabs.buttons[0])
    assert room.screen.list.isVisible()
    assert Place.TEAM in room.screen.pages
