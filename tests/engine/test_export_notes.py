"""An export is noted in the name of who is signed in, and told when the note is on disk."""

from dataclasses import replace

import pytest

from station_app.core.export_messages import ExportNoted, NoteExport
from station_app.core.messages import CommandRefused
from station_app.engine.books import keep_books
from station_app.engine.export_notes import ExportNotes
from station_app.engine.tally import Tally
from tests.engine.fakes import DISK_FULL, FakeLedger, Heard
from tests.engine.people import crew_setup

HASH = "ab" * 32
NOTE = NoteExport("csv", "history", "verdict FAIL, lot 批次 3", 4851, HASH)


class Stand:
    def __init__(self) -> None:
        self.ledger, self.heard, self.person = FakeLedger(), Heard(), "li"
        books = keep_books(self.ledger, crew_setup(), Tally(), self.heard, lambda: None)
        self.notes = ExportNotes(books, lambda: self.person)

    def refusals(self) -> list[str]:
        return [event.what for event in self.heard.of(CommandRefused)]


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_the_chain_says_who_took_out_what(stand: Stand) -> None:
    stand.notes.obey(NOTE)
    details = f"csv, parts: 4851, filter: verdict FAIL, lot 批次 3, sha256 {HASH}"
    assert stand.ledger.audited("exported") == [("li", "exported", "history", details)]
    assert stand.heard.events == (ExportNoted(HASH),)


def test_a_part_is_the_subject_of_its_own_pack(stand: Stand) -> None:
    stand.notes.obey(replace(NOTE, format="evidence pack", subject="part 7", where=""))
    assert stand.ledger.audits[-1][2:] == ("part 7", f"evidence pack, parts: 4851, filter: none, sha256 {HASH}")


@pytest.mark.parametrize("sha256", ["", "ab", "zz" * 32, HASH + "0"])
def test_what_is_no_hash_is_refused(stand: Stand, sha256: str) -> None:
    stand.notes.obey(replace(NOTE, sha256=sha256))
    assert stand.refusals() == ["this is no export"] and not stand.ledger.audits


def test_nobody_takes_nothing_out(stand: Stand) -> None:
    stand.person = " "
    stand.notes.obey(NOTE)
    assert stand.refusals() == ["nobody is signed in"] and not stand.ledger.audits


def test_what_is_not_on_disk_is_not_told_as_noted(stand: Stand) -> None:
    stand.ledger.audit_refusal = DISK_FULL
    stand.notes.obey(NOTE)
    assert stand.refusals() == [DISK_FULL.what] and not stand.heard.of(ExportNoted)


def test_the_hash_is_kept_whole_behind_a_filter_that_is_far_too_long(stand: Stand) -> None:
    stand.notes.obey(replace(NOTE, where="x" * 5000))
    assert stand.ledger.audits[-1][3].endswith(f"sha256 {HASH}") and len(stand.ledger.audits[-1][3]) < 1000
