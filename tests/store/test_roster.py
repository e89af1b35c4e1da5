"""Accounts on disk: appended, never changed, with their secrets elsewhere, and a way back in that leaves a trace."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from station_app.core.audit_view import AuditFilter, Change
from station_app.core.errors import ConfigError, StorageError
from station_app.core.lockout import Failures
from station_app.core.people import Person, Role, SecretKind
from station_app.store.administrator import list_people, reset_administrator
from station_app.store.archive import StationArchive
from station_app.store.audit_view import audit_page
from station_app.store.backup import back_up
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.secret_file import FOLDER
from station_app.store.verification import verify
from tests.store.records import ROOMY

WANG = Person("wang", "王芳", Role.ENGINEER)
PASSWORD = "a long password"
SECRETS = {SecretKind.PASSWORD: PASSWORD, SecretKind.PIN: "135790", SecretKind.BADGE: "badge-77"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[StationLedger]:
    with closing(StationLedger(tmp_path, ROOMY)) as opened:
        yield opened


def test_accounts_and_failures_outlast_the_program_and_every_change_is_audited(tmp_path: Path) -> None:
    closed = Person("wang", "Wang Fang", Role.LEAD, is_active=False)
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        ledger.roster.add(WANG, SECRETS, "boss", "new here")
        ledger.roster.add(Person("anna", "Anna", Role.OPERATOR), {}, "boss", "")
        ledger.roster.change(WANG, closed, "boss", "left")
        ledger.roster.set_secret("anna", SecretKind.PIN, "2468", "boss", "asked for")
        ledger.roster.save_failures({"anna": Failures(3, 99)})
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        wang, anna = ledger.roster.people()
        assert (wang.full_name, wang.role, wang.is_active, wang.secrets) == (
            "Wang Fang",
            Role.LEAD,
            False,
            tuple(SecretKind),
        )
        assert anna.secrets == (SecretKind.PIN,)
        assert ledger.roster.proves("anna", SecretKind.PIN, "2468")
        assert ledger.roster.load_failures() == {"anna": Failures(3, 99)}
    rows = StationArchive(tmp_path).read(lambda reader: audit_page(reader, AuditFilter("boss")))
    assert [(row.action, row.subject, row.change) for row in rows] == [
        ("secret_set", "anna", Change(why="asked for")),
        ("person_changed", "wang", Change("王芳, engineer, active", "Wang Fang, lead, closed", "left")),
        ("person_added", "anna", Change("", "Anna, operator, active")),
        ("person_added", "wang", Change("", "王芳, engineer, active", "new here")),
    ]
    assert verify(tmp_path) == ()


def test_no_secret_and_no_hash_is_outside_of_its_own_files(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.roster.add(WANG, SECRETS, "boss", "")
    ledger.roster.set_secret("wang", SecretKind.PIN, "864202", "boss", "")
    back_up(tmp_path / DATABASE)
    others = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != FOLDER]
    assert len(others) > 4
    for path in others:
        body = path.read_bytes()
        assert not [text for text in (*SECRETS.values(), "864202", "argon2") if text.encode() in body], path


def test_an_account_is_never_changed_behind_the_back(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.roster.add(WANG, {}, "boss", "")
    with closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        for statement in ("UPDATE people_changes SET role = 'admin'", "DELETE FROM people_changes"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)


def test_a_refused_secret_leaves_no_account_and_no_trace(ledger: StationLedger) -> None:
    with pytest.raises(ConfigError, match="PIN"):
        ledger.roster.add(WANG, {SecretKind.PIN: "12"}, "boss", "")
    assert ledger.roster.people() == ()
    with pytest.raises(ConfigError, match="password"):
        ledger.roster.set_secret("wang", SecretKind.PASSWORD, "short", "boss", "")


def test_a_damaged_file_of_failures_locks_nobody_out(ledger: StationLedger, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "failures.json").write_text("[1, 2")
    assert ledger.roster.load_failures() == {}


def test_an_administrator_gets_back_in_and_everybody_sees_it(tmp_path: Path) -> None:
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        ledger.roster.add(Person("boss", "The Boss", Role.ADMIN, is_active=False), SECRETS, "boss", "first start")
        ledger.roster.save_failures({"boss": Failures(9, 2**40)})
        with pytest.raises(StorageError, match="uses this data folder"):
            reset_administrator(tmp_path, "boss", "another password", "forgotten")
    reset_administrator(tmp_path, "Boss", "another password", "forgotten")
    reset_administrator(tmp_path, "deputy", "yet another one", "forgotten")
    assert [(p.name, p.role, p.is_active) for p in list_people(tmp_path)] == [
        ("boss", Role.ADMIN, True),
        ("deputy", Role.ADMIN, True),
    ]
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        assert ledger.roster.proves("boss", SecretKind.PASSWORD, "another password")
        assert not ledger.roster.proves("boss", SecretKind.PASSWORD, PASSWORD)
        assert ledger.roster.load_failures() == {}
    rows = StationArchive(tmp_path).read(lambda reader: audit_page(reader, AuditFilter("station")))
    whys = {row.action: row.change.why for row in rows if row.change.why}
    assert set(whys) == {"secret_set", "person_changed", "person_added"}
    assert set(whys.values()) == {"administrator reset: forgotten"}


def test_there_is_no_way_back_into_what_was_never_a_station(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no database"):
        reset_administrator(tmp_path, "boss", "another password", "forgotten")
    assert not (tmp_path / DATABASE).exists()
