"""The plan of an agreement study: who sees which part when, blind, balanced and in random order. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from station_app.quality.draw import shuffled

BAD_SHARE = (0.3, 0.5)
LEAST_PARTS = 50
LEAST_TRIALS = 2
LEAST_APPRAISERS = 2


@dataclass(frozen=True, slots=True)
class Showing:
    """One part shown to one appraiser in one trial; `code` is all that the appraiser sees of its identity."""

    trial: int
    appraiser: str
    part: str
    code: str


class Weakness(StrEnum):
    """What a plan cannot answer well."""

    FEW_PARTS = "few_parts"
    FEW_BAD = "few_bad"
    FEW_GOOD = "few_good"
    NO_BORDERLINE = "no_borderline"
    ONE_TRIAL = "one_trial"
    ONE_APPRAISER = "one_appraiser"


def plan_study(seed: str, parts: Sequence[str], appraisers: Sequence[str], trials: int) -> tuple[Showing, ...]:
    """Every appraiser judges every part once a trial, each in an order of their own.

    Who begins changes from trial to trial. A part does not come back at the start of a trial when it was near the end
    of the last one. Codes are in random order over the whole study and never repeat, so none tells its part.
    """
    if trials < 1 or not parts or not appraisers:
        raise ValueError("a study needs parts, appraisers and a trial")
    if len(set(parts)) < len(parts) or len(set(appraisers)) < len(appraisers):
        raise ValueError("a part or an appraiser comes twice")
    rows = [row for who in appraisers for row in _rows(seed, parts, who, trials)]
    codes = _codes(seed, rows)
    turns = shuffled(seed, "appraisers", appraisers)
    by_turn = {(trial, who): n for trial in range(trials) for n, who in enumerate(_from(turns, trial))}
    ordered = sorted(rows, key=lambda row: (row[0], by_turn[row[0], row[1]]))
    return tuple(Showing(trial, who, part, codes[trial, who, part]) for trial, who, part in ordered)


def weaknesses(
    truth: Mapping[str, bool], borderline: Sequence[str], appraisers: int, trials: int
) -> tuple[Weakness, ...]:
    """What to mend before the study is run: 30 to 50 % bad parts, borderline ones among them, 50 parts, 2 trials."""
    share = sum(truth.values()) / len(truth) if truth else 0.0
    found = {
        Weakness.FEW_PARTS: len(truth) < LEAST_PARTS,
        Weakness.FEW_BAD: share < BAD_SHARE[0],
        Weakness.FEW_GOOD: share > BAD_SHARE[1],
        Weakness.NO_BORDERLINE: not set(borderline) & set(truth),
        Weakness.ONE_TRIAL: trials < LEAST_TRIALS,
        Weakness.ONE_APPRAISER: appraisers < LEAST_APPRAISERS,
    }
    return tuple(weakness for weakness, is_there in found.items() if is_there)


Row = tuple[int, str, str]


def _rows(seed: str, parts: Sequence[str], appraiser: str, trials: int) -> list[Row]:
    rows: list[Row] = []
    recent: set[str] = set()
    for trial in range(trials):
        order = shuffled(seed, f"parts of {appraiser}\x1f{trial}", parts)
        rested = [part for part in order if part not in recent][: len(parts) // 4]
        order = rested + [part for part in order if part not in rested]
        rows += [(trial, appraiser, part) for part in order]
        recent = set(order[len(order) - len(parts) // 4 :])
    return rows


def _codes(seed: str, rows: Sequence[Row]) -> dict[Row, str]:
    named = {f"{trial}\x1f{who}\x1f{part}": (trial, who, part) for trial, who, part in rows}
    width = len(str(len(rows)))
    return {named[name]: f"{n:0{width}d}" for n, name in enumerate(shuffled(seed, "codes", named), start=1)}


def _from(turns: Sequence[str], trial: int) -> list[str]:
    start = trial % len(turns)
    return [*turns[start:], *turns[:start]]
