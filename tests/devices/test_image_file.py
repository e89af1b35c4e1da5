"""An image is read whole or not at all."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.inspection import PixelFormat, Pixels
from station_app.devices import tiff_tags
from station_app.devices.image_file import MAX_BYTES, is_whole, read_image
from station_app.devices.tiff_file import read_zstd
from station_app.store.tiff import encode_tiff

GREY = np.random.default_rng(0).integers(0, 256, (60, 80), np.uint8)
COLOUR = np.random.default_rng(1).integers(0, 256, (60, 80, 3), np.uint8)
LOSSLESS: dict[str, list[int]] = {
    "a.png": [],
    "a.bmp": [],
    "plain.tif": [cv2.IMWRITE_TIFF_COMPRESSION, 1],
    "lzw.tif": [cv2.IMWRITE_TIFF_COMPRESSION, 5],
    "deflate.tif": [cv2.IMWRITE_TIFF_COMPRESSION, 8],
}
SUMMED = ("a.png", "deflate.tif", "zstd.tif")
"""Formats with check sums, in which any damage can be told."""


def body_of(name: str, pixels: Pixels) -> bytes:
    if name == "zstd.tif":
        return encode_tiff(pixels)
    is_written, body = cv2.imencode(Path(name).suffix, pixels, LOSSLESS.get(name, []))
    assert is_written
    return body.tobytes()


def put(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize("pixels", [GREY, COLOUR], ids=["grey", "colour"])
@pytest.mark.parametrize("name", [*LOSSLESS, "zstd.tif"])
def test_pixels_come_as_they_were_written(name: str, pixels: Pixels, tmp_path: Path) -> None:
    path = put(tmp_path, name, body_of(name, pixels))
    own = PixelFormat.MONO8 if pixels.ndim == 2 else PixelFormat.BGR8
    other = PixelFormat.BGR8 if pixels.ndim == 2 else PixelFormat.MONO8
    read = read_image(path, own)
    assert read is not None and np.array_equal(read, pixels)
    converted = read_image(path, other)
    assert converted is not None and converted.shape[:2] == (60, 80) and converted.ndim == 5 - pixels.ndim


@pytest.mark.parametrize("name", [*LOSSLESS, "zstd.tif", "a.jpg"])
def test_a_file_that_is_cut_anywhere_is_not_read(name: str, tmp_path: Path) -> None:
    body = body_of(name, GREY)
    for cut in [*range(0, len(body) - 16, max(1, len(body) // 40)), len(body) - 16]:
        assert read_image(put(tmp_path, name, body[:cut]), PixelFormat.MONO8) is None, cut


@pytest.mark.parametrize("name", [*SUMMED, "lzw.tif"])
def test_a_lost_sector_is_told(name: str, tmp_path: Path) -> None:
    body = body_of(name, GREY)
    for place in range(512, len(body) - 1024, 512):
        hurt = body[:place] + bytes(512) + body[place + 512 :]
        assert read_image(put(tmp_path, name, hurt), PixelFormat.MONO8) is None, place


def packed_places(name: str, body: bytes) -> range:
    """Where the packed pixels of a file stand, all of its first strip or chunk."""
    if name == "a.png":
        start = body.index(b"IDAT") + 4
        return range(start, start + int.from_bytes(body[start - 8 : start - 4], "big"))
    tags = tiff_tags.read_tags(body)
    start = tags.numbers(tiff_tags.STRIP_OFFSETS, body)[0]
    return range(start, start + tags.numbers(tiff_tags.STRIP_BYTES, body)[0])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SUMMED), st.data(), st.integers(0, 7))
def test_a_flipped_bit_is_told_or_changes_nothing(name: str, data: st.DataObject, bit: int) -> None:
    body = bytearray(body_of(name, GREY))
    body[data.draw(st.sampled_from(packed_places(name, bytes(body))))] ^= 1 << bit
    hurt = bytes(body)
    decoded = read_zstd(hurt) if name == "zstd.tif" else cv2.imdecode(np.frombuffer(hurt, np.uint8), -1)
    assert not is_whole(hurt) or decoded is None or np.array_equal(decoded, GREY)


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(50), b"BM" + bytes(60), b"II*\0" + bytes(60)]
)
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".tif"])
def test_what_is_no_image_is_not_read(body: bytes, suffix: str, tmp_path: Path) -> None:
    assert read_image(put(tmp_path, f"a{suffix}", body), PixelFormat.BGR8) is None


def test_a_missing_file_is_not_read(tmp_path: Path) -> None:
    assert read_image(tmp_path / "missing.png", PixelFormat.MONO8) is None
    assert read_image(tmp_path, PixelFormat.MONO8) is None


def test_a_boundless_file_is_not_even_tried(tmp_path: Path) -> None:
    path = put(tmp_path, "huge.png", body_of("a.png", GREY))
    os.truncate(path, MAX_BYTES + 1)
    assert read_image(path, PixelFormat.MONO8) is None


def test_a_zstd_frame_that_claims_more_than_the_image_is_not_unpacked() -> None:
    body = encode_tiff(np.zeros((4000, 4000), np.uint8))
    assert read_zstd(body) is not None
    small = encode_tiff(np.zeros((4, 4), np.uint8))
    at = body.index(b"\x28\xb5\x2f\xfd")
    strip = body[at : at + 60]
    hurt = small.replace(small[16 : 16 + 10], strip[:10], 1)
    assert read_zstd(hurt) is None
