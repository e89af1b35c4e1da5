"""The control charts from the counts: shares of rejected parts, defects of one kind, parts without result.

Worker thread. Limits come from the period that somebody froze; until then the shown period gives limits on trial, and
no rule is applied to them. Small subgroups are shown, and take part in nothing.
"""

from dataclasses import dataclass, field
from datetime import time

import numpy as np

from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.history import HistoryFilter
from station_app.gui.charts.sheet import Floats
from station_app.gui.charts.subgroups import Grouping, Groups, fitting, group
from station_app.quality.control_limits import ChartKind, ChartPoint, Limits, Subgroup, freeze_limits, place
from station_app.quality.estimate import CannotSay
from station_app.quality.run_rules import Breach, breaches
from station_app.store import rollups
from station_app.store.frozen_limits import standing_limits
from station_app.store.marker_notes import notes_of
from station_app.store.part_figures import HOUR_MS
from station_app.store.rollups import HourCounts, Integers, Records, Scope

LEAST_PARTS = 50
"""A subgroup of fewer parts is small."""

NG_SHARE, NO_RESULT_SHARE, DEFECTS = "ng_share", "no_result_share", "defects"


@dataclass(frozen=True, slots=True)
class SpcQuestion:
    """`grouping` is "" for the one that fits the period, `label` "" for all kinds of defect."""

    where: HistoryFilter
    grouping: str = ""
    label: str = ""
    shifts: tuple[time, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ControlChart:
    """One chart: when its subgroups began (seconds UTC), their counts, the limits and what breaks a rule.

    `points` and `breaches` leave out the small subgroups; the places of a breach are places in `points`. `title` is the
    name under which limits are frozen and points commented; `notes` are the comments.
    """

    name: str
    title: str
    starts: Floats
    subgroups: tuple[Subgroup, ...]
    limits: Limits | CannotSay
    frozen: FrozenLimits | None
    points: tuple[ChartPoint, ...] = ()
    breaches: tuple[Breach, ...] = ()
    notes: tuple[MarkerNote, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SpcFigures:
    """`end` of the hours is excluded; `charts` are NG, defects, NO_RESULT; none where there was nothing."""

    first: int
    end: int
    grouping: Grouping
    label: str
    labels: tuple[str, ...]
    charts: tuple[ControlChart, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Asked:
    reader: Records
    scope: Scope
    question: SpcQuestion
    grouping: Grouping


def chart_name(name: str, grouping: Grouping, label: str = "") -> str:
    """Under which name the limits of a chart are frozen."""
    return f"{name}/{grouping}/{label}" if name == DEFECTS else f"{name}/{grouping}"


def spc_figures(reader: Records, question: SpcQuestion) -> SpcFigures:
    scope = rollups.scope_of(reader, question.where)
    grouping = Grouping(question.grouping) if question.grouping else fitting(scope.end - scope.first, question.shifts)
    labels = rollups.labels(reader, scope)
    counts = rollups.hour_counts(reader, scope)
    if not len(counts.hours):
        return SpcFigures(scope.first, scope.end, grouping, question.label, labels)
    asked = _Asked(reader, scope, question, grouping)
    groups = group(counts.hours, grouping, question.shifts)
    charts = tuple(_chart(asked, counts, groups, name) for name in (NG_SHARE, DEFECTS, NO_RESULT_SHARE))
    return SpcFigures(scope.first, scope.end, grouping, question.label, labels, charts)


def _chart(asked: _Asked, counts: HourCounts, groups: Groups, name: str) -> ControlChart:
    kind = ChartKind.U_PRIME if name == DEFECTS else ChartKind.P_PRIME
    subgroups = _subgroups(groups, *_counted(asked, asked.scope, counts, name))
    title = chart_name(name, asked.grouping, asked.question.label)
    recipe, shown = asked.question.where.recipe, (round(float(groups.starts[0]) * 1000), asked.scope.end * HOUR_MS)
    frozen, notes = standing_limits(asked.reader, title, recipe), notes_of(asked.reader, title, recipe, shown)
    base = subgroups if frozen is None else _base(asked, frozen, name)
    limits = freeze_limits(kind, filter(_is_judged, base))
    if isinstance(limits, CannotSay):
        return ControlChart(name, title, groups.starts, subgroups, limits, frozen, notes=notes)
    points = place(limits, tuple(s if _is_judged(s) else Subgroup(0, 0) for s in subgroups))
    found = breaches([point.z for point in points]) if frozen is not None else ()
    return ControlChart(name, title, groups.starts, subgroups, limits, frozen, points, found, notes)


def _base(asked: _Asked, frozen: FrozenLimits, name: str) -> tuple[Subgroup, ...]:
    scope = asked.scope.within(frozen.from_ms // HOUR_MS, -(-frozen.until_ms // HOUR_MS))
    counts = rollups.hour_counts(asked.reader, scope)
    groups = group(counts.hours, asked.grouping, asked.question.shifts)
    return _subgroups(groups, *_counted(asked, scope, counts, name))


def _subgroups(groups: Groups, found: Integers, of: Integers) -> tuple[Subgroup, ...]:
    pairs = zip(groups.sums(found).tolist(), groups.sums(of).tolist(), strict=True)
    return tuple(Subgroup(count if size else 0, size) for count, size in pairs)


def _counted(asked: _Asked, scope: Scope, counts: HourCounts, name: str) -> tuple[Integers, Integers]:
    """By hour: the events, and what they are counted of."""
    if name == NG_SHARE:
        return counts.rejected, counts.judged
    if name == NO_RESULT_SHARE:
        return counts.no_result, counts.judged + counts.no_result
    hours, found = rollups.finding_hours(asked.reader, scope, asked.question.label)
    events = np.zeros(len(counts.hours), np.int64)
    events[np.searchsorted(counts.hours, hours)] = found
    return events, counts.judged


def _is_judged(subgroup: Subgroup) -> bool:
    return subgroup.size >= LEAST_PARTS
