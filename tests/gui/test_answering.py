"""An answer, step by step, without a screen."""

from station_app.core.inspection import Box, Disposition
from station_app.gui.answering import Answering
from station_app.gui.questions import Asking


def test_an_answer_is_asked_for_what_it_lacks_and_then_complete() -> None:
    answering = Answering()
    answering.begin(7, Disposition.FALSE_REJECT, "", 900)
    assert answering.go_on() is None and answering.asking is Asking.SIGN_IN
    answering.sign_in("Anna")
    assert answering.go_on() is None
    assert str(answering.asking) == Asking.REASON
    answering.fill_in("dust")
    draft = answering.go_on()
    assert draft is not None and (draft.part_id, draft.operator, draft.reason, draft.viewed_ms) == (
        7,
        "Anna",
        "dust",
        900,
    )
    assert answering.draft is None and answering.asking is None


def test_rectangles_come_and_go() -> None:
    answering = Answering()
    answering.begin(7, Disposition.MISSED_DEFECT, "Anna", 0)
    answering.go_on()
    answering.draw("side", Box(1, 1, 5, 5))
    answering.draw("side", Box(9, 9, 5, 5))
    answering.erase(Box(1, 1, 5, 5))
    answering.fill_in("dent")
    draft = answering.go_on()
    assert draft is not None and (draft.marks, draft.label) == ((Box(9, 9, 5, 5),), "dent")
    assert draft.camera_id == "side"


def test_an_answer_marks_the_frame_of_one_camera() -> None:
    answering = Answering()
    answering.begin(7, Disposition.MISSED_DEFECT, "Anna", 0)
    answering.draw("side", Box(1, 1, 5, 5))
    answering.draw("top", Box(9, 9, 5, 5))
    assert answering.draft is not None and (answering.draft.camera_id, len(answering.draft.marks)) == ("side", 1)
    answering.erase(Box(1, 1, 5, 5))
    assert answering.draft.camera_id == ""
    answering.draw("top", Box(9, 9, 5, 5))
    assert (answering.draft.camera_id, answering.draft.marks) == ("top", (Box(9, 9, 5, 5),))


def test_without_a_draft_nothing_is_drawn() -> None:
    answering = Answering()
    answering.draw("side", Box(1, 1, 5, 5))
    answering.erase(Box(1, 1, 5, 5))
    answering.fill_in("dent")
    assert answering.go_on() is None and answering == Answering()


def test_dropping_says_what_was_open() -> None:
    answering = Answering(asking=Asking.RECIPE)
    assert answering.drop() and not answering.drop()
    answering.begin(7, Disposition.AGREE, "", 0)
    answering.go_on()
    assert not answering.drop() and answering.draft is None


def test_the_latest_five_operators_are_offered() -> None:
    answering = Answering()
    for name in ("a", "b", "c", "d", "e", "f", "b"):
        answering.sign_in(name)
    assert answering.operators == ("b", "f", "e", "d", "c")
