"""Scanner or person."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.safe_pattern import LONGEST_TEXT
from station_app.gui.scan import (
    MAX_GAP_MS,
    Outcome,
    Scanned,
    ScanRecogniser,
    ScanRejected,
    Stroke,
    Typed,
)

printable = st.characters(codec="ascii", min_codepoint=32, max_codepoint=126)


def _play(text: str, gap_ms: int, *, is_ended: bool = True) -> list[Outcome]:
    recogniser, outcomes, at_ms = ScanRecogniser(), [], 0
    strokes = [(char, False) for char in text] + ([("\r", True)] if is_ended else [])
    for char, is_end in strokes:
        at_ms += gap_ms
        if recogniser.breaks_burst(at_ms):
            outcomes.append(recogniser.expire())
        outcome = recogniser.press(Stroke(char, at_ms, is_end))
        outcomes += [outcome] if outcome is not None else []
    return [*outcomes, *([recogniser.expire()] if recogniser.is_holding else [])]


@given(st.text(printable, min_size=4, max_size=LONGEST_TEXT), st.integers(0, MAX_GAP_MS - 1))
def test_a_fast_burst_with_its_end_is_one_scan(text: str, gap_ms: int) -> None:
    assert _play(text, gap_ms) == [Scanned(text)]


@given(st.text(printable, min_size=1, max_size=30), st.integers(MAX_GAP_MS, 400))
def test_a_person_is_never_taken_for_a_scanner(text: str, gap_ms: int) -> None:
    assert set(_play(text, gap_ms)) == {Typed()}


def test_short_bursts_are_typing() -> None:
    assert _play("abc", 5) == [Typed()]
    assert _play("", 5) == [Typed()]


def test_a_scan_without_end_is_damaged() -> None:
    assert _play("2A17-009", 5, is_ended=False) == [ScanRejected()]


def test_too_long_and_control_characters_are_rejected() -> None:
    assert _play("x" * (LONGEST_TEXT + 1), 2) == [ScanRejected(is_too_long=True)]
    assert _play("ab\x1bcd", 2) == [ScanRejected(has_control=True)]
    recogniser = ScanRecogniser()
    for text in ("a", "b", "", "c"):  # an F-key writes nothing
        recogniser.press(Stroke(text, 1))
    assert recogniser.press(Stroke("\r", 2, is_end=True)) == ScanRejected(has_control=True)
