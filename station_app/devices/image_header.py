"""Size and colour of an image file from its first bytes, without decoding it: PNG, JPEG, BMP, TIFF. Pure but for
reading the file."""

import struct
from dataclasses import dataclass
from pathlib import Path

_PNG = b"\x89PNG\r\n\x1a\n"
_TIFF_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_JPEG_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TIFF_SIZES = {1: 1, 3: 2, 4: 4}
MAX_PIXELS = 100_000_000
"""A file that claims more is taken as broken: a damaged header must not make the station allocate it."""


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What the file claims to hold."""

    height: int
    width: int
    is_colour: bool


def read_header(path: Path) -> ImageHeader | None:
    """The header, or None where it is no image of these formats or its header is damaged. OSError from the disk."""
    body = path.read_bytes() if path.suffix.lower() in (".tif", ".tiff") else _head(path)
    return parse_header(body)


def parse_header(body: bytes) -> ImageHeader | None:
    """The header in the first bytes of a file (of a TIFF: in all of it)."""
    try:
        header = _parse(body)
    except (struct.error, IndexError, KeyError):
        return None
    if header is None or not 0 < header.height * header.width <= MAX_PIXELS:
        return None
    return header if header.height > 0 else None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(1 << 10)
        # Cameras write preview pictures before a JPEG's size: only then is more of the file needed.
        if body.startswith(b"\xff\xd8") and parse_header(body) is None:
            body += file.read(1 << 20)
    return body


def _parse(body: bytes) -> ImageHeader | None:
    if body.startswith(_PNG):
        width, height, _, colour = struct.unpack_from(">IIBB", body, 16)
        return ImageHeader(height, width, colour not in (0, 4))
    if body.startswith(b"\xff\xd8"):
        return _parse_jpeg(body)
    if body.startswith(b"BM"):
        width, height, _, bits = struct.unpack_from("<iiHH", body, 18)
        return ImageHeader(abs(height), width, bits > 8)
    order = _TIFF_ORDERS.get(body[:4])
    return _parse_tiff(body, order) if order else None


def _parse_jpeg(body: bytes) -> ImageHeader | None:
    at = 2
    while body[at] == 0xFF:
        marker = body[at + 1]
        if marker == 0xFF or marker in _JPEG_NO_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _JPEG_FRAMES:
            height, width, components = struct.unpack_from(">HHB", body, at + 5)
            return ImageHeader(height, width, components > 1)
        at += 2 + int(struct.unpack_from(">H", body, at + 2)[0])
    return None


def _parse_tiff(body: bytes, order: str) -> ImageHeader:
    (at,) = struct.unpack_from(order + "I", body, 4)
    (count,) = struct.unpack_from(order + "H", body, at)
    tags: dict[int, int] = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind = struct.unpack_from(order + "HH", body, entry)
        if kind in _TIFF_SIZES:
            letter = {1: "B", 2: "H", 4: "I"}[_TIFF_SIZES[kind]]
            (tags[tag],) = struct.unpack_from(order + letter, body, entry + 8)
    return ImageHeader(tags[257], tags[256], tags.get(262, 1) not in (0, 1))
