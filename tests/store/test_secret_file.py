"""Secrets: only as hashes, only in their own files, and found again by nobody but who knows them."""

import os
import stat
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, StorageError
from station_app.core.people import SecretKind
from station_app.store.secret_file import FOLDER, PEPPER, SECRETS, SecretFile

PASSWORD, PIN, BADGE = "correct horse", "4711", "OP:0x9F31A"
ALL = {SecretKind.PASSWORD: PASSWORD, SecretKind.PIN: PIN, SecretKind.BADGE: BADGE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Wang has all three."""
    made = tmp_path_factory.mktemp("people")
    SecretFile(made).put("wang", ALL)
    return made


@pytest.fixture
def secrets(folder: Path) -> SecretFile:
    return SecretFile(folder)


def test_a_secret_proves_its_owner_and_nobody_else(secrets: SecretFile) -> None:
    assert secrets.kinds("wang") == (SecretKind.BADGE, SecretKind.PIN, SecretKind.PASSWORD)
    assert secrets.proves("wang", SecretKind.PASSWORD, PASSWORD)
    assert secrets.proves("wang", SecretKind.PIN, PIN)
    assert not secrets.proves("wang", SecretKind.PASSWORD, PIN)
    assert not secrets.proves("wang", SecretKind.PIN, "4712")
    assert not secrets.proves("li", SecretKind.PASSWORD, PASSWORD)
    assert not secrets.proves("", SecretKind.PASSWORD, PASSWORD)


@pytest.mark.parametrize("scanned", [BADGE, "0x9F31A", " op: 0x9F31A "])
def test_a_badge_finds_its_owner_with_and_without_its_mark(secrets: SecretFile, scanned: str) -> None:
    assert secrets.owner_of(scanned) == "wang"
    assert secrets.owner_of("0x9F31B") == secrets.owner_of("") == ""


def test_the_same_letters_are_the_same_password_however_they_were_typed(tmp_path: Path) -> None:
    secrets = SecretFile(tmp_path)
    secrets.put("li", {SecretKind.PASSWORD: "schöne Grüße"})
    assert secrets.proves("li", SecretKind.PASSWORD, "scho\u0308ne Gru\u0308ße")


def test_nothing_of_a_secret_is_in_the_files_and_they_are_the_owners_alone(folder: Path) -> None:
    files = [folder / FOLDER / name for name in (SECRETS, PEPPER)]
    assert sorted(path.name for path in (folder / FOLDER).iterdir()) == sorted((SECRETS, PEPPER))
    for path in files:
        body = path.read_bytes()
        assert not any(text.encode() in body for text in (PASSWORD, PIN, "0x9F31A"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / FOLDER).stat().st_mode) == 0o700
    assert b"$argon2id$" in files[0].read_bytes()


def test_what_is_in_memory_is_not_in_a_repr(secrets: SecretFile) -> None:
    assert secrets.proves("wang", SecretKind.PIN, PIN)
    assert "argon2" not in repr(secrets) and PIN not in repr(secrets)


def test_another_peppers_hashes_prove_nobody(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / FOLDER
    other.mkdir()
    (other / SECRETS).write_bytes((folder / FOLDER / SECRETS).read_bytes())
    (other / PEPPER).write_bytes(os.urandom(32))
    assert not SecretFile(tmp_path).proves("wang", SecretKind.PIN, PIN)
    assert SecretFile(tmp_path).owner_of(BADGE) == ""


def test_a_lost_pepper_is_said_and_never_replaced(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / FOLDER
    other.mkdir()
    (other / SECRETS).write_bytes((folder / FOLDER / SECRETS).read_bytes())
    with pytest.raises(StorageError, match="protects the secrets is gone"):
        SecretFile(tmp_path).put("li", {SecretKind.PIN: "1234"})
    assert not (other / PEPPER).exists()


def test_a_damaged_file_is_said_without_its_content(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / FOLDER
    other.mkdir()
    (other / SECRETS).write_bytes((folder / FOLDER / SECRETS).read_bytes()[:-20])
    (other / PEPPER).write_bytes((folder / FOLDER / PEPPER).read_bytes())
    with pytest.raises(StorageError, match="damaged") as told:
        SecretFile(tmp_path).kinds("wang")
    assert told.value.__cause__ is None and "argon2" not in repr(told.value)


@pytest.mark.parametrize(
    ("kind", "secret", "what"),
    [
        (SecretKind.PASSWORD, "short", "password"),
        (SecretKind.PASSWORD, "x" * 201, "password"),
        (SecretKind.PIN, "123", "PIN"),
        (SecretKind.PIN, "123456789", "PIN"),
        (SecretKind.PIN, "12a4", "PIN"),
        (SecretKind.PIN, "１２３４", "PIN"),
        (SecretKind.BADGE, "OP:x", "badge"),
        (SecretKind.BADGE, BADGE, "belongs to somebody else"),
    ],
)
def test_what_cannot_be_a_secret_is_refused_and_changes_nothing(
    secrets: SecretFile, folder: Path, kind: SecretKind, secret: str, what: str
) -> None:
    before = (folder / FOLDER / SECRETS).read_bytes()
    with pytest.raises(ConfigError, match=what) as told:
        secrets.set("li", kind, secret)
    assert told.value.remedy and secret not in str(told.value)
    assert (folder / FOLDER / SECRETS).read_bytes() == before


def test_a_secret_is_replaced_and_taken_away_alone(tmp_path: Path) -> None:
    secrets = SecretFile(tmp_path)
    secrets.put("li", {SecretKind.PIN: "1234", SecretKind.BADGE: "badge-1"})
    secrets.set("li", SecretKind.PIN, "9876")
    assert secrets.proves("li", SecretKind.PIN, "9876") and not secrets.proves("li", SecretKind.PIN, "1234")
    secrets.set("li", SecretKind.PIN, "")
    again = SecretFile(tmp_path)
    assert again.kinds("li") == (SecretKind.BADGE,)
    assert not again.proves("li", SecretKind.PIN, "9876") and again.owner_of("badge-1") == "li"


def test_what_is_left_of_an_account_that_was_never_finished_opens_nothing(tmp_path: Path) -> None:
    secrets = SecretFile(tmp_path)
    secrets.put("li", {SecretKind.PIN: "1234", SecretKind.BADGE: "badge-1"})
    secrets.put("li", {SecretKind.PASSWORD: PASSWORD})
    assert secrets.kinds("li") == (SecretKind.PASSWORD,)
    assert secrets.owner_of("badge-1") == ""
