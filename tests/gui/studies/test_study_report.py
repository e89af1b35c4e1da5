"""A study that was planned and answered on a real ledger: its report says what statsmodels and a pencil say."""

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from station_app.core.study import MODEL, Appraiser, StudyRecord
from station_app.gui.studies.report_section import Section
from station_app.gui.studies.report_words import sections
from station_app.gui.studies.study_report import StudyReport, appraiser_of, key_of, rank, study_report
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.study_plan import Weakness
from station_app.store.archive import StationArchive
from station_app.store.studies import study_record
from tests.gui.studies.conftest import StudyRoom, plain

ANNA, BEN, SHOWN = Appraiser("anna"), Appraiser("ben"), Appraiser("anna", sees_model=True)


def record_of(room: StudyRoom) -> StudyRecord:
    return StationArchive(room.folder).read(lambda reader: study_record(reader, 1))


def section(report: StudyReport, heading: str) -> Section:
    """With blanks where a figure and its sign are kept together."""
    (found,) = [told for told in sections(report) if told.heading == heading]
    rows = tuple(tuple(map(plain, row)) for row in found.rows)
    return replace(found, rows=rows, lines=tuple(map(plain, found.lines)))


@pytest.fixture
def report(room: StudyRoom) -> StudyReport:
    """Twenty parts, 1 to 3 and 10 to 13 and 20 bad; ben is wrong on 1 and 5; the model misses 10 and 20."""
    room.inspect(20)
    room.start(20, (ANNA, BEN, SHOWN))
    room.judge("anna")
    room.judge("ben", frozenset({1, 5}))
    return study_report(record_of(room))


def test_the_report_says_what_a_pencil_says(report: StudyReport) -> None:
    rows = {row[0]: row[1:] for row in section(report, "Against the standard").rows}
    assert list(rows) == ["anna", "ben", "anna + model", "Model"]
    assert rows["anna"][:2] == ("100.0 %  (20/20)", "83.2 % – 100.0 %")  # 0.025 ** (1 / 20)
    assert rows["ben"][0] == "90.0 %  (18/20)" and rows["Model"][0] == "90.0 %  (18/20)"
    rates = {row[0]: row[1:] for row in section(report, "Effectiveness, misses, false alarms").rows}
    assert rates["anna"] == ("100.0 %  (40/40)", "0.00 %  (0/16)", "0.00 %  (0/24)", "acceptable", "unacceptable")
    assert rates["ben"][:3] == ("90.0 %  (36/40)", "12.5 %  (2/16)", "8.33 %  (2/24)")
    assert rates["Model"][:3] == ("90.0 %  (36/40)", "25.0 %  (4/16)", "0.00 %  (0/24)")
    groups = {row[0]: row[1:] for row in section(report, "Between appraisers").rows}
    assert groups["People alone"][0] == "90.0 %  (18/20)" and groups["All appraisers"][0] == "80.0 %  (16/20)"


def test_the_report_says_what_statsmodels_says(report: StudyReport) -> None:
    truth = [part.is_bad for part in report.record.parts for _ in range(2)]
    said = [part.is_bad != (part.part_id in (1, 5)) for part in report.record.parts for _ in range(2)]
    table = np.zeros((2, 2))
    np.add.at(table, (np.array(said, int), np.array(truth, int)), 1)
    (ben,) = [figures.kappa for figures in report.ranked if figures.appraiser == "ben"]
    assert isinstance(ben, Estimate) and ben.value == pytest.approx(cohens_kappa(table).kappa, abs=1e-9)


def test_what_zero_misses_prove_is_said_with_the_real_numbers(report: StudyReport) -> None:
    lines = section(report, "What this proves of misses").lines
    # 1 - 0.05 ** (1 / 16) and 1 - 0.05 ** (1 / 8)
    assert "anna: 8 bad parts x 2 trials with 0 misses prove only ≤ 17.1 % missed" in lines[0]
    assert "which proves ≤ 31.2 %" in lines[0]
    assert lines[-1].startswith("Model: 8 bad parts with 2 missed prove only ≤")


def test_disputed_parts_name_who_was_wrong(report: StudyReport) -> None:
    disputed = section(report, "Disputed parts")
    assert [head for head, _ in disputed.heads] == ["Part", "Standard", "anna", "ben", "anna + model", "Model"]
    assert disputed.rows == (
        ("1", "bad", "·", "2/2", "·", "·"),
        ("5", "good", "·", "2/2", "·", "·"),
        ("10", "bad", "·", "·", "·", "2/2"),
        ("20", "bad", "·", "·", "·", "2/2"),
    )


def test_who_has_not_finished_is_named_and_not_counted(room: StudyRoom) -> None:
    room.inspect(10)
    room.start(10, (ANNA, BEN))
    room.judge("anna")
    room.judge("ben", most=19)
    report = study_report(record_of(room))
    assert [entry.appraiser for entry in report.unfinished] == [BEN]
    assert [appraiser_of(figures.appraiser) for figures in report.ranked] == [ANNA, MODEL]
    assert sections(report)[0].warnings[0].endswith("ben 19/20.")


def test_a_study_without_the_model_and_without_answers_has_no_figure(room: StudyRoom) -> None:
    room.inspect(10)
    room.start(10, (ANNA,), includes_model=False)
    report = study_report(record_of(room))
    assert isinstance(report.everybody, CannotSay) and report.ranked == ()
    told = sections(report)
    assert told[0].warnings[0].startswith("Cannot say") and told[1].rows == (("anna", "0/20"),)


def test_weak_plans_are_named(report: StudyReport) -> None:
    assert report.weak == (Weakness.FEW_PARTS,)


@pytest.mark.parametrize("appraiser", [ANNA, SHOWN, MODEL])
def test_a_name_in_the_statistics_leads_back(appraiser: Appraiser) -> None:
    assert appraiser_of(key_of(appraiser)) == appraiser


def test_people_come_before_the_model() -> None:
    assert sorted((MODEL, SHOWN, BEN, ANNA), key=rank) == [ANNA, BEN, SHOWN, MODEL]
