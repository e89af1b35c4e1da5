"""An exported history says what was recorded, and nothing in it is ever run by a spreadsheet."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.history import HistoryFilter, HistoryRow
from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.reports import xlsx_export
from station_app.reports.about import About
from station_app.reports.columns import COLUMNS, harmless
from station_app.reports.csv_export import write_csv
from station_app.reports.xlsx_export import write_xlsx

ROW = HistoryRow(
    part_id=7,
    inspected_at_ms=1_763_900_000_123,
    recipe="A17",
    recipe_revision=2,
    verdict=VerdictKind.FAIL,
    reason=None,
    serial="=1+1",
    lot="批次 3",
    label="scratch",
    score=0.91,
    model="cd" * 32,
    disposition=Disposition.FALSE_REJECT,
    operator="王芳",
)
UNKNOWN = replace(ROW, part_id=6, verdict=VerdictKind.NO_RESULT, reason=NoResultReason.LATE, score=None, serial="A-1")
ABOUT = About("L3", "station 1.0", "=cmd", 1_763_900_000_000, HistoryFilter(lot="批次 3", from_ms=0), "ab" * 32)


def exported(*rows: HistoryRow) -> list[list[str]]:
    stream = io.BytesIO()
    assert write_csv(rows, ABOUT, stream) == len(rows)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def test_a_table_says_what_was_recorded() -> None:
    header, first, second, *about = exported(ROW, UNKNOWN)
    told = dict(zip(header, first, strict=True))
    assert header == [column.name for column in COLUMNS]
    assert told["part"] == "7" and told["decided_by"] == "王芳" and told["lot"] == "批次 3" and told["score"] == "0.91"
    assert told["inspected_at_utc"] == "2025-11-23T12:13:20.123+00:00"
    assert dict(zip(header, second, strict=True))["reason"] == "late"
    assert ["# rows", "2"] in about and ["# filter_lot", "批次 3"] in about
    assert ["# audit_chain_head_sha256", "ab" * 32] in about


def test_a_pass_that_was_withheld_is_not_told_as_one() -> None:
    passed = replace(ROW, verdict=VerdictKind.PASS)
    header, *rows = exported(passed, replace(passed, is_withheld=True), UNKNOWN)
    told = [dict(zip(header, row, strict=True))["told_to_line"] for row in rows[:3]]
    assert told == ["PASS", "NO_RESULT", "NO_RESULT"]


def test_excel_reads_chinese() -> None:
    stream = io.BytesIO()
    write_csv([ROW], ABOUT, stream)
    assert stream.getvalue().startswith(b"\xef\xbb\xbf") and stream.getvalue().count(b"\xef\xbb\xbf") == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\0=1"])
def test_a_formula_is_a_text(text: str) -> None:
    assert harmless(text).startswith("'")


@given(st.text(max_size=40))
def test_whatever_a_scanner_sends_is_one_harmless_cell(serial: str) -> None:
    row = exported(replace(ROW, serial=serial))[1]
    cell = row[[column.name for column in COLUMNS].index("serial")]
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == serial.replace("\0", "").encode("utf-8", "replace").decode().removeprefix("'")


def test_a_workbook_says_what_was_recorded(tmp_path: Path) -> None:
    path = tmp_path / "history.xlsx"
    assert write_xlsx([ROW, UNKNOWN], ABOUT, path) == 2
    book = openpyxl.load_workbook(path)
    header, first, second = book["parts 1"].iter_rows(values_only=True)
    told = dict(zip(header, first, strict=True))
    assert told["part"] == 7 and told["serial"] == "=1+1" and told["score"] == 0.91 and told["decided_by"] == "王芳"
    assert book["parts 1"]["C2"].data_type == "s", "a text, and not a formula"
    assert dict(zip(header, second, strict=True))["score"] is None
    assert ("exported_by", "=cmd") in list(book["about"].iter_rows(values_only=True))
    assert book["about"]["B3"].data_type == "s"


def test_what_one_sheet_does_not_hold_goes_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_export, "MOST_ROWS", 2)
    path = tmp_path / "history.xlsx"
    assert write_xlsx((replace(ROW, part_id=n) for n in range(5)), ABOUT, path) == 5
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["parts 1", "parts 2", "parts 3", "about"]
    assert [row[0] for row in book["parts 3"].iter_rows(min_row=2, values_only=True)] == [4]
