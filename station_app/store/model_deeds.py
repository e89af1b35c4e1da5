"""What is recorded of models, for who shows or runs them. Read-only; any connection."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from station_app.core.errors import ConfigError, StorageError
from station_app.core.model_messages import StopRule
from station_app.core.people import Role
from station_app.core.recipe import Thresholds
from station_app.core.rollout import folded
from station_app.core.rollout_deeds import DeedKind, ModelDeed, OfferedModel, Terms
from station_app.core.rollout_models import Models

DEED = "kind, sha256, recipe, camera, person, reason, at_ms, offer_id, share, stop_rule, text_sha256, role, revision"
"""What a deed consists of; its hash in the audit chain is over these columns."""


def models(reader: sqlite3.Connection) -> Models:
    """Every package as it stands. StorageError where the records are damaged."""
    try:
        return folded(deeds(reader))
    except ConfigError as error:
        raise damaged("the deeds contradict each other") from error


def deeds(reader: sqlite3.Connection) -> Iterator[ModelDeed]:
    """Every deed in the order of recording. StorageError where one is damaged."""
    if not has_models(reader):
        return
    query = f"SELECT id, {DEED} FROM model_deeds ORDER BY id"  # noqa: S608 - constants
    for number, *row in reader.execute(query).fetchall():
        try:
            yield _deed(reader, row)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise damaged(f"deed {number}") from error


def has_models(reader: sqlite3.Connection) -> bool:
    """An older database, as one that is checked before its migration, has none."""
    return reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'model_deeds'").fetchone() is not None


def offered_model(body: str, sha256: str, signed_by: tuple[str, ...]) -> OfferedModel:
    """The offer in its object, which was checked before it was recorded. ValueError, TypeError or KeyError where it is
    none."""
    table = json.loads(json.loads(body)["offer"])
    package = table["package"]
    return OfferedModel(
        sha256=sha256,
        channel=table["channel"],
        number=table["number"],
        created_at=table["created_at"],
        name=package["name"],
        version=package["version"],
        thresholds=tuple((name, Thresholds(**at)) for name, at in table["thresholds"].items()),
        replaces=table["replaces"],
        dataset=table["dataset"],
        body=body,
        signed_by=signed_by,
    )


def damaged(what: str) -> StorageError:
    remedy = "run station-app verify, and restore the newest backup"
    return StorageError("the record of models is damaged", where=what, remedy=remedy)


def _deed(reader: sqlite3.Connection, row: list[Any]) -> ModelDeed:
    kind, sha256, recipe, camera, person, reason, at_ms, offer_id, share, stop_rule, text_sha256, role, revision = row
    terms = None if share is None else Terms(share, StopRule(**json.loads(stop_rule)), text_sha256)
    return ModelDeed(
        kind=DeedKind(kind),
        sha256=sha256,
        recipe=recipe,
        camera=camera,
        person=person,
        reason=reason,
        at_ms=at_ms,
        offer=None if offer_id is None else _offer(reader, offer_id),
        terms=terms,
        role=None if role is None else Role(role),
        revision=revision or 0,
    )


def _offer(reader: sqlite3.Connection, offer_id: int) -> OfferedModel:
    query = "SELECT body, sha256, signed_by FROM model_offers WHERE id = ?"
    body, sha256, signed_by = reader.execute(query, (offer_id,)).fetchall()[0]
    return offered_model(body, sha256, tuple(json.loads(signed_by)))
