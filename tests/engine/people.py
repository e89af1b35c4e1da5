"""People for the tests of the engine: accounts in memory, and a clock that goes on when it is told."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace

from station_app.core.account_rules import badge_text, check_secret
from station_app.core.errors import ConfigError, StorageError
from station_app.core.lockout import Failures
from station_app.core.people import Person, Role, SecretKind
from station_app.engine.crew import CrewSetup
from tests.engine.fakes import PATIENCE_S


def password_of(name: str) -> str:
    """The password of everybody in these tests."""
    return f"password of {name}"


class FakeRoster:
    """As the real one, without argon2 and without a disk. While `may_answer` is not set, trying a secret takes long;
    `trying` is set as soon as one does."""

    def __init__(self, *people: Person) -> None:
        self.rows: list[Person] = [replace(person, secrets=(SecretKind.PASSWORD,)) for person in people]
        self.secrets = {(person.name, SecretKind.PASSWORD): password_of(person.name) for person in people}
        self.failures: dict[str, Failures] = {}
        self.tried: list[str] = []
        self.threads: set[str] = set()
        self.changed: list[tuple[str, str]] = []
        self.refusal: StorageError | None = None
        self.trying, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()

    def people(self) -> tuple[Person, ...]:
        return tuple(self.rows)

    def add(self, person: Person, secrets: Mapping[SecretKind, str], by: str, why: str) -> None:
        self._may_write()
        given = {kind: secret for kind, secret in secrets.items() if secret}
        for kind, secret in given.items():
            self._check(person.name, kind, secret)
        self.secrets |= {(person.name, kind): secret for kind, secret in given.items()}
        self.rows.append(replace(person, secrets=self._kinds(person.name)))
        self.changed.append((by, why))

    def change(self, before: Person, after: Person, by: str, why: str) -> None:
        self._may_write()
        self.rows[self.rows.index(before)] = after
        self.changed.append((by, why))

    def set_secret(self, name: str, kind: SecretKind, secret: str, by: str, why: str) -> None:
        self._may_write()
        self.secrets.pop((name, kind), None)
        if secret:
            self._check(name, kind, secret)
            self.secrets[(name, kind)] = secret
        self.rows = [replace(p, secrets=self._kinds(name)) if p.name == name else p for p in self.rows]
        self.changed.append((by, why))

    def proves(self, name: str, kind: SecretKind, secret: str) -> bool:
        self.tried.append(name)
        self.threads.add(threading.current_thread().name)
        self.trying.set()
        assert self.may_answer.wait(PATIENCE_S)
        return bool(secret) and self.secrets.get((name, kind)) == secret

    def owner_of(self, badge: str) -> str:
        owners = (n for (n, kind), text in self.secrets.items() if kind is SecretKind.BADGE and _same(text, badge))
        return next(owners, "")

    def load_failures(self) -> dict[str, Failures]:
        return dict(self.failures)

    def save_failures(self, failures: Mapping[str, Failures]) -> None:
        self._may_write()
        self.failures = dict(failures)

    def give(self, name: str, kind: SecretKind, secret: str) -> None:
        """A further secret from the beginning."""
        self.secrets[(name, kind)] = secret
        self.rows = [replace(p, secrets=self._kinds(name)) if p.name == name else p for p in self.rows]

    def _kinds(self, name: str) -> tuple[SecretKind, ...]:
        return tuple(kind for kind in SecretKind if (name, kind) in self.secrets)

    def _check(self, name: str, kind: SecretKind, secret: str) -> None:
        check_secret(kind, secret)
        if kind is SecretKind.BADGE and self.owner_of(secret) not in ("", name):
            raise ConfigError("this badge belongs to somebody else", remedy="scan another badge")

    def _may_write(self) -> None:
        if self.refusal is not None:
            raise self.refusal


def _same(text: str, badge: str) -> bool:
    return badge_text(text) == badge_text(badge)


def engineer(name: str) -> FakeRoster:
    """A station whose only account is this engineer's."""
    return FakeRoster(Person(name, name.title(), Role.ENGINEER))


@dataclass
class Clock:
    """Monotonic seconds and UTC milliseconds that go on together."""

    seconds: float = 1000.0

    def monotonic_s(self) -> float:
        return self.seconds

    def utc_ms(self) -> int:
        return 1_700_000_000_000 + round(self.seconds * 1000)


def crew_setup(roster: FakeRoster | None = None, clock: Clock | None = None) -> CrewSetup:
    """What a crew is given; nobody has an account unless told."""
    clock = clock or Clock()
    return CrewSetup("Test 1", roster or FakeRoster(), clock.monotonic_s, clock.utc_ms)
