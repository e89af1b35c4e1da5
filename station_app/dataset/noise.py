"""How much the labels can be trusted: where people contradict each other, and where labels contradict the model. Pure.

People appear under their pseudonyms alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from station_app.core.inspection import VerdictKind
from station_app.dataset.choosing import Candidate
from station_app.dataset.part_name import PartName
from station_app.dataset.standing import Consensus, Standing
from station_app.quality.intervals import clopper_pearson

HASTY_MS = 500
"""Nobody has looked at a picture that was on the screen for less."""
_MOST_LISTED = 200


@dataclass(slots=True)
class _Person:
    answers: int = 0
    hasty: int = 0
    seconded: int = 0
    contradicted: int = 0
    labels: Counter[str] = field(default_factory=Counter)


def noise_report(standings: Mapping[PartName, Standing], kept: Iterable[Candidate]) -> dict[str, Any]:
    """Figures for report.json. `seconded` counts the answers beside which another person's stands, `contradicted` those
    that another person, or the adjudicator, does not share."""
    people = _people(standings.values())
    seconded = sum(1 for standing in standings.values() if len(standing.votes) > 1)
    contested = sum(1 for standing in standings.values() if len({vote.is_bad for vote in standing.votes}) > 1)
    against = [str(each.name) for each in kept if _is_against_model(each)]
    return {
        "parts_with_two_answers": seconded,
        "of_these_contested": contested,
        "contested_share": _share(contested, seconded),
        "people": {by: _said_of(people[by]) for by in sorted(people)},
        "labels_against_the_model": len(against),
        "labels_against_the_model_listed": against[:_MOST_LISTED],
    }


def _people(standings: Iterable[Standing]) -> dict[str, _Person]:
    people: dict[str, _Person] = defaultdict(_Person)
    for standing in standings:
        for vote in standing.votes:
            person = people[vote.by]
            person.answers += 1
            person.hasty += vote.viewed_ms < HASTY_MS
            person.labels["bad" if vote.is_bad else "good"] += 1
            others = [other for other in standing.votes if other.by != vote.by]
            person.seconded += bool(others)
            person.contradicted += _is_contradicted(vote.is_bad, standing, [other.is_bad for other in others])
    return people


def _is_contradicted(said: bool | None, standing: Standing, others: list[bool | None]) -> bool:
    if not others:
        return False
    settled = standing.consensus is Consensus.ADJUDICATED
    return said != standing.is_bad if settled else any(said != other for other in others)


def _said_of(person: _Person) -> dict[str, Any]:
    return {
        "answers": person.answers,
        "good": person.labels["good"],
        "bad": person.labels["bad"],
        "hasty": person.hasty,
        "seconded": person.seconded,
        "contradicted": person.contradicted,
        "contradicted_share": _share(person.contradicted, person.seconded),
    }


def _share(count: int, total: int) -> dict[str, float] | None:
    """With its 95 % interval (Clopper-Pearson); None where there is nothing to tell it from."""
    if not total:
        return None
    share = clopper_pearson(count, total)
    return {"share": round(count / total, 6), "low": round(share.low, 6), "high": round(share.high, 6)}


def _is_against_model(candidate: Candidate) -> bool:
    """A label that differs from the model's verdict: worth a look, and what retraining is for."""
    verdict = candidate.part.prediction.verdict
    if verdict is VerdictKind.NO_RESULT:
        return False
    return bool(candidate.label) == (verdict is VerdictKind.PASS)
