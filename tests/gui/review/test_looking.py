"""A part counts as looked at once every place of it was seen well enough."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.gui.review.looking import CELLS, ENOUGH_MS, Looked, cells_of, is_clear
from station_app.gui.viewport import fit

WHOLE = fit(4000, 3000, 800, 600)
FULL = WHOLE.zoomed(1 / WHOLE.scale, 400, 300)
BLURRED = WHOLE.zoomed(2.0, 400, 300)


def _looked(*cameras: str) -> Looked:
    looked = Looked()
    looked.start(cameras or ("top",))
    return looked


def test_the_fitted_part_is_seen_whole_after_a_second() -> None:
    looked = _looked()
    looked.see("top", WHOLE, 0)
    looked.until(ENOUGH_MS - 1)
    assert looked.missing() == ("top",) and looked.wait_ms() == 1
    looked.until(ENOUGH_MS)
    assert not looked.missing() and looked.viewed_ms == ENOUGH_MS and looked.wait_ms() is None


def test_a_view_between_fit_and_full_size_does_not_count() -> None:
    looked = _looked()
    looked.see("top", BLURRED, 0)
    looked.until(60_000)
    assert not is_clear(BLURRED) and looked.viewed_ms == 0 and looked.missing()


def test_at_full_size_only_what_is_seen_counts() -> None:
    looked = _looked()
    looked.see("top", FULL, 0)
    looked.until(60_000)
    assert looked.viewed_ms == 60_000 and looked.missing() == ("top",)


def test_every_camera_must_be_looked_at() -> None:
    looked = _looked("top", "side")
    looked.see("top", WHOLE, 0)
    looked.see("side", WHOLE, ENOUGH_MS)
    assert looked.missing() == ("side",)
    looked.see("side", None, 2 * ENOUGH_MS)
    assert not looked.missing()
    looked.until(9 * ENOUGH_MS)
    assert looked.viewed_ms == 2 * ENOUGH_MS


@given(st.lists(st.tuples(st.sampled_from((WHOLE, FULL, BLURRED, None)), st.integers(0, 3000)), max_size=10))
def test_no_time_is_counted_twice(views: list[tuple[object, int]]) -> None:
    looked, now = _looked(), 0
    for view, passed in views:
        looked.see("top", view, now)  # type: ignore[arg-type]
        now += passed
    looked.until(now)
    looked.until(now)
    assert 0 <= looked.viewed_ms <= now


def test_the_whole_frame_holds_every_place() -> None:
    assert len(cells_of(WHOLE.visible(), 4000, 3000)) == CELLS**2
    assert len(cells_of(FULL.visible(), 4000, 3000)) < CELLS**2
