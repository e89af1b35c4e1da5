"""What the first-time user's eyes say: when a screen is complete, and what is on a blind part."""

import numpy as np

from station_app.devices.rendering.plan import RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from tests.campaigns.desktop import Painted, painted
from tests.campaigns.part_eyes import box_around, look_at
from tests.campaigns.seen_station import Piece

SPEC = RenderSpec(defect_rate=1.0, seed=2026, has_codes=True)


def test_a_screen_is_complete_when_it_looks_as_at_the_end() -> None:
    blank, half, whole = (np.full((40, 40), value, np.uint32) for value in (0, 1, 2))
    counter = whole.copy()
    counter[0, :8] = 9
    assert painted([blank, half, whole, counter], [0.0, 0.02, 0.08, 0.9]) == Painted(20.0, 80.0)
    assert painted([blank], [0.0]) == Painted(0.0, 0.0)


def test_a_part_is_known_by_its_printed_code_and_its_defect_lies_in_the_box() -> None:
    frame = np.asarray(render_part(SPEC, plan_part(SPEC, 7)).pixels).astype(np.uint32)
    screen = np.zeros((1080, 1920), np.uint32)
    screen[60:1020, 300:1580] = frame
    canvas = Piece("SketchCanvas", "", "", 300, 60, 1280, 960)
    part = look_at(screen, canvas, SPEC)
    assert part is not None and part.serial == "SN000007" and part.defects == plan_part(SPEC, 7).defects
    (left, top), (right, bottom) = box_around(part.defects[0], canvas, SPEC)
    assert left < 300 + part.defects[0].x * 1280 < right and top < 60 + part.defects[0].y * 960 < bottom
    assert look_at(np.zeros((1080, 1920), np.uint32), canvas, SPEC) is None
