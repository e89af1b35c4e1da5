"""Defects over tiles: exactly the true ones, however the web is cut."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.lines import LineSpan
from station_app.core.lines_merge import ChainMerger, IsSame, Seam, Trace, WebDefect
from station_app.core.lines_touch import BoxRule, touches

UNTIMED = settings(deadline=None)
SHORT_BOXES = st.tuples(st.integers(0, 600), st.integers(1, 300), st.integers(0, 5), st.integers(1, 40))


def box(start: int, end: int, left: int = 10, right: int = 20, score: float = 1.0, label: str = "defect") -> Trace:
    return Trace(label, score, start, end, left, right)


def filled(trace: Trace) -> Trace:
    """The trace with all pixels of its box."""
    lines = np.arange(trace.start, trace.end)
    runs = np.stack([lines, np.full_like(lines, trace.left), np.full_like(lines, trace.right)], axis=1)
    return Trace(trace.label, trace.score, trace.start, trace.end, trace.left, trace.right, runs)


def seen(truth: list[WebDefect], tile: LineSpan) -> list[Trace]:
    """What a tile shows of these defects, each a full box."""
    cut = (
        box(max(d.start, tile.start), min(d.end, tile.end), d.left, d.right, d.score, d.label)
        for d in truth
        if d.span.meets(tile)
    )
    return [filled(trace) for trace in cut]


def merged(
    truth: list[WebDefect], tile: int, overlap: int, is_same: IsSame = touches, most: int = 999
) -> list[WebDefect]:
    """The web cut into tiles, inspected without a fault, and joined again."""
    merger, first, found = ChainMerger(is_same, most), 0, []
    end = max((d.end for d in truth), default=0) + tile
    while first < end:
        span = LineSpan(first, first + tile)
        found += merger.add(span, seen(truth, span), first + tile - overlap)
        first += tile - overlap
    return sorted(found + merger.finish())


def lanes(boxes: list[tuple[int, int, int, int]]) -> list[WebDefect]:
    """Defects that never touch: each in a lane of columns of its own."""
    return sorted(
        WebDefect(start, start + length, 60 * lane + left, 60 * lane + left + width, "defect", 1.0)
        for lane, (start, length, left, width) in enumerate(boxes)
    )


@UNTIMED
@given(st.lists(SHORT_BOXES, max_size=12), st.integers(1, 200), st.data())
def test_any_tile_and_overlap_give_exactly_the_true_defects(
    boxes: list[tuple[int, int, int, int]], tile: int, data: st.DataObject
) -> None:
    truth = lanes(boxes)
    overlap = data.draw(st.integers(max(0, tile - 30) if tile > 60 else 0, tile - 1))
    assert merged(truth, tile, overlap) == truth


@pytest.mark.parametrize("overlap", [0, 1, 64, 128, 300, 600])
def test_three_thousand_defects_of_any_length_are_all_found_once(overlap: int) -> None:
    random = np.random.default_rng(11)
    truth, free_from = [], np.zeros(64, np.int64)
    for _ in range(3000):
        lane = int(np.argmin(free_from))
        start = int(free_from[lane] + random.integers(2, 90))
        length, width = int(random.integers(1, 300)), int(random.integers(1, 50))
        left = 60 * lane + int(random.integers(0, 58 - width))
        truth.append(WebDefect(start, start + length, left, left + width, "defect", 1.0))
        free_from[lane] = start + length
    assert merged(truth, 1024, overlap) == sorted(truth)


def test_defects_that_begin_or_end_on_a_border_are_found_once() -> None:
    edges = [(1023, 1024), (1024, 1025), (1000, 1024), (1024, 1100), (1023, 1025), (2047, 2049)]
    truth = [WebDefect(start, end, 60 * n, 60 * n + 9, "defect", 1.0) for n, (start, end) in enumerate(edges)]
    for overlap in (0, 1, 128):
        assert merged(truth, 1024, overlap) == sorted(truth)


def test_a_fork_that_one_tile_sees_in_two_pieces_is_one_defect() -> None:
    merger = ChainMerger(touches)
    left, right = filled(box(50, 100, 0, 10)), filled(box(60, 100, 40, 50))
    assert merger.add(LineSpan(0, 100), [left, right], 100) == []
    bridge = filled(box(100, 110, 0, 50))
    assert merger.add(LineSpan(100, 200), [bridge], 200) == [WebDefect(50, 110, 0, 50, "defect", 1.0)]


def test_what_lies_side_by_side_without_touching_stays_apart() -> None:
    """Their boxes touch at the border, their pixels do not."""
    merger = ChainMerger(touches)
    steps = np.array([[line, line - 80, line - 79] for line in range(90, 100)], np.int64)
    slanted = Trace("defect", 1.0, 90, 100, 10, 20, steps)
    assert merger.add(LineSpan(0, 100), [slanted], 100) == []
    below = filled(box(100, 105, 10, 15))
    assert merger.add(LineSpan(100, 200), [below], 200) == [
        WebDefect(90, 100, 10, 20, "defect", 1.0),
        WebDefect(100, 105, 10, 15, "defect", 1.0),
    ]


def test_kinds_of_defects_are_not_joined_with_each_other() -> None:
    merger = ChainMerger(touches)
    merger.add(LineSpan(0, 100), [box(90, 100, label="dent")], 100)
    assert len(merger.add(LineSpan(100, 200), [box(100, 110, label="scratch")], 200)) == 2


def test_the_strongest_score_of_a_chain_counts() -> None:
    merger = ChainMerger(touches)
    merger.add(LineSpan(0, 100), [box(90, 100, score=0.2)], 100)
    merger.add(LineSpan(100, 200), [box(100, 200, score=0.9)], 200)
    (found,) = merger.add(LineSpan(200, 300), [box(200, 210, score=0.4)], 300)
    assert (found.start, found.end, found.score) == (90, 210, 0.9)


@UNTIMED
@given(st.integers(1, 6), st.sampled_from([0, 16, 60]))
def test_a_streak_without_end_is_told_every_few_tiles_and_never_twice(most: int, overlap: int) -> None:
    streak = WebDefect(37, 5037, 4, 9, "defect", 1.0)
    pieces = merged([streak], 100, overlap, most=most)
    assert pieces[0].start == 37 and pieces[-1].end == 5037
    assert all(before.end == after.start for before, after in pairwise(pieces))
    assert [piece.is_continued for piece in pieces] == [True] * (len(pieces) - 1) + [False]
    stride = 100 - overlap
    assert max(piece.end - piece.start for piece in pieces) <= most * stride + 100
    assert len(pieces) > 4900 // ((most + 1) * stride)


def test_the_oldest_defect_that_may_still_grow_is_known() -> None:
    merger = ChainMerger(touches)
    known = [merger.oldest_open]
    merger.add(LineSpan(0, 100), [box(90, 100), box(30, 40)], 100)
    known.append(merger.oldest_open)
    merger.finish()
    known.append(merger.oldest_open)
    assert known == [None, 90, None]


SEAM = Seam(900, 1000)


@pytest.mark.parametrize(
    ("earlier", "later", "is_one"),
    [
        (box(950, 980), box(952, 978), True),  # the same box, nearly
        (box(950, 980), box(955, 965), True),  # one within the other
        (box(950, 980), box(985, 995), False),  # one after the other, both whole
        (box(950, 980), box(950, 980, 40, 50), False),  # side by side
        (box(910, 1000), box(905, 1200), True),  # cut by the earlier tile's end
        (box(700, 1000), box(900, 1300, 11, 21), True),  # a streak through both
        (box(700, 1000), box(900, 1300, 19, 40), False),  # streaks side by side
        (box(500, 920), box(900, 922), True),  # ends in the overlap
        (box(500, 890), box(930, 990), False),
    ],
)
def test_boxes_of_a_network_are_one_defect_where_both_tiles_agree(earlier: Trace, later: Trace, is_one: bool) -> None:
    assert BoxRule()(earlier, later, SEAM) == is_one


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_boxes_that_meet_at_a_border_without_overlap_are_one_defect(shift: int) -> None:
    seam = Seam(1000, 1000)
    assert BoxRule()(box(800, 1000 - shift), box(1000 + shift, 1200), seam)
    assert not BoxRule()(box(800, 950), box(1000, 1200), seam)


@UNTIMED
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 64, 128]))
def test_boxes_that_differ_by_a_pixel_or_two_are_joined_as_the_true_ones(seed: int, overlap: int) -> None:
    random = np.random.default_rng(seed)
    truth = lanes(
        [
            (int(s), int(n), 5, 40)
            for s, n in zip(random.integers(0, 3000, 20), random.integers(30, 300, 20), strict=True)
        ]
    )
    merger, first, found = ChainMerger(BoxRule()), 0, []
    while first < 4500:
        span = LineSpan(first, first + 512)
        traces = [_shaken(trace, span, random) for trace in seen(truth, span) if trace.end - trace.start > 6]
        found += merger.add(span, traces, span.end - overlap)
        first = span.end - overlap
    found = sorted(found + merger.finish(), key=lambda d: d.left)
    expected = sorted(truth, key=lambda d: d.left)
    assert len(found) == len(expected)
    assert all(abs(f.start - t.start) <= 8 and abs(f.end - t.end) <= 8 for f, t in zip(found, expected, strict=True))


def _shaken(trace: Trace, tile: LineSpan, random: np.random.Generator) -> Trace:
    """A box as a network would give it: off by a pixel inwards, and at the tile's border where it is cut there."""
    by = random.integers(0, 2, 4).tolist()
    start = trace.start if trace.start == tile.start else trace.start + by[0]
    end = trace.end if trace.end == tile.end else trace.end - by[1]
    return box(start, end, trace.left + by[2], trace.right - by[3])
