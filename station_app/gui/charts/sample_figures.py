"""Escapes and overkill from the blind sample alone, and what it proves. Worker thread."""

from dataclasses import dataclass

from station_app.core.history import HistoryFilter
from station_app.core.inspection import Disposition
from station_app.quality.escapes import caught_share, event_rate, overkill_rate, pooled_rate
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.proof import Proved, prove_below
from station_app.quality.strata import Stratum
from station_app.store import rollups
from station_app.store.rollups import Records
from station_app.store.samples import strata

LIMITS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
"""Escape rates that may be asked for a proof."""
DEFAULT_LIMIT = 0.01
_EVER_MS = 1 << 50


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    where: HistoryFilter
    limit: float = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class SampleFigures:
    """`passed` and `failed` are the strata, far from the threshold first; `pooled` is the naive figure, shown to be
    refused; `overrides` are counts of people's own choice, no estimate of anything."""

    question: SampleQuestion
    first: int
    end: int
    passed: tuple[Stratum, ...]
    failed: tuple[Stratum, ...]
    escapes: Estimate | CannotSay
    pooled: Estimate | CannotSay
    proof: Proved | CannotSay
    overkill: Estimate | CannotSay
    caught: Estimate | CannotSay
    overrides: tuple[tuple[Disposition, int], ...]


def sample_figures(reader: Records, question: SampleQuestion) -> SampleFigures:
    """Recipe and time of the filter hold; the sample is not kept by model."""
    where = question.where
    begin_ms = 0 if where.from_ms is None else where.from_ms
    until_ms = _EVER_MS if where.until_ms is None else where.until_ms
    passed, failed = (
        strata(reader, begin_ms, until_ms, where.recipe, is_rejected=is_rejected) for is_rejected in (False, True)
    )
    scope = rollups.scope_of(reader, where)
    return SampleFigures(
        question=question,
        first=scope.first,
        end=scope.end,
        passed=passed,
        failed=failed,
        escapes=event_rate(passed),
        pooled=pooled_rate(passed),
        proof=prove_below(passed, question.limit),
        overkill=overkill_rate(failed),
        caught=caught_share(passed, failed),
        overrides=tuple((entry.disposition, entry.count) for entry in rollups.decided(reader, scope)),
    )
