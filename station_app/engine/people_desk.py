"""Accounts on their way to the records: made, changed, given secrets; signed by an administrator. One at a time."""

import threading
from dataclasses import replace

from station_app.core.account_rules import check_administrators, check_name, check_secret, key_of
from station_app.core.errors import ConfigError
from station_app.core.people import Act, Person, Role, SecretKind
from station_app.core.people_messages import AddPerson, ChangePerson, SetSecret, SetUpAdministrator
from station_app.engine.crew import Crew
from station_app.engine.roster import Roster

AccountCommand = SetUpAdministrator | AddPerson | ChangePerson | SetSecret


class PeopleDesk:
    """Carries out what is asked about accounts; told by `PeopleListed`. Any thread that may wait for the disk."""

    def __init__(self, crew: Crew, roster: Roster) -> None:
        self._crew = crew
        self._roster = roster
        self._lock = threading.Lock()

    def obey(self, command: AccountCommand) -> None:
        """StationError where it cannot be, and why: then nothing has changed."""
        with self._lock:
            match command:
                case SetUpAdministrator():
                    self._set_up(command)
                case AddPerson():
                    self._add(command)
                case ChangePerson():
                    self._change(command)
                case SetSecret():
                    self._set_secret(command)

    def _set_up(self, command: SetUpAdministrator) -> None:
        """The first account; whoever makes it has signed in by that."""
        if self._crew.has_people:
            remedy = "let an administrator who is there make the account"
            raise ConfigError("there is an administrator already", remedy=remedy)
        person = _as_given(Person(command.name, command.full_name, Role.ADMIN))
        check_name(person.name, ())
        check_secret(SecretKind.PASSWORD, command.password)
        self._roster.add(person, {SecretKind.PASSWORD: command.password}, person.name, "first start")
        self._crew.reread()
        self._crew.enter(person, SecretKind.PASSWORD)

    def _add(self, command: AddPerson) -> None:
        signer = self._crew.verify(command.signature, Act.CHANGE_PEOPLE)
        person = _as_given(command.person)
        check_name(person.name, (other.name for other in self._crew.people))
        secrets = {
            SecretKind.PASSWORD: command.password,
            SecretKind.PIN: command.pin,
            SecretKind.BADGE: command.badge,
        }
        self._roster.add(person, secrets, signer.name, command.reason)
        self._crew.reread()

    def _change(self, command: ChangePerson) -> None:
        signer = self._crew.verify(command.signature, Act.CHANGE_PEOPLE)
        before = self._known(command.person.name)
        given = _as_given(command.person)
        after = replace(before, full_name=given.full_name, role=given.role, is_active=given.is_active)
        self._check_administrators_with(after)
        self._roster.change(before, after, signer.name, command.reason)
        self._crew.reread()

    def _set_secret(self, command: SetSecret) -> None:
        person = self._known(command.name)
        signer = self._signer_of_secret(command, person)
        if command.secret:
            check_secret(command.proof, command.secret)
        else:
            kinds = tuple(kind for kind in person.secrets if kind is not command.proof)
            self._check_administrators_with(replace(person, secrets=kinds))
        self._roster.set_secret(person.name, command.proof, command.secret, signer.name, command.reason)
        self._crew.reread()

    def _signer_of_secret(self, command: SetSecret, person: Person) -> Person:
        """An administrator, or the person: who has no password proves it by the PIN, which never gives a password."""
        if key_of(command.signature.name) != key_of(person.name):
            return self._crew.verify(command.signature, Act.CHANGE_PEOPLE)
        has_password = SecretKind.PASSWORD in person.secrets
        if not has_password and command.proof is SecretKind.PASSWORD:
            remedy = "let an administrator give you one"
            raise ConfigError("a first password is given by an administrator", remedy=remedy)
        return self._crew.prove(command.signature, SecretKind.PASSWORD if has_password else SecretKind.PIN)

    def _known(self, name: str) -> Person:
        person = self._crew.find(name)
        if person is None:
            raise ConfigError(f"there is no account {name!r}", remedy="choose one that there is")
        return person

    def _check_administrators_with(self, after: Person) -> None:
        check_administrators(after if other.name == after.name else other for other in self._crew.people)


def _as_given(person: Person) -> Person:
    full_name = person.full_name.strip() or person.name
    if not full_name.isprintable() or len(full_name) > 100:
        raise ConfigError("this is no full name", remedy="give at most 100 letters")
    return replace(person, full_name=full_name, secrets=())
