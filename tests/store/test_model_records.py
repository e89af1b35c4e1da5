"""Deeds about models are kept as they were done, each with its row in the audit chain, and nothing else is believed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from station_app.core.audit_view import NO_CHANGE
from station_app.core.errors import ConfigError, StorageError
from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.people import Role
from station_app.core.recipe_deeds import Commission, SavedText
from station_app.core.rollout_deeds import DeedKind, ModelDeed, OfferedModel, Terms
from station_app.core.rollout_models import Models
from station_app.rollout.offer import sign_offer
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.model_deeds import deeds, offered_model
from station_app.store.verification import verify
from tests.rollout.publishing import KEY, OFFER
from tests.store.records import ROOMY

BODY = sign_offer(OFFER, [KEY]).decode()
TERMS = Terms(1, StopRule(min_parts=7), "1" * 64)
K = DeedKind


def offer() -> OfferedModel:
    import hashlib

    return offered_model(BODY, hashlib.sha256(BODY.encode()).hexdigest(), ("k1",))


def deed(kind: DeedKind, person: str = "wang", **more: object) -> ModelDeed:
    package = OFFER.package.sha256
    return ModelDeed(kind, package, "housing", "top", person, "why", 5, **more)  # type: ignore[arg-type]


PROMOTION = (
    deed(K.OFFERED, "station", offer=offer()),
    deed(K.PROVED, "station"),
    deed(K.SIGNED, "wang", terms=TERMS, role=Role.ENGINEER),
    deed(K.SIGNED, "li", terms=TERMS, role=Role.QUALITY),
    deed(K.ACTIVE, "li", terms=TERMS, revision=4),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[StationLedger]:
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        yield ledger


def record(ledger: StationLedger, *done: ModelDeed) -> Models:
    return ledger.models.record(done).result().models


def test_deeds_are_read_back_as_they_were_done(ledger: StationLedger, tmp_path: Path) -> None:
    now = record(ledger, *PROMOTION)
    assert ledger.models.models() == now
    assert (now[0].stage, now[0].revision, now[0].promoted_by) == (ModelStage.ACTIVE, 4, ("wang", "li"))
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert tuple(deeds(reader)) == PROMOTION
    assert verify(tmp_path) == ()


def test_what_the_rules_refuse_is_not_recorded(ledger: StationLedger) -> None:
    with pytest.raises(ConfigError, match="two people"):
        record(ledger, *PROMOTION[:3], PROMOTION[4])
    assert ledger.models.models() == ()


def test_a_revision_is_made_with_the_deed_or_neither_is(ledger: StationLedger) -> None:
    commission = Commission(SavedText("housing", 1, "one", "station", "why", 5))
    with pytest.raises(ConfigError):
        ledger.models.record(PROMOTION[1:2], [(commission, NO_CHANGE)]).result()
    assert ledger.recipe_history("housing").revisions == ()
    recorded = ledger.models.record(PROMOTION[:1], [(commission, NO_CHANGE)]).result()
    assert [revision.number for revision in recorded.revisions] == [1]
    assert len(recorded.models) == 1


def test_each_deed_has_its_row_in_the_audit_chain(ledger: StationLedger, tmp_path: Path) -> None:
    record(ledger, *PROMOTION)
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        query = "SELECT actor, action, before, after, why FROM audit WHERE action GLOB 'model_*' ORDER BY id"
        rows = [tuple(row) for row in reader.execute(query)]
    assert [row[:2] for row in rows] == [(one.person, f"model_{one.kind}") for one in PROMOTION]
    assert rows[0][2] == ""
    assert "proved, signed by wang (engineer) for 1" in rows[-2][2]
    assert "active with a share of 1" in rows[-1][3]
    assert {row[4] for row in rows} == {"why"}


@pytest.mark.parametrize("statement", ["UPDATE {} SET sha256 = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["model_offers", "model_deeds"])
def test_nothing_is_changed_or_erased(ledger: StationLedger, tmp_path: Path, table: str, statement: str) -> None:
    record(ledger, *PROMOTION)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement.format(table))


def tampered(folder: Path, *statements: str) -> str:
    """What `verify` says after somebody has written past the triggers."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'model_%'"
        triggers = connection.execute(query).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in (*statements, *(sql for _, sql in triggers)):
            connection.execute(statement)
        connection.commit()
    return "; ".join(problem.what for problem in verify(folder))


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE model_deeds SET person = 'zhao' WHERE id = 3", "otherwise than the audit chain tells"),
        ("UPDATE model_deeds SET share = 0.5 WHERE id = 5", "otherwise than the audit chain tells"),
        ("DELETE FROM model_deeds WHERE id = 4", "a deed about a model that is not recorded"),
        ("DELETE FROM model_deeds WHERE id = 4", "could never have been done: two people have not signed"),
        ("UPDATE model_deeds SET kind = 'unheard' WHERE id = 2", "the record of models is damaged"),
        ("UPDATE model_offers SET body = replace(body, '0.7', '0.9')", "an offer of a model was changed"),
        ("UPDATE model_offers SET body = '{}'", "the record of models is damaged"),
    ],
)
def test_what_was_changed_is_found(tmp_path: Path, statement: str, sentence: str) -> None:
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        record(ledger, *PROMOTION)
    assert sentence in tampered(tmp_path, statement)


def test_damaged_records_are_a_sentence_for_who_reads(tmp_path: Path) -> None:
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        record(ledger, *PROMOTION)
    tampered(tmp_path, "DELETE FROM model_deeds WHERE id = 4")
    with closing(StationLedger(tmp_path, ROOMY)) as ledger, pytest.raises(StorageError, match="damaged"):
        ledger.models.models()
