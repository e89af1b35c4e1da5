"""Bytes as cameras send them become the station's pixels; frames cross from one process to another unharmed."""

import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat
from station_app.devices.genicam.pixels import RawImage, choose_sent, shape_of, write_pixels
from station_app.devices.genicam.ring import SLOTS, Ring

BGR = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


@pytest.mark.parametrize("sent_as", ["BGR8", "BGR8Packed", "RGB8", "RGB8Packed", "RGBa8", "BGRa8"])
def test_colours_arrive_as_blue_green_red(sent_as: str) -> None:
    pixels = BGR[..., ::-1] if sent_as.startswith("RGB") else BGR
    if "a" in sent_as.removesuffix("Packed"):
        pixels = np.dstack((pixels, np.full((4, 6), 255, np.uint8)))
    depth = pixels.shape[2]
    target = np.zeros((4, 6, 3), np.uint8)
    write_pixels(RawImage(pixels.reshape(-1), sent_as, 4, 6, 6 * depth), PixelFormat.BGR8, target)
    assert (target == BGR).all()


def test_the_bytes_between_two_lines_are_no_pixels() -> None:
    raw = np.full(4 * 8, 255, np.uint8)
    raw.reshape(4, 8)[:, :6] = BGR[..., 0]
    target = np.zeros((4, 6), np.uint8)
    write_pixels(RawImage(raw, "Mono8", 4, 6, 8), PixelFormat.MONO8, target)
    assert (target == BGR[..., 0]).all()


@pytest.mark.parametrize(
    ("sent_as", "red"), [("BayerRG8", (0, 0)), ("BayerBG8", (1, 1)), ("BayerGR8", (0, 1)), ("BayerGB8", (1, 0))]
)
def test_a_mosaic_shows_its_red_as_red(sent_as: str, red: tuple[int, int]) -> None:
    mosaic = np.zeros((16, 16), np.uint8)
    mosaic[red[0] :: 2, red[1] :: 2] = 200
    target = np.zeros((16, 16, 3), np.uint8)
    write_pixels(RawImage(mosaic.reshape(-1), sent_as, 16, 16, 16), PixelFormat.BGR8, target)
    assert tuple(target[8, 8]) == (0, 0, 200)


def test_a_mosaic_may_stay_one() -> None:
    target = np.zeros((4, 6), np.uint8)
    write_pixels(RawImage(BGR[..., 0].reshape(-1), "BayerRG8", 4, 6, 6), PixelFormat.BAYER_RG8, target)
    assert (target == BGR[..., 0]).all()


def test_the_cheapest_format_that_a_camera_offers_is_chosen() -> None:
    assert choose_sent(("BayerRG8", "RGB8", "BGR8"), PixelFormat.BGR8, "here") == "BGR8"
    assert choose_sent(("Mono16", "BayerGB8"), PixelFormat.BGR8, "here") == "BayerGB8"
    with pytest.raises(CameraError, match=r"cannot send mono8 .*it sends Mono12"):
        choose_sent(("Mono12",), PixelFormat.MONO8, "here")


def test_pixels_in_another_format_than_was_asked_are_refused() -> None:
    with pytest.raises(CameraError, match="sends Mono12 now"):
        write_pixels(RawImage(BGR.reshape(-1), "Mono12", 4, 6, 12), PixelFormat.MONO8, np.zeros((4, 6), np.uint8))


def test_a_frame_that_is_shorter_than_it_says_is_not_whole() -> None:
    assert RawImage(np.zeros(24, np.uint8), "Mono8", 4, 6, 6).is_whole
    assert not RawImage(np.zeros(23, np.uint8), "Mono8", 4, 6, 6).is_whole
    assert not RawImage(np.zeros(72, np.uint8), "RGB8", 4, 6, 6).is_whole
    assert shape_of(4, 6, PixelFormat.BGR8) == (4, 6, 3)


def test_a_ring_carries_frames_and_notices_one_that_was_written_over() -> None:
    reader = Ring((4, 6))
    writer = Ring((4, 6), reader.name)
    numbers = []
    for grey in range(SLOTS):
        writer.begin()[...] = grey
        numbers.append(writer.end())
    buffer = np.zeros((4, 6), np.uint8)
    for grey, number in enumerate(numbers):
        assert reader.read(number, buffer, (4, 6)) and (buffer == grey).all()
    slot = writer.begin()
    assert not reader.read(numbers[0], buffer, (4, 6))
    slot[...] = 9
    assert reader.read(writer.end(), buffer, (2, 3)) and (buffer[:2, :3] == 9).all() and buffer[3, 5] == 3
    del slot
    writer.close()
    reader.close()


def test_a_ring_is_gone_when_its_reader_closes_it() -> None:
    ring = Ring((4, 6))
    name = ring.name
    ring.close()
    with pytest.raises(CameraError, match="no memory for frames"):
        Ring((4, 6), name)
