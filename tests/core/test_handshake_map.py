"""Registers and what they mean: every word at its place, both ways round."""

import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.handshake_bits import Control, ErrorCode, ResultCode, result_word
from station_app.core.handshake_map import (
    CONTROL_WORDS,
    INPUT_WORDS,
    OUTPUT_WORDS,
    LineReport,
    RegisterMap,
    asked_of,
    output_words,
    status_words,
)
from station_app.core.handshake_state import Handshake, LineResult

LOW, HIGH = RegisterMap(), RegisterMap(is_low_byte_first=False, is_low_word_first=False)
SHOWN = Handshake(
    offline=frozenset(), last_id=12, shown=LineResult(11, 70_001, ResultCode.PASS), is_valid=True, error=ErrorCode.NONE
)


def inputs(text: bytes, command: int = 0) -> list[int]:
    packed = text.ljust(64, b"\0")
    return [command, *struct.unpack("<32H", packed), *[0] * (INPUT_WORDS - 33)]


def test_bits_command_and_text_are_read() -> None:
    asked = asked_of(LOW, (0b11, 0b1), inputs(b"SN-0042", command=7))
    assert asked.control == Control.TRIGGER_ENABLE | Control.TRIGGER | Control.SET_USER_DATA
    assert (asked.command, asked.user_data) == (7, "SN-0042")


def test_letters_may_lie_the_other_way_round() -> None:
    swapped = [(word & 0xFF) << 8 | word >> 8 for word in inputs(b"SN-0042")]
    assert asked_of(HIGH, (0, 0), swapped).user_data == "SN-0042"


def test_what_is_no_letter_is_seen_as_that() -> None:
    assert asked_of(LOW, (0, 0), inputs(b"A\x01\xff B")).user_data == "A?? B"


def test_a_part_is_told_with_its_ids_and_its_proof() -> None:
    report = LineReport(recipe=3, heartbeat=0x1_0005, worst_score=0.25, sequence=70_001, total_ms=99_999, serial="SN9")
    words = output_words(LOW, SHOWN, report)
    assert len(words) == OUTPUT_WORDS
    assert words[:6] == (3, 0, 12, 11, ResultCode.PASS, 1)
    assert struct.unpack("<f", struct.pack("<HH", *words[8:10])) == (0.25,)
    assert words[10:12] == (70_001 & 0xFFFF, 1) and words[16:18] == (0xFFFF, 5)
    assert bytes(byte for word in words[20:22] for byte in (word & 0xFF, word >> 8)) == b"SN9\0"
    assert words[100:] == (result_word(ResultCode.PASS), 11)
    other = output_words(HIGH, SHOWN, report)
    assert other[10:12] == (1, 70_001 & 0xFFFF) and other[20] == ord("S") << 8 | ord("N")


def test_a_part_that_was_taken_passes_no_more() -> None:
    words = output_words(LOW, replace(SHOWN, is_valid=False), LineReport())
    assert words[4] == ResultCode.NONE and words[100] == result_word(ResultCode.NO_RESULT)


def test_measured_values_are_told_as_far_as_there_is_room() -> None:
    words = output_words(LOW, SHOWN, LineReport(values=tuple(float(n) for n in range(40))))
    assert struct.unpack("<32f", struct.pack("<64H", *words[36:100])) == tuple(range(32))


@given(st.integers(0, 2**32 - 1))
def test_all_bits_come_through(bits: int) -> None:
    asked = asked_of(LOW, (bits & 0xFFFF, bits >> 16), [0] * INPUT_WORDS)
    assert int(asked.control) == bits
    state = replace(SHOWN, seen=asked.control)
    low, high = status_words(state)
    assert low | high << 16 == int(state.status)


@pytest.mark.parametrize("change", [{"status": CONTROL_WORDS - 1}, {"input": 998}, {"output": 65_500}, {"control": -1}])
def test_blocks_that_lie_in_one_another_are_refused(change: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="lie in one another"):
        RegisterMap(**change)  # type: ignore[arg-type]
