"""A station at which nobody is set up: nobody is signed in with more than a name, and nobody can sign."""

from typing import Protocol

from station_app.core.errors import ConfigError
from station_app.core.people import Act, Person, Role, Signature
from station_app.core.people_messages import SessionChanged
from station_app.engine.signing import Present, Signing


class Crew(Signing, Present, Protocol):
    """Who stands at the station, and whose signatures hold."""


class NoCrew:
    """Refuses every signature."""

    @property
    def session(self) -> SessionChanged:
        return SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=False)

    def verify(self, signature: Signature, act: Act) -> Person:
        raise ConfigError("nobody is set up at this station", remedy="set up the administrator, then the people")


NO_CREW = NoCrew()
