"""How many people stand behind a label, and whether they agree."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.consensus import Consensus, consensus, standing_decision
from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.review import Answer, Queue, Review

GOOD, BAD, UNSURE = Answer
PASS, FAIL, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT
FALSE_REJECT = Override(1, Disposition.FALSE_REJECT, "wang", 5)
AGREE = replace(FALSE_REJECT, disposition=Disposition.AGREE)
MISSED = replace(FALSE_REJECT, disposition=Disposition.MISSED_DEFECT)
NOT_SURE = replace(FALSE_REJECT, disposition=Disposition.UNSURE)

Said = tuple[tuple[str, Answer], ...]


def _reviews(said: Iterable[tuple[str, Answer]], settled_by: str = "") -> tuple[tuple[int, Review], ...]:
    return tuple(
        (n, Review(1, Queue.OVERRIDES, answer, name, n, is_blind=False, is_adjudication=name == settled_by))
        for n, (name, answer) in enumerate(said, 1)
    )


@pytest.mark.parametrize(
    ("verdict", "decision", "said", "expected"),
    [
        (PASS, None, (), "none"),
        (FAIL, FALSE_REJECT, (), "single"),
        (FAIL, AGREE, (), "single"),
        (NO_RESULT, AGREE, (), "none"),
        (FAIL, NOT_SURE, (), "none"),
        (FAIL, NOT_SURE, (("li", GOOD),), "single"),
        (FAIL, FALSE_REJECT, (("li", GOOD),), "agreed"),
        (FAIL, FALSE_REJECT, (("li", BAD),), "disputed"),
        (FAIL, AGREE, (("li", BAD),), "agreed"),
        (PASS, AGREE, (("li", BAD),), "disputed"),
        (PASS, MISSED, (("li", BAD),), "agreed"),
        (FAIL, FALSE_REJECT, (("wang", GOOD),), "single"),
        (FAIL, FALSE_REJECT, (("wang", BAD),), "single"),
        (FAIL, FALSE_REJECT, (("li", BAD), ("zhao", BAD)), "agreed"),
        (FAIL, FALSE_REJECT, (("li", BAD), ("zhao", GOOD)), "disputed"),
        (PASS, None, (("li", UNSURE),), "none"),
        (PASS, None, (("li", UNSURE), ("zhao", GOOD)), "single"),
        (PASS, None, (("li", BAD), ("li", GOOD), ("zhao", GOOD)), "agreed"),
    ],
)
def test_what_people_say_comes_to(verdict: VerdictKind, decision: Override | None, said: Said, expected: str) -> None:
    assert consensus(verdict, decision, _reviews(said)) == expected


def test_an_adjudicator_settles_what_others_differ_about() -> None:
    said = _reviews((("li", GOOD), ("zhao", BAD), ("chen", BAD)), settled_by="chen")
    assert consensus(FAIL, FALSE_REJECT, said) is Consensus.ADJUDICATED
    unsure = _reviews((("li", GOOD), ("zhao", BAD), ("chen", UNSURE)), settled_by="chen")
    assert consensus(FAIL, FALSE_REJECT, unsure) is Consensus.DISPUTED


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(Answer)), max_size=6), st.sampled_from(VerdictKind))
def test_who_is_unsure_changes_nothing_and_nobody_agrees_with_themselves(
    said: list[tuple[str, Answer]], verdict: VerdictKind
) -> None:
    found = consensus(verdict, None, _reviews(said))
    assert consensus(verdict, None, _reviews([*said, ("z", UNSURE)])) is found
    sure = {name for name, answer in dict(said).items() if answer is not UNSURE}
    assert (found is Consensus.NONE) is (not sure)
    assert (found is Consensus.SINGLE) is (len(sure) == 1)


def test_a_decision_that_was_taken_back_stands_no_more() -> None:
    undo = replace(FALSE_REJECT, disposition=Disposition.UNDO, undoes=2)
    assert standing_decision(()) is None
    assert standing_decision(((1, AGREE), (2, FALSE_REJECT))) == FALSE_REJECT
    assert standing_decision(((1, AGREE), (2, FALSE_REJECT), (3, undo))) == AGREE
