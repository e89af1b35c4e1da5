"""Who stands at the station, and with which rights at this moment. Pure: the clock is told.

A password gives all that the person's role may do, until nothing is heard of them for `IDLE_S`; then, and from the
start with a badge or a PIN, they are an operator. They stay signed in until somebody else does, or they sign out.
"""

from dataclasses import dataclass, replace

from station_app.core.people import Person, Role, SecretKind

IDLE_S = 300.0
"""After so long without a sign of the person, the rights beyond an operator's are over."""


@dataclass(frozen=True, slots=True)
class Session:
    """`name` is "" where nobody is signed in. `active_s` is when the person was last heard of, monotonic seconds."""

    name: str = ""
    full_name: str = ""
    full_role: Role = Role.OPERATOR
    is_elevated: bool = False
    active_s: float = 0.0

    def role(self, now_s: float) -> Role:
        """The role that holds now."""
        return self.full_role if self.is_elevated and now_s - self.active_s < IDLE_S else Role.OPERATOR


NOBODY = Session()


def by_name(name: str) -> Session:
    """Where no accounts are set up: whoever gives a name is an operator."""
    return Session(name, name)


def signed_in(person: Person, proof: SecretKind, now_s: float) -> Session:
    """The session of an active person who has just proved who they are."""
    is_elevated = proof is SecretKind.PASSWORD
    return Session(person.name, person.full_name, person.role, is_elevated, now_s)


def heard_of(session: Session, now_s: float) -> Session:
    """The person is at work. What has lapsed does not come back by this."""
    return replace(settled(session, now_s), active_s=now_s) if session.name else session


def settled(session: Session, now_s: float) -> Session:
    """The session after the time that has passed."""
    is_over = session.is_elevated and now_s - session.active_s >= IDLE_S
    return replace(session, is_elevated=False) if is_over else session


def following(session: Session, people: tuple[Person, ...], now_s: float) -> Session:
    """The session after accounts were changed: who has none any more is signed out, another role holds at once."""
    person = next((person for person in people if person.name == session.name), None)
    if person is None:
        return session
    if not person.is_active:
        return NOBODY
    return replace(settled(session, now_s), full_name=person.full_name, full_role=person.role)
