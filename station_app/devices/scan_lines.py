"""Cuts what a scanner sends into codes. Pure: bytes with their times in, codes out."""

from dataclasses import dataclass

from station_app.core.safe_pattern import LONGEST_TEXT
from station_app.core.serial import CodeRefusal, text_refusal

HALF_LINE_S = 0.5
"""A scanner sends a code in one go: one that has stopped for so long in the middle of it will not go on."""
_LONGEST_LINE = 4 * LONGEST_TEXT
"""Bytes; a character of UTF-8 takes at most four."""


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """One code, or why what came is none."""

    text: str
    refusal: CodeRefusal | None = None


class ScanLines:
    """`ends` are bytes of which any one ends a code; `prefix` is what every code begins with, and no part of it."""

    def __init__(self, ends: bytes, prefix: str = "") -> None:
        self._ends = ends
        self._prefix = prefix
        self._held = bytearray()
        self._is_too_long = False
        self._fed_s = 0.0

    def feed(self, sent: bytes, now_s: float) -> tuple[ScannedLine, ...]:
        """The codes that are complete or spoilt now, in order. Called with b"" where nothing came."""
        spoilt = self._half_line(now_s)
        if sent:
            self._fed_s = now_s
        lines = (self._take(byte) for byte in sent)
        return (*spoilt, *(line for line in lines if line is not None))

    def _half_line(self, now_s: float) -> tuple[ScannedLine, ...]:
        if not self._is_held() or now_s - self._fed_s < HALF_LINE_S:
            return ()
        refusal = CodeRefusal.TOO_LONG if self._is_too_long else CodeRefusal.INCOMPLETE
        self._forget()
        return (ScannedLine("", refusal),)

    def _take(self, byte: int) -> ScannedLine | None:
        if byte not in self._ends:
            self._hold(byte)
            return None
        line = self._judge() if self._is_held() else None
        self._forget()
        return line

    def _hold(self, byte: int) -> None:
        self._is_too_long |= len(self._held) >= _LONGEST_LINE
        if not self._is_too_long:
            self._held.append(byte)

    def _is_held(self) -> bool:
        return bool(self._held)

    def _forget(self) -> None:
        self._held.clear()
        self._is_too_long = False

    def _judge(self) -> ScannedLine:
        if self._is_too_long:
            return ScannedLine("", CodeRefusal.TOO_LONG)
        try:
            text = self._held.decode("utf-8")
        except UnicodeDecodeError:
            return ScannedLine("", CodeRefusal.UNUSABLE)
        if not text.startswith(self._prefix):
            return ScannedLine("", CodeRefusal.UNUSABLE)
        text = text.removeprefix(self._prefix).strip(" ")
        refusal = text_refusal(text)
        return ScannedLine("" if refusal else text, refusal)
