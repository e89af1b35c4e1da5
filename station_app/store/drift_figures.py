"""Drift of scores and of image quality against a frozen reference, and what moved most. Read-only, any thread.

The reference is the period that somebody froze. Until then the first half of the shown period stands in for it, on
trial: what it would say is shown, and no alarm is made of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from station_app.core.bins import SCORE_MIDDLES
from station_app.core.charts import FrozenLimits
from station_app.core.history import HistoryFilter
from station_app.quality.drift_ranking import Ranking, rank_signals
from station_app.quality.drift_signals import NOTHING, Signal, measure_signal, score_shift, score_signal
from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.population_shift import PopulationShift, compare_counts
from station_app.store import rollups
from station_app.store.frozen_limits import standing_limits
from station_app.store.part_figures import HOUR_MS, HistogramKind
from station_app.store.rollups import HourHistograms, HourMeasures, Records, Scope

REFERENCE = "drift"
"""The chart's name under which the reference is frozen."""
QUALITY = ("mean", "dark", "bright", "focus")
POSITION = ("right", "down", "turn")
"""What is measured of a camera's frames, and where its parts lie, as signals call it."""


@dataclass(frozen=True, slots=True)
class ModelChange:
    """Models judged in the shown period that did not in the reference."""

    before: tuple[str, ...]
    since: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DriftFigures:
    """`alarms` are the days on which an average left its limits (the first time, seconds UTC) with the signals."""

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


def drift_figures(reader: Records, where: HistoryFilter) -> DriftFigures:
    """Of the filter, recipe, model and time hold."""
    shown = rollups.scope_of(reader, where)
    frozen = standing_limits(reader, REFERENCE, where.recipe)
    middle = (shown.first + shown.end) // 2
    period = (shown.first, middle) if frozen is None else (frozen.from_ms // HOUR_MS, -(-frozen.until_ms // HOUR_MS))
    reference = shown.within(*period)
    now = shown.within(_first_after(shown, period), shown.end)
    scores = [rollups.hour_histograms(reader, scope, HistogramKind.SCORE) for scope in (reference, now)]
    signals = (
        score_signal(np.array(SCORE_MIDDLES), *map(_counted, scores)),
        *_camera_signals(rollups.hour_quality, QUALITY, reader, reference, now),
        *_camera_signals(rollups.hour_positions, POSITION, reader, reference, now),
    )
    return DriftFigures(
        first=shown.first,
        end=shown.end,
        frozen=frozen,
        reference=period,
        signals=signals,
        shift=score_shift(*(entry.counts.sum(axis=0) for entry in scores)),
        mix=_mix(reader, reference, now) if not where.recipe else None,
        models=_model_change(reader, reference, now),
        ranking=rank_signals({s.name: s.samples for s in signals if len(s.means)}),
        alarms=_alarms(signals) if frozen is not None else (),
    )


def _first_after(shown: Scope, reference: tuple[int, int]) -> int:
    """The first shown hour that is compared: the reference's own hours, and those before it, are not."""
    begin, end = reference
    return max(shown.first, min(end, shown.end)) if begin < shown.end else shown.first


def _counted(entry: HourHistograms) -> tuple[rollups.Integers, rollups.Integers]:
    return entry.hours, entry.counts


def _camera_signals(
    read: Callable[[Records, Scope], tuple[HourMeasures, ...]],
    measures: tuple[str, ...],
    reader: Records,
    reference: Scope,
    now: Scope,
) -> tuple[Signal, ...]:
    then = {entry.camera_id: entry for entry in read(reader, reference)}
    found: list[Signal] = []
    for entry in read(reader, now):
        before = then.get(entry.camera_id)
        for place, measure in enumerate(measures):
            old = (before.hours, before.means[:, place] * before.frames, before.frames) if before else NOTHING
            new = (entry.hours, entry.means[:, place] * entry.frames, entry.frames)
            found.append(measure_signal(f"{entry.camera_id}/{measure}", old, new))
    return tuple(found)


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
