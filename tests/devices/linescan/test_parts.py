"""Where parts begin and end: fixed lengths, the part sensor, the background, and lost lines among them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.lines import LinePart, LineSpan
from station_app.devices.linescan.block import Block, gap_block
from station_app.devices.linescan.parts import ByEdges, EdgeRule, EveryLines, PartCutter
from station_app.devices.linescan.presence import ByBackground, by_sensor, teach_belt


def sensed(first: int, level: str, *, is_ok: bool = True) -> Block:
    """A block whose part sensor is high wherever the text has a 1; `x` stands for lost lines."""
    count = len(level)
    if "x" in level:
        return gap_block(LineSpan(first, first + count), 4, 0)
    flags = np.array([mark == "1" for mark in level])
    return Block(first, np.zeros((count, 4), np.uint8), np.full(count, is_ok), 0, 0, part_sensor=flags)


def cut(cutter: PartCutter, *levels: str) -> list[LinePart]:
    parts, first = [], 0
    for level in levels:
        parts += cutter.take(sensed(first, level))
        first += len(level)
    return parts


def bodies(parts: list[LinePart]) -> list[tuple[int, int]]:
    return [(part.body.start, part.body.end) for part in parts]


def edges(**rule: int) -> ByEdges:
    return ByEdges(EdgeRule(**{"most_body": 100, "debounce": 3, **rule}), by_sensor)


@given(st.lists(st.integers(1, 30), max_size=20), st.integers(1, 40), st.integers(0, 100))
def test_parts_of_equal_length_follow_each_other(counts: list[int], lines: int, first: int) -> None:
    cutter, parts, end = EveryLines(lines, first), [], first
    for count in counts:
        parts += cutter.take(sensed(end, "0" * count))
        end += count
    assert [part.number for part in parts] == list(range((end - first) // lines))
    assert bodies(parts) == [(first + n * lines, first + (n + 1) * lines) for n in range(len(parts))]


def test_a_part_is_what_lies_between_the_edges() -> None:
    (part,) = cut(edges(), "00001111", "11110000")
    assert tuple(part.body) == tuple(part.frame) == (4, 12)
    assert part.number == 0 and not part.is_cut


def test_levels_that_do_not_last_are_no_edges() -> None:
    parts = cut(edges(), "0110000", "11011110010", "0111111", "000")
    assert bodies(parts) == [(7 + 3, 25)]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 50])
def test_edges_do_not_depend_on_how_the_web_is_cut_into_blocks(size: int) -> None:
    level = "0000101111111101111001100000011111100000"
    pieces = [level[at : at + size] for at in range(0, len(level), size)]
    assert bodies(cut(edges(), *pieces)) == [(6, 23), (29, 35)]


def test_margins_widen_the_picture_and_not_the_part() -> None:
    (part,) = cut(edges(head=2, tail=3), "0000111111", "0000")
    assert (tuple(part.body), tuple(part.frame)) == ((4, 10), (2, 13))


def test_a_picture_is_told_when_its_last_line_is_there() -> None:
    cutter = edges(tail=10)
    assert cut(cutter, "0000111111", "0000") == []
    (part,) = cutter.take(sensed(14, "000000"))
    assert part.frame.end == 20


def test_a_part_longer_than_the_longest_picture_is_cut_once() -> None:
    parts = cut(edges(most_body=10), "000" + "1" * 8, "1" * 20, "1" * 20 + "0000", "1111110000")
    assert bodies(parts) == [(3, 13), (55, 61)]
    assert [part.is_cut for part in parts] == [True, False]
    (part,) = cut(edges(most_body=10), "000" + "1" * 11 + "0000")
    assert (tuple(part.body), part.is_cut) == ((3, 13), True)


def test_with_a_fixed_length_only_the_front_edge_counts() -> None:
    parts = cut(edges(fixed=20), "0001111110", "00000000000000000", "0001110000000000000000000000")
    assert bodies(parts) == [(3, 23), (30, 50)]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("0000", "xxxx", "1111", "0000"), [(4, 12)]),  # the front edge may lie in the gap
        (("0011", "xxxx", "0000", "0000"), [(2, 8)]),  # so may a rear edge
        (("1111", "xxxx", "1111", "0000"), [(0, 12)]),
        (("0000", "xxxx", "0000", "1111", "0000"), [(12, 16)]),
        (("0000", "xxxx", "01111", "0000"), [(4, 13)]),  # a bounce after the gap may hide that a part goes on
        (("0000", "xxxx", "00", "xx", "1111", "0000"), [(4, 16)]),
        (("1111", "0", "xxxx", "0000"), [(0, 9)]),  # and a bounce before it
        (("0001", "xxxx", "1111", "0000"), [(3, 12)]),
    ],
)
def test_lost_lines_at_an_edge_belong_to_the_part(levels: tuple[str, ...], expected: list[tuple[int, int]]) -> None:
    assert bodies(cut(edges(), *levels)) == expected


def test_what_a_damaged_block_shows_is_not_believed() -> None:
    cutter = edges()
    cutter.take(sensed(0, "1111"))
    cutter.take(sensed(4, "0000", is_ok=False))
    (part,) = cutter.take(sensed(8, "0000"))
    assert tuple(part.body) == (0, 8)


@given(
    st.lists(st.tuples(st.integers(5, 30), st.integers(5, 30)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), max_size=4),
    st.integers(1, 13),
    st.integers(1, 4),
)
def test_no_part_is_complete_if_any_line_of_it_was_lost(
    sizes: list[tuple[int, int]], gaps: list[tuple[int, int]], size: int, debounce: int
) -> None:
    """Whatever is lost, every true part either has all of its lines in one picture, or is in none that is complete."""
    level = "".join("0" * belt + "1" * body for belt, body in sizes) + "0" * 10
    lost = np.zeros(len(level), np.bool_)
    for start, count in gaps:
        lost[start : start + count] = True
    parts = cut(edges(debounce=debounce), *_blocks(level, lost, size))
    whole = {tuple(part.body) for part in parts if not lost[slice(*part.frame)].any()}
    at, truth = 0, set()
    for belt, body in sizes:
        truth.add((at + belt, at + belt + body))
        at += belt + body
    assert whole <= truth
    assert {span for span in truth if lost[max(0, span[0] - 30) : span[1] + 30].sum() == 0} <= whole


def _blocks(level: str, lost: np.ndarray, size: int) -> list[str]:
    """The web in blocks of at most `size` lines, those that were lost apart."""
    pieces, start = [], 0
    for end in range(1, len(level) + 1):
        if end == len(level) or end - start == size or lost[end] != lost[start]:
            pieces.append("x" * (end - start) if lost[start] else level[start:end])
            start = end
    return pieces


def test_a_part_is_told_from_the_background() -> None:
    belt = np.tile(np.array([10, 14, 20, 12], np.uint8), (300, 8))
    presence = ByBackground(teach_belt(belt), contrast=20)
    shown = belt[:100].copy()
    shown[40:60, 8:20] = 120
    shown[80, 3] = 255  # a speck
    block = Block(0, shown, np.ones(100, np.bool_), 0, 0)
    assert np.flatnonzero(presence(block)).tolist() == list(range(40, 60))


def test_without_a_sensor_there_is_no_part() -> None:
    assert not by_sensor(Block(0, np.zeros((5, 4), np.uint8), np.ones(5, np.bool_), 0, 0)).any()


@pytest.mark.parametrize("rule", [{"most_body": 0}, {"debounce": 0}, {"head": -1}, {"fixed": 101}])
def test_a_rule_that_cuts_no_parts_cannot_be_built(rule: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"cut by|must fit"):
        edges(**rule)
