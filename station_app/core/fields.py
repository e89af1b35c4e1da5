"""Typed reading of TOML tables that reports every error at once, each with its key. Pure; for recipes and config."""

import tomllib
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeGuard, TypeVar

from station_app.core.errors import ConfigError

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
_REQUIRED: Any = object()


class Fields:
    """One TOML table being read. Every key must be asked for: `finish` names those that nobody knows."""

    def __init__(self, table: Mapping[str, Any], path: str = "", errors: list[str] | None = None) -> None:
        self._table = table
        self._path = path
        self._asked: set[str] = set()
        self.errors: list[str] = [] if errors is None else errors

    @property
    def is_empty(self) -> bool:
        """Whether the table says nothing at all."""
        return not self._table

    def text(self, key: str, default: str = _REQUIRED) -> str:
        value = self._take(key, default)
        return value if isinstance(value, str) else self._reject(key, "text", value, "")

    def number(self, key: str, default: float = _REQUIRED, *, low: float, high: float) -> float:
        """A finite number within [low, high]."""
        value = self._take(key, default)
        if _is_within(value, low, high):
            return float(value)
        return self._reject(key, f"a number from {low:g} to {high:g}", value, low)

    def integer(self, key: str, default: int = _REQUIRED, *, low: int, high: int) -> int:
        value = self._take(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        return self._reject(key, f"a whole number from {low} to {high}", value, low)

    def flag(self, key: str, default: bool = _REQUIRED) -> bool:
        value = self._take(key, default)
        return value if isinstance(value, bool) else self._reject(key, "true or false", value, False)

    def choice(self, key: str, kind: type[E], default: E = _REQUIRED) -> E:
        """A member of a string enum, by its value."""
        value = self._take(key, default)
        allowed = [member.value for member in kind]
        if isinstance(value, kind):
            return value
        if value in allowed:
            return kind(value)
        return self._reject(key, "one of " + ", ".join(map(str, allowed)), value, next(iter(kind)))

    def integers(self, key: str, count: int, default: tuple[int, ...] = _REQUIRED) -> tuple[int, ...]:
        """A list of exactly `count` whole numbers, none negative."""
        value = self._take(key, default)
        if _are_whole(value) and len(value) == count:
            return tuple(value)
        return self._reject(key, f"a list of {count} whole numbers, none negative", value, (0,) * count)

    def numbers(
        self, key: str, count: int, default: tuple[float, ...] = _REQUIRED, *, low: float, high: float
    ) -> tuple[float, ...]:
        """A list of exactly `count` numbers within [low, high]."""
        value = self._take(key, default)
        if isinstance(value, (list, tuple)) and len(value) == count and all(_is_within(v, low, high) for v in value):
            return tuple(float(entry) for entry in value)
        return self._reject(key, f"a list of {count} numbers from {low:g} to {high:g}", value, (low,) * count)

    def texts(self, key: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, default)
        if isinstance(value, (list, tuple)) and all(isinstance(entry, str) for entry in value):
            return tuple(value)
        return self._reject(key, "a list of texts", value, ())

    def table(self, key: str) -> "Fields":
        """The table under `key`; an absent one reads as empty."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            value = self._reject(key, "a table", value, {})
        return Fields(value, f"{self._path}{key}.", self.errors)

    def tables(self, key: str) -> "list[Fields]":
        """The array of tables under `key`; an absent one reads as empty."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            value = self._reject(key, "an array of tables", value, [])
        return [Fields(entry, f"{self._path}{key}[{i}].", self.errors) for i, entry in enumerate(value)]

    def has(self, key: str) -> bool:
        """Whether the file says anything under `key`."""
        return key in self._table

    def named_tables(self) -> "list[tuple[str, Fields]]":
        """Every remaining key of this table, each of which must be a table of its own."""
        return [(key, self.table(key)) for key in self._table if key not in self._asked]

    def scalars(self) -> tuple[tuple[str, bool | int | float | str], ...]:
        """Every remaining key with its plain value, for settings whose names only the device knows."""
        rest = [(key, value) for key, value in self._table.items() if key not in self._asked]
        for key, value in rest:
            self._asked.add(key)
            if not isinstance(value, (bool, int, float, str)):
                self._reject(key, "a plain value", value, None)
        return tuple(rest)

    def error(self, key: str, sentence: str) -> None:
        """Report a rule of the reader's own that `key` breaks."""
        self.errors.append(f"{self._path}{key}: {sentence}")

    def finish(self) -> None:
        """Report the keys that nobody asked for: a misspelt limit must never be silently ignored."""
        for key in self._table:
            if key not in self._asked:
                self.error(key, "unknown key")

    def _take(self, key: str, default: object) -> object:
        self._asked.add(key)
        value = self._table.get(key, default)
        if value is _REQUIRED:
            self.error(key, "missing")
        return value

    def _reject(self, key: str, expected: str, value: object, stand_in: T) -> T:
        if value is not _REQUIRED:
            self.error(key, f"must be {expected}, not {value!r}")
        return stand_in


def _is_within(value: object, low: float, high: float) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high


def _are_whole(value: object) -> TypeGuard[list[int] | tuple[int, ...]]:
    if not isinstance(value, (list, tuple)):
        return False
    return all(isinstance(entry, int) and not isinstance(entry, bool) and entry >= 0 for entry in value)


def parse_toml(text: str, where: str) -> Fields:
    """The top table of a TOML text; ConfigError where it is no TOML."""
    try:
        return Fields(tomllib.loads(text))
    # Numbers of thousands of digits and tables in thousands of tables end in other errors than TOML's own.
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"not valid TOML, {error}", where=where, remedy="correct the file") from error


def raise_all(fields: Fields, where: str) -> None:
    """ConfigError that lists everything wrong with the file, or nothing."""
    if fields.errors:
        raise ConfigError("; ".join(fields.errors), where=where, remedy="correct these keys and start again")
