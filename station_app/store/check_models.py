"""Whether the deeds about models are those that the audit chain tells, and such as the rules allow."""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.core.rollout import after
from station_app.core.rollout_models import Models
from station_app.store.model_deeds import DEED, deeds, has_models
from station_app.store.model_records import ACTION, MARK, deed_mark
from station_app.store.problem import Problem

_NOTED = "SELECT id FROM audit WHERE action GLOB ? AND details GLOB ?"
_REMEDY = "restore the newest backup; find out who had access"


def changed_deeds(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Deeds that are otherwise than the audit chain tells, or of which it tells alone."""
    if not has_models(reader):
        return
    columns = ", ".join(f"d.{column}" for column in DEED.split(", "))
    query = (
        f"SELECT d.id, d.audit_id, a.action, a.details, {columns}"  # noqa: S608 - constants
        " FROM model_deeds d LEFT JOIN audit a ON a.id = d.audit_id ORDER BY d.id"
    )
    told = set()
    for number, audit_id, action, details, *row in reader.execute(query):
        told.add(audit_id)
        if action != f"{ACTION}{row[0]}" or details != deed_mark(row):
            yield Problem("a deed about a model is otherwise than the audit chain tells", f"deed {number}", _REMEDY)
    for (audit_id,) in reader.execute(_NOTED, (f"{ACTION}*", f"{MARK}*")):
        if audit_id not in told:
            what = "the audit chain tells of a deed about a model that is not recorded"
            yield Problem(what, f"row {audit_id} of the audit", _REMEDY)


def changed_offers(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Offers whose text is another than the one that was signed."""
    if has_models(reader):
        for number, sha256, body in reader.execute("SELECT id, sha256, body FROM model_offers ORDER BY id"):
            if hashlib.sha256(str(body).encode()).hexdigest() != sha256:
                yield Problem("an offer of a model was changed after it was read", f"offer {number}", _REMEDY)


def impossible_deeds(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Deeds that the rules would have refused, as a promotion without two people."""
    models: Models = ()
    for deed in deeds(reader):
        try:
            models = after(models, deed)
        except ConfigError as error:
            where = f"{deed.kind} of model {deed.sha256[:12]}, recipe {deed.recipe}"
            yield Problem(f"a deed about a model could never have been done: {error.what}", where, _REMEDY)
