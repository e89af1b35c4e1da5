"""Signed heads of the audit chain: the station's word, at one moment, that the chain up to a row is this one.

Each lies in the database, and any of them can be kept elsewhere: a chain that was rewritten afterwards, however whole,
is not the one whose head was signed.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from station_app.core.audit_view import AuditHead
from station_app.core.errors import StorageError
from station_app.store import audit
from station_app.store.connection import SQLITE_FAILURES, open_reader, storage_error
from station_app.store.database import Database
from station_app.store.problem import Problem
from station_app.store.station_key import StationKey, is_signed, load_or_create

_COLUMNS = "number, sha256, signed_at_ms, signature, public_key"
_WHAT = "station-app audit head"
"""So that no signature of anything else can be shown for one of a head."""
_REST_S = 0.02
"""Between two pages of 500 rows, which take 7 ms: the line runs in the same program."""
_PATIENCE_S = 10.0


def signed_body(number: int, sha256: str, signed_at_ms: int) -> bytes:
    """What is signed, byte for byte: canonical JSON."""
    return json.dumps([_WHAT, number, sha256, signed_at_ms], ensure_ascii=True, separators=(",", ":")).encode()


def newest_head(reader: sqlite3.Connection) -> AuditHead | None:
    """The head that was signed last, None where none was."""
    row = reader.execute(f"SELECT {_COLUMNS} FROM audit_heads ORDER BY id DESC LIMIT 1").fetchone()  # noqa: S608
    return AuditHead(*row) if row is not None else None


def head_to_sign(reader: sqlite3.Connection) -> tuple[int, str] | None:
    """Number and hash of the chain's last row, after every row behind the newest signed head was checked; None where
    that head is the last row. StorageError where the chain does not go on from it: such a chain is never signed."""
    newest = newest_head(reader)
    after = newest.number if newest is not None else 0
    if newest is not None and _hash_of(reader, after) != newest.sha256:
        raise broken(after)
    last: tuple[int, str] | None = None
    for number, sha256, is_next in audit.chain(reader, after, _REST_S):
        if not is_next:
            raise broken(number)
        last = (number, sha256)
    return last


def broken(number: int) -> StorageError:
    """What is told of a chain that breaks at this row."""
    remedy = "find out who had access to the data folder; station-app verify says more"
    return StorageError("the audit chain is broken", where=f"audit row {number}", remedy=remedy)


def sign_head(folder: Path, database: Database) -> None:
    """Check the chain behind the newest signed head and sign its end, where there is more than that. Reading is done on
    this thread, which waits; the writer only adds the row. StorageError where the chain is broken or cannot be read."""
    try:
        with closing(open_reader(database.path)) as reader:
            found = head_to_sign(reader)
    except SQLITE_FAILURES as error:
        raise storage_error(error, database.path) from error
    if found is not None:
        number, sha256 = found
        key = load_or_create(folder)
        signed = database.submit(partial(append_head, number=number, sha256=sha256, key=key))
        try:
            signed.result(_PATIENCE_S)
        except TimeoutError as error:
            raise StorageError(
                "the database does not answer", where=str(database.path), remedy="check the disk"
            ) from error


def append_head(connection: sqlite3.Connection, number: int, sha256: str, key: StationKey) -> AuditHead:
    """Sign this row as the head, and keep that. Runs on the writer thread."""
    now_ms = time.time_ns() // 1_000_000
    signature = key.sign(signed_body(number, sha256, now_ms))
    head = AuditHead(number, sha256, now_ms, signature.hex(), key.public_bytes.hex())
    connection.execute(
        f"INSERT INTO audit_heads ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - constant
        (number, sha256, now_ms, head.signature, head.public_key),
    )
    return head


def check_chain(reader: sqlite3.Connection, public: Callable[[], bytes | None], where: str) -> Iterator[Problem]:
    """Walk the whole chain once, and hold every signed head against the row that it names. `public` gives the
    station's public key; StorageError of it is a problem as well."""
    remedy = "find out who had access; compare with a head that was kept elsewhere"
    heads = _heads(reader)
    waiting = next(heads, None)
    for number, sha256, is_next in audit.chain(reader):
        if not is_next:
            yield Problem("the audit chain is broken", f"{where}, audit row {number}", remedy)
            return
        while waiting is not None and waiting.number <= number:
            if waiting.number != number or waiting.sha256 != sha256:
                what = "the audit chain was rewritten after its head was signed"
                yield Problem(what, f"{where}, audit row {waiting.number}", remedy)
            waiting = next(heads, None)
    if waiting is not None:
        what = "the end of the audit chain was removed after its head was signed"
        yield Problem(what, f"{where}, audit row {waiting.number}", remedy)
    yield from _check_signatures(reader, public, where)


def _check_signatures(reader: sqlite3.Connection, public: Callable[[], bytes | None], where: str) -> Iterator[Problem]:
    remedy = "find out who had access; compare with a head that was kept elsewhere"
    known: bytes | None = None
    for head in _heads(reader):
        known = known or public()
        if known is None:
            yield Problem("the station's public key is gone", where, "start the station: it writes it again")
            return
        if not _holds(head, known):
            yield Problem(
                "a head of the audit chain is not signed by this station", f"{where}, audit row {head.number}", remedy
            )


def _heads(reader: sqlite3.Connection) -> Iterator[AuditHead]:
    """Oldest row first, none in a database of an older version."""
    if reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_heads'").fetchone() is None:
        return
    query = f"SELECT {_COLUMNS} FROM audit_heads ORDER BY number, id"  # noqa: S608 - constant
    for row in reader.execute(query):
        yield AuditHead(*row)


def _holds(head: AuditHead, public: bytes) -> bool:
    try:
        signature = bytes.fromhex(head.signature)
    except ValueError:
        return False
    return is_signed(signed_body(head.number, head.sha256, head.signed_at_ms), signature, public)


def _hash_of(reader: sqlite3.Connection, number: int) -> str | None:
    row = reader.execute("SELECT sha256 FROM audit WHERE id = ?", (number,)).fetchone()
    return str(row[0]) if row is not None else None
