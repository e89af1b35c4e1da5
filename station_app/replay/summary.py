"""What a replay says as a whole: flips, equality to the last bit, and what overkill and escapes would become. Pure.

Rates are of all parts of the period, so that old and new can be compared: the share that is bad and told OK, the share
that is good and not told OK. Only settled blind reviews enter, each weighed by what its stratum stands for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from station_app.core.inspection import VerdictKind
from station_app.quality.escapes import event_rate
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.mcnemar import McNemar, mcnemar
from station_app.quality.strata import Stratum
from station_app.replay.outcome import Outcome, Skipped


@dataclass(frozen=True, slots=True)
class Sampled:
    """A part of the blind sample whose truth is settled; `cell` is the stratum that it was drawn from."""

    cell: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """`flips` counts (recorded, replayed) pairs that differ; `identical` of `judged` parts are equal to the last bit.

    The estimates are shares of all parts; `labelled` are the blind-reviewed parts among the judged ones.
    """

    judged: int
    identical: int
    skipped: tuple[tuple[Skipped, int], ...]
    flips: tuple[tuple[VerdictKind, VerdictKind, int], ...]
    labelled: int
    escapes_before: Estimate | CannotSay
    escapes_after: Estimate | CannotSay
    overkill_before: Estimate | CannotSay
    overkill_after: Estimate | CannotSay
    test: McNemar | CannotSay


def summarise(outcomes: Sequence[Outcome], cells: Mapping[str, int], truth: Mapping[int, Sampled]) -> Summary:
    """`cells` are the numbers of parts in each stratum of the period; `truth` the settled blind reviews by part id."""
    judged = [outcome for outcome in outcomes if outcome.replayed is not None]
    labelled = [(outcome, truth[outcome.part_id]) for outcome in judged if outcome.part_id in truth]
    flips = Counter((o.recorded, o.replayed) for o in judged if o.is_flipped and o.replayed is not None)
    return Summary(
        judged=len(judged),
        identical=sum(outcome.is_identical for outcome in judged),
        skipped=tuple(sorted(Counter(o.skipped for o in outcomes if o.skipped is not None).items())),
        flips=tuple((old, new, count) for (old, new), count in flips.most_common()),
        labelled=len(labelled),
        escapes_before=_rate(cells, [(t.cell, t.is_bad and _is_ok(o.recorded)) for o, t in labelled]),
        escapes_after=_rate(cells, [(t.cell, t.is_bad and _is_ok(o.replayed)) for o, t in labelled]),
        overkill_before=_rate(cells, [(t.cell, not t.is_bad and not _is_ok(o.recorded)) for o, t in labelled]),
        overkill_after=_rate(cells, [(t.cell, not t.is_bad and not _is_ok(o.replayed)) for o, t in labelled]),
        test=_difference(labelled),
    )


def _is_ok(verdict: VerdictKind | None) -> bool:
    return verdict is VerdictKind.PASS


def _rate(cells: Mapping[str, int], events: Sequence[tuple[str, bool]]) -> Estimate | CannotSay:
    reviewed = Counter(cell for cell, _ in events)
    found = Counter(cell for cell, is_event in events if is_event)
    strata = [
        Stratum.of_set(max(parts, reviewed[cell]), reviewed[cell], found[cell]) for cell, parts in sorted(cells.items())
    ]
    return event_rate(strata)


def _difference(labelled: Sequence[tuple[Outcome, Sampled]]) -> McNemar | CannotSay:
    """Whether old and new differ in how often they are right, on the parts whose truth is known."""
    rights = [(_is_ok(o.recorded) != t.is_bad, _is_ok(o.replayed) != t.is_bad) for o, t in labelled]
    only_old = sum(old and not new for old, new in rights)
    only_new = sum(new and not old for old, new in rights)
    return mcnemar(only_old, only_new, len(rights))
