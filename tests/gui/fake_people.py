"""Accounts behind the fake engine: they answer people's commands as the engine does."""

from dataclasses import dataclass, field, replace

from station_app.core.messages import Command, CommandRefused, Event, SignIn
from station_app.core.people import Act, Person, Role, SecretKind, Signature, may
from station_app.core.people_messages import (
    AddPerson,
    ChangePerson,
    PeopleListed,
    SessionChanged,
    SetSecret,
    SetUpAdministrator,
    SignInRefused,
    SignInWith,
)
from station_app.gui.screen_state import NOBODY
from tests.gui.fake_engine import FakeEngine

BADGE, PIN, PASSWORD = SecretKind.BADGE, SecretKind.PIN, SecretKind.PASSWORD
ADMIN_PASSWORD, ENGINEER_PASSWORD, ANNA_PIN, ANNA_BADGE = "correct horse battery", "many small lenses", "4711", "A-0017"
PEOPLE = (
    Person("admin", "Petra Vogel", Role.ADMIN, secrets=(PASSWORD,)),
    Person("anna", "Anna Kovács", Role.OPERATOR, secrets=(BADGE, PIN)),
    Person("wang", "王芳", Role.LEAD, secrets=(PIN, PASSWORD)),
    Person("erik", "Erik Lindqvist", Role.ENGINEER, secrets=(PIN, PASSWORD)),
    Person("badge", "Bo Nilsson", Role.OPERATOR, secrets=(BADGE,)),
    Person("old", "Otto Alt", Role.OPERATOR, is_active=False, secrets=(PIN,)),
)
SECRETS = {
    ("admin", PASSWORD): ADMIN_PASSWORD,
    ("anna", PIN): ANNA_PIN,
    ("anna", BADGE): ANNA_BADGE,
    ("wang", PIN): "1234",
    ("wang", PASSWORD): "a quiet evening",
    ("erik", PIN): "5678",
    ("erik", PASSWORD): ENGINEER_PASSWORD,
    ("badge", BADGE): "B-1",
    ("old", PIN): "9999",
}
TRIES, LOCK_S = 5, 30.0


@dataclass(slots=True)
class FakePeople:
    """`PEOPLE` with `SECRETS`, unless others are given. `failures` counts wrong tries by name."""

    engine: FakeEngine
    people: tuple[Person, ...] = PEOPLE
    secrets: dict[tuple[str, SecretKind], str] = field(default_factory=lambda: dict(SECRETS))
    session: SessionChanged = NOBODY
    failures: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session = replace(self.session, has_people=bool(self.people))
        self.engine.on_people, self.engine.standing = self.obey, self.standing

    def standing(self) -> tuple[Event, ...]:
        return self.session, PeopleListed(self.people)

    def obey(self, command: Command) -> bool:
        """Whether it was about people."""
        match command:
            case SignIn("") if self.people:
                self.enter("", Role.OPERATOR)
            case SignInWith():
                self._sign_in(command)
            case SetUpAdministrator(name, full_name, password):
                self.secrets[(name, PASSWORD)] = password
                self.people = (Person(name, full_name, Role.ADMIN, secrets=(PASSWORD,)),)
                self.enter(name, Role.ADMIN)
                self.engine.tell(PeopleListed(self.people))
            case AddPerson() | ChangePerson() | SetSecret():
                self._change(command)
            case _:
                return False
        return True

    def drop_rights(self) -> None:
        """After idle time."""
        self.session = replace(self.session, role=Role.OPERATOR)
        self.engine.tell(self.session)

    def _sign_in(self, command: SignInWith) -> None:
        owner = next((n for (n, k), s in self.secrets.items() if k is command.proof and s == command.secret), "")
        name = command.name or owner
        is_right = name and self.secrets.get((name, command.proof)) == command.secret
        person = next((p for p in self.people if p.name == name and p.is_active), None)
        if person is not None and is_right:
            self.failures.pop(name, None)
            self.enter(name, person.role if command.proof is PASSWORD else Role.OPERATOR)
            return
        self.failures[command.name] = tries = self.failures.get(command.name, 0) + 1
        what = "this badge is not known" if command.proof is BADGE else "the name or the secret is wrong"
        self.engine.tell(SignInRefused(command.name, what, "try again", LOCK_S if tries >= TRIES else 0.0))

    def enter(self, name: str, role: Role) -> None:
        person = next((p for p in self.people if p.name == name), Person("", "", Role.OPERATOR))
        self.session = SessionChanged(name, person.full_name, role, person.role, has_people=bool(self.people))
        self.engine.tell(self.session)

    def _change(self, command: AddPerson | ChangePerson | SetSecret) -> None:
        if not self._is_signed(command.signature, command):
            self.engine.tell(CommandRefused(type(command).__name__, "the name or the secret is wrong", "try again"))
            return
        match command:
            case AddPerson(person) if any(p.name == person.name for p in self.people):
                self.engine.tell(CommandRefused("AddPerson", "this name is taken", "choose another name"))
                return
            case AddPerson(person, password, pin, badge):
                self.people = (*self.people, person)
                for kind, secret in ((PASSWORD, password), (PIN, pin), (BADGE, badge)):
                    self._set_secret(person.name, kind, secret)
            case ChangePerson(changed):
                self.people = tuple(
                    replace(changed, secrets=p.secrets) if p.name == changed.name else p for p in self.people
                )
            case SetSecret(name, proof, secret):
                self._set_secret(name, proof, secret)
        self.engine.tell(PeopleListed(self.people))

    def _set_secret(self, name: str, kind: SecretKind, secret: str) -> None:
        self.secrets.pop((name, kind), None)
        if secret:
            self.secrets[(name, kind)] = secret
        kinds = tuple(k for k in SecretKind if (name, k) in self.secrets)
        self.people = tuple(replace(p, secrets=kinds) if p.name == name else p for p in self.people)

    def _is_signed(self, signature: Signature, command: AddPerson | ChangePerson | SetSecret) -> bool:
        person = next((p for p in self.people if p.name == signature.name), None)
        if person is None:
            return False
        is_own = isinstance(command, SetSecret) and command.name == signature.name
        by = PIN if is_own and PASSWORD not in person.secrets else PASSWORD
        is_allowed = is_own or may(person.role, Act.CHANGE_PEOPLE)
        return is_allowed and self.secrets.get((signature.name, by)) == signature.secret
