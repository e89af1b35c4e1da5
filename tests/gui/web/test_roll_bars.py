"""The bars of a roll's map."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import VerdictKind
from station_app.core.web_messages import StretchInspected
from station_app.gui.web.roll_bars import Bar, bars_of

ORDER = (VerdictKind.PASS, VerdictKind.REVIEW, VerdictKind.FAIL, VerdictKind.NO_RESULT)


def _stretches(kinds: list[tuple[VerdictKind, int]], length: float = 1.0) -> list[StretchInspected]:
    return [
        StretchInspected("A", n + 1, n + 1, n * length, (n + 1) * length, missing, kind)
        for n, (kind, missing) in enumerate(kinds)
    ]


def test_equal_neighbours_are_one_bar() -> None:
    kinds = [(VerdictKind.PASS, 0), (VerdictKind.PASS, 0), (VerdictKind.FAIL, 0), (VerdictKind.NO_RESULT, 5)]
    assert bars_of(_stretches(kinds), 5.0, 100) == [
        Bar(0, 40, VerdictKind.PASS, False),
        Bar(40, 60, VerdictKind.FAIL, False),
        Bar(60, 80, VerdictKind.NO_RESULT, True),
    ]
    assert bars_of([], 5.0, 100) == []


@given(st.lists(st.tuples(st.sampled_from(ORDER), st.integers(0, 2)), max_size=300), st.integers(1, 200))
def test_no_bad_stretch_is_hidden_by_a_better_one(kinds: list[tuple[VerdictKind, int]], width: int) -> None:
    span_m = max(1.0, len(kinds) * 1.1)
    bars = bars_of(_stretches(kinds), span_m, width)
    assert all(0 <= bar.left < bar.right <= width for bar in bars)
    assert all(one.right <= other.left for one, other in pairwise(bars))
    for stretch in _stretches(kinds):
        at = min(width - 1, round(stretch.from_metres * (width / span_m)))
        (bar,) = [bar for bar in bars if bar.left <= at < bar.right]
        assert ORDER.index(bar.verdict) >= ORDER.index(stretch.verdict)
        assert bar.is_gap or not stretch.missing_lines
