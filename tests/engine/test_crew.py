"""Signing in, lapsing, locking out, signing and changing accounts, through the commands of a real engine."""

from typing import cast

import pytest

from station_app.core.errors import NotAllowedError, StorageError
from station_app.core.lockout import ATTEMPTS
from station_app.core.messages import CommandRefused, SetSerial, SignIn, StationDescribed
from station_app.core.people import Act, Person, Role, SecretKind, Signature
from station_app.core.people_messages import (
    AddPerson,
    ChangePerson,
    PeopleListed,
    SessionChanged,
    SetSecret,
    SetUpAdministrator,
    SignInRefused,
    SignInWith,
    StayActive,
)
from station_app.core.session import IDLE_S
from tests.engine.conftest import Open
from tests.engine.fakes import FakeLedger
from tests.engine.line import Line
from tests.engine.people import Clock, FakeRoster, password_of

BADGE, PIN, PASSWORD = SecretKind.BADGE, SecretKind.PIN, SecretKind.PASSWORD
BOSS = Signature("boss", password_of("boss"))
NEW = Person("Li Wei", "李伟", Role.LEAD)


@pytest.fixture
def roster() -> FakeRoster:
    made = FakeRoster(
        Person("boss", "The Boss", Role.ADMIN),
        Person("wang", "Wang Fang", Role.ENGINEER),
        Person("anna", "Anna", Role.OPERATOR),
        Person("otto", "Otto", Role.OPERATOR, is_active=False),
    )
    made.give("wang", PIN, "4711")
    made.give("wang", BADGE, "0x9F31A")
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(open_faked: Open, roster: FakeRoster, clock: Clock) -> Line:
    return open_faked(roster=roster, clock=clock)


def session(line: Line) -> SessionChanged:
    return line.heard.of(SessionChanged)[-1]


def audits(line: Line, action: str) -> list[tuple[str, str, str, str]]:
    return cast(FakeLedger, line.ledger).audited(action)


def guess(line: Line, name: str = "wang", proof: SecretKind = PASSWORD, times: int = 1) -> SignInRefused:
    for _ in range(times):
        line.engine.obey(SignInWith(name, proof, "wrong"))
    return line.heard.of(SignInRefused)[-1]


@pytest.mark.parametrize(
    ("name", "proof", "secret", "role"),
    [
        ("wang", PASSWORD, password_of("wang"), Role.ENGINEER),
        ("WANG", PASSWORD, password_of("wang"), Role.ENGINEER),
        ("wang", PIN, "4711", Role.OPERATOR),
        ("", BADGE, "OP:0x9F31A", Role.OPERATOR),
        ("wang", BADGE, "0x9F31A", Role.OPERATOR),
    ],
)
def test_only_a_password_gives_the_full_role(line: Line, name: str, proof: SecretKind, secret: str, role: Role) -> None:
    line.engine.obey(SignInWith(name, proof, secret))
    assert session(line) == SessionChanged("wang", "Wang Fang", role, Role.ENGINEER, has_people=True)
    assert line.heard.of(StationDescribed)[-1].operator == "wang"
    assert audits(line, "signed_in") == [("wang", "signed_in", "Test 1", proof)]


@pytest.mark.parametrize(
    ("name", "proof", "secret"),
    [
        ("wang", PASSWORD, password_of("anna")),
        ("wang", PIN, password_of("wang")),
        ("anna", PIN, ""),
        ("otto", PASSWORD, password_of("otto")),
        ("nobody", PASSWORD, password_of("nobody")),
        ("", PASSWORD, password_of("wang")),
        ("", BADGE, "0x0"),
        ("anna", BADGE, "0x9F31A"),
    ],
)
def test_whoever_does_not_prove_it_is_not_let_in_and_learns_nothing(
    line: Line, roster: FakeRoster, name: str, proof: SecretKind, secret: str
) -> None:
    line.engine.obey(SignInWith(name, proof, secret))
    (told,) = line.heard.of(SignInRefused)
    assert told.what == ("this badge is not known" if proof is BADGE else "the name or the secret is wrong")
    assert line.heard.of(SessionChanged) == ()
    assert len(roster.tried) == (0 if proof is BADGE else 1)  # a hash is tried also where nobody has that name
    (note,) = audits(line, "sign_in_refused")
    assert note[0] == "station" and note[2] in {"wang", "anna", "otto", "unknown name"}


def test_a_name_alone_signs_nobody_in_and_an_empty_one_signs_out(line: Line) -> None:
    line.sign_in("wang")
    line.engine.obey(SignIn("anna"))
    assert line.refusals() == ["a name alone signs nobody in here"]
    line.engine.obey(SignIn(""))
    assert session(line) == SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=True)
    assert audits(line, "signed_out") == [("wang", "signed_out", "Test 1", "")]


def test_rights_lapse_and_the_person_and_the_line_stay(line: Line, clock: Clock) -> None:
    line.sign_in("wang")
    line.run()
    clock.seconds += IDLE_S - 1
    line.engine.obey(StayActive())
    clock.seconds += IDLE_S - 1
    line.engine.obey(SetSerial("1"))  # scanned: no sign of the person
    line.engine._report_health()
    assert session(line).role is Role.ENGINEER
    clock.seconds += 1
    line.engine._report_health()
    assert session(line) == SessionChanged("wang", "Wang Fang", Role.OPERATOR, Role.ENGINEER, has_people=True)
    line.engine.obey(StayActive())
    assert line.engine.books.crew.session.role is Role.OPERATOR
    assert line.inspect()[0].reason is None


def test_five_failures_lock_the_name_and_nobody_else(line: Line, roster: FakeRoster, clock: Clock) -> None:
    assert guess(line, times=ATTEMPTS - 1).locked_s == 0
    assert guess(line).locked_s == 30
    tried = len(roster.tried)
    line.engine.obey(SignInWith("wang", PASSWORD, password_of("wang")))
    told = line.heard.of(SignInRefused)[-1]
    assert (told.what, told.locked_s, len(roster.tried)) == ("too many wrong attempts", 30, tried)
    line.sign_in("anna")
    clock.seconds += 30
    assert guess(line).locked_s == 60
    clock.seconds += 60
    line.sign_in("wang")
    assert guess(line).locked_s == 0


def test_a_lock_outlasts_the_engine(open_faked: Open, roster: FakeRoster, clock: Clock) -> None:
    first = open_faked(roster=roster, clock=clock)
    guess(first, times=ATTEMPTS)
    first.engine.close()
    again = open_faked(roster=roster, clock=clock)
    again.engine.obey(SignInWith("wang", PASSWORD, password_of("wang")))
    assert again.heard.of(SignInRefused)[-1].what == "too many wrong attempts"


def test_what_was_typed_as_a_name_and_is_none_is_kept_nowhere(line: Line, roster: FakeRoster) -> None:
    line.engine.obey(SignInWith("my secret password", PASSWORD, "anna"))
    assert roster.failures == {}
    assert "my secret password" not in str(cast(FakeLedger, line.ledger).audits)


def test_unknown_badges_lock_badges_for_half_a_minute_at_most(line: Line, clock: Clock) -> None:
    for _ in range(3 * ATTEMPTS):
        told = guess(line, "", BADGE)
        clock.seconds += 30 if told.locked_s else 0
    assert told.locked_s == 30
    line.engine.obey(SignInWith("", BADGE, "0x9F31A"))
    assert session(line).name == "wang"


def test_a_disk_that_keeps_no_failures_counts_them_all_the_same(line: Line, roster: FakeRoster) -> None:
    roster.refusal = StorageError("the disk is full")
    assert guess(line, times=ATTEMPTS).locked_s == 30


def test_a_signature_is_a_password_of_somebody_who_may(line: Line) -> None:
    crew = line.engine.books.crew
    assert crew.verify(BOSS, Act.CHANGE_PEOPLE).name == "boss"
    with pytest.raises(NotAllowedError, match="role of who signed"):
        crew.verify(Signature("wang", password_of("wang")), Act.CHANGE_PEOPLE)
    for signature in (Signature("wang", "4711"), Signature("otto", password_of("otto")), Signature("nobody", "x")):
        with pytest.raises(NotAllowedError, match="name or the secret is wrong"):
            crew.verify(signature, Act.OVERRIDE)
    assert len(audits(line, "signature_refused")) == 3
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(NotAllowedError):
            crew.verify(Signature("wang", "wrong"), Act.EDIT_RECIPE)
    assert guess(line).what == "too many wrong attempts"


def test_the_first_administrator_is_set_up_once_and_signed_in(open_faked: Open) -> None:
    line = open_faked()
    assert line.engine.welcome()[3:5] == (
        SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=False),
        PeopleListed(()),
    )
    line.engine.obey(SetUpAdministrator("boss", "The Boss", "short"))
    assert not line.engine.books.crew.has_people
    line.engine.obey(SetUpAdministrator("boss", "The Boss", "long enough now"))
    assert session(line) == SessionChanged("boss", "The Boss", Role.ADMIN, Role.ADMIN, has_people=True)
    assert line.heard.of(PeopleListed)[-1].people == (Person("boss", "The Boss", Role.ADMIN, secrets=(PASSWORD,)),)
    line.engine.obey(SetUpAdministrator("other", "Other", "long enough too"))
    assert line.refusals() == ["the password has not 10 to 200 letters", "there is an administrator already"]


def test_an_account_is_made_changed_and_closed_and_its_name_never_given_again(line: Line) -> None:
    line.engine.obey(AddPerson(NEW, "a long password", "1234", "badge-77", BOSS, "new here"))
    line.engine.obey(SignInWith("", BADGE, "badge-77"))
    assert session(line).full_name == "李伟"
    line.engine.obey(SignInWith("Li Wei", PASSWORD, "a long password"))
    line.engine.obey(ChangePerson(Person("Li Wei", "Li Wei", Role.QUALITY), BOSS, "promoted"))
    assert session(line) == SessionChanged("Li Wei", "Li Wei", Role.QUALITY, Role.QUALITY, has_people=True)
    line.engine.obey(ChangePerson(Person("Li Wei", "Li Wei", Role.QUALITY, is_active=False), BOSS, "left"))
    assert session(line).name == ""
    assert line.refusals() == []
    line.engine.obey(AddPerson(Person("li wei", "Another", Role.OPERATOR), "", "9999", "", BOSS))
    assert line.refusals() == ["the name 'li wei' was given already"]


def test_the_last_administrator_stays_one(line: Line) -> None:
    line.engine.obey(ChangePerson(Person("boss", "The Boss", Role.ADMIN, is_active=False), BOSS, "left"))
    line.engine.obey(ChangePerson(Person("boss", "The Boss", Role.LEAD), BOSS, "another job"))
    line.engine.obey(SetSecret("boss", PASSWORD, "", BOSS))
    assert line.refusals() == ["the station would have no administrator any more"] * 3
    line.engine.obey(AddPerson(Person("boss2", "", Role.ADMIN), "another long one", "", "", BOSS))
    line.engine.obey(ChangePerson(Person("boss", "The Boss", Role.LEAD), BOSS, "another job"))
    assert len(line.refusals()) == 3


def test_a_secret_is_changed_by_its_owner_or_an_administrator(line: Line, roster: FakeRoster) -> None:
    own = Signature("wang", password_of("wang"))
    line.engine.obey(SetSecret("wang", PIN, "1111", own))
    assert roster.proves("wang", PIN, "1111")
    line.engine.obey(SetSecret("anna", PIN, "2222", own))
    line.engine.obey(SetSecret("wang", PIN, "3333", Signature("wang", "1111")))
    assert line.refusals() == ["the role of who signed may not do this", "the name or the secret is wrong"]
    line.engine.obey(SetSecret("anna", PIN, "2222", BOSS))
    assert roster.proves("anna", PIN, "2222")


def test_who_has_a_pin_alone_never_gets_a_password_by_it(line: Line, roster: FakeRoster) -> None:
    line.engine.obey(AddPerson(NEW, "", "1234", "", BOSS))
    by_pin = Signature("Li Wei", "1234")
    line.engine.obey(SetSecret("Li Wei", PASSWORD, "a long password", by_pin))
    assert line.refusals() == ["a first password is given by an administrator"]
    line.engine.obey(SetSecret("Li Wei", PIN, "5678", by_pin))
    assert roster.proves("Li Wei", PIN, "5678")


def test_nothing_of_a_secret_is_told_audited_or_in_a_repr(line: Line) -> None:
    secrets = ("a long password", "135790", "badge-77", BOSS.secret)
    command = AddPerson(NEW, *secrets[:3], BOSS, "new here")
    line.engine.obey(command)
    line.engine.obey(SignInWith("Li Wei", PIN, "135790"))
    line.engine.obey(SetSecret("Li Wei", PIN, "135791", BOSS))
    line.engine.obey(AddPerson(NEW, *secrets[:3], BOSS, "again"))
    told = repr((line.heard.events, cast(FakeLedger, line.ledger).audits, command))
    assert not [secret for secret in (*secrets, "135791") if secret in told]
    assert line.heard.of(CommandRefused)


def test_a_badge_says_its_owners_name_where_there_are_no_accounts(open_faked: Open) -> None:
    line = open_faked()
    line.engine.obey(SignInWith("", BADGE, "wang"))
    assert session(line) == SessionChanged("wang", "wang", Role.OPERATOR, Role.OPERATOR, has_people=False)
    line.engine.obey(SignInWith("wang", PASSWORD, "whatever it is"))
    assert line.heard.of(SignInRefused)[-1].what == "there are no accounts here yet"


def test_the_head_of_the_chain_is_signed_at_the_end_after_it_was_at_the_start(line: Line) -> None:
    ledger = cast(FakeLedger, line.ledger)
    line.engine.books.heads.step()
    line.engine.books.heads.step()
    assert len(ledger.heads) == 1
    line.engine.close()
    assert ledger.heads[-1] == len(ledger.audits) and len(ledger.heads) == 2
