"""The directory of a TIFF file: how large the image is, where its strips lie and how they are packed. Pure."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
HEAD = 8
_ENTRY = 12
_KINDS = {1: "B", 3: "H", 4: "I"}

WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC = 256, 257, 259, 262
STRIP_OFFSETS, SAMPLES, STRIP_BYTES, PREDICTOR = 273, 277, 279, 317
TILE_OFFSETS, TILE_BYTES = 324, 325


@dataclass(frozen=True, slots=True)
class TiffTags:
    """The entries of the first directory: for each tag its kind of number, their count, and four bytes, which are the
    value or the place where it stands."""

    order: str
    entries: Mapping[int, tuple[str, int, bytes]]

    def number(self, tag: int, default: int | None = None) -> int:
        """The tag's first value. KeyError where it has none and no default is given."""
        if tag not in self.entries and default is not None:
            return default
        letter, _, value = self.entries[tag]
        return int(struct.unpack_from(self.order + letter, value)[0])

    def numbers(self, tag: int, body: bytes) -> tuple[int, ...]:
        """All values of a tag, from the whole file. struct.error where it reaches beyond the file."""
        letter, count, value = self.entries[tag]
        layout = f"{self.order}{count}{letter}"
        if struct.calcsize(layout) <= len(value):
            return struct.unpack_from(layout, value)
        (at,) = struct.unpack_from(self.order + "I", value)
        return struct.unpack_from(layout, body, at)


def directory_place(head: bytes) -> int:
    """Where the directory begins, from the first `HEAD` bytes. KeyError where it is no TIFF file."""
    return int(struct.unpack_from(ORDERS[head[:4]] + "I", head, 4)[0])


def directory_size(head: bytes, counted: bytes) -> int:
    """How many bytes the directory takes, from its first two."""
    return 2 + _ENTRY * int(struct.unpack_from(ORDERS[head[:4]] + "H", counted)[0])


def parse_directory(head: bytes, directory: bytes) -> TiffTags:
    """The tags whose values are whole numbers. struct.error where the directory is cut short."""
    order = ORDERS[head[:4]]
    entries: dict[int, tuple[str, int, bytes]] = {}
    for at in range(2, directory_size(head, directory), _ENTRY):
        tag, kind, count = struct.unpack_from(order + "HHI", directory, at)
        (value,) = struct.unpack_from("4s", directory, at + 8)
        if kind in _KINDS and count > 0:
            entries[tag] = (_KINDS[kind], count, value)
    return TiffTags(order, entries)


def read_tags(body: bytes) -> TiffTags:
    """The tags of a whole file. KeyError or struct.error where it is no whole TIFF file."""
    return parse_directory(body[:HEAD], body[directory_place(body) :])
