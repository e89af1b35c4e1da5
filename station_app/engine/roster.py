"""What the engine asks of the people's records. A Protocol: `store.roster.StationRoster` is the real one."""

from collections.abc import Mapping
from typing import Protocol

from station_app.core.lockout import Failures
from station_app.core.people import Person, SecretKind


class Roster(Protocol):
    """Accounts and secrets. Every call may wait for the disk and raise StorageError; what asks about a PIN or a
    password takes about 200 ms of a processor."""

    def people(self) -> tuple[Person, ...]:
        """Every account that ever was, with the kinds of its secrets."""
        ...

    def add(self, person: Person, secrets: Mapping[SecretKind, str], by: str, why: str) -> None:
        """A new account; audited. ConfigError where a secret cannot be one."""
        ...

    def change(self, before: Person, after: Person, by: str, why: str) -> None:
        """Another full name, role or state of an account; audited."""
        ...

    def set_secret(self, name: str, kind: SecretKind, secret: str, by: str, why: str) -> None:
        """Another secret, "" takes it away; audited. ConfigError where it cannot be one."""
        ...

    def proves(self, name: str, kind: SecretKind, secret: str) -> bool:
        """Whether this is the PIN or password of the person; takes as long where there is no such person."""
        ...

    def owner_of(self, badge: str) -> str:
        """Whose badge this is, "" for nobody's."""
        ...

    def load_failures(self) -> dict[str, Failures]:
        """Wrong secrets in a row, by name."""
        ...

    def save_failures(self, failures: Mapping[str, Failures]) -> None:
        """Keep them for after a restart."""
        ...
