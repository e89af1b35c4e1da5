"""What OpenCV does not do with a TIFF file: tell a damaged strip, and read the zstd ones that this station records.

OpenCV fills what it cannot unpack with black and gives the rest. Deflate and our own zstd carry check sums; LZW carries
none, but never holds a run of zeros, which is what a lost disk sector leaves. A flipped bit in LZW or in plain pixels
cannot be told from picture content.
"""

import struct
import zlib

import numpy as np
import zstandard

from station_app.core.inspection import Pixels
from station_app.devices import tiff_tags
from station_app.devices.tiff_tags import TiffTags, read_tags

_LZW, _DEFLATE, _OLD_DEFLATE, _ZSTD = 5, 8, 32946, 50000
_HORIZONTAL = 2
_LOST = bytes(256)
_MAX_STRIP = 1 << 30


def is_whole_tiff(body: bytes) -> bool:
    """Whether every strip lies within the file and can be unpacked as far as that is told."""
    try:
        tags = read_tags(body)
        compression = tags.number(tiff_tags.COMPRESSION, 1)
        return all(_is_sound(strip, compression) for strip in _strips(tags, body))
    except (KeyError, ValueError, struct.error, zlib.error):
        return False


def read_zstd(body: bytes) -> Pixels | None:
    """HxW grey or HxWx3 BGR of a zstd TIFF with horizontal prediction; None where it is another or is damaged."""
    try:
        tags = read_tags(body)
        kind = (tags.number(tiff_tags.COMPRESSION, 1), tags.number(tiff_tags.PREDICTOR, 1))
        shape = tags.number(tiff_tags.HEIGHT), tags.number(tiff_tags.WIDTH), tags.number(tiff_tags.SAMPLES, 1)
        if kind != (_ZSTD, _HORIZONTAL) or shape[2] not in (1, 3):
            return None
        strips = _strips(tags, body)
        # What a frame claims is allocated before it is unpacked.
        if sum(zstandard.frame_content_size(strip) for strip in strips) != shape[0] * shape[1] * shape[2]:
            return None
        raw = b"".join(map(zstandard.ZstdDecompressor().decompress, strips))
        rows = np.frombuffer(raw, np.uint8).reshape(shape)
    except (KeyError, ValueError, struct.error, zstandard.ZstdError):
        return None
    whole: Pixels = np.cumsum(rows, axis=1, dtype=np.uint8)
    return whole[:, :, 0] if shape[2] == 1 else np.ascontiguousarray(whole[:, :, ::-1])


def _strips(tags: TiffTags, body: bytes) -> list[bytes]:
    is_tiled = tiff_tags.TILE_OFFSETS in tags.entries
    places = tags.numbers(tiff_tags.TILE_OFFSETS if is_tiled else tiff_tags.STRIP_OFFSETS, body)
    sizes = tags.numbers(tiff_tags.TILE_BYTES if is_tiled else tiff_tags.STRIP_BYTES, body)
    pairs = zip(places, sizes, strict=True)
    strips = [body[at : at + size] for at, size in pairs]
    if any(len(strip) != size for strip, size in zip(strips, sizes, strict=True)):
        raise ValueError("a strip reaches beyond the file")
    return strips


def _is_sound(strip: bytes, compression: int) -> bool:
    if compression in (_DEFLATE, _OLD_DEFLATE):
        unpacking = zlib.decompressobj()
        unpacking.decompress(strip, _MAX_STRIP)
        return unpacking.eof
    return compression != _LZW or _LOST not in strip
