"""Limits of a chart that somebody froze, and what people say about its points: records, like all others. Pure."""

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


@dataclass(frozen=True, slots=True)
class MarkerNote:
    """What somebody says about one point of a chart: the subgroup that began at `at_ms` (UTC). Several may stand at one
    point, each with who said it and when."""

    chart: str
    recipe: str
    at_ms: int
    words: str
    person: str
    noted_at_ms: int
