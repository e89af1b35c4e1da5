"""The picture to look at shows every finding of its camera and changes nothing of the image that was judged."""

import numpy as np
import pytest

from station_app.core.inspection import Box, Finding
from station_app.reports.drawn_findings import drawn_findings

FRAME = np.full((300, 400), 120, np.uint8)
FINDING = Finding("dent", 0.9, Box(100, 80, 60, 40), "top", polygon=((100, 80), (160, 80), (130, 120)))


def test_the_box_is_drawn_and_the_frame_is_left_alone() -> None:
    before = FRAME.copy()
    drawn = drawn_findings(FRAME, (FINDING,), "top")
    assert drawn.shape == (300, 400, 3) and drawn.dtype == np.uint8
    assert tuple(drawn[100, 100]) != (120, 120, 120) and tuple(drawn[110, 110]) == (120, 120, 120)
    assert np.array_equal(FRAME, before)


def test_what_another_camera_saw_is_not_drawn() -> None:
    assert (drawn_findings(FRAME, (FINDING,), "side") == 120).all()


def test_a_finding_of_no_camera_is_everybodys_and_colour_stays_colour() -> None:
    colour = np.dstack([FRAME, FRAME // 2, FRAME // 3])
    drawn = drawn_findings(colour, (Finding("dent", 0.5, Box(10, 10, 30, 30)),), "top")
    assert tuple(drawn[200, 300]) == tuple(colour[200, 300]) and not np.array_equal(drawn, colour)


@pytest.mark.parametrize("box", [Box(0, 0, 400, 300), Box(395, 295, 50, 50), Box(-20, -20, 10, 10), Box(0, 0, 1, 1)])
def test_a_box_at_any_edge_is_no_fault(box: Box) -> None:
    assert drawn_findings(FRAME, (Finding("dent", 0.5, box, "top"),) * 12, "top").shape == (300, 400, 3)


def test_what_a_person_drew_has_another_colour() -> None:
    assert tuple(drawn_findings(FRAME, (), "top", (FINDING.box,))[100, 100]) == (165, 95, 11)
