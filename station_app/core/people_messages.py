"""What is said about people: signing in, accounts, the session that lasts. Secrets never appear in a `repr`."""

from dataclasses import dataclass, field

from station_app.core.people import Person, Role, SecretKind, Signature


@dataclass(frozen=True, slots=True)
class SignInWith:
    """Sign in with a secret. `name` may be empty for a badge, whose text names its owner."""

    name: str
    proof: SecretKind
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StayActive:
    """The person who is signed in is at work at this screen; sent now and then, so that elevated rights last."""


@dataclass(frozen=True, slots=True)
class SetUpAdministrator:
    """The first account of a station that has none."""

    name: str
    full_name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A new account, signed by an administrator. An empty secret is not set."""

    person: Person
    password: str = field(repr=False)
    pin: str = field(repr=False)
    badge: str = field(repr=False)
    signature: Signature
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Another role, name or state of an account, signed by an administrator."""

    person: Person
    signature: Signature
    reason: str


@dataclass(frozen=True, slots=True)
class SetSecret:
    """A new badge, PIN or password of `name`; of oneself, or signed by an administrator. Empty takes it away."""

    name: str
    proof: SecretKind
    secret: str = field(repr=False)
    signature: Signature
    reason: str = ""


PeopleCommand = SignInWith | StayActive | SetUpAdministrator | AddPerson | ChangePerson | SetSecret


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """Who stands at the station and with which rights. `role` is what holds now: after idle time, and with a badge or a
    PIN, it is the operator's although `full_role` is more. `has_people` is False until an administrator is set up:
    until then whoever gives a name has the operator's rights."""

    name: str
    full_name: str
    role: Role
    full_role: Role
    has_people: bool


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """Not signed in, and why; `locked_s` is how long nobody may try again under this name."""

    name: str
    what: str
    remedy: str
    locked_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PeopleListed:
    """Every account; sent when one has changed, and to who is let in."""

    people: tuple[Person, ...]


PeopleEvent = SessionChanged | SignInRefused | PeopleListed
