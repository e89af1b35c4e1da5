"""What the records know of a part under review. Before a blind answer none of it may be asked for. Pure."""

from dataclasses import dataclass

from station_app.core.inspection import Finding, Inspection, Override, VerdictKind
from station_app.core.recipe import Thresholds
from station_app.core.review import Answer, Review
from station_app.core.review_rules import Numbered, contestants, latest_of_each


@dataclass(frozen=True, slots=True)
class PartFacts:
    """The station's word with the thresholds it was judged by (none where they were not recorded), the operator's
    answer that stands, and the answers of the reviewers that stand with their numbers: None where
    they may not be seen yet. `is_seed`: a known bad part that was shown again, so that the truth about it is known."""

    inspection: Inspection | None = None
    override: Override | None = None
    reviews: tuple[Numbered, ...] | None = None
    thresholds: tuple[tuple[str, Thresholds], ...] = ()
    is_seed: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.inspection.findings if self.inspection is not None else ()


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One label's largest score beside the two thresholds, which are None where they are not known."""

    label: str
    score: float
    thresholds: Thresholds | None = None


def score_lines(facts: PartFacts) -> tuple[ScoreLine, ...]:
    """Highest score first."""
    thresholds = dict(facts.thresholds)
    scores = facts.inspection.scores if facts.inspection is not None else ()
    ranked = sorted(scores, key=lambda entry: -entry[1])
    return tuple(ScoreLine(label, score, thresholds.get(label)) for label, score in ranked)


def agrees(answer: Answer, facts: PartFacts) -> bool | None:
    """Whether the reviewer and the station say the same; None where one of them does not say. REVIEW says bad: to the
    line it is not OK."""
    if answer is Answer.UNSURE:
        return None
    if facts.is_seed:
        return answer is Answer.BAD
    if facts.inspection is None or facts.inspection.verdict is VerdictKind.NO_RESULT:
        return None
    return (answer is Answer.GOOD) == (facts.inspection.verdict is VerdictKind.PASS)


def contest(facts: PartFacts) -> tuple[Review, ...]:
    """The answers that differ, in the order in which the people first spoke: an adjudicator sees them side by side,
    without names."""
    reviews = facts.reviews or ()
    differing = contestants(reviews)
    return tuple(review for review in latest_of_each(reviews) if review.reviewer in differing)


def others(facts: PartFacts, reviewer: str) -> tuple[Review, ...]:
    """What other people say about the part."""
    return tuple(review for review in latest_of_each(facts.reviews or ()) if review.reviewer != reviewer)
