"""Champion and candidate side by side, for the screen: counts, people's word, and the parts on which they differ.
Read-only, any thread. Counts and pages need no walk over the records.

A pair is a part that one of the two decided while the other ran in shadow, whichever it was. Only what the candidate's
package, the recipe's name and the camera name belongs together: a recipe of another revision is the same trial.
"""

import json
import sqlite3
from dataclasses import dataclass

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.review import Answer
from station_app.core.shadow import REJECTING, is_bad
from station_app.quality.estimate import CannotSay
from station_app.quality.intervals import Share, clopper_pearson
from station_app.quality.mcnemar import McNemar, mcnemar

NEWEST_JUDGED = 500
"""People's word is looked up for so many pairs, the newest: it is asked part by part."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Which candidate: its package, the recipe's name and the camera ("" for any)."""

    package_sha256: str
    recipe: str
    camera_id: str = ""


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Pairs by who rejects (FAIL or REVIEW). `lost` are pairs with no result on a side, in none of the four;
    `dropped` are parts that could have been pairs and for which there was no time."""

    both_pass: int = 0
    only_champion_rejects: int = 0
    only_candidate_rejects: int = 0
    both_reject: int = 0
    champion_lost: int = 0
    candidate_lost: int = 0
    lost: int = 0
    dropped: int = 0

    @property
    def compared(self) -> int:
        return self.both_pass + self.only_champion_rejects + self.only_candidate_rejects + self.both_reject

    @property
    def discordant(self) -> int:
        return self.only_champion_rejects + self.only_candidate_rejects


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """Pairs that people judged: who agreed with them. `is_all` is False where only the newest were looked at.

    People look at what was rejected, and seldom at what passed: this tells which of the two they would rather have,
    and no rate of escapes.
    """

    parts: int
    champion_right: Share
    candidate_right: Share
    only_champion_right: int
    only_candidate_right: int
    test: McNemar | CannotSay
    is_all: bool


@dataclass(frozen=True, slots=True)
class ShadowView:
    """`rejecting` tests whether one rejects more often than the other, whoever is right: its `first` is the share of
    the differing pairs that the champion rejects."""

    counts: PairCounts
    rejecting: McNemar | CannotSay
    judged: JudgedPairs


@dataclass(frozen=True, slots=True)
class DiscordantPart:
    """A part that one lets pass and the other does not; `in_shadow` names who decided nothing: True the candidate."""

    part_id: int
    inspected_at_ms: int
    serial: str
    champion: VerdictKind
    candidate: VerdictKind
    in_shadow: bool
    scores: tuple[tuple[str, float], ...]
    decided_scores: tuple[tuple[str, float], ...]
    disposition: Disposition | None
    answer: Answer | None


Runs = tuple[tuple[int, bool], ...]
"""(run, whether the candidate is in shadow there)."""


def shadow_view(reader: sqlite3.Connection, trial: Trial) -> ShadowView:
    """All but the parts."""
    runs = _runs(reader, trial)
    counts = _counts(reader, runs)
    rejecting = mcnemar(counts.only_champion_rejects, counts.only_candidate_rejects, counts.compared)
    return ShadowView(counts, rejecting, _judged(reader, runs))


def pair_counts(reader: sqlite3.Connection, trial: Trial) -> PairCounts:
    """The counts alone."""
    return _counts(reader, _runs(reader, trial))


def discordant_page(
    reader: sqlite3.Connection, trial: Trial, before: int | None = None, size: int = 50
) -> tuple[DiscordantPart, ...]:
    """The newest `size` parts on which they differ, or those before the part id `before`."""
    until = 2**62 if before is None else before
    found = [part for run, in_shadow in _runs(reader, trial) for part in _page(reader, run, in_shadow, until, size)]
    return tuple(sorted(found, key=lambda part: part.part_id, reverse=True)[:size])


def _runs(reader: sqlite3.Connection, trial: Trial) -> Runs:
    query = (
        "SELECT u.id, {0} FROM shadow_runs u JOIN recipes r ON r.id = u.recipe_id"
        " WHERE u.{1} = ?1 AND r.name = ?2 AND (?3 = '' OR u.camera_id = ?3)"
    )
    asked = (trial.package_sha256, trial.recipe, trial.camera_id)
    sides = ((1, "package_sha256"), (0, "beside_sha256"))
    return tuple((row[0], bool(row[1])) for side in sides for row in reader.execute(query.format(*side), asked))


def _counts(reader: sqlite3.Connection, runs: Runs) -> PairCounts:
    total: dict[str, int] = {}
    for run, in_shadow in runs:
        rows = reader.execute("SELECT deciding, verdict, parts FROM shadow_counts WHERE run = ?", (run,))
        for deciding, verdict, parts in rows:
            champion, candidate = (deciding, verdict) if in_shadow else (verdict, deciding)
            for name in _fields(VerdictKind(champion), VerdictKind(candidate)):
                total[name] = total.get(name, 0) + parts
        row = reader.execute("SELECT parts FROM shadow_drops WHERE run = ?", (run,)).fetchone()
        total["dropped"] = total.get("dropped", 0) + (row[0] if row else 0)
    return PairCounts(**total)


def _fields(champion: VerdictKind, candidate: VerdictKind) -> tuple[str, ...]:
    sides = (("champion_lost", champion), ("candidate_lost", candidate))
    lost = tuple(name for name, verdict in sides if verdict is VerdictKind.NO_RESULT)
    if lost:
        return (*lost, "lost")
    return (
        {
            (False, False): "both_pass",
            (True, False): "only_champion_rejects",
            (False, True): "only_candidate_rejects",
            (True, True): "both_reject",
        }[champion in REJECTING, candidate in REJECTING],
    )


def _judged(reader: sqlite3.Connection, runs: Runs) -> JudgedPairs:
    rows = [(*row, in_shadow) for run, in_shadow in runs for row in _judged_rows(reader, run)]
    newest = sorted(rows, key=lambda row: int(row[0]), reverse=True)[:NEWEST_JUDGED]
    outcomes = [outcome for row in newest if (outcome := _outcome(*row[1:])) is not None]
    parts = len(outcomes)
    only_champion, only_candidate = outcomes.count((True, False)), outcomes.count((False, True))
    champion, candidate = (clopper_pearson(sum(outcome[side] for outcome in outcomes), parts) for side in (0, 1))
    return JudgedPairs(
        parts=parts,
        champion_right=champion,
        candidate_right=candidate,
        only_champion_right=only_champion,
        only_candidate_right=only_candidate,
        test=mcnemar(only_champion, only_candidate, parts),
        is_all=len(rows) <= NEWEST_JUDGED,
    )


def _judged_rows(reader: sqlite3.Connection, run: int) -> list[tuple[int, str, str, str | None, str | None]]:
    """(part id, deciding, verdict, disposition, answer), one more than are looked at where there are more."""
    ends = "SELECT part_id FROM shadow_results WHERE run = ? ORDER BY part_id {0} LIMIT 1"
    first, last = (reader.execute(ends.format(order), (run,)).fetchone() for order in ("ASC", "DESC"))
    if first is None:
        return []
    query = (
        "SELECT s.part_id, s.deciding, s.verdict, (SELECT t.disposition FROM decided d JOIN standings t"
        " ON t.id = d.standing WHERE d.part_id = s.part_id), (SELECT e.answer FROM settled e WHERE e.part_id ="
        " s.part_id) FROM {0} j CROSS JOIN shadow_results s WHERE s.run = ?1 AND s.part_id = j.part_id"
        " AND j.part_id BETWEEN ?2 AND ?3 ORDER BY j.part_id DESC LIMIT ?4"
    )
    asked = (run, first[0], last[0], NEWEST_JUDGED + 1)
    found = [tuple(row) for table in ("decided", "settled") for row in reader.execute(query.format(table), asked)]
    return list(dict.fromkeys(found))


def _outcome(
    deciding: str, verdict: str, disposition: str | None, answer: str | None, in_shadow: bool
) -> tuple[bool, bool] | None:
    """Whether champion and candidate were right, None where nobody can tell or one of them said nothing."""
    decided, shown = VerdictKind(deciding), VerdictKind(verdict)
    truth = is_bad(decided, *_words(disposition, answer))
    if truth is None or VerdictKind.NO_RESULT in (decided, shown):
        return None
    right = ((decided in REJECTING) is truth, (shown in REJECTING) is truth)
    return right if in_shadow else (right[1], right[0])


def _page(reader: sqlite3.Connection, run: int, in_shadow: bool, until: int, size: int) -> list[DiscordantPart]:
    query = (
        "SELECT s.part_id, i.inspected_at_ms, i.serial, s.deciding, s.verdict, s.scores, i.body, t.disposition,"
        " e.answer FROM shadow_results s JOIN inspections i ON i.part_id = s.part_id"
        " LEFT JOIN decided d ON d.part_id = s.part_id LEFT JOIN standings t ON t.id = d.standing"
        " LEFT JOIN settled e ON e.part_id = s.part_id"
        " WHERE s.run = ? AND s.is_discordant = 1 AND s.part_id < ? ORDER BY s.part_id DESC LIMIT ?"
    )
    return [_discordant(in_shadow, *row) for row in reader.execute(query, (run, until, size))]


def _discordant(  # noqa: PLR0913 - one row
    in_shadow: bool, part_id: int, at_ms: int, serial: str, deciding: str, verdict: str, scores: str, body: str,
    disposition: str | None, answer: str | None,
) -> DiscordantPart:  # fmt: skip
    decided, shown = VerdictKind(deciding), VerdictKind(verdict)
    champion, candidate = (decided, shown) if in_shadow else (shown, decided)
    told = (_scores(json.loads(scores)), _scores(json.loads(body)["scores"]))
    words = _words(disposition, answer)
    return DiscordantPart(part_id, at_ms, serial, champion, candidate, in_shadow, *told, *words)


def _words(disposition: str | None, answer: str | None) -> tuple[Disposition | None, Answer | None]:
    return Disposition(disposition) if disposition else None, Answer(answer) if answer else None


def _scores(entries: list[list[str]]) -> tuple[tuple[str, float], ...]:
    return tuple((label, float(score)) for label, score in entries)
