"""Whether the team looks at what it decides: a figure of all together, never of a person. Worker thread."""

from dataclasses import dataclass

import numpy as np

from station_app.core.bins import TIME_BINS, TIME_MIDDLES_MS
from station_app.core.history import HistoryFilter
from station_app.core.inspection import Disposition
from station_app.quality.attention import TeamAttention, team_attention
from station_app.quality.estimate import CannotSay
from station_app.store import rollups
from station_app.store.part_figures import HOUR_MS
from station_app.store.rollups import Records
from station_app.store.seed_answers import seed_answers

_ALWAYS = 1 << 40


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """`decided` are all decisions; `viewed` the timed ones by bin, `attention` is of them, without the undone ones."""

    first: int
    end: int
    decided: tuple[rollups.Decided, ...]
    viewed: tuple[int, ...]
    attention: TeamAttention | CannotSay


def team_figures(reader: Records, where: HistoryFilter) -> TeamFigures:
    """An undo is no look at a part and counts as none."""
    scope = rollups.scope_of(reader, where)
    # A decision is made after its part, also in hours in which there were no parts.
    end = _ALWAYS if where.until_ms is None else -(-where.until_ms // HOUR_MS)
    decided = rollups.decided(reader, scope.within(scope.first, end))
    timed = [entry for entry in decided if entry.disposition is not Disposition.UNDO]
    viewed = np.sum([entry.viewed for entry in timed], axis=0) if timed else np.zeros(TIME_BINS, np.int64)
    agreed = sum(sum(entry.viewed) for entry in timed if entry.disposition is Disposition.AGREE)
    seconds = np.repeat(np.array(TIME_MIDDLES_MS) / 1000, viewed).tolist()
    seeded, missed = seed_answers(reader, where.from_ms, where.until_ms)
    attention = team_attention(seconds, agreed, seeded, missed)
    return TeamFigures(scope.first, scope.end, decided, tuple(viewed.tolist()), attention)
