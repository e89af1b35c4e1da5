"""Who can say to be who, and by which secret it is proved at the screen. Pure; holds no secret."""

from dataclasses import dataclass

from station_app.core.people import Person, Role, SecretKind

_AT_THE_SCREEN = (SecretKind.PIN, SecretKind.PASSWORD)
"""A badge is scanned, whatever is asked."""


@dataclass(frozen=True, slots=True)
class Proving:
    """Who says to be who, and by which secret it is to be proved; None where this person has only a badge."""

    name: str
    proof: SecretKind | None


@dataclass(frozen=True, slots=True)
class SignInStep:
    """How far signing in has come: which page of names is shown, and who has been chosen."""

    page: int = 0
    proving: Proving | None = None


FIRST_STEP = SignInStep()


def proofs_of(person: Person) -> tuple[SecretKind, ...]:
    """What this person can enter by hand."""
    return tuple(kind for kind in _AT_THE_SCREEN if kind in person.secrets)


def first_proof(person: Person) -> SecretKind | None:
    """What is asked for first: a PIN at the line, and the password from whoever needs more than the line's rights."""
    kinds = proofs_of(person)
    if person.role is not Role.OPERATOR and SecretKind.PASSWORD in kinds:
        return SecretKind.PASSWORD
    return kinds[0] if kinds else None


def other_proof(person: Person, proof: SecretKind | None) -> SecretKind | None:
    """What could be entered instead."""
    return next((kind for kind in proofs_of(person) if kind is not proof), None)


def offered_people(people: tuple[Person, ...], recent: tuple[str, ...], now: str) -> tuple[Person, ...]:
    """Whoever may sign in: those who did so lately first, the others by name; not who is signed in with all rights."""
    active = [person for person in people if person.is_active and person.name != now]
    rank = {name: number for number, name in enumerate(recent)}
    return tuple(sorted(active, key=lambda p: (rank.get(p.name, len(rank)), p.full_name.casefold(), p.name)))
