"""The people of the demonstration station: who they are, and how accounts are made for them."""

from collections.abc import Iterator

from station_app.core.messages import Command
from station_app.core.people import Person, Role, SecretKind, Signature
from station_app.core.people_messages import AddPerson, SetUpAdministrator, SignInWith

ADMINISTRATOR = "ada"
OPERATORS = ("olga", "oskar", "omar")
REVIEWERS = ("rita", "rolf")
ENGINEER = "emil"


def password_of(name: str) -> str:
    """Long enough, and no secret: whoever tries the demonstration may sign in."""
    return f"{name} shows the loop"


def signature_of(name: str) -> Signature:
    return Signature(name, password_of(name))


def sign_in(name: str) -> SignInWith:
    return SignInWith(name, SecretKind.PASSWORD, password_of(name))


def first_account() -> SetUpAdministrator:
    return SetUpAdministrator(ADMINISTRATOR, ADMINISTRATOR.title(), password_of(ADMINISTRATOR))


def other_accounts() -> Iterator[Command]:
    """Signed by the administrator."""
    roles = dict.fromkeys(OPERATORS, Role.OPERATOR) | dict.fromkeys(REVIEWERS, Role.QUALITY) | {ENGINEER: Role.ENGINEER}
    for name, role in roles.items():
        person = Person(name, name.title(), role)
        yield AddPerson(person, password_of(name), "", "", signature_of(ADMINISTRATOR), "demonstration")
