"""A person before the station: looks for what is written, in the language of the screen, taps it, types, looks again.

Who does not find what they look for, or finds it covered or not to be pressed, is stuck, and says what was there.
"""

import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from station_app.gui.assets import asset
from tests.campaigns.desktop import Desktop
from tests.campaigns.seen_station import Piece, seen

PATIENCE_S, LOOK_S, SETTLE_S = 15.0, 0.2, 0.35
BUTTONS = ("TouchButton", "AlertButton", "SmallButton", "QueueButton", "Tile")
FIELDS = ("QLineEdit", "CommentField", "ChoiceBox")
CELLS = ("cell",)
Wanted = str | Callable[[Piece], bool]
"""Words or name of a piece, or what it must fulfil."""


class StuckError(AssertionError):
    """A step did not work as a first-time user would expect."""


class Words:
    """What the English words are called on the screen."""

    def __init__(self, language: str) -> None:
        self._chinese: dict[str, set[str]] = {}
        if language == "zh_CN":
            tree = ET.parse(asset("translations", "station_zh_CN.ts"))
            for message in tree.iter("message"):
                source, said = message.findtext("source") or "", message.findtext("translation") or ""
                self._chinese.setdefault(source, set()).add(said)

    def of(self, english: str) -> set[str]:
        return self._chinese.get(english, {english}) or {english}


class Person:
    """Eyes on the socket `station`, hands on the desktop."""

    def __init__(self, desktop: Desktop, station: Path, language: str) -> None:
        self.desktop, self._station, self.words = desktop, station, Words(language)

    def speak(self, language: str) -> None:
        """Reads this language from now on."""
        self.words = Words(language)

    def see(self) -> tuple[Piece, ...]:
        try:
            return seen(self._station)
        except (FileNotFoundError, ConnectionRefusedError):
            return ()

    def find(
        self, wanted: str | Callable[[Piece], bool], kinds: tuple[str, ...] = BUTTONS, *, live: bool = True
    ) -> Piece:
        """The first piece of these kinds with these words, or name; `live` where it must be ready for a finger."""
        is_it = wanted if callable(wanted) else self._named(wanted)
        until_s = time.monotonic() + PATIENCE_S
        while True:
            pieces = self.see()
            for piece in pieces:
                if piece.kind in kinds and is_it(piece) and (not live or (piece.is_enabled and piece.is_open)):
                    return piece
            if time.monotonic() > until_s:
                there = sorted({piece.says for piece in pieces if piece.kind in kinds and piece.is_open})
                raise StuckError(f"looked for {wanted}, saw {there}")
            time.sleep(LOOK_S)

    def _named(self, wanted: str) -> Callable[[Piece], bool]:
        said = self.words.of(wanted)
        return lambda piece: piece.says in said or piece.name == wanted

    def tap(self, wanted: Wanted, kinds: tuple[str, ...] = BUTTONS) -> None:
        self.desktop.tap(self.find(wanted, kinds).middle)
        time.sleep(SETTLE_S)

    def fill(self, field: str, text: str) -> None:
        """Click into a field and type."""
        self.desktop.tap(self.find(field, FIELDS).middle)
        time.sleep(0.15)
        self.desktop.type(text)
        time.sleep(0.15)

    def press(self, key: str) -> None:
        self.desktop.press(key)
        time.sleep(SETTLE_S)

    def choose(self, field: str, value: str) -> None:
        """One of a drop-down list."""
        self.tap(field, FIELDS)
        self.tap(value, CELLS)

    def wait_until(self, question: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
        until_s = time.monotonic() + patience_s
        while not question():
            if time.monotonic() > until_s:
                raise StuckError(f"waited for: {what}")
            time.sleep(LOOK_S)


def begins(text: str) -> Callable[[Piece], bool]:
    """Whatever begins so."""
    return lambda piece: piece.says.startswith(text)


def matches(pattern: str) -> Callable[[Piece], bool]:
    return lambda piece: re.search(pattern, piece.says) is not None
