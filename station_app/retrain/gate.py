"""Whether a candidate may be offered to stations: every rule with its figures, decided before anybody looks. Pure.

"Not worse" about escapes means, on the golden set: of no kind of defect does the candidate let more parts through than
the champion. With small numbers that is strict on purpose: one part more of one kind refuses it, however many fewer
there are of another. It is no proof of the opposite: with no miss among n defects the true share of escapes may still
be 3 / n (95 %), and each rule that passes says what its number of parts cannot show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from station_app.quality.estimate import CannotSay
from station_app.quality.intervals import upper_bound
from station_app.quality.mcnemar import mcnemar
from station_app.quality.paired import difference_bound, pairs_needed
from station_app.retrain.judged import JudgedPart, candidate_flags, champion_flags


class Outcome(StrEnum):
    """Of one rule. NOT_ASKED: there was nothing to judge by, and the plan does not insist."""

    PASSED = "passed"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class GateLimits:
    """Fixed before the evaluation. `overkill_margin` is the share of good parts that the candidate may reject more than
    the champion does, proved at `confidence`; `latency_ratio` how much longer it may take, as the ratio of medians in
    one run. With `needs_better` it must be shown to be better (McNemar), not only to be no worse."""

    overkill_margin: float = 0.05
    latency_ratio: float = 1.25
    confidence: float = 0.95
    needs_better: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule's outcome in a sentence with its figures; `caveat` is what may not be claimed from them."""

    name: str
    outcome: Outcome
    figures: str
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is decided by. `latency_ratio` is None where no time was taken. `fault` says why the candidate gave no
    evidence (a package that does not run, a golden tensor that is off, an answer out of range), "" where it did.
    `labels` are the champion's."""

    golden: tuple[JudgedPart, ...]
    controls: tuple[JudgedPart, ...] = ()
    latency_ratio: float | None = None
    golden_tensors: int = 0
    fault: str = ""
    labels: tuple[str, ...] = ()


def decide_gate(evidence: Evidence, limits: GateLimits) -> tuple[Rule, ...]:
    """All rules, also those after one that refuses. A candidate without evidence is refused by that alone."""
    if evidence.fault:
        return (Rule("evidence", Outcome.REFUSED, evidence.fault),)
    golden = evidence.golden
    kinds = sorted({kind for part in golden for kind in part.kinds})
    return (
        _golden_set(golden),
        *_untold(sorted({label.lower() for label in evidence.labels} - set(kinds))),
        *(_escapes(kind, [part for part in golden if kind in part.kinds], limits) for kind in kinds),
        _overkill([part for part in golden if not part.is_defect], limits),
        _mcnemar(golden, limits),
        _controls(evidence.controls, limits),
        _latency(evidence.latency_ratio, limits),
        _golden_tensors(evidence.golden_tensors),
    )


def is_accepted(rules: Sequence[Rule]) -> bool:
    """Whether no rule refuses."""
    return bool(rules) and all(rule.outcome is not Outcome.REFUSED for rule in rules)


def _golden_set(parts: Sequence[JudgedPart]) -> Rule:
    defects = sum(part.is_defect for part in parts)
    groups = len({part.group for part in parts})
    figures = f"{len(parts) - defects} good and {defects} defective parts of {groups} groups"
    caveat = "" if groups == len(parts) else "parts of one group are alike: intervals are narrower than they should be"
    return Rule("golden set", _outcome(0 < defects < len(parts)), figures, caveat)


def _untold(labels: Sequence[str]) -> tuple[Rule, ...]:
    """Kinds that the champion tells and the golden set does not show: the candidate may have forgotten them."""
    if not labels:
        return ()
    figures = f"no part with {', '.join(labels)} is in the golden set"
    return (Rule("other kinds", Outcome.NOT_ASKED, figures, "nothing is shown about escapes of these"),)


def _escapes(kind: str, parts: Sequence[JudgedPart], limits: GateLimits) -> Rule:
    champion = sum(not part.champion_flags for part in parts)
    candidate = sum(not part.candidate_flags for part in parts)
    new = sum(part.champion_flags and not part.candidate_flags for part in parts)
    figures = f"{candidate} of {len(parts)} escape, {champion} did with the champion; {new} of them are new"
    at_worst = upper_bound(candidate, len(parts), limits.confidence)
    caveat = f"that fewer than {at_worst:.1%} escape is all that {len(parts)} parts can show"
    if not candidate:
        caveat += f" (3 / n = {min(1.0, 3 / len(parts)):.1%})"
    return Rule(f"escapes of {kind}", _outcome(candidate <= champion), figures, caveat)


def _overkill(parts: Sequence[JudgedPart], limits: GateLimits) -> Rule:
    more = sum(part.candidate_flags and not part.champion_flags for part in parts)
    fewer = sum(part.champion_flags and not part.candidate_flags for part in parts)
    champion, candidate = (sum(part.champion_flags for part in parts), sum(part.candidate_flags for part in parts))
    bound = difference_bound(more, fewer, len(parts), limits.confidence)
    figures = (
        f"{candidate} of {len(parts)} good parts rejected, {champion} by the champion ({more} new, {fewer} gone); "
        f"{_points(bound)} more at worst, {_points(limits.overkill_margin)} allowed"
    )
    needed = pairs_needed(limits.overkill_margin, limits.confidence)
    caveat = "" if len(parts) >= needed else f"{needed} good parts are the fewest that can show this margin"
    return Rule("overkill", _outcome(bound <= limits.overkill_margin), figures, caveat)


def _mcnemar(parts: Sequence[JudgedPart], limits: GateLimits) -> Rule:
    won = sum(part.candidate_is_right and not part.champion_is_right for part in parts)
    lost = sum(part.champion_is_right and not part.candidate_is_right for part in parts)
    test = mcnemar(lost, won, len(parts), limits.confidence)
    if isinstance(test, CannotSay):
        same = "both answer every part alike"
        return Rule("McNemar", _outcome(not limits.needs_better), same, "nothing is shown about which is better")
    is_shown = test.exact_p < 1 - limits.confidence
    figures = f"right alone: candidate {won}, champion {lost} of {len(parts)}; exact p = {test.exact_p:.2g}"
    caveat = "" if is_shown else "no difference is shown: the candidate may not be called better"
    holds = (won > lost and is_shown) if limits.needs_better else not (lost > won and is_shown)
    return Rule("McNemar", _outcome(holds), figures, caveat)


def _controls(parts: Sequence[JudgedPart], limits: GateLimits) -> Rule:
    """Weighted by 1 / probability they stand for the line; few as they are, no bound is asked of them."""
    if not parts:
        return Rule(
            "controls", Outcome.NOT_ASKED, "no part drawn at random is in the test split", "not judged by the line"
        )
    escapes = [
        sum(p.weight for p in parts if p.is_defect and not flags(p)) for flags in (champion_flags, candidate_flags)
    ]
    rejected = [
        sum(p.weight for p in parts if not p.is_defect and flags(p)) for flags in (champion_flags, candidate_flags)
    ]
    good = sum(part.weight for part in parts if not part.is_defect)
    more = (rejected[1] - rejected[0]) / good if good else 0.0
    figures = (
        f"{len(parts)} drawn parts stand for {sum(p.weight for p in parts):.0f}: about {escapes[1]:.0f} escape, "
        f"{escapes[0]:.0f} with the champion; {_points(more)} more good parts rejected"
    )
    holds = escapes[1] <= escapes[0] * (1 + 1e-12) and more <= limits.overkill_margin
    return Rule("controls", _outcome(holds), figures, "estimates without a bound")


def _latency(ratio: float | None, limits: GateLimits) -> Rule:
    if ratio is None:
        return Rule("latency", Outcome.REFUSED, "no time was taken")
    figures = f"{ratio:.2f} times the champion's time, {limits.latency_ratio:.2f} allowed"
    return Rule("latency", _outcome(ratio <= limits.latency_ratio), figures, "measured on this computer, not a station")


def _golden_tensors(count: int) -> Rule:
    return Rule("golden tensors", _outcome(count > 0), f"{count} written and reproduced by a run of their own")


def _outcome(holds: bool) -> Outcome:
    return Outcome.PASSED if holds else Outcome.REFUSED


def _points(share: float) -> str:
    return f"{100 * share:.1f} points"
