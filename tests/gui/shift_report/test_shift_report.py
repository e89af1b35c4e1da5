"""The shift report says what was counted by hand, on paper, in both languages; an empty shift says that it is one."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication

from station_app.core.charts import FrozenLimits
from station_app.core.errors import StorageError
from station_app.core.history import HistoryFilter
from station_app.core.inspection import Box, Disposition, NoResultReason, Override, VerdictKind
from station_app.core.review import Answer
from station_app.gui.language import CHINESE, ENGLISH, Language
from station_app.gui.shift_report.contents import ReportContents, ReportQuestion, gather
from station_app.gui.shift_report.pages import write_report
from station_app.quality.escapes import event_rate, overkill_rate
from station_app.quality.estimate import CannotSay, Estimate, Lack
from station_app.quality.intervals import wilson
from station_app.quality.strata import Stratum
from station_app.store.archive import StationArchive
from station_app.store.frozen_limits import record_limits
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.overrides import record_override
from station_app.store.part_figures import HOUR_MS
from tests.gui.charts.recorded import FIRST_HOUR, record_hours, writing
from tests.gui.history.recorded import small
from tests.store.records import MODEL, ROOMY
from tests.store.reviewed_line import START_MS, ReviewedLine

BEGIN_MS = START_MS // HOUR_MS * HOUR_MS
SHIFTS = (time(6), time(14), time(22))
MADE_MS = BEGIN_MS + 9 * HOUR_MS


def question(where: HistoryFilter) -> ReportQuestion:
    return ReportQuestion(where, "L3-ST07 后盖", "station-app 1.0", "Anna", MADE_MS, SHIFTS)


SHIFT = question(HistoryFilter(from_ms=BEGIN_MS, until_ms=BEGIN_MS + 8 * HOUR_MS))


def record_shift(folder: Path) -> None:
    """Ten parts: five OK, two NG, one REVIEW, two without result; all eight judged ones drawn, seven of them reviewed.
    One NG part is called good, one OK part bad, and one decision is taken back."""
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder) as connection:
        line = ReviewedLine(connection)
        for part_id, score in enumerate((0.1, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.4), 1):
            line.inspect(part_id, score, has_image=part_id != 8)
        for part_id in (9, 10):
            line.inspect(part_id, has_result=False)
        for part_id, answer in enumerate((Answer.GOOD,) * 4 + (Answer.BAD, Answer.GOOD, Answer.BAD), 1):
            line.review(part_id, answer)
        at_ms = line.clock_ms
        record_override(connection, Override(6, Disposition.FALSE_REJECT, "王芳", at_ms, reason="dust"))
        missed = Override(5, Disposition.MISSED_DEFECT, "Anna", at_ms + 1, label="dent", camera_id="top")
        record_override(connection, replace(missed, marks=(Box(20, 30, 40, 50),)))
        record_override(connection, Override(7, Disposition.FALSE_REJECT, "Anna", at_ms + 2, reason="reflection"))
        record_override(connection, Override(7, Disposition.UNDO, "Anna", at_ms + 3))
        late_ms = SHIFT.where.until_ms
        assert late_ms is not None
        record_override(connection, Override(1, Disposition.AGREE, "night", late_ms))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shift")
    record_shift(folder)
    return folder


@pytest.fixture(scope="module")
def contents(folder: Path) -> ReportContents:
    return gather(StationArchive(folder), SHIFT)


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def pages_of(path: Path, contents: ReportContents) -> list[str]:
    pages = write_report(path, contents)
    read = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]
    assert len(read) == pages
    return read


def test_the_figures_are_those_counted_by_hand(contents: ReportContents) -> None:
    counts = contents.yields.counts
    assert (counts.passed, counts.failed, counts.review, counts.no_result) == (5, 2, 1, 2)
    assert contents.reasons == ((NoResultReason.LATE, 2),)
    found = contents.yields.yields
    assert not isinstance(found, CannotSay)
    assert found.first_pass == wilson(5, 8), "of the judged parts alone"
    assert found.final == wilson(5, 8), "one more was called good, one less"
    assert found.no_result == wilson(2, 10)
    (stream,) = contents.streams
    assert (stream.recipe, stream.revision, stream.models, stream.judged) == ("A17", 2, MODEL, 8)


def test_escapes_and_overkill_come_from_the_blind_sample(contents: ReportContents) -> None:
    sample = contents.sample
    assert sample.passed == (Stratum(5, 5, 5, 1, 1.0),)
    assert sample.escapes == event_rate(sample.passed)
    assert isinstance(sample.escapes, Estimate) and sample.escapes.value == pytest.approx(1 / 5)
    assert sum(s.drawn for s in sample.failed) == 3 and sum(s.reviewed for s in sample.failed) == 2
    assert sample.overkill == overkill_rate(sample.failed)
    assert isinstance(sample.overkill, CannotSay) and sample.overkill.lack is Lack.REVIEWS


def test_decisions_are_those_of_the_period_with_what_was_taken_back(contents: ReportContents) -> None:
    told = [(made.part_id, made.disposition, made.operator, made.is_taken_back) for made in contents.decisions]
    assert told == [
        (6, Disposition.FALSE_REJECT, "王芳", False),
        (5, Disposition.MISSED_DEFECT, "Anna", False),
        (7, Disposition.FALSE_REJECT, "Anna", True),
        (7, Disposition.UNDO, "Anna", False),
    ]
    assert contents.decision_count == 4 and contents.decisions[0].verdict is VerdictKind.FAIL


def test_rejected_and_overridden_parts_are_pictured_newest_first(contents: ReportContents) -> None:
    assert [part.row.part_id for part in contents.pictured] == [8, 7, 6, 5]
    assert contents.pictured[3].standing is not None and contents.pictured[3].standing.label == "dent"
    assert contents.pictured[1].standing is None, "taken back"


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        (
            ENGLISH,
            (
                "Shift report",
                "NO RESULT 2",
                "The result came too late 2",
                "62.5 % · 30.6 % to 86.3 % at 95.0 %; 5 of 8",
                "told OK 5 5 5 0 1",
                "told NG or REVIEW 3 3 2 1 1",
                "Cannot say: at least",
                "NG False reject Dust 王芳",
                "OK Missed defect Dent Anna",
                "False reject (taken back)",
                "No image is stored of these parts: 8, 7, 6, 5.",
                MODEL,
                "Shift lead: name, date, signature",
                "The station has not signed the chain yet",
                "L3-ST07 后盖",
            ),
        ),
        (CHINESE, ("班次报告", "无结果 2", "判为 OK 5 5 5 0 1", "误判 灰尘 王芳", "漏检 凹坑 Anna", "审计链", MODEL)),
    ],
)
def test_the_paper_says_it_in_both_languages(
    spoken: str, expected: tuple[str, ...], contents: ReportContents, language: Language, tmp_path: Path
) -> None:
    language.switch(spoken)
    pages = pages_of(tmp_path / "report.pdf", contents)
    text = " ".join(pages)
    assert [words for words in expected if words not in text] == []
    assert all("L3-ST07" in page and "station-app 1.0" in page for page in pages)


def test_a_shift_without_a_part_says_so(folder: Path, qapp: QApplication, tmp_path: Path) -> None:
    empty = HistoryFilter(from_ms=BEGIN_MS - 9 * HOUR_MS, until_ms=BEGIN_MS - HOUR_MS)
    (page,) = pages_of(tmp_path / "report.pdf", gather(StationArchive(folder), question(empty)))
    assert "No part was inspected in this period." in page and "Nobody decided anything" in page
    assert "0 %" not in page.replace("95.0 %", ""), "a figure without a sample is no figure"


def test_what_the_filter_asks_beyond_the_counts_is_named(folder: Path, qapp: QApplication, tmp_path: Path) -> None:
    asked = question(replace(SHIFT.where, serial="2A17", model=MODEL[:8]))
    text = " ".join(pages_of(tmp_path / "report.pdf", gather(StationArchive(folder), asked)))
    assert "not applied here: serial number" in text
    assert "The sample is not kept by model" in text


def test_the_shift_is_named_where_the_period_is_one(folder: Path, qapp: QApplication, tmp_path: Path) -> None:
    begin = datetime(2023, 11, 14, 22, 0).astimezone()
    one = HistoryFilter(from_ms=round(begin.timestamp() * 1000), until_ms=round(begin.timestamp() * 1000) + 8 * HOUR_MS)
    archive = StationArchive(folder)
    assert "Shift from 22:00" in pages_of(tmp_path / "one.pdf", gather(archive, question(one)))[0]
    longer = replace(one, until_ms=(one.until_ms or 0) + 1)
    assert "Not one shift" in pages_of(tmp_path / "two.pdf", gather(archive, question(longer)))[0]


def test_limits_that_were_frozen_are_the_limits(qapp: QApplication, tmp_path: Path) -> None:
    base = [4 + number % 3 for number in range(40)]
    with writing(tmp_path) as connection:
        record_hours(connection, [*base, 30])
        until_ms = (FIRST_HOUR + 40) * HOUR_MS
        limits = FrozenLimits("ng_share/hour", "", FIRST_HOUR * HOUR_MS, until_ms, "after the new lamp", "li", until_ms)
        record_limits(connection, limits)
    asked = question(HistoryFilter(from_ms=until_ms - 4 * HOUR_MS, until_ms=until_ms + HOUR_MS))
    contents = gather(StationArchive(tmp_path), asked)
    assert contents.ng is not None and contents.ng.frozen == limits
    assert [contents.ng.points[breach.at].count for breach in contents.ng.breaches] == [30]
    text = " ".join(pages_of(tmp_path / "report.pdf", contents))
    assert "after the new lamp" in text and "outside the limits" in text
    assert "Dent" in text and "No finding" not in text


def test_pictures_carry_number_label_and_score(qapp: QApplication, tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [14])
    archive = StationArchive(tmp_path)
    rejected = [part.row.part_id for part in gather(archive, question(HistoryFilter())).pictured]
    assert rejected == list(range(14, 2, -1)), "the newest twelve"
    ledger = StationLedger(tmp_path, ROOMY)
    for inspection in archive.inspections(rejected):
        ledger.keep_image(inspection, "top", small(inspection.part_id, is_bad=True))
    ledger.close()
    contents = gather(archive, question(HistoryFilter()))
    assert all(part.pixels is not None for part in contents.pictured)
    text = " ".join(pages_of(tmp_path / "report.pdf", contents))
    assert all(f"{part_id} · NG · [1] Dent 0.90" in text for part_id in rejected)
    images = sum(len(page.images) for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    assert images == 12


def test_it_is_written_beside_the_gui_thread(contents: ReportContents, language: Language, tmp_path: Path) -> None:
    """Two threads write with the same typeface at a time."""
    done: list[int] = []

    def write() -> None:
        done.extend(write_report(tmp_path / f"beside-{number}.pdf", contents) for number in range(5))

    beside = threading.Thread(target=write)
    beside.start()
    for number in range(5):
        write_report(tmp_path / f"here-{number}.pdf", contents)
    beside.join()
    texts = {" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages) for path in tmp_path.glob("*.pdf")}
    assert len(done) == 5 and len(texts) == 1


def test_damaged_records_are_told_and_leave_no_report(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all" * 100)
    with pytest.raises(StorageError):
        gather(StationArchive(tmp_path), SHIFT)
