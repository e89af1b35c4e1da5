"""Never two active revisions, never one without two people over its very text, and nothing vanishes."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from station_app.core.errors import ConfigError
from station_app.core.people import Role
from station_app.core.recipe_deeds import Commission, SavedText, SaveText, Sign, Signed, Turn, text_sha256
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revisions, active_of, after, next_number

ACTIVE, RETIRED = RevisionState.ACTIVE, RevisionState.RETIRED


def saved(number: int = 1, text: str = "one", author: str = "wang") -> SavedText:
    return SavedText("A17", number, text, author, "why", 5)


def sign(name: str, role: Role, text: str = "one", number: int = 1) -> Sign:
    return Sign("A17", number, Signed(name, role, text_sha256(text), "looked at", 6))


def turn(state: RevisionState, number: int = 1) -> Turn:
    return Turn("A17", number, state, "wang", "why", 7)


def approved(revisions: Revisions = (), number: int = 1, text: str = "one") -> Revisions:
    revisions = after(revisions, SaveText(saved(number, text)))
    revisions = after(revisions, sign("wang", Role.ENGINEER, text, number))
    return after(revisions, sign("li", Role.QUALITY, text, number))


def state_of(revisions: Revisions, number: int) -> RevisionState:
    return next(revision.state for revision in revisions if revision.number == number)


def test_the_second_signature_approves_and_the_author_may_give_one() -> None:
    revisions = after((), SaveText(saved()))
    revisions = after(revisions, sign("wang", Role.ENGINEER))
    assert state_of(revisions, 1) is RevisionState.DRAFT
    revisions = after(revisions, sign("li", Role.QUALITY))
    assert state_of(revisions, 1) is RevisionState.APPROVED


def test_another_text_drops_the_signatures() -> None:
    revisions = after(after((), SaveText(saved())), sign("wang", Role.ENGINEER))
    revisions = after(revisions, SaveText(saved(text="two")))
    assert revisions[0].signatures == ()
    with pytest.raises(ConfigError, match="changed since you looked"):
        after(revisions, sign("li", Role.QUALITY, "one"))


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (sign("wang", Role.QUALITY), "it has the approval of wang"),
        (sign("zhao", Role.ENGINEER), "still needed: quality"),
        (sign("li", Role.LEAD), "does not approve"),
        (sign("li", Role.ADMIN), "does not approve"),
    ],
)
def test_the_second_signature_is_another_persons_of_the_other_role(second: Sign, sentence: str) -> None:
    revisions = after(after((), SaveText(saved())), sign("wang", Role.ENGINEER))
    with pytest.raises(ConfigError, match=sentence):
        after(revisions, second)


def test_activating_retires_the_one_before_and_rolls_back_in_one_step() -> None:
    revisions = after(approved(), turn(ACTIVE))
    revisions = after(approved(revisions, 2, "two"), turn(ACTIVE, 2))
    assert [state_of(revisions, n) for n in (1, 2)] == [RETIRED, ACTIVE]
    revisions = after(revisions, turn(ACTIVE, 1))
    assert [state_of(revisions, n) for n in (1, 2)] == [ACTIVE, RETIRED]


def test_a_withdrawn_draft_never_becomes_active() -> None:
    revisions = after(approved(), turn(RETIRED))
    with pytest.raises(ConfigError, match="never active"):
        after(revisions, turn(ACTIVE))


def test_what_is_refused_says_what_to_do() -> None:
    draft, active = after((), SaveText(saved())), after(approved(), turn(ACTIVE))
    for revisions, deed in (
        (draft, turn(ACTIVE)),
        (draft, SaveText(saved())),
        (active, turn(RETIRED)),
        (active, turn(ACTIVE)),
        (active, SaveText(saved(text="two"))),
        (active, sign("zhao", Role.ENGINEER)),
        (active, turn(ACTIVE, 9)),
        (active, Commission(saved(1, "three"))),
        (after((), SaveText(saved(5))), SaveText(saved(4))),
        (active, turn(RevisionState.APPROVED)),
    ):
        with pytest.raises(ConfigError) as told:
            after(revisions, deed)
        assert told.value.remedy


def test_a_commissioned_file_is_active_and_takes_the_place_of_the_one_before() -> None:
    revisions = after((), Commission(saved(3)))
    assert active_of(revisions) == replace(revisions[0], state=ACTIVE, is_commissioned=True)
    revisions = after(revisions, Commission(saved(next_number(revisions), "two")))
    assert [state_of(revisions, n) for n in (3, 4)] == [RETIRED, ACTIVE]


NUMBERS, TEXTS = st.integers(1, 5), st.sampled_from(("one", "two", "three"))
PEOPLE = st.sampled_from(
    (("wang", Role.ENGINEER), ("li", Role.QUALITY), ("zhao", Role.ENGINEER), ("wang", Role.QUALITY), ("op", Role.LEAD))
)


class Lives(RuleBasedStateMachine):
    """Any deeds in any order; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.revisions: Revisions = ()
        self.texts: dict[int, str] = {}
        self.signed: dict[tuple[int, str], dict[str, Role]] = {}
        self.commissioned: set[int] = set()
        self.seen: set[int] = set()

    @rule(number=NUMBERS, text=TEXTS)
    def save(self, number: int, text: str) -> None:
        with contextlib.suppress(ConfigError):
            self.revisions = after(self.revisions, SaveText(saved(number, text)))
            self.texts[number] = text
            self.signed.pop((number, text_sha256(text)), None)

    @rule(text=TEXTS)
    def commission(self, text: str) -> None:
        number = next_number(self.revisions)
        self.revisions = after(self.revisions, Commission(saved(number, text)))
        self.texts[number] = text
        self.commissioned.add(number)

    @rule(number=NUMBERS, text=TEXTS, person=PEOPLE)
    def sign(self, number: int, text: str, person: tuple[str, Role]) -> None:
        with contextlib.suppress(ConfigError):
            self.revisions = after(self.revisions, sign(*person, text, number))
            self.signed.setdefault((number, text_sha256(text)), {})[person[0]] = person[1]

    @rule(number=NUMBERS, state=st.sampled_from(RevisionState))
    def turn(self, number: int, state: RevisionState) -> None:
        with contextlib.suppress(ConfigError):
            self.revisions = after(self.revisions, turn(state, number))

    @invariant()
    def at_most_one_is_active(self) -> None:
        assert sum(revision.state is ACTIVE for revision in self.revisions) <= 1

    @invariant()
    def none_was_active_without_two_people_over_its_text(self) -> None:
        for revision in self.revisions:
            assert revision.sha256 == text_sha256(self.texts[revision.number])
            if revision.was_active and revision.number not in self.commissioned:
                signed = self.signed[revision.number, revision.sha256]
                assert len(signed) == 2
                assert set(signed.values()) == {Role.ENGINEER, Role.QUALITY}

    @invariant()
    def nothing_vanishes(self) -> None:
        numbers = {revision.number for revision in self.revisions}
        assert self.seen <= numbers
        self.seen = numbers


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
