"""Decodes one image file strictly: a truncated or damaged file gives None, never a half picture. No threads.

OpenCV fills the missing rest of a truncated JPEG with grey and skips damaged PNG chunks and TIFF strips silently, so
the container is checked here first. A flipped bit inside JPEG's compressed stream cannot be told from picture content.
"""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np

from station_app.core.inspection import PixelFormat, Pixels
from station_app.devices import tiff_tags
from station_app.devices.image_header import parse_header
from station_app.devices.layout import to_format
from station_app.devices.tiff_file import is_whole_tiff, read_zstd

MAX_BYTES = 1 << 30
"""More than any image of `MAX_PIXELS` takes: a file beyond it is not even read."""

_PNG_SIGNATURE = 8
_READ_FLAGS = {
    PixelFormat.MONO8: cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION,
    PixelFormat.BGR8: cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION,
}


def read_image(path: Path, pixel_format: PixelFormat) -> Pixels | None:
    """The pixels, or None where the file is unreadable, damaged or of another size than its header says."""
    try:
        body = b"" if path.stat().st_size > MAX_BYTES else path.read_bytes()
    except OSError:
        return None
    header = parse_header(body)
    if header is None or not is_whole(body):
        return None
    pixels = _decode(body, pixel_format)
    if pixels is None or pixels.shape[:2] != (header.height, header.width):
        return None
    return pixels


def _decode(body: bytes, pixel_format: PixelFormat) -> Pixels | None:
    recorded = read_zstd(body) if body[:4] in tiff_tags.ORDERS else None
    if recorded is not None:
        return to_format(recorded, pixel_format)
    try:
        pixels = cv2.imdecode(np.frombuffer(body, np.uint8), _READ_FLAGS[pixel_format])
    except cv2.error:
        return None
    return None if pixels is None else np.asarray(pixels, np.uint8)


def is_whole(body: bytes) -> bool:
    """Whether nothing of the file is missing or, where the format has check sums, damaged."""
    if body.startswith(b"\x89PNG"):
        return _is_whole_png(body)
    if body.startswith(b"\xff\xd8"):
        return b"\xff\xd9" in body[-64:]
    if body.startswith(b"BM"):
        return len(body) >= _bmp_size(body)
    return body[:4] not in tiff_tags.ORDERS or is_whole_tiff(body)


def _is_whole_png(body: bytes) -> bool:
    at = _PNG_SIGNATURE
    while at + 12 <= len(body):
        (length,) = struct.unpack_from(">I", body, at)
        end = at + 12 + length
        if end > len(body) or zlib.crc32(body[at + 4 : end - 4]) != struct.unpack_from(">I", body, end - 4)[0]:
            return False
        if body[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False


def _bmp_size(body: bytes) -> int:
    """Bytes that an uncompressed BMP of this header needs; 0 where it is compressed."""
    if len(body) < 34:
        return len(body) + 1
    (start,) = struct.unpack_from("<I", body, 10)
    width, height, _, bits, compression = struct.unpack_from("<iiHHI", body, 18)
    return int(start + (width * bits + 31) // 32 * 4 * abs(height)) if compression == 0 else 0
