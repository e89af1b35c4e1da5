"""Limits of a chart that somebody froze: a record, like all others. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrozenLimits:
    """`chart` names the chart and its subgroups; `recipe` is "" for all of them. Times are UTC, `until_ms` excluded."""

    chart: str
    recipe: str
    from_ms: int
    until_ms: int
    reason: str
    frozen_by: str
    frozen_at_ms: int
