"""Revisions are kept as they were said, read back whole, and never changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.audit_view import Change
from station_app.core.errors import ConfigError, StorageError
from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.people import Role
from station_app.core.recipe_deeds import (
    Commission,
    PackageReport,
    SavedText,
    SaveText,
    Sign,
    Signed,
    Turn,
    text_sha256,
)
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import active_of
from station_app.store.archive import StationArchive
from station_app.store.connection import open_reader
from station_app.store.good_parts import good_image_quality, newest_picture
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.revisions import all_revisions, revision_text
from tests.store.records import RECIPE, ROOMY, inspection

CHANGE = Change("fail 0.7", "fail 0.8", "why")
REPORT = PackageReport("top", "housing", "ab" * 32, "housing", "1.0", ("scratch",), ("does not fit",))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[StationLedger]:
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        yield ledger


def saved(number: int = 1, text: str = "one", recipe: str = "A17") -> SavedText:
    return SavedText(recipe, number, text, "wang", "why", 5, (REPORT,))


def sign(name: str, role: Role, text: str = "one") -> Sign:
    return Sign("A17", 1, Signed(name, role, text_sha256(text), "read", 6))


def test_a_life_is_read_back_as_it_was(ledger: StationLedger) -> None:
    turn = Turn("A17", 1, RevisionState.ACTIVE, "li", "begin", 7)
    deeds = (
        SaveText(saved(text="zero")),
        SaveText(saved()),
        sign("wang", Role.ENGINEER),
        sign("li", Role.QUALITY),
        turn,
    )
    for deed in deeds:
        ledger.revise(deed, CHANGE).result()
    ledger.revise(Commission(saved(3, "three")), CHANGE).result()
    history = ledger.recipe_history("A17")
    assert [(r.number, r.state) for r in history.revisions] == [(1, RevisionState.RETIRED), (3, RevisionState.ACTIVE)]
    assert [s.name for s in history.revisions[0].signatures] == ["wang", "li"]
    assert (history.revisions[0].was_active, history.revisions[1].is_commissioned) == (True, True)
    assert history.texts == (saved(), saved(3, "three"))
    assert history.active == saved(3, "three")
    assert [(c.number, c.state) for c in history.changes] == [
        (1, RevisionState.DRAFT),
        (1, RevisionState.APPROVED),
        (1, RevisionState.ACTIVE),
        (1, RevisionState.RETIRED),
        (3, RevisionState.ACTIVE),
    ]


def test_signatures_of_another_text_do_not_count(ledger: StationLedger) -> None:
    for deed in (SaveText(saved()), sign("wang", Role.ENGINEER), SaveText(saved(text="two")), SaveText(saved())):
        ledger.revise(deed, CHANGE).result()
    assert ledger.recipe_history("A17").revisions[0].signatures == ()


def test_a_refused_deed_leaves_no_trace(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.revise(SaveText(saved()), CHANGE).result()
    before = ledger.recipe_history("A17")
    with pytest.raises(ConfigError):
        ledger.revise(Turn("A17", 1, RevisionState.ACTIVE, "wang", "why", 8), CHANGE).result()
    assert ledger.recipe_history("A17") == before
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert reader.execute("SELECT count(*) FROM audit WHERE action LIKE 'recipe_%'").fetchone()[0] == 1


def test_recipes_are_kept_apart(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.revise(Commission(saved(4)), CHANGE).result()
    ledger.revise(SaveText(saved(1, "b", "B02")), CHANGE).result()
    assert ledger.managed_recipes() == ("A17", "B02")
    archive = StationArchive(tmp_path)
    found = archive.read(all_revisions)
    assert [(revision.recipe, revision.number) for revision in found] == [("A17", 4), ("B02", 1)]
    assert active_of(found[1:]) is None
    assert archive.read(lambda reader: revision_text(reader, "B02", 1)) == saved(1, "b", "B02")
    assert archive.read(lambda reader: revision_text(reader, "B02", 2)) is None


@pytest.mark.parametrize("table", ["revision_texts", "revision_signatures", "revision_states"])
def test_nothing_is_changed_or_erased(ledger: StationLedger, tmp_path: Path, table: str) -> None:
    for deed in (SaveText(saved()), sign("wang", Role.ENGINEER)):
        ledger.revise(deed, CHANGE).result()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET number = 9"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)


def test_a_damaged_text_is_not_given_out(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.revise(SaveText(saved()), CHANGE).result()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        other.execute("DROP TRIGGER revision_texts_no_update")
        other.execute("UPDATE revision_texts SET text = 'other'")
        other.commit()
    with pytest.raises(StorageError, match="damaged"):
        ledger.recipe_history("A17")


def test_good_parts_are_passes_that_nobody_has_contradicted(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.register(RECIPE).result()
    for number in range(1, 7):
        verdict = VerdictKind.FAIL if number == 2 else VerdictKind.PASS
        ledger.record(inspection(number, verdict)).result()
    ledger.override(Override(3, Disposition.MISSED_DEFECT, "op", 9)).result()
    ledger.override(Override(4, Disposition.AGREE, "op", 9)).result()
    other = replace(inspection(7), recipe="B02", recipe_hash="ef" * 32)
    ledger.record(other).result()
    archive = StationArchive(tmp_path)
    quality = inspection(1).cameras[0].quality
    assert archive.read(lambda reader: good_image_quality(reader, "A17", "top")) == (quality,) * 4
    assert archive.read(lambda reader: good_image_quality(reader, "A17", "top", 2)) == (quality,) * 2
    assert archive.read(lambda reader: good_image_quality(reader, "A17", "side")) == ()
    assert archive.read(lambda reader: newest_picture(reader, "A17", "top")) is None
