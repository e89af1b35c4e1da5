"""A signed head shows a rewritten chain, however whole that chain is by itself."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.store.audit import GENESIS, chain_hash, first_broken_row
from station_app.store.audit_heads import newest_head, signed_body
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.station_key import KEY, PUBLIC, is_signed, load_or_create, public_key
from station_app.store.verification import verify
from tests.store.records import ROOMY

AUDIT = ("id", "at_ms", "actor", "action", "subject", "details", "before", "after", "why")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A chain of some rows, its head signed, and some more rows."""
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        for number in range(4):
            ledger.audit("wang", "looked", f"part {number}").result(10)
        ledger.sign_head()
        for number in range(4, 6):
            ledger.audit("wang", "looked", f"part {number}").result(10)
    return tmp_path


def rewrite(folder: Path, change: str) -> None:
    """Change rows, then give every row the hash that makes the chain whole again, as somebody with the file can."""
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        triggers = {
            row[0]: row[1] for row in other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        }
        for name in triggers:
            other.execute(f"DROP TRIGGER {name}")
        other.execute(change)
        previous = GENESIS
        for row in other.execute(f"SELECT {', '.join(AUDIT)} FROM audit ORDER BY id").fetchall():
            previous = chain_hash(previous, row)
            other.execute("UPDATE audit SET sha256 = ? WHERE id = ?", (previous, row[0]))
        for sql in triggers.values():
            other.execute(sql)
        other.commit()
    with closing(open_reader(folder / DATABASE)) as reader:
        assert first_broken_row(reader) is None


def problems(folder: Path) -> list[str]:
    return [problem.what for problem in verify(folder)]


def test_a_sound_chain_with_a_signed_head_is_sound(folder: Path) -> None:
    assert problems(folder) == []
    with closing(open_reader(folder / DATABASE)) as reader:
        head = newest_head(reader)
    assert head is not None and head.number == 5
    public = public_key(folder)
    assert public is not None and public.hex() == head.public_key == load_or_create(folder).public_bytes.hex()
    body = signed_body(head.number, head.sha256, head.signed_at_ms)
    assert is_signed(body, bytes.fromhex(head.signature), public)
    assert not is_signed(body + b" ", bytes.fromhex(head.signature), public)


def test_a_chain_rewritten_before_the_head_is_found(folder: Path) -> None:
    rewrite(folder, "UPDATE audit SET actor = 'li' WHERE id = 3")
    assert problems(folder) == ["the audit chain was rewritten after its head was signed"]


def test_a_chain_that_was_cut_off_before_the_head_is_found(folder: Path) -> None:
    rewrite(folder, "DELETE FROM audit WHERE id > 4")
    assert problems(folder) == ["the end of the audit chain was removed after its head was signed"]


def test_a_head_that_was_moved_is_no_head_of_this_station(folder: Path) -> None:
    rewrite(folder, "UPDATE audit SET actor = 'li' WHERE id = 3")
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        other.execute("DROP TRIGGER audit_heads_no_update")
        other.execute("UPDATE audit_heads SET sha256 = (SELECT sha256 FROM audit WHERE id = number)")
        other.commit()
    assert "a head of the audit chain is not signed by this station" in problems(folder)


def test_a_head_of_another_station_is_none(folder: Path) -> None:
    (folder / KEY).unlink()
    (folder / PUBLIC).unlink()
    load_or_create(folder)
    assert problems(folder) == ["a head of the audit chain is not signed by this station"]


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda path: path.unlink(), "the station's public key is gone"),
        (lambda path: path.write_text("no key"), "the station's public key is damaged"),
    ],
)
def test_without_a_public_key_nothing_is_proved(folder: Path, spoil: Callable[[Path], object], what: str) -> None:
    spoil(folder / PUBLIC)
    assert problems(folder) == [what]


def test_a_broken_chain_is_not_signed(folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        other.execute("DROP TRIGGER audit_no_update")
        other.execute("UPDATE audit SET actor = 'li' WHERE id = 6")
        other.commit()
    with closing(StationLedger(folder, ROOMY)) as ledger, pytest.raises(StorageError, match="chain is broken"):
        ledger.sign_head()
    with closing(open_reader(folder / DATABASE)) as reader:
        assert reader.execute("SELECT count(*) FROM audit_heads").fetchone()[0] == 1


def test_a_chain_rewritten_before_the_head_is_not_signed_again(folder: Path) -> None:
    rewrite(folder, "UPDATE audit SET actor = 'li' WHERE id = 3")
    with closing(StationLedger(folder, ROOMY)) as ledger, pytest.raises(StorageError, match="chain is broken"):
        ledger.sign_head()


def test_a_head_that_is_signed_already_is_not_signed_again(folder: Path) -> None:
    with closing(StationLedger(folder, ROOMY)) as ledger:
        ledger.sign_head()
        ledger.sign_head()
    with closing(open_reader(folder / DATABASE)) as reader:
        assert reader.execute("SELECT number FROM audit_heads").fetchall()[-1][0] == 7
        assert reader.execute("SELECT count(*) FROM audit_heads").fetchone()[0] == 2


def test_the_private_key_is_the_owners_alone_and_is_never_replaced(folder: Path) -> None:
    assert stat.S_IMODE((folder / KEY).stat().st_mode) == 0o600
    before = load_or_create(folder).public_bytes
    assert load_or_create(folder).public_bytes == before
    (folder / KEY).write_bytes(b"short")
    with pytest.raises(StorageError, match="signing key is damaged"):
        load_or_create(folder)
