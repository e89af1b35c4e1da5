"""How many known-bad images the reviewers caught, over time: a figure of the team, never of a person. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from station_app.quality.intervals import Share, clopper_pearson


class Span(StrEnum):
    """What is counted together, by the clock on the wall; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class SeededSpan:
    """What was caught from this moment on (seconds UTC), until the next span begins."""

    begin_s: float
    caught: Share


@dataclass(frozen=True, slots=True)
class SeededFigures:
    """All of it, and span by span; spans without an image are left out. Who is unsure has not caught it."""

    whole: Share
    spans: tuple[SeededSpan, ...]


def seeded_figures(answers: Sequence[tuple[int, bool]], span: Span) -> SeededFigures:
    """Of answers as `store.seed_answers.seed_history` gives them."""
    groups: dict[datetime, list[bool]] = {}
    for at_ms, is_caught in answers:
        groups.setdefault(_begin(at_ms / 1000, span), []).append(is_caught)
    spans = (SeededSpan(begin.timestamp(), _share(caught)) for begin, caught in sorted(groups.items()))
    return SeededFigures(_share([is_caught for _, is_caught in answers]), tuple(spans))


def _share(caught: Sequence[bool]) -> Share:
    return clopper_pearson(sum(caught), len(caught))


def _begin(seconds: float, span: Span) -> datetime:
    moment = datetime.fromtimestamp(seconds)  # noqa: DTZ006 - the clock on the wall
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if span is Span.DAY:
        return day
    return day.replace(day=1) if span is Span.MONTH else day - timedelta(days=day.weekday())
