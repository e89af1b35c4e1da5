"""What models in shadow said: recorded once, counted, paged, beside what people say; and the record of a trial."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import Disposition, NoResultReason, Override, VerdictKind
from station_app.core.review import Answer, Queue, Review
from station_app.core.shadow import ShadowPair, ShadowResult, is_bad, is_overturned
from station_app.core.trial_record import JudgedParts, TrialAsked
from station_app.quality.estimate import CannotSay
from station_app.store.check_shadow import differing_shadows
from station_app.store.inspections import record_inspection, register_recipe
from station_app.store.ledger_writes import write_override
from station_app.store.review_writing import record_review
from station_app.store.shadow_results import note_dropped, record_shadow, shadow_results_of
from station_app.store.shadow_view import PairCounts, Trial, discordant_page, pair_counts, shadow_view
from station_app.store.trial_record import trial_record
from tests.store.records import MODEL, RECIPE, inspection

PACKAGE = "ef" * 32
CANDIDATE = replace(RECIPE, revision=3)
PAIR = ShadowPair("top", PACKAGE, CANDIDATE.sha256, MODEL, RECIPE.sha256)
FLIPPED = ShadowPair("top", MODEL, RECIPE.sha256, PACKAGE, CANDIDATE.sha256)
TRIAL = Trial(PACKAGE, RECIPE.name, "top")
PASS, FAIL, REVIEW, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.REVIEW, VerdictKind.NO_RESULT


def shown(part_id: int, verdict: VerdictKind, pair: ShadowPair = PAIR, score: float = 0.25) -> ShadowResult:
    reason = NoResultReason.MODEL_OUTPUT if verdict is NO_RESULT else None
    return ShadowResult(part_id, pair, verdict, reason, "scratch", score, (("scratch", score),), 12.5)


def record(
    connection: sqlite3.Connection, part_id: int, decided: VerdictKind, said: VerdictKind, pair: ShadowPair = PAIR
) -> None:
    """One pair; the part belongs to the recipe that decided it."""
    recipe = RECIPE if pair is PAIR else CANDIDATE
    told = replace(inspection(part_id, decided), recipe_hash=recipe.sha256, recipe_revision=recipe.revision)
    record_inspection(connection, told)
    record_shadow(connection, shown(part_id, said, pair))


@pytest.fixture
def records(connection: sqlite3.Connection) -> sqlite3.Connection:
    register_recipe(connection, RECIPE)
    register_recipe(connection, CANDIDATE)
    return connection


def say(connection: sqlite3.Connection, part_id: int, disposition: Disposition) -> None:
    write_override(connection, Override(part_id, disposition, "wang", 5))


def test_a_result_comes_back_as_it_was_recorded(records: sqlite3.Connection) -> None:
    record(records, 1, PASS, FAIL)
    record(records, 2, FAIL, PASS, FLIPPED)
    assert shadow_results_of(records, 1) == (shown(1, FAIL),)
    assert shadow_results_of(records, 2) == (shown(2, PASS, FLIPPED),)
    assert shadow_results_of(records, 3) == ()


def test_a_score_that_is_no_number_is_no_result_and_is_told_all_the_same(records: sqlite3.Connection) -> None:
    record_inspection(records, inspection(1))
    record_shadow(records, shown(1, NO_RESULT, score=float("nan")))
    (result,) = shadow_results_of(records, 1)
    assert (result.verdict, result.reason, result.score) == (NO_RESULT, NoResultReason.MODEL_OUTPUT, None)
    assert str(result.scores[0][1]) == "nan"


def test_results_are_appended_once_and_never_changed(records: sqlite3.Connection) -> None:
    record(records, 1, PASS, PASS)
    with pytest.raises(sqlite3.IntegrityError):
        record_shadow(records, shown(1, FAIL))
    for verb in ("UPDATE shadow_results SET verdict = 'FAIL'", "DELETE FROM shadow_runs"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            records.execute(verb)


def test_a_part_without_a_record_and_an_unknown_recipe_are_refused(records: sqlite3.Connection) -> None:
    with pytest.raises(StorageError, match="no record"):
        record_shadow(records, shown(9, PASS))
    with pytest.raises(StorageError, match="never registered"):
        note_dropped(records, replace(PAIR, recipe_hash="0" * 64), 1)


def test_pairs_are_counted_by_who_rejects_whichever_of_the_two_decided(records: sqlite3.Connection) -> None:
    said = [(PASS, PASS), (PASS, FAIL), (REVIEW, PASS), (FAIL, REVIEW), (FAIL, NO_RESULT), (NO_RESULT, NO_RESULT)]
    for part_id, (decided, verdict) in enumerate(said, 1):
        record(records, part_id, decided, verdict)
    record(records, 7, PASS, FAIL, FLIPPED)  # the candidate passed it, the champion in shadow would not have
    note_dropped(records, PAIR, 3)
    note_dropped(records, PAIR, 2)
    counts = pair_counts(records, TRIAL)
    assert counts == PairCounts(1, 2, 1, 1, champion_lost=1, candidate_lost=2, lost=2, dropped=5)
    assert (counts.compared, counts.discordant) == (5, 3)
    assert pair_counts(records, replace(TRIAL, recipe="B2")) == PairCounts()
    assert pair_counts(records, replace(TRIAL, camera_id="")) == counts


def test_the_differing_parts_are_paged_newest_first_with_what_people_say(records: sqlite3.Connection) -> None:
    for part_id in range(1, 10):
        record(records, part_id, PASS, FAIL if part_id % 2 else PASS)
    record(records, 10, FAIL, PASS, FLIPPED)
    say(records, 9, Disposition.MISSED_DEFECT)
    record_review(records, Review(7, Queue.SUSPECT, Answer.GOOD, "li", 9, is_blind=False))
    first = discordant_page(records, TRIAL, size=3)
    assert [(part.part_id, part.champion, part.candidate) for part in first] == [
        (10, PASS, FAIL), (9, PASS, FAIL), (7, PASS, FAIL),
    ]  # fmt: skip
    assert [part.in_shadow for part in first] == [False, True, True]
    assert [(part.disposition, part.answer) for part in first[1:]] == [
        (Disposition.MISSED_DEFECT, None), (None, Answer.GOOD),
    ]  # fmt: skip
    assert first[1].scores == (("scratch", 0.25),) and first[1].decided_scores == (("scratch", 0.1),)
    assert [part.part_id for part in discordant_page(records, TRIAL, before=7)] == [5, 3, 1]


def test_who_agreed_with_people(records: sqlite3.Connection) -> None:
    said = [(PASS, FAIL), (PASS, FAIL), (FAIL, PASS), (FAIL, FAIL), (PASS, PASS), (PASS, FAIL)]
    for part_id, (decided, verdict) in enumerate(said, 1):
        record(records, part_id, decided, verdict)
    say(records, 1, Disposition.MISSED_DEFECT)  # the candidate was right
    say(records, 2, Disposition.AGREE)  # the champion was
    say(records, 3, Disposition.FALSE_REJECT)  # the candidate
    say(records, 4, Disposition.AGREE)  # both
    say(records, 6, Disposition.UNSURE)
    view = shadow_view(records, TRIAL)
    judged = view.judged
    assert (judged.parts, judged.champion_right.count, judged.candidate_right.count) == (4, 2, 3)
    assert (judged.only_champion_right, judged.only_candidate_right, judged.is_all) == (1, 2, True)
    assert not isinstance(view.rejecting, CannotSay) and view.rejecting.pairs == 6
    assert judged.candidate_right.low < 0.75 < judged.candidate_right.high


def test_changed_counts_and_verdicts_are_found(records: sqlite3.Connection) -> None:
    record(records, 1, PASS, PASS)
    assert list(differing_shadows(records, Path())) == []
    records.execute("UPDATE shadow_counts SET parts = 2")
    records.execute("DROP TRIGGER shadow_results_no_update")
    records.execute("UPDATE shadow_results SET deciding = 'FAIL'")
    told = [problem.what for problem in differing_shadows(records, Path())]
    assert any("counts" in what for what in told) and any("another verdict" in what for what in told)


def test_without_pairs_nothing_is_said(records: sqlite3.Connection) -> None:
    view = shadow_view(records, TRIAL)
    assert view.counts == PairCounts() and isinstance(view.rejecting, CannotSay)
    assert view.judged.parts == 0 and isinstance(view.judged.test, CannotSay)
    assert discordant_page(records, TRIAL) == ()


def test_a_review_counts_before_a_decision_and_unsure_for_nothing() -> None:
    assert is_bad(PASS, Disposition.AGREE, Answer.BAD) is True
    assert is_bad(PASS, Disposition.AGREE, Answer.UNSURE) is False
    assert is_bad(REVIEW, Disposition.AGREE, None) is True
    assert is_bad(NO_RESULT, Disposition.AGREE, None) is None
    assert is_bad(FAIL, None, None) is None and is_bad(FAIL, Disposition.UNSURE, None) is None
    assert is_overturned(PASS, is_bad=True) and is_overturned(FAIL, is_bad=False)
    assert not is_overturned(REVIEW, is_bad=False) and not is_overturned(FAIL, is_bad=True)


def test_the_record_of_a_trial(records: sqlite3.Connection) -> None:
    for part_id in range(1, 6):
        record(records, part_id, PASS, PASS)
    for part_id, verdict in enumerate((PASS, FAIL, NO_RESULT, PASS, FAIL, PASS), 11):
        record(records, part_id, verdict, PASS, FLIPPED)
    say(records, 1, Disposition.MISSED_DEFECT)
    say(records, 2, Disposition.AGREE)
    say(records, 11, Disposition.AGREE)
    say(records, 12, Disposition.FALSE_REJECT)
    record_review(records, Review(12, Queue.OVERRIDES, Answer.GOOD, "li", 9, is_blind=False))
    begun = inspection(11).inspected_at_ms
    asked = TrialAsked(CANDIDATE.sha256, RECIPE.sha256, PACKAGE, "top", begun, inspection(12).inspected_at_ms)
    found = trial_record(records, asked)
    # Of the six: 12 was overturned, 13 lost (late), 11 is old, 14 to 16 are open.
    assert (found.parts, found.bad, found.settled) == (6, 2, 3)
    assert (found.ours, found.theirs) == (JudgedParts(1, 2), JudgedParts(1, 2))
    assert found.reference == (0.25,) * 5 and found.scores == (0.1, 0.9, 0.1, 0.9, 0.1)
    later = trial_record(records, replace(asked, since_ms=begun + 10**9))
    assert (later.parts, later.bad, later.ours, later.scores) == (0, 0, JudgedParts(), ())
    assert trial_record(records, replace(asked, recipe_hash="0" * 64)).parts == 0
