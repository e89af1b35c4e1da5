"""Tells a scanner from a person by the rhythm of the keys. Pure: strokes with their times in, outcomes out.

A scanner types at least four characters less than 35 ms apart and ends with Enter or Tab. Every stroke is held back
until it is known which of the two it was, so that a scanned space or F-key never reaches a widget.
"""

from dataclasses import dataclass, field

from station_app.core.safe_pattern import LONGEST_TEXT

MAX_GAP_MS = 35
MIN_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key going down. `text` is "" for keys that write nothing (F-keys, arrows)."""

    text: str
    at_ms: int
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """The strokes held back were a person's: let them go."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A complete scan: swallow its strokes."""

    text: str


@dataclass(frozen=True, slots=True)
class ScanRejected:
    """A scan that cannot be trusted: swallow its strokes and say so."""

    is_too_long: bool = False
    has_control: bool = False


Outcome = Typed | Scanned | ScanRejected


@dataclass(slots=True)
class ScanRecogniser:
    """Holds the strokes of one burst. `press` and `expire` say what has become certain about those before."""

    _held: list[Stroke] = field(default_factory=list)

    @property
    def is_holding(self) -> bool:
        return bool(self._held)

    def breaks_burst(self, at_ms: int) -> bool:
        """Whether a stroke now is too late to belong to those held; then `expire` comes first."""
        return bool(self._held) and at_ms - self._held[-1].at_ms >= MAX_GAP_MS

    def press(self, stroke: Stroke) -> Outcome | None:
        """Add a stroke of the running burst; an outcome is about all strokes held, this one included."""
        self._held.append(stroke)
        if not stroke.is_end:
            return None
        burst, self._held = self._held[:-1], []
        return _judge(burst) if len(burst) >= MIN_LENGTH else Typed()

    def expire(self) -> Outcome:
        """The burst was never ended: short ones are typing, a long one is a damaged scan."""
        burst, self._held = self._held, []
        return Typed() if len(burst) < MIN_LENGTH else ScanRejected()


def _judge(burst: list[Stroke]) -> Outcome:
    text = "".join(stroke.text for stroke in burst)
    if any(not stroke.text or not stroke.text.isprintable() for stroke in burst):
        return ScanRejected(has_control=True)
    if len(text) > LONGEST_TEXT:
        return ScanRejected(is_too_long=True)
    return Scanned(text)
