"""Accounts in the database: every change is a row that holds the whole account, the latest of a name is what it is.

No secret is here, nor a trace of one.
"""

import sqlite3
import time

from station_app.core.audit_view import Change
from station_app.core.people import Person, Role, SecretKind
from station_app.store import audit
from station_app.store.text import storable


def load_people(reader: sqlite3.Connection) -> tuple[Person, ...]:
    """Every account that ever was, in the order in which they were made; without their secrets."""
    query = (
        "SELECT name, full_name, role, is_active FROM people_changes WHERE id IN"
        " (SELECT max(id) FROM people_changes GROUP BY name) ORDER BY"
        " (SELECT min(id) FROM people_changes first WHERE first.name = people_changes.name)"
    )
    return tuple(Person(row[0], row[1], Role(row[2]), bool(row[3])) for row in reader.execute(query))


def record_person(connection: sqlite3.Connection, person: Person, by: str, why: str, before: Person | None) -> None:
    """Append the account as it is from now on, and what changed to the audit chain. Runs on the writer thread."""
    connection.execute(
        "INSERT INTO people_changes (at_ms, changed_by, name, full_name, role, is_active, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            time.time_ns() // 1_000_000,
            *map(storable, (by, person.name, person.full_name, person.role)),
            person.is_active,
            storable(why),
        ),
    )
    action = "person_added" if before is None else "person_changed"
    change = Change("" if before is None else told(before), told(person), why)
    audit.append(connection, by, action, person.name, "", change)


def record_secret(connection: sqlite3.Connection, name: str, kind: SecretKind, by: str, why: str, is_set: bool) -> None:
    """Say in the audit chain that a secret is another one, or is gone; never what it is."""
    action = "secret_set" if is_set else "secret_removed"
    audit.append(connection, by, action, name, kind, Change(why=why))


def told(person: Person) -> str:
    """An account in words."""
    state = "active" if person.is_active else "closed"
    return f"{person.full_name}, {person.role}, {state}"
