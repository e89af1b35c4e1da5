"""Yields, defects per million and cycle times from the counts. Worker thread."""

from dataclasses import dataclass
from datetime import time

from station_app.core.bins import time_quantile
from station_app.core.history import HistoryFilter
from station_app.gui.charts.sheet import Floats
from station_app.gui.charts.subgroups import Grouping, Groups, group
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.yields import VerdictCounts, Yields, defects_per_million, rolled_yield, yields
from station_app.store import rollups
from station_app.store.part_figures import HistogramKind
from station_app.store.rollups import HourCounts, Integers, Records, Scope

SHARES = (0.5, 0.95, 0.99)
"""Which quantiles of the cycle times are told."""
STAGES = (HistogramKind.TOTAL, HistogramKind.INSPECT)


@dataclass(frozen=True, slots=True)
class DayYield:
    """One day by the local clock, with its beginning in seconds UTC."""

    start: float
    counts: VerdictCounts
    yields: Yields | CannotSay


@dataclass(frozen=True, slots=True)
class StageQuantiles:
    """Milliseconds below which each of `SHARES` of the `parts` lay; None where nothing was timed."""

    stage: HistogramKind
    parts: int
    milliseconds: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class YieldFigures:
    """`rolled` is there where several recipes were run, with their names; `times` are days and the quantiles of the
    whole cycle on each, `day_quantiles` days x `SHARES`."""

    first: int
    end: int
    counts: VerdictCounts
    yields: Yields | CannotSay
    rolled: Estimate | CannotSay | None
    recipes: tuple[str, ...]
    dpmo: Estimate | CannotSay
    opportunities: int
    days: tuple[DayYield, ...]
    stages: tuple[StageQuantiles, ...]
    quantile_starts: Floats
    day_quantiles: tuple[tuple[float | None, ...], ...]


def yield_figures(reader: Records, where: HistoryFilter, shifts: tuple[time, ...] = ()) -> YieldFigures:
    scope = rollups.scope_of(reader, where)
    counts = rollups.hour_counts(reader, scope)
    whole, accepted = _verdicts(counts, slice(None)), int(counts.accepted.sum())
    found = rollups.finding_count(reader, scope)
    opportunities = max(1, len(rollups.labels(reader, scope)))
    stages = {kind: rollups.hour_histograms(reader, scope, kind) for kind in STAGES}
    total = stages[HistogramKind.TOTAL]
    groups = group(total.hours, Grouping.DAY, shifts)
    recipes, rolled = _rolled(reader, scope)
    return YieldFigures(
        first=scope.first,
        end=scope.end,
        counts=whole,
        yields=yields(whole, accepted),
        rolled=rolled,
        recipes=recipes,
        dpmo=defects_per_million(found, whole.judged, opportunities),
        opportunities=opportunities,
        days=_days(counts, shifts),
        stages=tuple(_quantiles(kind, entry.counts.sum(axis=0)) for kind, entry in stages.items()),
        quantile_starts=groups.starts,
        day_quantiles=tuple(_quantiles(HistogramKind.TOTAL, day).milliseconds for day in groups.sums(total.counts)),
    )


def _rolled(reader: Records, scope: Scope) -> tuple[tuple[str, ...], Estimate | CannotSay | None]:
    passed: dict[str, tuple[int, int]] = {}
    for span in rollups.stream_spans(reader, scope):
        before = passed.get(span.recipe, (0, 0))
        passed[span.recipe] = (before[0] + span.passed, before[1] + span.judged)
    return tuple(passed), rolled_yield(tuple(passed.values())) if len(passed) > 1 else None


def _days(counts: HourCounts, shifts: tuple[time, ...]) -> tuple[DayYield, ...]:
    groups = group(counts.hours, Grouping.DAY, shifts)
    return tuple(_day(counts, groups, number) for number in range(len(groups.starts)))


def _day(counts: HourCounts, groups: Groups, number: int) -> DayYield:
    of_day = slice(*groups.stretch(number))
    verdicts = _verdicts(counts, of_day)
    return DayYield(float(groups.starts[number]), verdicts, yields(verdicts, int(counts.accepted[of_day].sum())))


def _verdicts(counts: HourCounts, hours: slice) -> VerdictCounts:
    columns = (counts.passed, counts.failed, counts.review, counts.no_result)
    return VerdictCounts(*(int(column[hours].sum()) for column in columns))


def _quantiles(stage: HistogramKind, counts: Integers) -> StageQuantiles:
    told = counts.tolist()
    return StageQuantiles(stage, sum(told), tuple(time_quantile(told, share) for share in SHARES))
