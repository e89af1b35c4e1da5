"""Lossless image files: TIFF with zstd and the horizontal predictor, written here because OpenCV's wheels are built
without zstd and their other lossless formats take four times as long. Read by libtiff 4.0.10 and what uses it.

Layout by TIFF 6.0, little-endian, one strip; compression 50000 (zstd) and predictor 2 are libtiff's registered values.
"""

import struct

import cv2
import numpy as np
import zstandard

from station_app.core.errors import StorageError
from station_app.core.inspection import Pixels

SETTINGS = zstandard.ZstdCompressionParameters.from_level(1, hash_log=10, write_checksum=True)
"""Higher levels save a few per cent of space and cost twice the time; the small table leaves the cache to the model."""

MOST_BYTES = 1 << 31
"""Of one image's pixels. A file that promises more is no image of ours, and would fill the memory."""

_HEADER = struct.Struct("<2sHI")
_ENTRY = struct.Struct("<HHII")
_SHORT, _LONG = 3, 4
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_OFFSETS, _SAMPLES, _ROWS, _COUNTS, _PLANAR, _PREDICTOR = 273, 277, 278, 279, 284, 317
_ZSTD, _HORIZONTAL = 50000, 2
_BITS_AT = 8


def encode_tiff(pixels: Pixels) -> bytes:
    """A TIFF file of HxW grey or HxWx3 BGR pixels, uint8."""
    height, width = pixels.shape[:2]
    samples = 1 if pixels.ndim == 2 else pixels.shape[2]
    if samples not in (1, 3) or pixels.dtype != np.uint8 or not pixels.size:
        raise ValueError(f"no image: {pixels.shape} {pixels.dtype}")
    # The check sum goes with the file, also where nobody has the record's hash any more.
    packed = zstandard.ZstdCompressor(compression_params=SETTINGS)
    strip = packed.compress(_differences(_rgb(pixels)).tobytes())
    strip_at = _BITS_AT + 8
    tags = (
        (_WIDTH, _LONG, 1, width),
        (_HEIGHT, _LONG, 1, height),
        (_BITS, _SHORT, samples, 8 if samples == 1 else _BITS_AT),
        (_COMPRESSION, _SHORT, 1, _ZSTD),
        (_PHOTOMETRIC, _SHORT, 1, 1 if samples == 1 else 2),
        (_OFFSETS, _LONG, 1, strip_at),
        (_SAMPLES, _SHORT, 1, samples),
        (_ROWS, _LONG, 1, height),
        (_COUNTS, _LONG, 1, len(strip)),
        (_PLANAR, _SHORT, 1, 1),
        (_PREDICTOR, _SHORT, 1, _HORIZONTAL),
    )
    padding = len(strip) % 2
    head = _HEADER.pack(b"II", 42, strip_at + len(strip) + padding) + struct.pack("<4H", 8, 8, 8, 0)
    directory = struct.pack("<H", len(tags)) + b"".join(_ENTRY.pack(*tag) for tag in tags) + bytes(4)
    return b"".join((head, strip, bytes(padding), directory))


def decode_tiff(body: bytes) -> Pixels:
    """The pixels of a file that `encode_tiff` wrote. StorageError where it is none."""
    try:
        tags = _read_tags(body)
        height, width, samples = tags[_HEIGHT], tags[_WIDTH], tags[_SAMPLES]
        if (tags[_COMPRESSION], tags[_PREDICTOR]) != (_ZSTD, _HORIZONTAL):
            raise ValueError("another compression")
        strip = body[tags[_OFFSETS] : tags[_OFFSETS] + tags[_COUNTS]]
        size = height * width * samples
        if not 0 < size <= MOST_BYTES:
            raise ValueError("no image is that large")
        raw = zstandard.ZstdDecompressor().decompress(strip, max_output_size=size)
        rows = np.frombuffer(raw, np.uint8, size).reshape(height, width, samples)
    except (struct.error, KeyError, ValueError, zstandard.ZstdError) as error:
        remedy = "restore it from a backup"
        raise StorageError(f"the image cannot be decoded: {error}", remedy=remedy) from error
    whole: Pixels = np.cumsum(rows, axis=1, dtype=np.uint8)
    return whole[:, :, 0] if samples == 1 else np.ascontiguousarray(whole[:, :, ::-1])


def _rgb(pixels: Pixels) -> Pixels:
    return pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8)


def _differences(pixels: Pixels) -> Pixels:
    """Each sample less its left neighbour, modulo 256, as the predictor asks."""
    differences = np.empty_like(pixels, order="C")
    differences[:, 0] = pixels[:, 0]
    np.subtract(pixels[:, 1:], pixels[:, :-1], out=differences[:, 1:])
    return differences


def _read_tags(body: bytes) -> dict[int, int]:
    mark, version, directory_at = _HEADER.unpack_from(body)
    if (mark, version) != (b"II", 42):
        raise ValueError("no TIFF file")
    (count,) = struct.unpack_from("<H", body, directory_at)
    entries = (_ENTRY.unpack_from(body, directory_at + 2 + 12 * i) for i in range(count))
    return {tag: value for tag, _, _, value in entries}
