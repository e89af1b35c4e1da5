"""Whether a share of bad parts is the good one or the bad one, decided as soon as the parts allow it. Pure.

The sequential probability ratio test: Wald, Sequential tests of statistical hypotheses, Annals of Mathematical
Statistics 16 (1945) 117-186. The sum of the log ratios is held against ln((1 - beta) / alpha) and ln(beta / (1 -
alpha)); with these limits the chance of a wrong stop is at most alpha / (1 - beta), that of a wrong pass at most
beta / (1 - alpha).
"""

import math
from dataclasses import dataclass
from enum import StrEnum


class Ruling(StrEnum):
    """GOES_ON: not enough is known. STOPPED: the bad share holds. PASSED: the good one does."""

    GOES_ON = "goes_on"
    STOPPED = "stopped"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class ShareTest:
    """`good_share` against `bad_share`: 0 < good < bad < 1; error rates 0 < alpha, beta and alpha + beta < 1."""

    good_share: float
    bad_share: float
    alpha: float
    beta: float

    def __post_init__(self) -> None:
        if not 0 < self.good_share < self.bad_share < 1:
            raise ValueError(f"{self.good_share} and {self.bad_share} are no good and bad share")
        if not (self.alpha > 0 and self.beta > 0 and self.alpha + self.beta < 1):
            raise ValueError(f"{self.alpha} and {self.beta} are no error rates")

    @property
    def stop_at(self) -> float:
        """The log ratio from which on the bad share holds."""
        return math.log((1 - self.beta) / self.alpha)

    @property
    def pass_at(self) -> float:
        """The log ratio down from which the good share holds."""
        return math.log(self.beta / (1 - self.alpha))

    def log_ratio(self, bad: int, parts: int) -> float:
        """How much likelier `bad` of `parts` are under the bad share, as a natural logarithm."""
        if not 0 <= bad <= parts:
            raise ValueError(f"{bad} of {parts} is no count")
        worse = math.log(self.bad_share / self.good_share)
        return bad * worse + (parts - bad) * math.log((1 - self.bad_share) / (1 - self.good_share))


def rule(test: ShareTest, bad: int, parts: int, settled: int, min_parts: int) -> Ruling:
    """What the test says of `bad` among `parts`, of which `settled` will hardly be called bad any more.

    All parts weigh against a stop and the settled ones alone for a pass: what people have not said yet hastens
    neither. Nothing passes before `min_parts` have settled.
    """
    if not bad <= settled <= parts:
        raise ValueError(f"{settled} settled of {parts} with {bad} bad is no count")
    if test.log_ratio(bad, parts) >= test.stop_at:
        return Ruling.STOPPED
    is_good = test.log_ratio(bad, settled) <= test.pass_at
    return Ruling.PASSED if is_good and settled >= min_parts else Ruling.GOES_ON
