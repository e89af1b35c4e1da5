"""The ring of lines and the tiles cut from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.lines import LineSpan
from station_app.devices.linescan.block import Block
from station_app.devices.linescan.ring import LineRing
from station_app.devices.linescan.tiles import Tile, Tiler
from tests.devices.linescan.strips import FAULTS, CutWeb

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
    assert ring.copy_into(LineSpan(30, 42), out) == 4
    assert out[:, 0].tolist() == [0, 0, *range(32, 40), 0, 0]
    assert ring.copy_into(LineSpan(100, 112), out) == 12 and not out.any()


def cut(web: CutWeb, height: int, overlap: int) -> list[tuple[LineSpan, np.ndarray, np.ndarray, int]]:
    ring, tiler = LineRing(web.pixels.shape[1], height + web.lines), Tiler(height, overlap, web.first_line)
    found = []

    def keep(tile: Tile) -> None:
        assert tile.is_complete == tile.ok.all() and tile.first_line == tile.lines.span.start
        found.append((tile.lines.span, tile.pixels.copy(), tile.ok.copy(), tile.next_first))

    for placed in web.blocks():
        ring.push(placed)
        for tile in tiler.take(ring):
            keep(tile)
    if web.strips:
        for tile in tiler.finish(ring):
            keep(tile)
    return found


@given(FAULTS, st.integers(1, 20), st.integers(0, 400), st.integers(1, 60), st.data())
def test_tiles_cover_every_line_in_order_and_carry_its_mask(
    faults: list[str], lines: int, length: int, height: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, height - 1))
    pixels = np.repeat((np.arange(length) % 251).astype(np.uint8)[:, None], 3, axis=1)
    web = CutWeb(pixels, lines, faults)
    tiles = cut(web, height, overlap)
    end = web.blocks()[-1].span.end if web.strips else 0
    covered = {line for span, *_ in tiles for line in range(*span)}
    assert covered == set(range(web.first_line, end))
    for index, (span, shown, ok, next_first) in enumerate(tiles):
        assert span.start == web.first_line + index * (height - overlap)
        assert span.length == height or index == len(tiles) - 1
        assert next_first == span.start + height - overlap
        assert (ok == web.received[slice(*span)]).all()
        assert (shown[ok] == pixels[slice(*span)][ok]).all()


def test_a_tile_cannot_overlap_by_all_of_itself() -> None:
    with pytest.raises(ValueError, match="cannot overlap"):
        Tiler(10, 10)
