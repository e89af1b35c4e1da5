"""Writes deeds about models, each with its row in the audit chain. The rules are asked inside the transaction, on what
is recorded at that very moment, so that of two people who act at once one is refused."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import asdict
from functools import partial

from station_app.core.audit_view import Change
from station_app.core.recipe_deeds import RevisionDeed
from station_app.core.rollout import after
from station_app.core.rollout_deeds import ModelDeed, OfferedModel
from station_app.core.rollout_models import Model, Models, Recorded
from station_app.store import audit
from station_app.store.connection import SQLITE_FAILURES, limit_reading, open_reader, storage_error
from station_app.store.database import Database
from station_app.store.model_deeds import DEED, models
from station_app.store.revising import revise
from station_app.store.text import storable

ACTION = "model_"
"""With the kind of the deed, the action in the audit chain."""
MARK = "deed sha256 "


class ModelRecords:
    """Of one open data folder. Any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def models(self) -> Models:
        """Every package as it stands. StorageError where the database does not answer soon, or is damaged."""
        try:
            with closing(open_reader(self._database.path)) as reader:
                limit_reading(reader)
                return models(reader)
        except SQLITE_FAILURES as error:
            raise storage_error(error, self._database.path) from error

    def record(
        self, deeds: Sequence[ModelDeed], revising: Sequence[tuple[RevisionDeed, Change]] = ()
    ) -> "Future[Recorded]":
        """Record the deeds, and what is done to revisions of recipes with them: all or nothing. ConfigError where the
        rules refuse one of them."""
        return self._database.submit(partial(_record, deeds=tuple(deeds), revising=tuple(revising)))


def deed_mark(row: Sequence[object]) -> str:
    """What the audit chain keeps of a deed: another deed would have another mark."""
    return f"{MARK}{hashlib.sha256(json.dumps(list(row)).encode()).hexdigest()}"


def _record(
    connection: sqlite3.Connection, deeds: tuple[ModelDeed, ...], revising: tuple[tuple[RevisionDeed, Change], ...]
) -> Recorded:
    changed = tuple(revision for deed, change in revising for revision in revise(connection, deed, change))
    now = models(connection)
    for deed in deeds:
        before, now = now, after(now, deed)
        _write(connection, deed, before, now)
    return Recorded(now, changed)


def _write(connection: sqlite3.Connection, deed: ModelDeed, before: Models, now: Models) -> None:
    terms = deed.terms
    row = (
        deed.kind.value,
        *map(storable, (deed.sha256, deed.recipe, deed.camera, deed.person, deed.reason)),
        deed.at_ms,
        None if deed.offer is None else _write_offer(connection, deed.offer),
        None if terms is None else float(terms.share),
        None if terms is None else json.dumps(asdict(terms.stop_rule)),
        None if terms is None else terms.text_sha256,
        deed.role.value if deed.role else None,
        deed.revision or None,
    )
    audit_id = _note(connection, deed, row, _change(before, now, deed.reason))
    places = ", ".join("?" * (len(row) + 1))
    connection.execute(f"INSERT INTO model_deeds ({DEED}, audit_id) VALUES ({places})", (*row, audit_id))  # noqa: S608


def _note(connection: sqlite3.Connection, deed: ModelDeed, row: Sequence[object], change: Change) -> int:
    subject = f"model {deed.sha256[:12]}, recipe {deed.recipe}, camera {deed.camera}"
    audit.append(connection, deed.person, f"{ACTION}{deed.kind}", subject, deed_mark(row), change)
    return int(connection.execute("SELECT max(id) FROM audit").fetchone()[0])


def _write_offer(connection: sqlite3.Connection, offer: OfferedModel) -> int:
    row = (offer.sha256, offer.body, json.dumps(offer.signed_by))
    cursor = connection.execute("INSERT INTO model_offers (sha256, body, signed_by) VALUES (?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def _change(before: Models, now: Models, reason: str) -> Change:
    changed = [model for model in now if model not in before]
    keys = {model.key for model in changed}
    return Change("; ".join(_words(m) for m in before if m.key in keys), "; ".join(map(_words, changed)), reason)


def _words(model: Model) -> str:
    """One package as it stands, in words."""
    share = f" with a share of {model.share:g}" if model.share else ""
    signed = ", ".join(f"{given.name} ({given.role}) for {given.terms.share:g}" for given in model.signatures)
    number = f"number {model.offer.number} of {model.offer.channel}"
    return f"{model.title}, {number}: {model.stage}{share}" + (f", signed by {signed}" if signed else "")
