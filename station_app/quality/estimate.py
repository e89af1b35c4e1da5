"""What every statistic is handed on as: a value with its sample and its interval, or how much is missing to say one."""

from dataclasses import dataclass
from enum import StrEnum

CONFIDENCE = 0.95


class Method(StrEnum):
    """How an interval was made; shown beside it."""

    CLOPPER_PEARSON = "clopper_pearson"
    WILSON = "wilson"
    FAY_FEUER = "fay_feuer"
    POISSON_EXACT = "poisson_exact"
    STUDENT_T = "student_t"
    SCALED_NORMAL = "scaled_normal"
    BONFERRONI = "bonferroni"
    INDEPENDENT_STAGES = "independent_stages"
    ORDER_STATISTICS = "order_statistics"
    BRUNNER_MUNZEL = "brunner_munzel"
    KAPPA_NORMAL = "kappa_normal"
    KAPPA_LINEARISED = "kappa_linearised"
    KAPPA_FROM_AGREEMENT = "kappa_from_agreement"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value that need not be count / total, with both and with the interval that holds the truth at `confidence`."""

    value: float
    count: int
    total: int
    low: float
    high: float
    confidence: float
    method: Method


class Lack(StrEnum):
    """What more of is needed."""

    PARTS = "parts"
    GOOD_PARTS = "good_parts"
    BAD_PARTS = "bad_parts"
    REVIEWS = "reviews"
    DECISIONS = "decisions"
    SUBGROUPS = "subgroups"
    DEFECTS = "defects"


@dataclass(frozen=True, slots=True)
class CannotSay:
    """In place of a number that the sample does not carry: at least `needed` more of `lack`."""

    lack: Lack
    needed: int


def check_confidence(confidence: float) -> None:
    """ValueError unless the confidence leaves room on both sides."""
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie within 0 and 1")
