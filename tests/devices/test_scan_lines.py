"""From a scanner's bytes to codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.safe_pattern import LONGEST_TEXT
from station_app.core.serial import CodeRefusal
from station_app.devices.scan_lines import HALF_LINE_S, ScanLines, ScannedLine

ENDS = b"\r\n"
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=LONGEST_TEXT)


def fed(*sent: bytes, lines: ScanLines | None = None) -> list[ScannedLine]:
    lines = lines or ScanLines(ENDS)
    return [line for piece in sent for line in lines.feed(piece, 0.0)]


@given(st.lists(texts, max_size=5), st.lists(st.integers(1, 40), max_size=20), st.sampled_from((b"\r", b"\n", b"\r\n")))
def test_codes_come_out_whole_however_the_bytes_arrive(codes: list[str], cuts: list[int], end: bytes) -> None:
    sent = b"".join(code.encode() + end for code in codes)
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(sent[at : at + cut])
        at += cut
    assert fed(*pieces, sent[at:]) == [ScannedLine(code) for code in codes]


@given(st.lists(st.binary(max_size=700), max_size=6))
def test_whatever_is_sent_a_code_is_printable_and_short(pieces: list[bytes]) -> None:
    for line in fed(*pieces):
        assert (line.text == "") == (line.refusal is not None)
        assert line.text.isprintable() and len(line.text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"\xff\xfe\x80\r", CodeRefusal.UNUSABLE),
        (b"SN\x1d1\r", CodeRefusal.UNUSABLE),
        (b"\x00\r", CodeRefusal.UNUSABLE),
        (b"S" * (LONGEST_TEXT + 1) + b"\r", CodeRefusal.TOO_LONG),
        (b"S" * 100_000 + b"\r", CodeRefusal.TOO_LONG),
        (b"   \r", CodeRefusal.EMPTY),
    ],
)
def test_garbage_is_refused_and_the_next_code_is_whole(sent: bytes, refusal: CodeRefusal) -> None:
    assert fed(sent, b"SN1\r") == [ScannedLine("", refusal), ScannedLine("SN1")]


def test_half_a_code_is_refused_and_never_joined_to_the_next() -> None:
    lines = ScanLines(ENDS)
    assert lines.feed(b"SN00", 1.0) == ()
    assert lines.feed(b"", 1.0 + HALF_LINE_S - 0.01) == ()
    assert lines.feed(b"SN000124\r", 1.0 + HALF_LINE_S) == (
        ScannedLine("", CodeRefusal.INCOMPLETE),
        ScannedLine("SN000124"),
    )
    lines.feed(b"S" * 1000, 9.0)
    assert lines.feed(b"", 10.0) == (ScannedLine("", CodeRefusal.TOO_LONG),)
    assert lines.feed(b"", 11.0) == ()


def test_a_prefix_is_asked_for_and_taken_off() -> None:
    lines = ScanLines(b"\x03", "\x02")
    sent = b"\x02SN1\x03SN2\x03\x02SN3 \x03"
    assert lines.feed(sent, 0.0) == (ScannedLine("SN1"), ScannedLine("", CodeRefusal.UNUSABLE), ScannedLine("SN3"))
