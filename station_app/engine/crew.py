"""Who stands at the station: signing in and out, rights that lapse, signatures. Any thread.

Secrets are tried on the thread that asks, which is a client's own, and never under a lock that the line knows.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from station_app.core.errors import ConfigError, NotAllowedError
from station_app.core.messages import Event
from station_app.core.people import Act, Person, Role, SecretKind, Signature, may
from station_app.core.people_messages import PeopleListed, SessionChanged, SignInRefused, SignInWith
from station_app.core.session import NOBODY, Session, by_name, following, heard_of, settled, signed_in
from station_app.engine.audit_trail import AuditTrail
from station_app.engine.proving import NotProvedError, Proving, find
from station_app.engine.roster import Roster


@dataclass(frozen=True, slots=True)
class CrewSetup:
    """What a crew is given. `monotonic_s` measures idle time, `utc_ms` lock-outs, which outlast a restart."""

    station: str
    roster: Roster
    monotonic_s: Callable[[], float]
    utc_ms: Callable[[], int]


class Crew:
    """Is `signing.Signing` and `signing.Present`. `publish` is told of every change of the session and the accounts."""

    def __init__(self, setup: CrewSetup, audit: AuditTrail, publish: Callable[[Event], None]) -> None:
        self._setup = setup
        self._audit = audit
        self._publish = publish
        self._lock = threading.RLock()
        self._session = NOBODY
        self._told: SessionChanged | None = None
        self._people = setup.roster.people()
        self._proving = Proving(setup.roster, setup.utc_ms)

    @property
    def has_people(self) -> bool:
        """Whether an administrator has been set up."""
        return bool(self._people)

    @property
    def people(self) -> tuple[Person, ...]:
        """Every account that ever was."""
        return self._people

    @property
    def session(self) -> SessionChanged:
        """The session as it is at this moment."""
        with self._lock:
            now = self._session
            role = now.role(self._setup.monotonic_s())
            return SessionChanged(now.name, now.full_name, role, now.full_role, self.has_people)

    def find(self, name: str) -> Person | None:
        """The account of this name, whether active or not."""
        return find(self._people, name)

    def sign_in(self, name: str) -> None:
        """Sign in by name alone, where there are no accounts; an empty name signs out. ConfigError where there are."""
        if name and self.has_people:
            raise ConfigError("a name alone signs nobody in here", remedy="sign in with your badge, PIN or password")
        before = self.session.name
        self._enter(by_name(name) if name else NOBODY)
        self._audit.note(name or before, "signed_in" if name else "signed_out", self._setup.station)

    def sign_in_with(self, command: SignInWith) -> None:
        """Told by `SessionChanged` or `SignInRefused`. Where there are no accounts, a badge says its owner's name."""
        if not self.has_people:
            self._sign_in_by_badge(command)
            return
        try:
            person = self._proving.prove(command.name, command.proof, command.secret, self._people)
        except NotProvedError as error:
            self._note_refused("sign_in_refused", command.name, f"{command.proof}: {error.what}")
            self._publish(SignInRefused(command.name, error.what, error.remedy, error.locked_s))
            return
        self.enter(person, command.proof)

    def enter(self, person: Person, proof: SecretKind) -> None:
        """This person has just proved who they are."""
        self._enter(signed_in(person, proof, self._setup.monotonic_s()))
        self._audit.note(person.name, "signed_in", self._setup.station, proof)

    def hear(self) -> None:
        """A sign of the person who is signed in: what holds goes on."""
        with self._lock:
            self._session = heard_of(self._session, self._setup.monotonic_s())

    def look_at_the_clock(self) -> None:
        """Tell of rights that have lapsed."""
        with self._lock:
            self._session = settled(self._session, self._setup.monotonic_s())
        self._tell()

    def verify(self, signature: Signature, act: Act) -> Person:
        """See `signing.Signing`."""
        person = self.prove(signature, SecretKind.PASSWORD)
        if not may(person.role, act):
            raise NotAllowedError("the role of who signed may not do this", remedy="let somebody sign who may")
        return person

    def prove(self, signature: Signature, kind: SecretKind) -> Person:
        """The active person who signed, whatever they may do. NotProvedError where it is not them."""
        try:
            return self._proving.prove(signature.name, kind, signature.secret, self._people)
        except NotProvedError as error:
            self._note_refused("signature_refused", signature.name, error.what)
            raise

    def reread(self) -> None:
        """Accounts have changed. StorageError where they cannot be read."""
        people = self._setup.roster.people()
        with self._lock:
            self._people = people
            self._session = following(self._session, people, self._setup.monotonic_s())
        self._publish(PeopleListed(people))
        self._tell()

    def welcome(self) -> tuple[Event, ...]:
        """What a new client needs to know of people."""
        return self.session, PeopleListed(self._people)

    def close(self) -> None:
        self._proving.close()

    def _sign_in_by_badge(self, command: SignInWith) -> None:
        if command.proof is SecretKind.BADGE and command.secret.strip():
            self.sign_in(command.secret.strip())
            return
        remedy = "set up an administrator, or sign in by name"
        self._publish(SignInRefused(command.name, "there are no accounts here yet", remedy))

    def _enter(self, session: Session) -> None:
        with self._lock:
            self._session = session
            self._told = None
        self._tell()

    def _tell(self) -> None:
        """Publish the session where it is not what was told last; in the order in which it changed."""
        with self._lock:
            now = self.session
            if now != self._told:
                self._told = now
                self._publish(now)

    def _note_refused(self, action: str, name: str, details: str) -> None:
        """What was typed as a name and is none may be a secret: it is said nowhere."""
        person = self.find(name)
        self._audit.note("", action, person.name if person is not None else "unknown name", details)


def is_elevated(act: Act) -> bool:
    """Whether this is more than an operator may do."""
    return not may(Role.OPERATOR, act)
