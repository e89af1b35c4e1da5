"""The lines that the waterfall holds, against a plain table of them."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Pixels
from station_app.core.lines import LineScale, LineSpan
from station_app.gui.web.line_history import LineHistory, LinesPicture
from station_app.gui.web.lines_worker import Wanted, draw
from station_app.gui.web.view import whole_web

WIDTH = 7


def _pixels(span: LineSpan, width: int = WIDTH) -> Pixels:
    """Every line has a level of its own."""
    return np.repeat((np.arange(span.start, span.end) % 251 + 1).astype(np.uint8)[:, None], width, axis=1)


def _picture(start: int, end: int, *lost: tuple[int, int], width: int = WIDTH) -> LinesPicture:
    span = LineSpan(start, end)
    return LinesPicture(start, _pixels(span, width), tuple(LineSpan(*gap) for gap in lost))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60)), min_size=1, max_size=12), st.integers(1, 50))
def test_every_line_of_a_picture_is_held_and_no_other(steps: list[tuple[int, int]], most: int) -> None:
    history = LineHistory(most_lines=most)
    end, known, first = 0, set[int](), -1
    for moved, count in steps:
        end += moved
        start = max(0, end - count)
        if end > start:
            history.push(_picture(start, end))
            first = start if first < 0 else min(first, start)
            known |= set(range(start, end))
    if not history.width:
        return
    held = history.span
    assert held == LineSpan(max(first, end - most), end)
    unknown = {line for span in history.unknown(held) for line in range(span.start, span.end)}
    assert unknown == set(range(held.start, held.end)) - known
    lines = history.lines(held)
    for line in set(range(held.start, held.end)) - unknown:
        assert (lines[line - held.start] == line % 251 + 1).all()


def test_every_third_line_is_every_third() -> None:
    history = LineHistory(most_lines=30)
    history.push(_picture(0, 45))
    assert (history.lines(LineSpan(20, 40), 3) == _pixels(LineSpan(20, 40))[::3]).all()


def test_a_gap_that_two_pictures_tell_is_one() -> None:
    history = LineHistory(most_lines=100)
    history.push(_picture(0, 40, (10, 14), (35, 40)))
    history.push(_picture(38, 60, (38, 44)))
    assert history.lost(history.span) == (LineSpan(10, 14), LineSpan(35, 44))
    history.push(_picture(60, 130))
    assert history.lost(history.span) == (LineSpan(35, 44),)
    assert history.lost(LineSpan(50, 60)) == ()


@given(st.lists(st.integers(1, 30), min_size=2, max_size=10), st.integers(10, 80))
def test_gaps_are_apart_and_in_order(steps: list[int], most: int) -> None:
    history = LineHistory(most_lines=most)
    end = 0
    for count in steps:
        start, end = end, end + count
        history.push(_picture(max(0, start - 3), end, (max(0, start - 2), start + 1)))
    assert all(first.end < second.start for first, second in pairwise(history.lost(history.span)))


def test_another_camera_or_another_run_begins_anew() -> None:
    history = LineHistory(most_lines=100)
    history.push(_picture(0, 80, (5, 9)))
    history.push(_picture(0, 20))
    assert history.span == LineSpan(0, 20) and history.lost(history.span) == ()
    history.push(_picture(0, 30, width=9))
    assert history.width == 9
    history.clear()
    assert history.width == 0 and history.span == LineSpan(0, 0)


def test_memory_is_bounded_by_the_width() -> None:
    history = LineHistory(budget_bytes=1000)
    history.push(_picture(0, 500, width=100))
    assert history.span == LineSpan(490, 500)


def test_what_is_drawn_is_what_the_view_shows() -> None:
    history = LineHistory()
    history.push(_picture(100, 200, (150, 160), width=50))
    view = whole_web(50, LineScale(0.2, 0.1), 100, 60, end=0)
    drawn = draw(history, Wanted(view, is_following=True))
    assert drawn.view.end == 200 and drawn.image is not None
    assert (drawn.spot.x, drawn.spot.width) == (0, 100)
    assert drawn.spot.y + drawn.spot.height == 60, "the newest line is at the bottom"
    assert (drawn.image.width(), drawn.image.height()) == (drawn.spot.width, drawn.spot.height)
    assert drawn.lost == () and drawn.unknown == ()
    lower = drawn.image.pixelColor(50, drawn.image.height() - 1).red()
    upper = drawn.image.pixelColor(50, 0).red()
    assert lower == 199 % 251 + 1 and upper == view.ending(200).lines.start % 251 + 1
    frozen = draw(history, Wanted(view.ending(165), is_following=False))
    assert frozen.view.end == 165 and frozen.lost == (LineSpan(150, 160),)
    assert draw(history, Wanted(view.ending(100), is_following=False)).image is None
    assert draw(LineHistory(), Wanted(view, is_following=True)).image is None
