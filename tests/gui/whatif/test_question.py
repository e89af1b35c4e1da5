"""What-if answers equal a count by hand, and claim nothing that the sample does not carry."""

from dataclasses import replace

import numpy as np
import pytest

from station_app.core.inspection import VerdictKind
from station_app.core.recipe import Thresholds
from station_app.gui.whatif.question import Question
from station_app.quality.estimate import CannotSay, Estimate, Lack
from station_app.quality.promise import Promise
from station_app.quality.thresholds import WhatIf
from station_app.store.score_table import KnownPart, KnownParts, ScoreTable

HOUR = 3_600_000
NOW = (("scratch", Thresholds(0.5, 0.8)), ("dent", Thresholds(0.6, 0.9)))


def question(known: KnownParts | None = None, hours: float = 8.0) -> Question:
    """Ten parts with scratches of 0.05, 0.15 ... 0.95; the last has a dent as well."""
    scratch = (np.arange(10) / 10 + 0.05).astype(np.float32)
    dent = np.zeros(10, np.float32)
    dent[9] = 0.7
    table = ScoreTable(np.arange(1, 11), {"scratch": scratch, "dent": dent}, 2, False, 0, round(hours * HOUR))
    return Question(table, known or KnownParts((), ()), NOW, seconds_per_review=60.0)


def compared(answer: WhatIf | CannotSay) -> WhatIf:
    assert isinstance(answer, WhatIf)
    return answer


def test_the_thresholds_that_hold_change_nothing() -> None:
    answer = question().answer({})
    before = compared(answer.before)
    assert answer.before == answer.after and not answer.flips
    assert (before.passed.count, before.review.count, before.failed.count, before.no_result) == (5, 3, 2, 2)


def test_one_label_moves_and_the_others_hold() -> None:
    answer = question().answer({"scratch": Thresholds(0.9, 1.0)})
    after = compared(answer.after)
    assert (after.passed.count, after.review.count, after.failed.count) == (9, 1, 0)
    assert [(flip.part_id, flip.old, flip.new) for flip in answer.flips] == [
        (10, VerdictKind.FAIL, VerdictKind.REVIEW),  # for its dent a person is still asked
        (9, VerdictKind.FAIL, VerdictKind.PASS),
        (8, VerdictKind.REVIEW, VerdictKind.PASS),
        (7, VerdictKind.REVIEW, VerdictKind.PASS),
        (6, VerdictKind.REVIEW, VerdictKind.PASS),
    ]
    assert answer.flips[0].label == "scratch" and answer.flips[0].score == pytest.approx(0.95)


def test_minutes_are_those_of_one_shift() -> None:
    assert compared(question(hours=8).answer({}).after).review_minutes.value == pytest.approx(3.0)
    assert compared(question(hours=80).answer({}).after).review_minutes.value == pytest.approx(0.3)


def test_rates_come_from_the_blind_sample() -> None:
    told_ok = tuple(KnownPart(n, is_bad=n == 5, stratum=0) for n in (1, 2, 4, 5))
    told_ng = tuple(KnownPart(n, is_bad=True, stratum=1) for n in (9, 10))
    asked = question(KnownParts((*told_ok, *told_ng), (5, 5)))
    before, stricter = compared(asked.answer({}).before), asked.answer({"scratch": Thresholds(0.4, 0.8)})
    assert isinstance(before.escapes, Estimate) and before.escapes.value == pytest.approx(0.5 * 1 / 4)
    after = compared(stricter.after)
    assert isinstance(after.escapes, Estimate) and after.escapes.value == 0.0 and after.escapes.high > 0.1
    assert isinstance(after.overkill, Estimate) and after.overkill.value == 0.0


def test_too_few_bad_parts_promise_nothing() -> None:
    assert question().answer({}).promise == CannotSay(Lack.BAD_PARTS, 149)
    few = question(KnownParts((KnownPart(10, is_bad=True, stratum=0),), (10,), is_even=True)).answer({}).promise
    assert isinstance(few, Promise) and few.missed.count == 0 and few.kept == CannotSay(Lack.BAD_PARTS, 148)


def test_enough_bad_parts_keep_or_break_the_promise() -> None:
    parts = tuple(KnownPart(n, is_bad=True, stratum=0) for n in range(1, 201))
    table = ScoreTable(np.arange(1, 201), {"scratch": np.full(200, 0.9, np.float32)}, 0, False, 0, HOUR)
    asked = Question(table, KnownParts(parts, (200,), is_even=True), NOW)
    kept, broken = asked.answer({}).promise, asked.answer({"scratch": Thresholds(0.95, 0.95)}).promise
    assert isinstance(kept, Promise) and kept.kept is True and kept.bound < 0.02
    assert isinstance(broken, Promise) and broken.kept is False and broken.missed.count == 200


def test_reviewed_parts_outside_the_table_are_left_out() -> None:
    known = KnownParts((KnownPart(5, True, 0), KnownPart(99, True, 0), KnownPart(0, True, 0)), (10,))
    promise = question(known).answer({}).promise
    assert isinstance(promise, Promise) and promise.missed.total == 1


def test_no_parts_are_no_figure() -> None:
    empty = ScoreTable(np.empty(0, np.int64), {}, 0, False, 0, HOUR)
    answer = replace(question(), table=empty).answer({"scratch": Thresholds(0.1, 0.2)})
    assert isinstance(answer.after, CannotSay) and not answer.flips


def test_laxer_thresholds_are_not_proved_by_the_parts_they_were_looked_for_on() -> None:
    parts = tuple(KnownPart(n, is_bad=True, stratum=0) for n in range(1, 201))
    table = ScoreTable(np.arange(1, 201), {"scratch": np.full(200, 0.9, np.float32)}, 0, False, 0, HOUR)
    asked = Question(table, KnownParts(parts, (200,), is_even=True), NOW)
    assert not asked.answer({}).is_fitted
    assert not asked.answer({"scratch": Thresholds(0.4, 0.8)}).is_fitted, "the same promise by stricter ones"
    assert asked.answer({"scratch": Thresholds(0.6, 0.8)}).is_fitted
    broken = replace(asked, limits=(("scratch", Thresholds(0.95, 0.95)),))
    assert broken.answer({"scratch": Thresholds(0.4, 0.8)}).is_fitted, "what holds now breaks it"


def test_each_change_of_the_verdict_has_its_newest_parts() -> None:
    flips = question().answer({"scratch": Thresholds(0.9, 1.0)}, most_flips=1).flips
    assert [flip.part_id for flip in flips] == [10, 9, 8]
