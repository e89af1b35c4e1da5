"""Trusting a key for models, and trusting it no more: by an administrator, audited, while the station is closed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from station_app.core.account_rules import key_of
from station_app.core.audit_view import Change
from station_app.core.errors import NotAllowedError, StorageError
from station_app.core.people import Act, SecretKind, may
from station_app.store import audit
from station_app.store.administrator import BY
from station_app.store.database import Database
from station_app.store.ledger import DATABASE
from station_app.store.lock import FolderLock
from station_app.store.model_keys import TrustedKeys, key_id
from station_app.store.roster import StationRoster

TRUSTED, RETIRED = "key_trusted", "key_retired"
"""The actions in the audit chain."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who wants it, proved by a password, and why. The name is "" where the station has no accounts yet."""

    name: str
    password: str
    reason: str


def trust_key(folder: Path, public: bytes, asking: Asking) -> None:
    """Take offers that this public key signed. StorageError where the station is open, NotAllowedError where this is no
    administrator, ConfigError where the key was retired."""
    keys = TrustedKeys(folder)
    _change(folder, asking, (TRUSTED, key_id(public)), lambda: keys.add(public))


def retire_key(folder: Path, name: str, asking: Asking) -> None:
    """Take none any more that the key of this id signed; likewise."""
    keys = TrustedKeys(folder)
    _change(folder, asking, (RETIRED, name), lambda: keys.retire(name))


def _change(folder: Path, asking: Asking, act: tuple[str, str], change: Callable[[], object]) -> None:
    if not (folder / DATABASE).exists():
        remedy = "run the station once, or give its --data-dir"
        raise StorageError("there is no database", where=str(folder / DATABASE), remedy=remedy)
    lock = FolderLock(folder)
    try:
        with closing(Database(folder / DATABASE)) as database:
            who = _administrator(StationRoster(folder, database), asking)
            database.submit(partial(_write, who=who, act=act, reason=asking.reason, change=change)).result()
    finally:
        lock.release()


def _write(
    connection: sqlite3.Connection, who: str, act: tuple[str, str], reason: str, change: Callable[[], object]
) -> None:
    """The note first: a change that nobody can see must not be. Where the change fails the note is undone."""
    action, name = act
    audit.append(connection, who, action, f"key {name}", "by hand", Change(why=reason))
    change()


def _administrator(roster: StationRoster, asking: Asking) -> str:
    people = roster.people()
    if not people:
        return BY
    person = next((person for person in people if key_of(person.name) == key_of(asking.name)), None)
    is_proved = roster.proves(asking.name, SecretKind.PASSWORD, asking.password)
    if person is None or not person.is_active or not is_proved:
        raise NotAllowedError("the name or the password is wrong", remedy="name an administrator: --by NAME")
    if not may(person.role, Act.CHANGE_PEOPLE):
        raise NotAllowedError("only an administrator changes keys", remedy="ask one")
    return person.name
