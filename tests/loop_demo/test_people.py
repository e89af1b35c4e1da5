"""Simulated people: right where their rates say so, wrong where these say so, and never outside of the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box, Disposition, VerdictKind
from station_app.core.review import Answer
from station_app.loop_demo.parts import TruePart
from station_app.loop_demo.people import ErrorRates, LineAnswer, at_the_line, in_review

KINDS = ("open", "short", "spur")
PIXELS = np.zeros((40, 60), np.uint8)
GOOD = TruePart("g", "g", PIXELS)
BAD = TruePart("b", "b", PIXELS, "open", (Box(0, 0, 6, 5), Box(50, 30, 10, 10)))
PERFECT = ErrorRates(0, 0, 1, 0, 0)
HOPELESS = ErrorRates(1, 1, 0, 1, 1)


def answer(part: TruePart, verdict: VerdictKind, rates: ErrorRates) -> LineAnswer | None:
    return at_the_line(part, verdict, KINDS, rates, np.random.default_rng(0))


@pytest.mark.parametrize("verdict", [VerdictKind.FAIL, VerdictKind.REVIEW])
def test_who_makes_no_errors_agrees_with_defects_and_releases_good_parts(verdict: VerdictKind) -> None:
    agreed = answer(BAD, verdict, PERFECT)
    assert agreed is not None
    assert (agreed.disposition, agreed.label, len(agreed.marks)) == (Disposition.AGREE, "open", 2)
    assert answer(GOOD, verdict, PERFECT) == LineAnswer(Disposition.FALSE_REJECT)


def test_who_is_always_wrong_does_the_opposite() -> None:
    assert answer(BAD, VerdictKind.FAIL, HOPELESS) == LineAnswer(Disposition.FALSE_REJECT)
    assert answer(GOOD, VerdictKind.FAIL, HOPELESS) == LineAnswer(Disposition.AGREE)
    assert answer(BAD, VerdictKind.PASS, HOPELESS) is None
    said = in_review(BAD, KINDS, HOPELESS, np.random.default_rng(0))
    assert (said.answer, said.boxes) == (Answer.GOOD, ())
    assert in_review(GOOD, KINDS, HOPELESS, np.random.default_rng(0)).label in KINDS


def test_an_escape_is_noticed_a_good_pass_is_left_alone_and_no_result_is_not_judged() -> None:
    noticed = answer(BAD, VerdictKind.PASS, PERFECT)
    assert noticed is not None and noticed.disposition is Disposition.MISSED_DEFECT
    assert answer(GOOD, VerdictKind.PASS, PERFECT) is None
    assert answer(BAD, VerdictKind.NO_RESULT, PERFECT) is None


def test_the_rates_are_kept() -> None:
    rates, rng = ErrorRates(releases_defect=0.2, misnames=0.3, reviewer_wrong=0.1), np.random.default_rng(1)
    said = [at_the_line(BAD, VerdictKind.FAIL, KINDS, rates, rng) for _ in range(2000)]
    agreed = [one for one in said if one is not None and one.disposition is Disposition.AGREE]
    assert len(agreed) / len(said) == pytest.approx(0.8, abs=0.04)
    assert np.mean([one.label != "open" for one in agreed]) == pytest.approx(0.3, abs=0.05)
    reviews = [in_review(GOOD, KINDS, rates, rng).answer is Answer.BAD for _ in range(2000)]
    assert np.mean(reviews) == pytest.approx(0.1, abs=0.03)


@given(st.integers(0, 57), st.integers(0, 37), st.integers(1, 60), st.integers(1, 40), st.integers(0, 99))
def test_what_a_hand_draws_lies_within_the_picture(x: int, y: int, width: int, height: int, seed: int) -> None:
    box = Box(x, y, min(width, 60 - x), min(height, 40 - y))
    part = TruePart("b", "b", PIXELS, "open", (box,))
    (drawn,) = in_review(part, KINDS, PERFECT, np.random.default_rng(seed)).boxes
    assert drawn.x >= 0 and drawn.y >= 0
    assert drawn.width >= 1 and drawn.right <= 60
    assert drawn.height >= 1 and drawn.bottom <= 40
