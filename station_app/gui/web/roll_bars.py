"""A roll's stretches as bars of whole pixels; where several fall on one pixel, the worst is shown. Pure; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from station_app.core.inspection import VerdictKind
from station_app.core.web_messages import StretchInspected

_RANK = {VerdictKind.PASS: 1, VerdictKind.REVIEW: 2, VerdictKind.FAIL: 3, VerdictKind.NO_RESULT: 4}
_KINDS = {rank: kind for kind, rank in _RANK.items()}


@dataclass(frozen=True, slots=True)
class Bar:
    """Pixels `[left, right)` of one verdict; `is_gap` where lines are missing."""

    left: int
    right: int
    verdict: VerdictKind
    is_gap: bool


def bars_of(stretches: Sequence[StretchInspected], span_m: float, width: int) -> list[Bar]:
    """The bars of a map `width` pixels wide that shows `span_m` metres; what nobody told is in none of them."""
    ranks, gaps = bytearray(width), bytearray(width)
    per_m = width / span_m
    for stretch in stretches:
        left = min(width - 1, round(stretch.from_metres * per_m))
        right = min(width, max(left + 1, round(stretch.to_metres * per_m)))
        rank = _RANK[stretch.verdict]
        for at in range(left, right):
            ranks[at] = max(ranks[at], rank)
        if stretch.missing_lines:
            gaps[left:right] = b"\1" * (right - left)
    pieces = groupby(range(width), lambda at: (ranks[at], gaps[at]))
    spans = [(rank, gap, list(pixels)) for (rank, gap), pixels in pieces]
    return [Bar(pixels[0], pixels[-1] + 1, _KINDS[rank], bool(gap)) for rank, gap, pixels in spans if rank]
