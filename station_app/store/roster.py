"""The people of one data folder: their accounts in the database, their secrets and failures in files of their own."""

import json
import logging
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.core.lockout import Failures
from station_app.core.people import Person, SecretKind
from station_app.store.connection import SQLITE_FAILURES, open_reader, storage_error
from station_app.store.database import Database
from station_app.store.owned_file import read_owned, write_owned
from station_app.store.people import load_people, record_person, record_secret
from station_app.store.schema import refuse_other_version
from station_app.store.secret_file import FOLDER, SecretFile

log = logging.getLogger(__name__)

FAILURES = "failures.json"


class StationRoster:
    """Any thread, changes by one at a time. Every call may raise StorageError and waits for the disk."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._database = database
        self._secrets = SecretFile(folder)
        self._failures = folder / FOLDER / FAILURES

    def people(self) -> tuple[Person, ...]:
        """Every account, with the kinds of its secrets."""
        return people_of(self._database.path, self._secrets)

    def add(self, person: Person, secrets: Mapping[SecretKind, str], by: str, why: str) -> None:
        """A new account with its secrets. ConfigError where a secret cannot be one. The secrets first: those of an
        account that then was not recorded open nothing."""
        self._secrets.put(person.name, secrets)
        self._database.submit(partial(record_person, person=person, by=by, why=why, before=None)).result()

    def change(self, before: Person, after: Person, by: str, why: str) -> None:
        """Another full name, role or state of an account."""
        self._database.submit(partial(record_person, person=after, by=by, why=why, before=before)).result()

    def set_secret(self, name: str, kind: SecretKind, secret: str, by: str, why: str) -> None:
        """Another secret, "" takes it away. ConfigError where it cannot be one. It is audited first: a change that
        nobody can see must not be."""

        def note(connection: sqlite3.Connection) -> None:
            record_secret(connection, name, kind, by, why, is_set=bool(secret))

        if secret:
            self._secrets.check(name, kind, secret)
        self._database.submit(note).result()
        self._secrets.set(name, kind, secret)

    def proves(self, name: str, kind: SecretKind, secret: str) -> bool:
        """Whether this is the PIN or password of the person; takes as long where there is no such person."""
        return self._secrets.proves(name, kind, secret)

    def owner_of(self, badge: str) -> str:
        """Whose badge this is, "" for nobody's."""
        return self._secrets.owner_of(badge)

    def load_failures(self) -> dict[str, Failures]:
        """Wrong secrets in a row, by name; a damaged file is as none: nobody is locked out by it."""
        body = read_owned(self._failures)
        try:
            table = json.loads(body) if body is not None else {}
            return {str(name): Failures(int(count), int(last_ms)) for name, (count, last_ms) in table.items()}
        except (ValueError, TypeError, AttributeError) as error:
            log.warning("the file of failed sign-ins is damaged: %s", error)
            return {}

    def save_failures(self, failures: Mapping[str, Failures]) -> None:
        table = {name: (entry.count, entry.last_ms) for name, entry in failures.items()}
        write_owned(self._failures, json.dumps(table, ensure_ascii=False).encode())


def people_of(database: Path, secrets: SecretFile) -> tuple[Person, ...]:
    """Every account, with the kinds of its secrets. StorageError where the accounts cannot be read."""
    try:
        with closing(open_reader(database)) as reader:
            refuse_other_version(reader, database)
            people = load_people(reader)
    except (*SQLITE_FAILURES, ValueError) as error:
        raise storage_error(error, database) from error
    return tuple(_with_kinds(person, secrets) for person in people)


def _with_kinds(person: Person, secrets: SecretFile) -> Person:
    try:
        return replace(person, secrets=secrets.kinds(person.name))
    except StorageError as error:
        log.error("%s", error)  # who is there is told all the same; signing in says what is wrong
        return person
