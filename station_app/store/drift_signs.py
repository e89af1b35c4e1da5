"""Whether a recipe's parts have drifted from its frozen reference, and what moved: for the alarm at the line.

It is what the drift chart shows of the last week. The shift of the scores (PSI) is that of the last day, so that it
ends soon after its cause. Read-only, any thread.
"""

from station_app.core.drift import MODEL, SPREAD
from station_app.core.history import HistoryFilter
from station_app.quality.drift_signals import score_shift
from station_app.quality.population_shift import PopulationShift
from station_app.store import rollups
from station_app.store.drift_figures import REFERENCE, DriftFigures, drift_figures
from station_app.store.frozen_limits import standing_limits
from station_app.store.part_figures import HOUR_MS, HistogramKind
from station_app.store.rollups import Records, Scope

WATCHED_HOURS = 7 * 24
SHIFT_HOURS = 24
SHIFT_CONFIDENCE = 0.998
"""As rare a false alarm as that of the slow averages: one in 500."""
_MOST_NAMED = 4


def drift_signs(reader: Records, recipe: str, now_ms: int) -> tuple[str, ...]:
    """What has left its limits by now, what moved most first; empty where nothing has, and where no reference is
    frozen. The names are those of `core.drift`."""
    if standing_limits(reader, REFERENCE, recipe) is None:
        return ()
    end = now_ms // HOUR_MS + 1
    where = HistoryFilter(recipe=recipe, from_ms=(end - WATCHED_HOURS) * HOUR_MS, until_ms=end * HOUR_MS)
    figures, scope = drift_figures(reader, where), rollups.scope_of(reader, where)
    is_out = {signal.name for signal in figures.signals if signal.is_out}
    day = scope.within(max(end - SHIFT_HOURS, figures.reference[1]), end)
    spread = (SPREAD,) if _is_shifted(reader, scope.within(*figures.reference), day) else ()
    if not is_out and not spread:
        return ()
    model = (MODEL,) if figures.models is not None else ()
    return (*model, *_moved(figures, is_out), *spread)[:_MOST_NAMED]


def _is_shifted(reader: Records, reference: Scope, day: Scope) -> bool:
    then, now = (rollups.hour_histograms(reader, scope, HistogramKind.SCORE).counts for scope in (reference, day))
    shift = score_shift(then.sum(axis=0), now.sum(axis=0), SHIFT_CONFIDENCE)
    return isinstance(shift, PopulationShift) and shift.is_drift


def _moved(figures: DriftFigures, is_out: set[str]) -> tuple[str, ...]:
    """The signals that left their limits, and any that moved beyond chance: one of those may be the cause."""
    moved = [entry.name for entry in figures.ranking.moved if entry.shift.is_drift or entry.name in is_out]
    return (*moved, *sorted(is_out - set(moved)))
