"""What the rooms of the engine ask about people: who stands at the station, and whether a signature holds.

`engine.crew.Crew` is both; a room that carries out commands is given it, and a test gives it another.
"""

from typing import Protocol

from station_app.core.people import Act, Person, Signature
from station_app.core.people_messages import SessionChanged


class Signing(Protocol):
    """Re-authentication at the moment of what changes verdicts or people."""

    def verify(self, signature: Signature, act: Act) -> Person:
        """The active person who signed, proved by their password, whose full role may do `act`.

        StationError, in one sentence for the person who signed, where the password is wrong, the account is locked or
        over, or its role may not do it. A wrong password counts towards the lock-out and is audited. Takes about
        200 ms: never call it under a lock of the line.
        """
        ...


class Present(Protocol):
    """Who stands at the station."""

    @property
    def session(self) -> SessionChanged:
        """The session as it is at this moment; `name` is "" where nobody is signed in."""
        ...
