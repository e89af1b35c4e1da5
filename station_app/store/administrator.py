"""The way back in for who has the data folder: an administrator gets another password, and the audit chain says so."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from station_app.core.account_rules import check_name, check_secret, key_of
from station_app.core.errors import StorageError
from station_app.core.people import Person, Role, SecretKind
from station_app.store.database import Database
from station_app.store.ledger import DATABASE
from station_app.store.lock import FolderLock
from station_app.store.roster import StationRoster, people_of
from station_app.store.secret_file import SecretFile

BY = "station"
"""Nobody has signed in: who had the folder is known to the computer alone."""


def list_people(folder: Path) -> tuple[Person, ...]:
    """Every account that ever was. StorageError where they cannot be read."""
    return people_of(folder / DATABASE, SecretFile(folder))


def reset_administrator(folder: Path, name: str, password: str, reason: str) -> None:
    """Make `name` an active administrator with this password, audited. The station must be closed. StorageError where
    it is not, ConfigError where the name or the password cannot be one."""
    check_secret(SecretKind.PASSWORD, password)
    if not (folder / DATABASE).exists():
        remedy = "run the station once, or give its --data-dir"
        raise StorageError("there is no database", where=str(folder / DATABASE), remedy=remedy)
    lock = FolderLock(folder)
    try:
        with closing(Database(folder / DATABASE)) as database:
            _reset(StationRoster(folder, database), name, password, f"administrator reset: {reason}")
    finally:
        lock.release()


def _reset(roster: StationRoster, name: str, password: str, why: str) -> None:
    people = roster.people()
    before = next((person for person in people if key_of(person.name) == key_of(name)), None)
    if before is None:
        check_name(name, ())
        roster.add(Person(name, name, Role.ADMIN), {SecretKind.PASSWORD: password}, BY, why)
    else:
        roster.set_secret(before.name, SecretKind.PASSWORD, password, BY, why)
        roster.change(before, replace(before, role=Role.ADMIN, is_active=True), BY, why)
        roster.save_failures({n: e for n, e in roster.load_failures().items() if n != key_of(before.name)})
