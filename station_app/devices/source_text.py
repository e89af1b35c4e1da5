"""Reads the text that names a camera in a station file or on the command line, such as `folder:DIR,loop=yes`. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from station_app.core.errors import ConfigError

E = TypeVar("E", bound=StrEnum)
_USER = re.compile(r"://[^/\s]*@")
_SECRET = re.compile(r"(?i)(pass(?:word|wd)?|pwd|token|secret|auth|key)=[^&,\s]*")
_OPTIONS_ONLY = ("rendered", "web")
"""Kinds without a target."""
_OPTION = re.compile(r",\s*(\w+)=([^,=]*)$")


@dataclass(frozen=True, slots=True)
class SourceText:
    """`kind:target,key=value,...`; the target may be empty, and may hold commas that no `key=` follows."""

    text: str
    kind: str
    target: str
    options: tuple[tuple[str, str], ...]

    def error(self, what: str, remedy: str) -> ConfigError:
        return ConfigError(what, where=f"camera source {public_name(self.text)!r}", remedy=remedy)

    def check_keys(self, *allowed: str) -> None:
        """Raises ConfigError where an option is unknown or given twice."""
        names = [name for name, _ in self.options]
        for name in names:
            if name not in allowed:
                raise self.error(f"unknown option {name!r}", f"{self.kind} knows: {', '.join(allowed)}")
            if names.count(name) > 1:
                raise self.error(f"option {name!r} is given twice", "give it once")

    def word(self, key: str) -> str:
        """The option's text, "" where it is not given."""
        return dict(self.options).get(key, "")

    def number(self, key: str, default: float, low: float, high: float) -> float:
        value = dict(self.options).get(key)
        if value is None:
            return default
        try:
            number = float(value)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise self.error(f"{key}={value} is not usable", f"give a number from {low:g} to {high:g}")
        return number

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        number = self.number(key, default, low, high)
        if number != int(number):
            raise self.error(f"{key}={number:g} is not usable", f"give a whole number from {low} to {high}")
        return int(number)

    def flag(self, key: str, default: bool) -> bool:
        value = dict(self.options).get(key)
        if value is None:
            return default
        if value not in ("yes", "no"):
            raise self.error(f"{key}={value} is not usable", "give yes or no")
        return value == "yes"

    def choice(self, key: str, kind: type[E], default: E) -> E:
        value = dict(self.options).get(key)
        if value is None:
            return default
        if value not in tuple(kind):
            raise self.error(f"{key}={value} is not usable", f"give one of: {', '.join(kind)}")
        return kind(value)


def public_name(text: str) -> str:
    """An address without its user and its secrets: it is shown, logged and recorded."""
    return _SECRET.sub(r"\1=...", _USER.sub("://", text))


def parse_source_text(text: str) -> SourceText:
    """Kind, target and options of a camera source; nothing is checked against what exists."""
    kind, _, rest = text.strip().partition(":")
    rest = f",{rest}" if kind in _OPTIONS_ONLY and rest else rest
    options: list[tuple[str, str]] = []
    while match := _OPTION.search(rest):
        options.append((match[1], match[2].strip()))
        rest = rest[: match.start()]
    return SourceText(text, kind, rest, tuple(reversed(options)))
