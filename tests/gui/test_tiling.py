"""Groups of tiles stand below each other, each with all its tiles."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.gui.flips.tiling import columns, placed


@given(st.lists(st.integers(0, 50)), st.integers(1, 9))
def test_no_group_covers_another(counts: list[int], across: int) -> None:
    bands = placed(counts, across, head=10, row=30)
    top = 0
    for count, band in zip(counts, bands, strict=True):
        assert band.top == top and band.first == top + 10
        assert (band.bottom - band.first) // 30 * across >= count
        top = band.bottom


def test_at_least_one_stands_in_a_row() -> None:
    assert columns(10, 30, 5) == 1 and columns(65, 30, 5) == 2 and columns(64, 30, 5) == 1
