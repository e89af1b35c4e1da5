"""A rendered part with known jitter on a camera that was knocked by a known amount is found where it is."""

import math

import numpy as np
import pytest

from station_app.core.inspection import PixelFormat, Pixels
from station_app.core.recipe import FingerprintLimits
from station_app.devices.rendered_mount import RenderedMount
from station_app.devices.rendering.plan import RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from station_app.inference.measures import grey_of
from station_app.inference.position import ReferencePicture

MATCH_MIN = FingerprintLimits().match_min
SPEC = RenderSpec(width=1280, height=960)


def part(number: int, spec: RenderSpec = SPEC) -> Pixels:
    return grey_of(render_part(spec, plan_part(spec, number)).pixels)


@pytest.fixture(scope="module")
def reference() -> ReferencePicture:
    return ReferencePicture(part(0))


def truth(number: int, mount: RenderedMount) -> tuple[float, float]:
    """Where the part of this number lies against part 0, seen by a camera that is mounted like this."""
    shift = np.subtract(plan_part(SPEC, number).shift, plan_part(SPEC, 0).shift)
    turn = math.radians(mount.mount_turn_deg)
    turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]]) @ shift
    return float(turned[0] + mount.mount_x_px), float(turned[1] + mount.mount_y_px)


@pytest.mark.parametrize("number", range(1, 17))
def test_jitter_knocks_and_turns_are_found(reference: ReferencePicture, number: int) -> None:
    random = np.random.default_rng(number)
    x_px, y_px, turn_deg = (float(random.uniform(-most, most)) for most in (40, 40, 4))
    mount = RenderedMount(x_px, y_px, turn_deg)
    placed = reference.place(mount.seen(part(number)))
    x, y = truth(number, mount)
    assert placed.shift_x == pytest.approx(x, abs=0.15)
    assert placed.shift_y == pytest.approx(y, abs=0.15)
    assert placed.turn_deg == pytest.approx(mount.mount_turn_deg, abs=0.1)
    assert placed.match > 0.6


def test_a_picture_lies_on_itself(reference: ReferencePicture) -> None:
    placed = reference.place(part(0))
    assert (placed.shift_x, placed.shift_y, placed.turn_deg) == pytest.approx((0, 0, 0), abs=0.02)
    assert placed.match == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("light", [0.3, 0.6, 1.4])
def test_light_does_not_move_a_picture(reference: ReferencePicture, light: float) -> None:
    placed = reference.place(np.clip(part(0) * light, 0, 255).astype(np.uint8))
    assert (placed.shift_x, placed.shift_y, placed.turn_deg) == pytest.approx((0, 0, 0), abs=0.05)
    assert placed.match > 0.8


@pytest.mark.parametrize("defocus", [1.0, 3.0, 6.0])
def test_a_picture_out_of_focus_is_still_found(reference: ReferencePicture, defocus: float) -> None:
    placed = reference.place(RenderedMount(10, -5, 1.0, defocus).seen(part(0)))
    assert (placed.shift_x, placed.shift_y) == pytest.approx((10, -5), abs=0.3)
    assert placed.turn_deg == pytest.approx(1, abs=0.1)


def test_what_is_not_the_part_matches_nothing(reference: ReferencePicture) -> None:
    noise = np.random.default_rng(1).integers(0, 256, part(0).shape).astype(np.uint8)
    dark = np.random.default_rng(2).integers(0, 4, part(0).shape).astype(np.uint8)
    for other in (noise, dark, np.full_like(noise, 90), part(0)[::-1, ::-1], part(0)[:, ::-1]):
        assert reference.place(np.ascontiguousarray(other)).match < MATCH_MIN


def test_a_turn_out_of_reach_matches_nothing(reference: ReferencePicture) -> None:
    assert reference.place(RenderedMount(mount_turn_deg=10.0).seen(part(0))).match < MATCH_MIN


def test_another_size_matches_nothing(reference: ReferencePicture) -> None:
    assert reference.place(part(0)[:900]).match == 0


@pytest.mark.parametrize("pixel_format", PixelFormat)
@pytest.mark.parametrize("width", [320, 2448])
def test_every_size_and_format_is_measured_in_its_own_pixels(width: int, pixel_format: PixelFormat) -> None:
    spec = RenderSpec(width=width, height=width * 3 // 4, pixel_format=pixel_format, defect_rate=0.0)
    shift = width / 64
    still = grey_of(render_part(spec, plan_part(spec, 0)).pixels)
    moved = RenderedMount(mount_x_px=round(shift, 1)).seen(render_part(spec, plan_part(spec, 0)).pixels)
    placed = ReferencePicture(still).place(grey_of(moved))
    assert placed.shift_x == pytest.approx(shift, abs=max(0.3, width / 3000))
    assert placed.shift_y == pytest.approx(0, abs=max(0.3, width / 3000))


def test_a_picture_without_any_pixel_to_spare_is_no_error() -> None:
    for shape in ((1, 1), (2, 3), (16, 2000)):
        assert ReferencePicture(np.zeros(shape, np.uint8)).place(np.zeros(shape, np.uint8)).match < MATCH_MIN
