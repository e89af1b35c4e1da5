"""Taking files out of the history at the screen: with permission, off the GUI thread, noted before they have a name."""

import csv
import hashlib
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit

from station_app.core.export_messages import NoteExport
from station_app.core.history import HistoryRow
from station_app.core.inspection import VerdictKind
from station_app.core.messages import CommandRefused
from station_app.core.people import Role
from station_app.gui.exporting.dialogue import SaveDialogue
from station_app.gui.exporting.pane import ExportPane
from station_app.gui.exporting.writer import ExportWriter
from station_app.gui.touch_button import TouchButton
from station_app.reports import history_rows
from station_app.store.history import page_after
from station_app.store.station_key import load_or_create
from tests.gui.history.conftest import PARTS, HistoryBench
from tests.gui.history.recorded import parts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the dialogue has a least size, the test's screen none
CSV, WORKBOOK, REPORT = range(3)
FAILED = [made.part_id for made in parts(PARTS) if made.verdict is VerdictKind.FAIL]


@pytest.fixture
def out(tmp_path: Path, history: HistoryBench) -> Path:
    """Where the station's file says that exports go; a lead is signed in."""
    folder = tmp_path / "out"
    folder.mkdir()
    desk = history.screen.exporting
    desk._tools = replace(desk._tools, export_folder=folder)
    history.sign_in(Role.LEAD)
    return folder


def button(history: HistoryBench, number: int) -> TouchButton:
    return history.tab.list.foot.exports.buttons[number]


def dialogue(history: HistoryBench) -> SaveDialogue:
    found = history.screen.exporting.dialogue
    assert found is not None and found.isVisible()
    return found


def accept(history: HistoryBench) -> None:
    """A finger on the dialogue's own button."""
    box = dialogue(history).findChild(QDialogButtonBox)
    assert box is not None
    box.button(QDialogButtonBox.StandardButton.Save).click()


def pane(history: HistoryBench) -> ExportPane:
    return history.screen.export_pane


def export(history: HistoryBench, number: int) -> None:
    history.tap(button(history, number))
    accept(history)
    wait_for_end(history)


def wait_for_end(history: HistoryBench) -> None:
    history.bench.qtbot.waitUntil(lambda: button(history, CSV).isEnabled(), timeout=20_000)


def notes(history: HistoryBench) -> list[NoteExport]:
    return [command for command in history.bench.engine.commands if isinstance(command, NoteExport)]


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_table_of_the_filter_is_noted_and_then_named(history: HistoryBench, out: Path) -> None:
    history.screen.bar.set_choice(history.screen.bar.choice.with_rest(verdict=VerdictKind.FAIL))
    history.wait_for(FAILED[-1])
    export(history, CSV)
    path = only_file(out)
    assert path.name.startswith("L3-ST07_Cover_history_until_") and path.suffix == ".csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["part"]) for row in rows if not row["part"].startswith("#")] == FAILED
    assert ["王芳", "Anna"].count(next(r["inspected_at_utc"] for r in rows if r["part"] == "# exported_by")) == 1
    (note,) = notes(history)
    assert note.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (note.format, note.subject, note.rows, note.where) == ("csv", "history", len(FAILED), "verdict FAIL")
    assert str(path) in pane(history).words.words and not pane(history).words.is_warning


def test_a_workbook_holds_every_part(history: HistoryBench, out: Path) -> None:
    export(history, WORKBOOK)
    sheet = openpyxl.load_workbook(only_file(out))["parts 1"]
    assert sheet.max_row == PARTS + 1


def test_the_shift_report_of_the_filter(history: HistoryBench, out: Path) -> None:
    export(history, REPORT)
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(only_file(out)).pages).split())
    assert "Shift report" in text and "L3-ST07" in text and str(PARTS) in text
    assert notes(history)[0].format == "pdf" and notes(history)[0].rows == PARTS


def test_the_evidence_pack_of_a_part_is_checked_by_its_own_verifier(history: HistoryBench, out: Path) -> None:
    key = load_or_create(history.folder).public_bytes.hex()
    history.tab.open_part(PARTS)
    history.bench.qtbot.waitUntil(lambda: bool(history.tab.detail.facts.sections))
    history.tap(history.tab.detail.foot.exports.buttons[0])
    assert f"part_{PARTS}_2A17-0000900" in dialogue(history).selectedFiles()[0]
    accept(history)
    history.bench.qtbot.waitUntil(lambda: bool(list(out.glob("*.zip"))))
    pack = only_file(out)
    with zipfile.ZipFile(pack) as members:
        assert {"images/top.png", "overlays/top.png"} <= set(members.namelist())
        (out / "verify_pack.py").write_bytes(members.read("verify_pack.py"))
    command = [sys.executable, "-I", str(out / "verify_pack.py"), str(pack), "--key", key]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout.startswith(f"OK part {PARTS}")
    assert notes(history)[0].subject == f"part {PARTS}"


def test_without_a_key_there_is_no_pack_and_a_sentence(history: HistoryBench, out: Path) -> None:
    (history.folder / "station-signing.key").unlink(missing_ok=True)
    history.tab.open_part(PARTS)
    history.bench.qtbot.waitUntil(lambda: bool(history.tab.detail.facts.sections))
    history.tap(history.tab.detail.foot.exports.buttons[0])
    accept(history)
    history.bench.qtbot.waitUntil(lambda: pane(history).words.is_warning)
    assert "has no signing key yet" in pane(history).words.words
    assert not list(out.iterdir()) and not notes(history)


@pytest.mark.parametrize("role", [Role.OPERATOR])
def test_who_may_not_export_sees_why(history: HistoryBench, out: Path, role: Role) -> None:
    history.sign_in(role)
    assert not any(button(history, number).isEnabled() for number in (CSV, WORKBOOK, REPORT))
    assert history.tab.list.foot.note.words == "Your role may not do this"
    history.sign_in(Role.QUALITY)
    assert button(history, REPORT).isEnabled() and not history.tab.list.foot.note.words


def test_a_station_without_accounts_exports_nothing(history: HistoryBench) -> None:
    assert not button(history, CSV).isEnabled()
    assert "set up an administrator" in history.tab.list.foot.note.words


def test_what_the_engine_does_not_note_does_not_leave(history: HistoryBench, out: Path) -> None:
    history.bench.engine.export_refusal = CommandRefused("NoteExport", "the rights that hold now do not allow this")
    export(history, CSV)
    assert not list(out.iterdir())
    assert "rights that hold now" in pane(history).words.words and pane(history).words.is_warning


def test_a_station_that_is_lost_meanwhile_leaves_no_file(history: HistoryBench, out: Path) -> None:
    history.bench.engine.answers_exports = False
    history.tap(button(history, CSV))
    accept(history)
    history.bench.qtbot.waitUntil(lambda: bool(notes(history)))
    history.bench.engine.die()
    history.bench.qtbot.waitUntil(lambda: pane(history).words.is_warning)
    assert not list(out.iterdir()) and "export again" in pane(history).words.words


def test_a_folder_that_takes_nothing_is_told(history: HistoryBench, out: Path) -> None:
    history.tap(button(history, CSV))
    chosen = dialogue(history)
    chosen.close()
    chosen.path_chosen.emit(chosen._task, out / "gone" / "history.csv")
    wait_for_end(history)
    assert pane(history).words.is_warning and "The file cannot be written" in pane(history).words.words


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The second page of parts is not read before this is set."""
    goes_on = threading.Event()

    def held_page(reader: Any, **asked: Any) -> tuple[HistoryRow, ...]:
        if asked["after"]:
            goes_on.wait(20)
        return page_after(reader, **asked)

    monkeypatch.setattr(history_rows, "page_after", held_page)
    yield goes_on
    goes_on.set()


def test_it_can_be_cancelled_and_leaves_nothing(history: HistoryBench, out: Path, held: threading.Event) -> None:
    history.tap(button(history, CSV))
    accept(history)
    history.bench.qtbot.waitUntil(lambda: "250 parts so far" in pane(history).words.words)
    assert not button(history, REPORT).isEnabled(), "one at a time"
    history.tap(pane(history).button)
    held.set()
    wait_for_end(history)
    assert not list(out.iterdir()) and not notes(history) and pane(history).isHidden()


def test_a_window_that_closes_leaves_nothing(history: HistoryBench, out: Path, held: threading.Event) -> None:
    history.tap(button(history, CSV))
    accept(history)
    history.bench.qtbot.waitUntil(lambda: "250 parts so far" in pane(history).words.words)
    writer = history.screen.exporting.findChild(ExportWriter)
    assert writer is not None
    writer.cancel()
    held.set()
    history.screen.exporting.stop()
    assert not list(out.iterdir())


def test_the_name_can_be_typed(history: HistoryBench, out: Path) -> None:
    history.tap(button(history, CSV))
    field = dialogue(history).findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.clear()
    QTest.keyClicks(field, "mine")
    history.bench.qtbot.waitUntil(lambda: field.text() == "mine")
    accept(history)
    wait_for_end(history)
    assert only_file(out).name == "mine.csv"
