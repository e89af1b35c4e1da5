"""A session: rights lapse, the person stays, and nobody gets rights that are not theirs, whatever happens when."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from station_app.core.people import Person, Role, SecretKind
from station_app.core.session import IDLE_S, NOBODY, by_name, following, heard_of, settled, signed_in

PEOPLE = tuple(Person(role.value, role.value.title(), role) for role in Role)


class Station(RuleBasedStateMachine):
    """The session beside what it should be: who proved what when, and when they were last heard of in time."""

    @initialize()
    def begin(self) -> None:
        self.now = 0.0
        self.people = {person.name: person for person in PEOPLE}
        self.session = NOBODY
        self.name, self.deadline = "", -1.0

    @rule(person=st.sampled_from(PEOPLE), proof=st.sampled_from(SecretKind))
    def sign_in(self, person: Person, proof: SecretKind) -> None:
        person = self.people[person.name]
        if person.is_active:
            self.session = signed_in(person, proof, self.now)
            self.name = person.name
            self.deadline = self.now + IDLE_S if proof is SecretKind.PASSWORD else -1.0

    @rule()
    def sign_out(self) -> None:
        self.session, self.name, self.deadline = NOBODY, "", -1.0

    @rule()
    def hear(self) -> None:
        self.session = heard_of(self.session, self.now)
        if self.now < self.deadline:
            self.deadline = self.now + IDLE_S

    @rule()
    def look_at_the_clock(self) -> None:
        self.session = settled(self.session, self.now)

    @rule(seconds=st.sampled_from([0.0, 1.0, IDLE_S / 2, IDLE_S - 0.5, IDLE_S, 3 * IDLE_S]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(name=st.sampled_from([p.name for p in PEOPLE]), role=st.sampled_from(Role), is_active=st.booleans())
    def change_account(self, name: str, role: Role, is_active: bool) -> None:
        self.people[name] = Person(name, name.title(), role, is_active)
        self.session = following(self.session, tuple(self.people.values()), self.now)
        if name == self.name and not is_active:
            self.name, self.deadline = "", -1.0

    @invariant()
    def the_rights_are_those_of_who_is_there(self) -> None:
        if not hasattr(self, "session"):
            return
        assert self.session.name == self.name
        full = self.people[self.name].role if self.name else Role.OPERATOR
        assert self.session.role(self.now) is (full if self.now < self.deadline else Role.OPERATOR)
        assert self.session.full_role is full


TestStation = Station.TestCase
TestStation.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


@given(name=st.text(min_size=1), now_s=st.floats(0, 1e9))
def test_without_accounts_a_name_is_an_operator_for_as_long_as_it_stays(name: str, now_s: float) -> None:
    session = heard_of(by_name(name), now_s)
    assert (session.name, session.role(now_s), session.full_role) == (name, Role.OPERATOR, Role.OPERATOR)
