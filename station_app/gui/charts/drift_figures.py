"""Drift of scores and of image quality against a frozen reference, and what moved most. Worker thread.

The reference is the period that somebody froze. Until then the first half of the shown period stands in for it, on
trial: what it would say is shown, and no alarm is made of it.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from station_app.core.bins import SCORE_MIDDLES
from station_app.core.charts import FrozenLimits
from station_app.core.history import HistoryFilter
from station_app.gui.charts.sheet import Floats
from station_app.gui.charts.subgroups import HOUR_S
from station_app.quality.drift_ranking import Ranking, rank_signals
from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.ewma import SUBGROUP, Base, EwmaPoint, ewma, freeze_base, normal_scores
from station_app.quality.population_shift import BINS, LEAST_A_BIN, PopulationShift, compare_counts
from station_app.store import rollups
from station_app.store.frozen_limits import standing_limits
from station_app.store.part_figures import HOUR_MS, HistogramKind
from station_app.store.rollups import HourHistograms, Integers, Records, Scope

REFERENCE = "drift"
"""The chart's name under which the reference is frozen."""
SCORE = "score"
MEASURES = ("mean", "dark", "bright", "focus")
_MOST_RANKED = 20_000
"""A reference is thinned to about so many values: ranks need no more."""


@dataclass(frozen=True, slots=True)
class DriftQuestion:
    """`signal` is "score", or "camera/measure"."""

    where: HistoryFilter
    signal: str = SCORE


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """The means of subgroups of at least 50 parts with their beginnings (seconds UTC), the reference's among them, and
    their slow average. `points` begin with the first subgroup after the reference's begin."""

    name: str
    times: Floats
    means: Floats
    is_reference: tuple[bool, ...]
    base: Base | CannotSay
    points: tuple[EwmaPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelChange:
    """Models judged in the shown period that did not in the reference."""

    before: tuple[str, ...]
    since: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DriftFigures:
    """`alarms` are the days on which an average left its limits (the first time, seconds UTC) with the signals."""

    question: DriftQuestion
    first: int
    end: int
    frozen: FrozenLimits | None
    reference: tuple[int, int]
    signals: tuple[Signal, ...]
    shift: PopulationShift | CannotSay
    mix: PopulationShift | CannotSay | None
    models: ModelChange | None
    ranking: Ranking
    alarms: tuple[tuple[float, tuple[str, ...]], ...]


def drift_figures(reader: Records, question: DriftQuestion) -> DriftFigures:
    shown = rollups.scope_of(reader, question.where)
    frozen = standing_limits(reader, REFERENCE, question.where.recipe)
    middle = (shown.first + shown.end) // 2
    period = (shown.first, middle) if frozen is None else (frozen.from_ms // HOUR_MS, -(-frozen.until_ms // HOUR_MS))
    reference = shown.within(*period)
    now = shown.within(max(shown.first, period[1]) if frozen is None else shown.first, shown.end)
    scores = [rollups.hour_histograms(reader, scope, HistogramKind.SCORE) for scope in (reference, now)]
    signals = (_score_signal(*scores), *_quality_signals(reader, reference, now))
    return DriftFigures(
        question=question,
        first=shown.first,
        end=shown.end,
        frozen=frozen,
        reference=period,
        signals=signals,
        shift=_shift(*(entry.counts.sum(axis=0) for entry in scores)),
        mix=_mix(reader, reference, now) if not question.where.recipe else None,
        models=_model_change(reader, reference, now),
        ranking=rank_signals({s.name: _samples(s) for s in signals if len(s.means)}),
        alarms=_alarms(signals) if frozen is not None else (),
    )


def _score_signal(reference: HourHistograms, now: HourHistograms) -> Signal:
    """Ranked against the reference first: scores are far from normal."""
    total = reference.counts.sum(axis=0)
    if not total.sum():
        return _signal(SCORE, (_NO_HOURS, _NO_VALUES, _NO_HOURS), (_NO_HOURS, _NO_VALUES, _NO_HOURS))
    thin = max(1.0, total.sum() / _MOST_RANKED)
    middles = np.array(SCORE_MIDDLES)
    ranks = normal_scores(np.repeat(middles, np.ceil(total / thin).astype(np.int64)), middles)
    sides = ((entry.hours, entry.counts @ ranks, entry.counts.sum(axis=1)) for entry in (reference, now))
    return _signal(SCORE, *sides)


def _quality_signals(reader: Records, reference: Scope, now: Scope) -> tuple[Signal, ...]:
    then = {entry.camera_id: entry for entry in rollups.hour_quality(reader, reference)}
    found: list[Signal] = []
    for entry in rollups.hour_quality(reader, now):
        before = then.get(entry.camera_id)
        for place, measure in enumerate(MEASURES):
            old = (before.hours, before.means[:, place] * before.frames, before.frames) if before else _NOTHING
            new = (entry.hours, entry.means[:, place] * entry.frames, entry.frames)
            found.append(_signal(f"{entry.camera_id}/{measure}", old, new))
    return tuple(found)


Side = tuple[Integers, Floats, Integers]
_NO_HOURS, _NO_VALUES = np.zeros(0, np.int64), np.zeros(0)
_NOTHING: Side = (_NO_HOURS, _NO_VALUES, _NO_HOURS)


def _signal(name: str, reference: Side, now: Side) -> Signal:
    old_times, old = filled_means(*reference)
    new_times, new = filled_means(*now)
    base = freeze_base(old.tolist())
    times, means = np.concatenate([old_times, new_times]), np.concatenate([old, new])
    is_reference = (True,) * len(old) + (False,) * len(new)
    points = () if isinstance(base, CannotSay) else tuple(ewma(new.tolist(), base))
    return Signal(name, times, means, is_reference, base, points)


def filled_means(hours: Integers, sums: Floats, counts: Integers, size: int = SUBGROUP) -> tuple[Floats, Floats]:
    """Beginnings and means of consecutive hours put together until they hold at least `size` parts; a last one that is
    not full waits for its parts."""
    times: list[float] = []
    means: list[float] = []
    begin, total, parts = 0.0, 0.0, 0
    for hour, value, count in zip(hours.tolist(), sums.tolist(), counts.tolist(), strict=True):
        begin = begin if parts else hour * HOUR_S
        total, parts = total + value, parts + count
        if parts >= size:
            times.append(begin)
            means.append(total / parts)
            total, parts = 0.0, 0
    return np.array(times, np.float64), np.array(means, np.float64)


def _samples(signal: Signal) -> tuple[Floats, Floats]:
    is_reference = np.array(signal.is_reference, bool)
    return signal.means[is_reference], signal.means[~is_reference]


def _shift(reference: Integers, now: Integers) -> PopulationShift | CannotSay:
    for counts in (reference, now):
        if counts.sum() < LEAST_A_BIN * BINS:
            return CannotSay(Lack.PARTS, LEAST_A_BIN * BINS - int(counts.sum()))
    places = _merged(reference)
    if places.max() == 0:
        return CannotSay(Lack.PARTS, 1)
    before, since = (np.bincount(places, weights=counts).astype(np.int64) for counts in (reference, now))
    return compare_counts(before, since)


def _merged(reference: Integers) -> Integers:
    """For each fixed bin which of about ten equal shares of the reference it belongs to."""
    below = np.concatenate([[0], np.cumsum(reference)[:-1]]) / reference.sum()
    return np.unique((below * BINS + 1e-9).astype(np.int64), return_inverse=True)[1]


def _mix(reader: Records, reference: Scope, now: Scope) -> PopulationShift | CannotSay | None:
    """Whether the recipes have other shares than in the reference; None where there is one recipe alone."""
    counts: list[dict[str, int]] = [{}, {}]
    for side, scope in zip(counts, (reference, now), strict=True):
        for span in rollups.stream_spans(reader, scope):
            side[span.recipe] = side.get(span.recipe, 0) + span.judged
    names = sorted({*counts[0], *counts[1]})
    if len(names) < 2:
        return None
    before, since = (np.array([side.get(name, 0) for name in names], np.int64) for side in counts)
    if not before.sum() or not since.sum():
        return CannotSay(Lack.PARTS, 1)
    return compare_counts(before, since)


def _model_change(reader: Records, reference: Scope, now: Scope) -> ModelChange | None:
    before, since = (
        {model for span in rollups.stream_spans(reader, scope) for model in span.models.split()}
        for scope in (reference, now)
    )
    changed = since - before
    return ModelChange(tuple(sorted(before)), tuple(sorted(changed))) if before and changed else None


def _alarms(signals: tuple[Signal, ...]) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """By the local day, the newest first."""
    days: dict[str, tuple[float, list[str]]] = {}
    for signal in signals:
        times = signal.times[~np.array(signal.is_reference, bool)]
        for point in signal.points:
            if point.is_out:
                at = float(times[point.index])
                day = f"{datetime.fromtimestamp(at):%Y-%m-%d}"  # noqa: DTZ006 - the clock on the wall
                begun, names = days.setdefault(day, (at, []))
                days[day] = (min(begun, at), names if signal.name in names else [*names, signal.name])
    return tuple((at, tuple(names)) for _, (at, names) in sorted(days.items(), reverse=True))
