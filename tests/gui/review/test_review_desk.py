"""The review screen on a small recorded line: what a person does, what is recorded, and what is seen when."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.people import Role
from station_app.core.review import Answer, Queue, Severity
from station_app.core.review_messages import RecordReview
from station_app.gui import texts
from station_app.gui.review.review_state import Step
from station_app.gui.review.tools import Tool
from station_app.gui.screens import ScreenName
from station_app.quality.estimate import Estimate
from tests.gui.review.conftest import CAMERAS, FAILED, PARTS, ReviewBench
from tests.gui.review.drawn import LEAD, NO_ONE, OPERATOR, QUALITY

_K = Qt.Key


def _words(review: ReviewBench) -> str:
    """All that anybody can read or hear on the page: names, captions, tips and titles."""
    widgets = [review.screen, *review.screen.findChildren(QWidget)]
    said = [review.bench.station.window.windowTitle()]
    for widget in widgets:
        spoken = QAccessible.queryAccessibleInterface(widget)
        said += [spoken.text(QAccessible.Text.Name), spoken.text(QAccessible.Text.Description)]
        said += [widget.toolTip(), widget.statusTip(), widget.whatsThis(), getattr(widget, "caption", "")]
    return " | ".join(filter(None, said))


def _record(review: ReviewBench, answer: _K, *more: _K) -> None:
    for key in (answer, *more, _K.Key_Return):
        review.key(key, chr(key) if key < 256 else "")
    review.reach(Step.RECORDED)


def _telling(review: ReviewBench, part_id: int) -> list[str]:
    """Words that would tell who the part is or what was said about it."""
    inspected = review.line.ledger
    assert inspected is not None
    verdicts = [texts.verdict_word(kind) for kind in VerdictKind if kind is not VerdictKind.REVIEW]
    return [*verdicts, f"SN{part_id:04d}", f"Part {part_id} ·", "0.90", "0.10", "agree", "Nearest"]


def test_a_blind_part_tells_nothing_until_it_is_answered_and_revealed(review: ReviewBench) -> None:
    review.open()
    for _ in range(PARTS):
        part = review.state.part
        assert part is not None
        for key in (_K.Key_G, _K.Key_1, _K.Key_C, _K.Key_X, _K.Key_R, _K.Key_N):
            review.key(key, chr(key))
            assert review.state.part == part, "no key skips the answer"
            said = _words(review)
            assert not [word for word in _telling(review, part.part_id) if word in said]
            assert not review.screen.canvas.marks()
        review.key(_K.Key_Return)
        review.reach(Step.RECORDED)
        assert not [word for word in _telling(review, part.part_id) if word in _words(review)]
        review.key(_K.Key_N, "n")
        assert review.state.part == part, "nothing goes on without the reveal"
        review.key(_K.Key_R, "r")
        review.bench.qtbot.waitUntil(lambda: review.state.facts is not None)
        said = _words(review)
        assert f"SN{part.part_id:04d}" in said
        assert ("NG" if part.part_id in FAILED else "OK") in review.screen.known.lines()[0]
        assert bool(review.screen.canvas.marks()) == (
            part.part_id in FAILED and review.screen.canvas.camera_id == "top"
        )
        review.key(_K.Key_N, "n")
    assert review.state.part is None and review.state.done == PARTS


def test_pictures_of_passed_and_failed_parts_are_painted_alike(review: ReviewBench) -> None:
    """The same image on the canvas gives the same pixels of the whole page, whatever the verdict was."""
    review.bench.archive.pictures = dict.fromkeys(
        range(1, PARTS + 1), tuple((camera, review.bench.archive.pictures[1][0][1]) for camera in CAMERAS)
    )
    review.open()
    seen = {}
    for _ in range(PARTS):
        part = review.state.part
        assert part is not None
        review.bench.qtbot.waitUntil(lambda: review.screen.canvas.is_scaled)
        pane = review.screen
        seen[part.part_id in FAILED] = [
            piece.grab().toImage() for piece in (pane.canvas, pane.known, pane.answer, pane.tools, pane.split)
        ]
        review.key(_K.Key_S, "s")
        if len(seen) == 2:
            break
    assert seen[True] == seen[False]


def test_an_answer_is_recorded_with_all_that_was_given(review: ReviewBench) -> None:
    review.open()
    part = review.state.part
    assert part is not None
    for key in (_K.Key_2, _K.Key_V, _K.Key_V):
        review.key(key, chr(key))
    review.bench.tap(review.screen.tools.tools[Tool.BOX])
    review.drag((0.3, 0.3), (0.5, 0.6))
    review.bench.tap(review.screen.tools.tools[Tool.BRUSH])
    review.drag((0.6, 0.4), (0.65, 0.5), (0.7, 0.4))
    review.bench.tap(review.screen.tools.tools[Tool.POLYGON])
    review.drag((0.4, 0.7), (0.5, 0.7), (0.5, 0.8), (0.4, 0.8))
    assert len(review.state.draft.drawing.shapes) == 3
    review.key(_K.Key_Return)
    review.reach(Step.RECORDED)
    said = review.line.reviews(part.part_id)
    assert [review.answer for review in said] == [Answer.BAD]
    assert (said[0].label, said[0].severity, said[0].is_blind) == ("dent", Severity.MAJOR, True)
    box, brush, polygon = said[0].drawn
    assert box.box is not None and brush.brush is not None and polygon.polygon is not None
    assert {shape.label for shape in said[0].drawn} == {"dent"}
    assert {shape.camera_id for shape in said[0].drawn} == {review.screen.canvas.camera_id}


def test_drawing_is_undone_redone_erased_and_deleted(review: ReviewBench) -> None:
    review.open()
    review.bench.tap(review.screen.tools.tools[Tool.BRUSH])
    review.drag((0.3, 0.5), (0.7, 0.5))
    painted = review.state.draft.drawing.shapes
    assert len(painted) == 1
    review.bench.tap(review.screen.tools.tools[Tool.ERASER])
    review.drag((0.5, 0.2), (0.5, 0.8))
    assert review.state.draft.drawing.shapes != painted
    review.key(_K.Key_Z, "z")
    assert review.state.draft.drawing.shapes == painted
    review.key(_K.Key_Y, "y")
    review.key(_K.Key_Z, "z")
    review.key(_K.Key_Escape)
    assert review.screen.canvas.tool is Tool.HAND
    review.drag((0.4, 0.5))
    review.key(_K.Key_Delete)
    assert not review.state.draft.drawing.shapes


def test_zoom_pan_tone_and_cameras_by_key(review: ReviewBench) -> None:
    review.open()
    canvas = review.screen.canvas
    for key, text in ((_K.Key_O, "o"), (_K.Key_Plus, "+"), (_K.Key_Right, ""), (_K.Key_K, "k"), (_K.Key_L, "l")):
        before = canvas.viewport, canvas._tone
        review.key(key, text)
        assert (canvas.viewport, canvas._tone) != before or key == _K.Key_O
    review.key(_K.Key_F, "f")
    assert canvas.viewport is not None and canvas.viewport.zoom == 1.0
    here = canvas.camera_id
    review.key(_K.Key_X, "x")
    assert canvas.camera_id != here and canvas.camera_id in CAMERAS


def test_the_whole_part_is_looked_at_once_every_camera_was(review: ReviewBench) -> None:
    review.open()
    qtbot = review.bench.qtbot
    assert review.screen.header.cue().endswith("side, top")
    qtbot.waitUntil(lambda: "side" not in review.screen.header.cue())
    review.key(_K.Key_X, "x")
    qtbot.waitUntil(lambda: review.screen.header.cue().startswith("✓"))
    part = review.state.part
    _record(review, _K.Key_G)
    assert part is not None and review.line.reviews(part.part_id)[0].viewed_ms >= 2000


def test_skipping_records_nothing_and_undo_gives_the_part_to_somebody_else(review: ReviewBench) -> None:
    review.open()
    first = review.state.part
    review.key(_K.Key_S, "s")
    assert review.state.part != first and not review.line.commands
    part = review.state.part
    _record(review, _K.Key_G)
    review.key(_K.Key_Z, "z")
    review.bench.qtbot.waitUntil(lambda: review.state.part != part)
    assert review.state.is_withdrawn and part is not None and not review.line.reviews(part.part_id)


def test_a_refusal_is_said_and_the_answer_can_be_sent_again(review: ReviewBench) -> None:
    review.open()
    review.line.refuses = True
    review.key(_K.Key_G, "g")
    review.key(_K.Key_Return)
    review.bench.qtbot.waitUntil(lambda: review.state.refusal is not None)
    assert review.state.step is Step.ANSWERING
    _record(review, _K.Key_U)


def test_compare_lays_a_known_good_part_beside_the_image(review: ReviewBench) -> None:
    for part_id, answer in ((1, Answer.GOOD), (3, Answer.GOOD), (2, Answer.BAD)):
        review.line.say(part_id, answer, "x")
    review.open()
    qtbot, screen = review.bench.qtbot, review.screen
    qtbot.waitUntil(lambda: screen.near._parts is not None and len(screen.near._parts) == 3)
    assert not screen.near._are_nearest, "how near a part is hangs on its scores"
    review.key(_K.Key_C, "c")
    qtbot.waitUntil(lambda: screen.canvas._overlay is not None)
    QTest.mouseClick(screen.split, Qt.MouseButton.LeftButton, pos=screen.split._groove().center() / 2)
    assert screen.canvas._overlay is not None and screen.canvas._overlay.opacity > 0.5
    review.bench.tap(screen.near.tiles[4])
    assert screen.split.accessibleName().endswith("Confirmed bad part")
    review.key(_K.Key_C, "c")
    assert screen.canvas._overlay is None


def test_overrides_show_what_was_said_and_are_not_blind(review: ReviewBench) -> None:
    review.line.override(2, Disposition.FALSE_REJECT)
    review.line.say(2, Answer.UNSURE, "x")
    review.line.say(2, Answer.UNSURE, "y")
    review.open(Queue.UNSURE)
    review.bench.qtbot.waitUntil(lambda: review.state.facts is not None)
    said = " ".join(review.screen.known.lines())
    assert "NG" in said and "赵强" in said and "Other reviewers" not in said
    _record(review, _K.Key_G)
    assert not review.line.reviews(2)[-1].is_blind
    review.key(_K.Key_R, "r")
    review.bench.qtbot.waitUntil(lambda: "Other reviewers" in " ".join(review.screen.known.lines()))


def test_an_adjudicator_settles_what_two_reviewers_contest(review: ReviewBench) -> None:
    review.line.say(4, Answer.GOOD, "x")
    contested = Queue.CONTESTED
    review.line.ledger.review(
        replace(review.line.reviews(4)[0], answer=Answer.BAD, reviewer="y", queue=Queue.SUSPECT, is_blind=False)
    ).result()
    review.open(contested)
    review.bench.qtbot.waitUntil(lambda: len(review.screen.known.sides()) == 2)
    assert review.screen.known.sides()[0].startswith("A: Good")
    review.key(_K.Key_U, "u")
    assert review.state.draft.answer is None, "an adjudication says good or bad"
    _record(review, _K.Key_1)
    assert review.line.reviews(4)[-1].is_adjudication


def test_a_lead_may_review_and_not_adjudicate(review: ReviewBench) -> None:
    review.sign_in(LEAD)
    review.open()
    assert not review.screen.sign_in.isVisible()
    review.open(Queue.CONTESTED)
    assert review.screen.sign_in.isVisible()


@pytest.mark.parametrize("who", [NO_ONE, OPERATOR], ids=["nobody", "operator"])
def test_who_may_not_review_sees_no_part(review: ReviewBench, who: object) -> None:
    review.sign_in(NO_ONE if who is NO_ONE else OPERATOR)
    review.bench.station.ways.go(ScreenName.REVIEW)
    assert review.bench.station.ways.here is ScreenName.RUN
    assert ScreenName.REVIEW not in review.bench.station.workplace.pages


def test_whose_rights_drop_stands_at_the_line_again(review: ReviewBench) -> None:
    review.open()
    assert review.screen.canvas.has_image
    review.bench.tell(replace(QUALITY, role=Role.OPERATOR))
    review.bench.qtbot.waitUntil(lambda: review.bench.station.ways.here is ScreenName.RUN)
    assert not review.screen.isVisible()
    review.bench.station.ways.go(ScreenName.REVIEW)
    assert not review.screen.isVisible()


def test_scanned_text_never_presses_anything(review: ReviewBench) -> None:
    review.open()
    window, scanner, taps = review.bench.station.window, review.bench.station.scanner, review.screen.taps
    review.screen.take_keys()
    for text in ("U", "GB1", "12345678", "?DRN"):
        QTest.keyClicks(window.focusWidget(), text)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        review.bench.qtbot.waitUntil(lambda: not scanner.is_holding and not taps.is_holding)
    assert review.state.draft.answer is None and not review.screen.sheet.isVisible()
    assert not [c for c in review.line.commands if isinstance(c, RecordReview)]


def test_a_key_that_is_held_skips_one_part_and_not_ten(review: ReviewBench) -> None:
    review.open()
    parts = review.state.parts
    for is_repeat in (False, True, True, True):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, _K.Key_S, Qt.KeyboardModifier.NoModifier, "s", is_repeat)
        review.screen.keyPressEvent(event)
        review.bench.settle()
    assert review.state.part == parts[1]


def test_enter_in_the_comment_gives_the_keys_back_and_records_nothing(review: ReviewBench) -> None:
    review.open()
    review.key(_K.Key_G, "g")
    comment = review.screen.answer.comment
    review.key(_K.Key_T, "t")
    QApplication.sendEvent(comment, _press(_K.Key_B, "b"))
    QApplication.sendEvent(comment, _press(_K.Key_Return))
    review.bench.settle()
    assert review.state.draft.comment == "b" and review.state.draft.answer is Answer.GOOD
    assert review.state.step is Step.ANSWERING


def _press(key: _K, text: str = "") -> QKeyEvent:
    return QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)


def test_the_sheet_of_keys_comes_and_goes(review: ReviewBench) -> None:
    review.open()
    review.key(_K.Key_Question, "?")
    assert review.screen.sheet.isVisible()
    review.key(_K.Key_Escape)
    assert not review.screen.sheet.isVisible()


def test_agreement_with_second_reviewers_is_said_with_its_interval(review: ReviewBench) -> None:
    for part_id in range(1, PARTS + 1):
        review.line.say(part_id, Answer.BAD if part_id in FAILED else Answer.GOOD, "x")
    for part_id in (1, 2, 3):
        review.line.say(part_id, Answer.BAD if part_id in FAILED else Answer.GOOD, QUALITY.name)
    review.open()
    desk = review.desk
    desk._began_ms = 0
    desk._ask_counts()
    review.bench.qtbot.waitUntil(lambda: isinstance(desk._agreement, Estimate))
    assert "κ 1.00" in review.screen.session.sentence()


def test_the_engine_going_leaves_the_answer_as_it_was(review: ReviewBench) -> None:
    review.open()
    review.key(_K.Key_G, "g")
    review.bench.engine.die()
    review.bench.qtbot.waitUntil(lambda: review.state.bar is not None)
    assert not review.screen.answer.main.isEnabled()


def test_nothing_is_read_while_the_screen_is_not_open(review: ReviewBench) -> None:
    review.open()
    review.bench.station.ways.go(ScreenName.RUN)
    asked = list(review.bench.archive.asked)
    review.bench.tell(replace(LEAD, name="陈"))
    review.bench.settle()
    assert review.bench.archive.asked == asked
