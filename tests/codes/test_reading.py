"""What is read, and what is not."""

import threading
import time

import cv2
import numpy as np
import pytest

from station_app.codes.drawing import draw_code
from station_app.codes.formats import BARCODES
from station_app.codes.reading import cut_region, read_codes
from station_app.core.inspection import Box, PixelFormat
from station_app.core.serial import CodeFormat
from tests.codes.scenes import SERIAL, data_matrix, framed, on_metal, text_for, turned

DATA_MATRIX, QR, CODE_128 = CodeFormat.DATA_MATRIX, CodeFormat.QR, CodeFormat.CODE_128
WIDE = (260, 760)


def test_every_format_has_its_name() -> None:
    assert set(BARCODES) == set(CodeFormat)


@pytest.mark.parametrize("code_format", list(CodeFormat))
def test_every_format_is_read_by_its_own_name_alone(code_format: CodeFormat) -> None:
    scene = on_metal(draw_code(text_for(code_format), code_format, 3), size=WIDE)
    assert read_codes(scene, [code_format]) == (text_for(code_format),)
    family = {code_format, QR} if code_format is CodeFormat.MICRO_QR else {code_format}
    assert read_codes(scene, {DATA_MATRIX, QR, CODE_128} - family) == ()


@pytest.mark.parametrize("degrees", [10, 33, 90, 180])
@pytest.mark.parametrize("code_format", [DATA_MATRIX, QR])
def test_a_square_code_is_read_however_it_lies(code_format: CodeFormat, degrees: float) -> None:
    code = draw_code(SERIAL, code_format, 6)
    scene = turned(on_metal(code, size=(code.shape[0] + 60, code.shape[1] + 40)), degrees)
    assert read_codes(scene, [code_format]) == (SERIAL,)


def test_a_linear_code_is_read_along_the_axes_and_not_askew() -> None:
    scene = on_metal(draw_code(SERIAL, CODE_128, 3), size=(400, 420))
    assert read_codes(scene, [CODE_128]) == (SERIAL,)
    assert read_codes(np.rot90(scene), [CODE_128]) == (SERIAL,)
    assert read_codes(turned(scene, 35), [CODE_128]) == ()


def test_light_on_dark_and_a_poor_print_are_read_at_the_second_look() -> None:
    scene = on_metal(data_matrix(module_px=8), size=(300, 300), noise=12)
    assert read_codes(255 - scene, [DATA_MATRIX]) == (SERIAL,)
    assert read_codes(np.asarray(cv2.GaussianBlur(scene, (0, 0), 2), np.uint8), [DATA_MATRIX]) == (SERIAL,)


def test_all_texts_are_told_and_the_same_one_once() -> None:
    scene = on_metal(data_matrix("SN1"), data_matrix("SN2"), data_matrix("SN1"))
    assert set(read_codes(scene, [DATA_MATRIX])) == {"SN1", "SN2"}
    assert read_codes(on_metal(data_matrix(), data_matrix()), [DATA_MATRIX]) == (SERIAL,)
    both = on_metal(data_matrix("SN1"), draw_code("SN2", QR, 5))
    assert set(read_codes(both, [DATA_MATRIX, QR])) == {"SN1", "SN2"}


def test_nothing_is_read_where_nothing_is() -> None:
    assert read_codes(on_metal(), [DATA_MATRIX, QR, CODE_128]) == ()
    assert read_codes(np.zeros((0, 40), np.uint8), [QR]) == ()
    destroyed = data_matrix()
    destroyed[20:70, 20:70] = 0
    assert read_codes(on_metal(destroyed), [DATA_MATRIX]) == ()


def test_control_characters_are_told_as_they_are() -> None:
    assert read_codes(draw_code("SN\x1d1", DATA_MATRIX, 5), [DATA_MATRIX]) == ("SN\x1d1",)


@pytest.mark.parametrize("left", [40, 41])
@pytest.mark.parametrize("pixel_format", list(PixelFormat))
def test_the_region_is_read_in_every_layout_of_pixels(pixel_format: PixelFormat, left: int) -> None:
    scene = on_metal(data_matrix("SN1"), data_matrix("SN2"))
    pixels = cv2.merge([scene] * 3) if pixel_format is PixelFormat.BGR8 else scene
    height, width = data_matrix("SN2").shape
    box = Box(width + left - 10, 21, width + 20, height + 20)
    region = cut_region(framed(np.asarray(pixels, np.uint8), pixel_format), box)
    assert region.shape[:2] == (box.height, box.width)
    assert read_codes(region, [DATA_MATRIX]) == ("SN2",)


def test_a_region_is_a_copy_cut_at_the_frame() -> None:
    scene = on_metal(data_matrix())
    region = cut_region(framed(scene), Box(0, 0, 300, 300))
    scene[...] = 0
    assert read_codes(region, [DATA_MATRIX]) == (SERIAL,)
    assert cut_region(framed(scene), Box(690, 390, 50, 50)).shape == (10, 10)


def test_python_runs_on_while_a_code_is_searched_for() -> None:
    """The decoder must not hold the lock that all threads of the line share."""
    noise = np.random.default_rng(1).integers(0, 256, (1500, 1500), np.uint8)
    steps, is_over = [0], threading.Event()

    def count() -> None:
        while not is_over.is_set():
            steps[0] += 1
            time.sleep(0.001)

    counting = threading.Thread(target=count)
    counting.start()
    before = steps[0]
    read_codes(noise, [DATA_MATRIX])
    during = steps[0] - before
    is_over.set()
    counting.join()
    assert during >= 3
