"""The code on a rendered part."""

from dataclasses import replace

import numpy as np
import pytest

from station_app.codes.reading import cut_region, read_codes
from station_app.config import DEMO_CONFIG, read_config, read_recipe
from station_app.core.inspection import PixelFormat
from station_app.core.serial import CodeFormat
from station_app.devices.rendering.label import label_box, serial_of
from station_app.devices.rendering.plan import RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from tests.codes.scenes import framed

SPEC = RenderSpec(defect_rate=0.0, has_codes=True)


@pytest.mark.parametrize("pixel_format", list(PixelFormat))
@pytest.mark.parametrize("size", [(640, 480), (1280, 960)])
def test_every_part_carries_its_own_number(pixel_format: PixelFormat, size: tuple[int, int]) -> None:
    spec = replace(SPEC, pixel_format=pixel_format, width=size[0], height=size[1])
    for number in (0, 7, 4711, 1_000_001):
        frame = framed(render_part(spec, plan_part(spec, number)).pixels, pixel_format)
        region = cut_region(frame, label_box(spec))
        assert read_codes(region, [CodeFormat.DATA_MATRIX]) == (serial_of(number),)


def test_the_rest_of_the_part_is_the_same() -> None:
    plain = replace(SPEC, has_codes=False, defect_rate=1.0)
    coded = replace(plain, has_codes=True)
    for number in range(5):
        with_code, without = (render_part(spec, plan_part(spec, number)) for spec in (coded, plain))
        box = label_box(coded)
        with_code.pixels[box.y : box.bottom, box.x : box.right] = 0
        without.pixels[box.y : box.bottom, box.x : box.right] = 0
        assert np.array_equal(with_code.pixels, without.pixels)
        assert np.array_equal(with_code.truth, without.truth)


def test_the_shipped_recipe_looks_where_the_code_is() -> None:
    reading = read_recipe(read_config(DEMO_CONFIG).recipes, "housing-serial").serial.reading
    assert reading is not None and reading.box == label_box(SPEC)
