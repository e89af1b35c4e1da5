"""The ring of lines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.lines import LineSpan
from station_app.devices.linescan.block import Block
from station_app.devices.linescan.ring import LineRing

BLOCKS = st.lists(st.integers(1, 17), min_size=1, max_size=40)


def block(first: int, count: int) -> Block:
    numbers = (np.arange(first, first + count) % 256).astype(np.uint8)
    return Block(first, np.repeat(numbers[:, None], 3, axis=1), np.ones(count, np.bool_), 0, 0)


@given(BLOCKS, st.integers(17, 60), st.integers(1, 80))
def test_the_newest_lines_are_always_held(counts: list[int], capacity: int, newest: int) -> None:
    ring, end = LineRing(3, capacity), 0
    for count in counts:
        ring.push(block(end, count))
        end += count
        assert ring.span.end == end and ring.span.length >= min(end, capacity)
        lines = ring.newest(newest)
        assert (lines.pixels[:, 0] == np.arange(*lines.span) % 256).all()
        assert lines.span.length == min(newest, ring.span.length)


def test_a_block_that_does_not_follow_is_a_bug() -> None:
    ring = LineRing(3, 20)
    ring.push(block(100, 5))
    with pytest.raises(ValueError, match="does not follow"):
        ring.push(block(106, 5))
    with pytest.raises(ValueError, match="does not fit"):
        ring.push(block(105, 21))
    with pytest.raises(ValueError, match="not held"):
        ring.lines(LineSpan(99, 103))


def test_what_is_lent_cannot_be_written() -> None:
    ring = LineRing(3, 20)
    ring.push(block(0, 5))
    with pytest.raises(ValueError, match="read-only"):
        ring.newest(2).pixels[0, 0] = 1


def test_lines_that_are_not_held_are_black_and_missing() -> None:
    ring = LineRing(3, 4)
    for first in range(0, 40, 4):
        ring.push(block(first, 4))
    out = np.full((12, 3), 7, np.uint8)
    assert ring.copy_into(LineSpan(30, 42), out) == (LineSpan(30, 32), LineSpan(40, 42))
    assert out[:, 0].tolist() == [0, 0, *range(32, 40), 0, 0]
    assert ring.copy_into(LineSpan(100, 112), out) == (LineSpan(100, 112),) and not out.any()
