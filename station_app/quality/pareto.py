"""The few kinds of defect that make up most of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from station_app.quality.estimate import CONFIDENCE
from station_app.quality.intervals import Share, clopper_pearson


@dataclass(frozen=True, slots=True)
class ParetoBar:
    """One kind: its share, the share of it and all before it, and whether it is proved to be more than the next.

    The last has no next; where `leads` is False the order of the two may be chance.
    """

    name: str
    share: Share
    cumulated: Share
    leads: bool


def pareto(counts: Mapping[str, int], confidence: float = CONFIDENCE) -> tuple[ParetoBar, ...]:
    """The bars from the most frequent kind on, ties by name; kinds that were not seen have none."""
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is not negative")
    ranked = sorted(((name, n) for name, n in counts.items() if n), key=lambda bar: (-bar[1], bar[0]))
    total, so_far = sum(n for _, n in ranked), 0
    bars: list[ParetoBar] = []
    for place, (name, n) in enumerate(ranked, start=1):
        so_far += n
        leads = place < len(ranked) and clopper_pearson(n, n + ranked[place][1], confidence).low > 0.5
        share, cumulated = clopper_pearson(n, total, confidence), clopper_pearson(so_far, total, confidence)
        bars.append(ParetoBar(name, share, cumulated, leads))
    return tuple(bars)
