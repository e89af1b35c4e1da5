"""What a promotion is signed for: the share of the parts and the stop rule, as people write them. Pure."""

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum

from station_app.core.model_messages import StopRule
from station_app.gui.models.records import SignedTerms
from station_app.quality.sequential import ShareTest

SHARES = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0)
USUAL_SHARE = 0.1


class RuleField(StrEnum):
    """The fields of the stop rule, by their names there."""

    GOOD_SHARE = "good_share"
    BAD_SHARE = "bad_share"
    ALPHA = "alpha"
    BETA = "beta"
    MIN_PARTS = "min_parts"


LIMITS: dict[RuleField, tuple[float, float]] = {
    RuleField.GOOD_SHARE: (0.0001, 0.2),
    RuleField.BAD_SHARE: (0.001, 0.5),
    RuleField.ALPHA: (0.001, 0.2),
    RuleField.BETA: (0.001, 0.2),
    RuleField.MIN_PARTS: (20, 100_000),
}
"""Least and most of each; the bad share is more than the good one besides."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`share` of the parts, 1 for all of them; then the rule is not asked."""

    share: float = USUAL_SHARE
    rule: StopRule = field(default_factory=StopRule)

    @property
    def is_canary(self) -> bool:
        return self.share < 1


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a rule comes to: so many bad parts at the start stop it, and so many parts without a bad one pass it."""

    stops_at: int
    passes_at: int


def written(proposal: Proposal, figure: RuleField, text: str) -> Proposal | None:
    """The proposal with what was typed into a field, in percent or as a count; None where it cannot be."""
    try:
        typed = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        return None
    value = round(typed / 100, 6) if figure is not RuleField.MIN_PARTS else typed
    least, most = LIMITS[figure]
    if not least <= value <= most or (figure is RuleField.MIN_PARTS and value != int(value)):
        return None
    figures = {figure.value: int(value) if figure is RuleField.MIN_PARTS else value}
    rule = replace(proposal.rule, **figures)  # type: ignore[arg-type]
    return replace(proposal, rule=rule) if rule.good_share < rule.bad_share else None


def outlook(rule: StopRule) -> Outlook:
    """By the boundaries of the test (see quality.sequential)."""
    test = ShareTest(rule.good_share, rule.bad_share, rule.alpha, rule.beta)
    stops = math.ceil(test.stop_at / test.log_ratio(1, 1) - 1e-9)
    passes = math.ceil(test.pass_at / test.log_ratio(0, 1) - 1e-9)
    return Outlook(stops, max(rule.min_parts, passes))


def proposal_of(terms: SignedTerms) -> Proposal:
    """What the first of two has signed for, to be signed by the second as it is."""
    return Proposal(terms.share, terms.stop_rule)
