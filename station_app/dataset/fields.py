"""Values out of a JSON text from another machine: each is checked for what it should be, and named by its path."""

import math
import re
from dataclasses import dataclass
from datetime import datetime

from station_app.core.inspection import Box, Polygon

LONGEST_TEXT = 1_000
MOST_ENTRIES = 100_000
_FARTHEST = 1_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


class FieldError(ValueError):
    """A value is missing or is not what it should be; the message names it by its path."""


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object, and where it stands. Keys that nobody asks for are left alone: newer stations may add some."""

    values: dict[str, object]
    path: str

    def text(self, name: str) -> str:
        """At most `LONGEST_TEXT` characters that can be written as UTF-8."""
        value = self.values.get(name)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT or _has_half_pairs(value):
            raise self._wrong(name, "no text")
        return value

    def text_or(self, name: str, usual: str = "") -> str:
        return usual if self.values.get(name) is None else self.text(name)

    def sha256(self, name: str) -> str:
        value = self.text(name)
        if not _SHA256.fullmatch(value):
            raise self._wrong(name, "no SHA-256 in hexadecimal digits")
        return value

    def time(self, name: str) -> str:
        """The text itself, which is ISO 8601 with a zone."""
        value = self.text(name)
        try:
            has_zone = datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            has_zone = False
        if not has_zone:
            raise self._wrong(name, "no time with a zone")
        return value

    def whole(self, name: str) -> int:
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
            raise self._wrong(name, "no whole number")
        return value

    def number(self, name: str) -> float:
        value = self.values.get(name)
        if isinstance(value, int):
            return float(self.whole(name))
        if not isinstance(value, float) or not math.isfinite(value):
            raise self._wrong(name, "no number")
        return float(value)

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise self._wrong(name, "neither true nor false")
        return value

    def inner(self, name: str) -> "Fields":
        return fields_of(self.values.get(name), f"{self.path}.{name}")

    def inner_or_none(self, name: str) -> "Fields | None":
        return None if self.values.get(name) is None else self.inner(name)

    def each(self, name: str) -> tuple["Fields", ...]:
        entries = self._entries(name)
        return tuple(fields_of(entry, f"{self.path}.{name}[{at}]") for at, entry in enumerate(entries))

    def texts(self, name: str) -> tuple[str, ...]:
        wrapped = (Fields({name: entry}, self.path) for entry in self._entries(name))
        return tuple(each.text(name) for each in wrapped)

    def wholes(self, name: str) -> tuple[int, ...]:
        wrapped = (Fields({name: entry}, self.path) for entry in self._entries(name))
        return tuple(each.whole(name) for each in wrapped)

    def box(self, name: str) -> Box:
        """Left, top, width, height in frame pixels; width and height may be 0."""
        numbers = self.wholes(name)
        if len(numbers) != 4 or max(map(abs, numbers)) > _FARTHEST or min(numbers[2:]) < 0:
            raise self._wrong(name, "no box [left, top, width, height]")
        return Box(*numbers)

    def box_or_none(self, name: str) -> Box | None:
        return None if self.values.get(name) is None else self.box(name)

    def polygon_or_none(self, name: str) -> Polygon | None:
        """Corners in frame pixels; None where there is none, or fewer than three corners."""
        if self.values.get(name) is None:
            return None
        corners = [Fields({name: corner}, self.path).wholes(name) for corner in self._entries(name)]
        if any(len(corner) != 2 or max(map(abs, corner)) > _FARTHEST for corner in corners):
            raise self._wrong(name, "no polygon [[x, y], ...]")
        return tuple((x, y) for x, y in corners) if len(corners) >= 3 else None

    def _entries(self, name: str) -> list[object]:
        value = self.values.get(name)
        if not isinstance(value, list) or len(value) > MOST_ENTRIES:
            raise self._wrong(name, "no list")
        return value

    def _wrong(self, name: str, what: str) -> FieldError:
        return FieldError(f"{self.path}.{name} is {'missing' if name not in self.values else what}")


def fields_of(value: object, path: str) -> Fields:
    """FieldError where the value is no JSON object."""
    if not isinstance(value, dict):
        raise FieldError(f"{path} is {'missing' if value is None else 'no object'}")
    return Fields(value, path)


def _has_half_pairs(text: str) -> bool:
    """A lone surrogate, which JSON can carry and no file can."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)
