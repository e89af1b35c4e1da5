"""Where marks are drawn."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box, Finding
from station_app.gui.marks import marks_of
from station_app.gui.viewport import fit

boxes = st.builds(Box, st.integers(0, 990), st.integers(0, 990), st.integers(1, 10), st.integers(1, 10))


@given(st.lists(boxes, max_size=5))
def test_every_mark_can_be_seen_and_its_number_read(found: list[Box]) -> None:
    view = fit(1000, 1000, 400, 400)
    marks = marks_of([Finding("scratch", 0.9, box) for box in found], view, 24)
    assert [mark.number for mark in marks] == list(range(1, len(found) + 1))
    for mark in marks:
        assert mark.box.width >= 12 and mark.box.height >= 12
        assert 0 <= mark.tag.x <= 400 - 24 and 0 <= mark.tag.y <= 400 - 24


def test_a_box_lies_where_the_frame_says() -> None:
    (mark,) = marks_of([Finding("dent", 0.9, Box(100, 200, 300, 400))], fit(1000, 1000, 500, 500), 24)
    assert (mark.box.x, mark.box.y, mark.box.width, mark.box.height) == (50, 100, 150, 200)
    assert (mark.tag.x, mark.tag.y) == (50, 100 - 26)


def test_numbers_stay_with_their_findings_when_some_are_out_of_sight() -> None:
    findings = [Finding("dent", 0.9, Box(0, 0, 10, 10)), Finding("chip", 0.9, Box(980, 980, 10, 10))]
    view = fit(1000, 1000, 500, 500).zoomed(4, 500, 500)
    assert [mark.number for mark in marks_of(findings, view, 24)] == [2]


def test_a_contour_is_drawn_once_it_is_larger_than_its_line() -> None:
    outline = ((0, 0), (20, 0), (20, 20))
    finding = Finding("dent", 0.9, Box(0, 0, 20, 20), polygon=outline)
    view = fit(1000, 1000, 500, 500)
    assert marks_of([finding], view, 24)[0].contour == ()
    near = marks_of([finding], view.zoomed(8, 0, 0), 24)[0].contour
    assert near[1][0] - near[0][0] == 80


def test_findings_of_another_camera_are_not_drawn_on_this_image() -> None:
    findings = [
        Finding("dent", 0.9, Box(0, 0, 90, 90), "side"),
        Finding("chip", 0.9, Box(500, 500, 90, 90), "top"),
        Finding("stain", 0.9, Box(700, 500, 90, 90)),
    ]
    view = fit(1000, 1000, 500, 500)
    assert [mark.number for mark in marks_of(findings, view, 24, "top")] == [2, 3]
    assert [mark.number for mark in marks_of(findings, view, 24)] == [1, 2, 3]
