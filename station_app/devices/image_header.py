"""Size and colour of an image file from its first bytes, without decoding it: PNG, JPEG, BMP, TIFF. Pure but for
reading the file."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ParamSpec

from station_app.devices import tiff_tags
from station_app.devices.tiff_tags import TiffTags

P = ParamSpec("P")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HEAD_BYTES = 1 << 10
_JPEG_BYTES = 1 << 20
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
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head[:4] in tiff_tags.ORDERS:
            return _checked(_read_tiff, file, head)
        header = parse_header(head)
        # Cameras write preview pictures before a JPEG's size: only then is more of the file needed.
        if header is None and head.startswith(b"\xff\xd8"):
            header = parse_header(head + file.read(_JPEG_BYTES))
        return header


def parse_header(body: bytes) -> ImageHeader | None:
    """The header in the first bytes of a file (of a TIFF: in all of it)."""
    return _checked(_parse, body)


def _checked(parse: Callable[P, ImageHeader | None], *args: P.args, **kwargs: P.kwargs) -> ImageHeader | None:
    """What `parse` finds, None where that is damaged or claims a size that no image has."""
    try:
        header = parse(*args, **kwargs)
    except (struct.error, IndexError, KeyError):
        return None
    if header is None or header.height <= 0 or not 0 < header.height * header.width <= MAX_PIXELS:
        return None
    return header


def _read_tiff(file: BinaryIO, head: bytes) -> ImageHeader:
    # The directory may stand anywhere, mostly behind the pixels, which are not worth reading for it.
    place = tiff_tags.directory_place(head)
    file.seek(place)
    size = tiff_tags.directory_size(head, file.read(2))
    file.seek(place)
    return _tiff_header(tiff_tags.parse_directory(head, file.read(size)))


def _parse(body: bytes) -> ImageHeader | None:
    if body.startswith(_PNG):
        width, height, _, colour = struct.unpack_from(">IIBB", body, 16)
        return ImageHeader(height, width, colour not in (0, 4))
    if body.startswith(b"\xff\xd8"):
        return _parse_jpeg(body)
    if body.startswith(b"BM"):
        width, height, _, bits = struct.unpack_from("<iiHH", body, 18)
        return ImageHeader(abs(height), width, bits > 8)
    return _tiff_header(tiff_tags.read_tags(body)) if body[:4] in tiff_tags.ORDERS else None


def _tiff_header(tags: TiffTags) -> ImageHeader:
    is_colour = tags.number(tiff_tags.PHOTOMETRIC, 1) not in (0, 1)
    return ImageHeader(tags.number(tiff_tags.HEIGHT), tags.number(tiff_tags.WIDTH), is_colour)


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
