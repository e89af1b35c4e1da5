"""Every line has its number on the web, and lost ones are put in and masked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import CameraError
from station_app.devices.linescan.block import Block, Strip
from station_app.devices.linescan.placing import MOST_LOST, Placing
from tests.devices.linescan.strips import COUNTS, FAULTS, CutWeb, plain_strip


def counted(block_id: int, start: int, end: int, count: int = 8, *, is_complete: bool = True) -> Strip:
    return plain_strip(block_id, count, encoder_start=start * COUNTS, encoder_end=end * COUNTS, is_complete=is_complete)


def spans(blocks: tuple[Block, ...]) -> list[tuple[int, int, bool]]:
    return [(*block.span, bool(block.ok.all())) for block in blocks]


def test_lines_are_numbered_from_the_first_on() -> None:
    placing = Placing(8)
    assert spans(placing.place(plain_strip(5))) == [(0, 8, True)]
    assert spans(placing.place(plain_strip(6))) == [(8, 16, True)]
    assert placing.next_line == 16 and placing.lost == 0


def test_a_buffer_that_ended_early_loses_nothing() -> None:
    placing = Placing(8)
    placing.place(plain_strip(0, 3))
    assert spans(placing.place(plain_strip(1))) == [(3, 11, True)]


def test_without_an_encoder_a_gap_in_the_ids_is_so_many_full_buffers() -> None:
    placing = Placing(8)
    placing.place(plain_strip(0))
    assert spans(placing.place(plain_strip(3))) == [(8, 16, False), (16, 24, False), (24, 32, True)]
    assert placing.lost == 16


def test_without_an_encoder_a_torn_buffer_lacks_its_rest_and_none_of_it_is_trusted() -> None:
    assert spans(Placing(8).place(plain_strip(0, 5, is_complete=False))) == [(0, 5, False), (5, 8, False)]


def test_the_encoder_counts_better_than_the_ids() -> None:
    placing = Placing(8, COUNTS)
    placing.place(counted(0, 0, 8))
    assert spans(placing.place(counted(3, 11, 19))) == [(8, 11, False), (11, 19, True)]


def test_a_lost_buffer_costs_a_line_at_least_even_if_the_encoder_stood_still() -> None:
    placing = Placing(8, COUNTS)
    placing.place(counted(0, 0, 8))
    assert spans(placing.place(counted(2, 8, 16))) == [(8, 9, False), (9, 17, True)]
    # The false line does not hide the next true loss.
    assert spans(placing.place(counted(3, 17, 25)))[0] == (17, 18, False)


def test_lines_skipped_within_a_buffer_make_all_of_it_doubtful() -> None:
    assert spans(Placing(8, COUNTS).place(counted(0, 0, 11))) == [(0, 8, False), (8, 11, False)]


def test_a_web_that_runs_backwards_is_not_trusted() -> None:
    placing = Placing(8, COUNTS)
    placing.place(counted(0, 100, 108))
    assert spans(placing.place(counted(1, 104, 112))) == [(8, 16, False)]
    assert spans(placing.place(counted(2, 112, 120))) == [(16, 24, True)]
    # A loss after it is seen as ever, also one of small steps.
    assert spans(placing.place(counted(3, 121, 129))) == [(24, 25, False), (25, 33, True)]
    start = 129 * COUNTS
    for block_id in range(4, 8):
        start += 1
        placing.place(plain_strip(block_id, encoder_start=start, encoder_end=start + 8 * COUNTS))
        start += 8 * COUNTS
    assert placing.lost == 2


def test_small_steps_of_the_encoder_add_up_to_a_lost_line() -> None:
    placing, start = Placing(8, COUNTS), 0
    for block_id in range(8):
        strip = plain_strip(block_id, encoder_start=start, encoder_end=start + 8 * COUNTS)
        placing.place(strip)
        start += 8 * COUNTS + 1  # a quarter of a line
    assert placing.lost == 2


@pytest.mark.parametrize("jitter", [0, 1, 2])
def test_jitter_below_a_quarter_of_a_line_is_no_loss(jitter: int) -> None:
    random, placing = np.random.default_rng(jitter), Placing(8, 12)
    for block_id in range(200):
        off = random.integers(-jitter, jitter, 2, endpoint=True)
        start, end = 96 * block_id + int(off[0]), 96 * (block_id + 1) + int(off[1])
        (block,) = placing.place(plain_strip(block_id, encoder_start=start, encoder_end=end))
        assert block.ok.all()


def test_ids_that_run_backwards_are_a_fault_of_the_camera() -> None:
    placing = Placing(8)
    placing.place(plain_strip(5))
    with pytest.raises(CameraError, match="block 5 came after block 5"):
        placing.place(plain_strip(5))


def test_more_missing_than_any_gap_is_a_fault_of_the_camera() -> None:
    placing = Placing(8)
    placing.place(plain_strip(0))
    with pytest.raises(CameraError, match="missing at once"):
        placing.place(plain_strip(MOST_LOST // 8 + 2))


@given(FAULTS, st.integers(1, 20), st.integers(1, 300))
def test_every_received_line_lies_where_it_lay_on_the_web(faults: list[str], lines: int, length: int) -> None:
    pixels = np.repeat((np.arange(length) % 251).astype(np.uint8)[:, None], 3, axis=1)
    web = CutWeb(pixels, lines, faults)
    end = web.first_line
    for block in web.blocks():
        assert block.first_line == end
        end = block.span.end
        rows = slice(*block.span)
        assert (block.ok == web.received[rows]).all()
        assert (block.pixels[block.ok] == pixels[rows][block.ok]).all()
