"""A video file is played frame by frame, each once, and its end is an end."""

import logging
from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.camera import Camera
from station_app.devices.opencv_camera import open_opencv
from tests.devices.stream_server import BITS, BLOCK, number_in, painted

FRAMES = 12
HEIGHT = 128


def write_video(path: Path, frames: int = FRAMES) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (BITS * BLOCK, HEIGHT))
    noise = np.random.default_rng(0).integers(0, 256, (HEIGHT, BITS * BLOCK), np.uint8)
    for number in range(frames):
        noise[:BLOCK] = painted(number)
        writer.write(cv2.cvtColor(noise, cv2.COLOR_GRAY2BGR))
    writer.release()
    return path


def open_video(path: Path, pixel_format: PixelFormat = PixelFormat.MONO8) -> tuple[Camera, Pixels]:
    camera = open_opencv(str(path), pixel_format)
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    return camera, buffer


def shoot(camera: Camera, buffer: Pixels) -> FrameStamp | None:
    camera.trigger()
    return camera.fill(buffer, 0.0)


def rest(camera: Camera, buffer: Pixels) -> list[int]:
    numbers = []
    while shoot(camera, buffer) is not None:
        numbers.append(number_in(buffer))
    return numbers


def test_every_frame_comes_once_and_in_order(tmp_path: Path) -> None:
    camera, buffer = open_video(write_video(tmp_path / "line.avi"))
    stamps = [shoot(camera, buffer) for _ in range(3)]
    assert [stamp.frame_id for stamp in stamps if stamp] == [0, 1, 2]
    assert rest(camera, buffer) == list(range(3, FRAMES))
    assert shoot(camera, buffer) is None
    assert camera.is_alive()
    camera.close()


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    camera, buffer = open_video(write_video(tmp_path / "line.avi"))
    for _ in range(4):
        shoot(camera, buffer)
    camera.close()
    camera.open()
    camera.start()
    assert rest(camera, buffer) == list(range(4, FRAMES))
    camera.close()


def test_no_trigger_no_frame(tmp_path: Path) -> None:
    camera, buffer = open_video(write_video(tmp_path / "line.avi"))
    assert camera.fill(buffer, 0.0) is None
    assert shoot(camera, buffer) is not None
    assert number_in(buffer) == 0
    camera.close()


def test_colour_has_three_channels(tmp_path: Path) -> None:
    camera, buffer = open_video(write_video(tmp_path / "line.avi"), PixelFormat.BGR8)
    assert buffer.shape == (HEIGHT, BITS * BLOCK, 3)
    assert shoot(camera, buffer) is not None
    camera.close()


def test_a_video_that_is_cut_gives_its_whole_frames_and_says_that_some_are_missing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = write_video(tmp_path / "line.avi")
    body = path.read_bytes()
    path.write_bytes(body[: body.index(b"idx1") * 2 // 3])
    camera, buffer = open_video(path)
    with caplog.at_level(logging.WARNING):
        numbers = rest(camera, buffer)
    assert 0 < len(numbers) < FRAMES
    assert numbers == list(range(len(numbers)))
    assert f"ended after {len(numbers)} of {FRAMES} frames" in caplog.text
    camera.close()


@pytest.mark.parametrize("body", [None, b"", b"hello " * 500, b"RIFF" + bytes(200)])
def test_what_is_no_video_is_told_in_one_sentence(tmp_path: Path, body: bytes | None) -> None:
    path = tmp_path / "line.avi"
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(CameraError, match="the video file does not open") as told:
        open_opencv(str(path), PixelFormat.MONO8).open()
    assert told.value.where == str(path)
    assert "is a video" in told.value.remedy
