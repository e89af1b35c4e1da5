"""`station-app audit` and `people`: what they print, and how they end."""

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.core.audit_view import Change
from station_app.store.ledger import DATABASE, StationLedger
from tests.store.records import ROOMY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        ledger.audit("anna", "override", "part 7\nforged", "agree").result(10)
        ledger.audit("wang", "feature_written", "camera top, gain", "", Change("1", "2", "too dark")).result(10)
        ledger.sign_head()
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    status = main([*map(str, words)])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_rows_are_listed_newest_first_one_line_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = told(capsys, "audit", "--data-dir", folder)
    lines = text.splitlines()
    assert status == 0 and len(lines) == 3
    assert lines[0].endswith("wang  feature_written  camera top, gain  '1' -> '2'  because 'too dark'")
    assert lines[1].endswith("anna  override  part 7 forged  agree")
    assert lines[2].startswith("1  ")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--who", "anna"), 1),
        (("--action", "feature_written"), 1),
        (("--since", "2999-01-01"), 0),
        (("--count", "2"), 2),
    ],
)
def test_a_filter_and_a_count(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], count: int
) -> None:
    status, text = told(capsys, "audit", "--data-dir", folder, *words)
    assert (status, len(text.splitlines())) == (0, count)


def test_a_day_that_is_none_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "audit", "--data-dir", folder, "--since", "yesterday") == (
        1,
        "station-app: 'yesterday' is no day (--since): write 2026-11-24 or 2026-11-24T06:00\n",
    )


def test_a_head_that_was_kept_shows_a_chain_that_was_rewritten_with_all_its_heads(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = told(capsys, "audit", "--data-dir", folder, "--head")
    assert status == 0 and json.loads(text)["number"] == 3
    kept = tmp_path / "head.json"
    kept.write_text(text)
    assert told(capsys, "audit", "--data-dir", folder, "--against", kept)[0] == 0
    assert told(capsys, "audit", "--data-dir", folder, "--verify")[0] == 0
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "issued.mark").unlink()
    with closing(StationLedger(folder, ROOMY)) as ledger:  # somebody begins anew, and all is whole
        ledger.audit("anna", "override", "part 7", "agree").result(10)
        ledger.audit("wang", "override", "part 8", "agree").result(10)
        ledger.sign_head()
    assert told(capsys, "audit", "--data-dir", folder, "--verify")[0] == 0
    status, text = told(capsys, "audit", "--data-dir", folder, "--against", kept)
    assert (status, text) == (1, "FAIL the audit chain was rewritten after its head was kept (audit row 3)\n")
    kept.write_text(kept.read_text().replace('"number": 3', '"number": 2'))
    assert "signature of this head does not hold" in told(capsys, "audit", "--data-dir", folder, "--against", kept)[1]


def test_a_broken_chain_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        other.execute("DROP TRIGGER audit_no_update")
        other.execute("UPDATE audit SET why = 'asked to' WHERE id = 3")
        other.commit()
    status, text = told(capsys, "audit", "--data-dir", folder, "--verify")
    assert status == 1 and "audit row 3" in text and "audit can be changed" in text


def test_an_administrator_is_reset_with_a_password_that_is_no_argument(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password\n"))
    words = ("people", "--data-dir", folder, "reset-admin", "boss", "--reason", "forgotten")
    assert told(capsys, *words)[0] == 0
    assert told(capsys, "people", "--data-dir", folder, "list") == (0, "boss  boss  admin  active  (password)\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    status, text = told(capsys, *words)
    assert status == 1 and "10 to 200 letters" in text and "short" not in text
