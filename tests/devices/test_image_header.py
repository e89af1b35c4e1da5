"""Size and colour from the first bytes, as OpenCV's decoder finds them; anything else is None and never an error."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.inspection import Pixels
from station_app.devices.image_header import MAX_PIXELS, ImageHeader, parse_header, read_header
from station_app.store.tiff import encode_tiff

SUFFIXES = (".png", ".jpg", ".bmp", ".tif")


def picture(height: int, width: int, is_colour: bool) -> Pixels:
    shape = (height, width, 3) if is_colour else (height, width)
    return np.random.default_rng(height * 1000 + width).integers(0, 256, shape, np.uint8)


def encoded(suffix: str, pixels: Pixels) -> bytes:
    is_written, body = cv2.imencode(suffix, pixels)
    assert is_written
    return body.tobytes()


@settings(max_examples=40)
@given(st.sampled_from(SUFFIXES), st.integers(1, 70), st.integers(1, 70), st.booleans())
def test_the_header_is_what_the_decoder_finds(suffix: str, height: int, width: int, is_colour: bool) -> None:
    body = encoded(suffix, picture(height, width, is_colour))
    assert parse_header(body) == ImageHeader(height, width, is_colour)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_tells_the_same_as_its_bytes(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"large{suffix}"
    path.write_bytes(encoded(suffix, picture(300, 500, is_colour=True)))
    assert read_header(path) == ImageHeader(300, 500, True)


def test_of_a_tiff_only_the_directory_is_read(tmp_path: Path) -> None:
    """Which mostly stands behind the pixels: a folder of ten thousand must not be read through to be listed."""
    path = tmp_path / "large.tif"
    body = encode_tiff(picture(40, 50, is_colour=False))
    (place,) = struct.unpack_from("<I", body, 4)
    far = 3 << 30
    with path.open("wb") as file:
        file.write(body[:4] + struct.pack("<I", far) + body[8:place])
        file.seek(far)
        file.write(body[place:])
    assert read_header(path) == ImageHeader(40, 50, False)


def test_the_size_stands_behind_a_large_preview(tmp_path: Path) -> None:
    body = encoded(".jpg", picture(30, 40, is_colour=True))
    preview = b"\xff\xe1" + struct.pack(">H", 60_000) + bytes(59_998)
    path = tmp_path / "camera.jpg"
    path.write_bytes(body[:2] + preview * 3 + body[2:])
    assert read_header(path) == ImageHeader(30, 40, True)


def bmp(height: int, width: int) -> bytes:
    return b"BM" + bytes(16) + struct.pack("<iiHHI", width, height, 1, 24, 0)


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (bmp(-20, 30), ImageHeader(20, 30, True)),
        (bmp(20, -30), None),
        (bmp(0, 30), None),
        (bmp(10_000, MAX_PIXELS // 10_000), ImageHeader(10_000, MAX_PIXELS // 10_000, True)),
        (bmp(10_000, MAX_PIXELS // 10_000 + 1), None),
        (bmp(2**31 - 1, 2**31 - 1), None),
        (b"", None),
        (b"BM", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8", None),
        (b"\xff\xd8" + b"\xff" * 50, None),
        (b"\xff\xd8\xff\xc0\x00\x02", None),
        (b"II*\0", None),
        (b"II*\0" + b"\xff" * 4, None),
        (b"MM\0*" + bytes(8), None),
        (b"GIF89a" + bytes(40), None),
        (b"<html>", None),
    ],
)
def test_a_damaged_or_boundless_header_is_none(body: bytes, header: ImageHeader | None) -> None:
    assert parse_header(body) == header


@settings(max_examples=150)
@given(st.sampled_from(SUFFIXES), st.data())
def test_whatever_happens_to_a_file_its_header_is_a_size_or_none(suffix: str, data: st.DataObject) -> None:
    body = bytearray(encoded(suffix, picture(20, 30, is_colour=False)))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    header = parse_header(bytes(body[: data.draw(st.integers(0, len(body)))]))
    assert header is None or (header.height > 0 and 0 < header.height * header.width <= MAX_PIXELS)


@given(st.binary(max_size=64), st.sampled_from([b"II*\0", b"MM\0*", b"\xff\xd8", b"BM", b"\x89PNG\r\n\x1a\n", b""]))
def test_any_bytes_are_a_size_or_none(body: bytes, start: bytes) -> None:
    header = parse_header(start + body)
    assert header is None or header.height > 0
