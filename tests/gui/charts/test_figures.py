"""What the tabs say of a recorded database equals what is counted by hand."""

import math
from datetime import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.charts import FrozenLimits
from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.core.inspection import Disposition, VerdictKind
from station_app.gui.charts.drift_figures import DriftQuestion, drift_figures, filled_means
from station_app.gui.charts.pareto_figures import ParetoBy, ParetoQuestion, pareto_figures
from station_app.gui.charts.sample_figures import SampleQuestion, sample_figures
from station_app.gui.charts.spc_figures import ControlChart, SpcFigures, SpcQuestion, spc_figures
from station_app.gui.charts.subgroups import Grouping, fitting, group
from station_app.gui.charts.team_figures import team_figures
from station_app.gui.charts.words import local_time
from station_app.gui.charts.yield_figures import yield_figures
from station_app.quality.control_limits import Limits
from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.run_rules import RunRule
from station_app.quality.yields import Yields
from station_app.store.archive import StationArchive
from station_app.store.frozen_limits import record_limits
from station_app.store.inspections import record_inspection
from station_app.store.part_figures import HOUR_MS
from tests.gui.charts.recorded import FIRST_HOUR, decide, part, record_hours, writing

BASE = [1, 2, 3, 2, 1] * 6
"""Thirty hours of a sound process: 100 parts each, 54 of 3,000 rejected."""


def _frozen(chart: str, hours: int) -> FrozenLimits:
    period = (FIRST_HOUR * HOUR_MS, (FIRST_HOUR + hours) * HOUR_MS)
    return FrozenLimits(chart, "", *period, "after the new lamp", "li", period[1])


def _spc(folder: Path, question: SpcQuestion) -> SpcFigures:
    return StationArchive(folder).read(lambda reader: spc_figures(reader, question))


def _hourly(folder: Path) -> tuple[ControlChart, ControlChart, ControlChart]:
    ng, defects, no_result = _spc(folder, SpcQuestion(EVERYTHING, Grouping.HOUR)).charts
    return ng, defects, no_result


def test_frozen_limits_stand_still_and_name_the_hour_that_leaves_them(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [*BASE, 20], no_result=1)
        record_limits(connection, _frozen("ng_share/hour", 30))
    ng, defects, no_result = _hourly(tmp_path)
    assert isinstance(ng.limits, Limits)
    assert ng.limits.centre.value == pytest.approx(54 / 3000)
    # By hand: z of a share k of 100 is (k - 1.8) / sqrt(1.8 * 0.982); every step of the base is one part.
    step = 1 / math.sqrt(1.8 * 0.982)
    steps = sum(abs(a - b) for a, b in pairwise(BASE))
    sigma = steps * step / 29 / 1.128 * math.sqrt(0.018 * 0.982 / 100)
    assert ng.points[0].high == pytest.approx(0.018 + 3 * sigma)
    last = [(b.rule, ng.points[b.at].index) for b in ng.breaches]
    assert last == [(RunRule.BEYOND_THREE_SIGMA, 30)]
    assert [(s.count, s.size) for s in no_result.subgroups[:2]] == [(1, 101), (1, 101)]
    assert sum(s.count for s in defects.subgroups) == 74


def test_without_frozen_limits_no_rule_is_applied(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [*BASE, 20])
    ng, _, no_result = _hourly(tmp_path)
    assert ng.frozen is None
    assert ng.breaches == ()
    assert ng.points
    assert no_result.limits == CannotSay(Lack.DEFECTS, 1)


def test_a_small_hour_is_shown_and_judged_by_nothing(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, BASE)
        record_limits(connection, _frozen("ng_share/hour", 30))
        for number in range(10):
            connection.execute("SAVEPOINT part")

            record_inspection(connection, part(90_000 + number, 40, VerdictKind.FAIL, 0.9))
            connection.execute("RELEASE part")
    ng, _, _ = _hourly(tmp_path)
    assert len(ng.subgroups) == 31  # the hours between have no parts and no subgroup
    assert max(point.index for point in ng.points) == 29
    assert ng.breaches == ()
    assert ng.starts[30] - ng.starts[29] == 11 * 3600


def test_too_few_hours_freeze_nothing(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, BASE[:5])
    ng, _, _ = _hourly(tmp_path)
    assert ng.limits == CannotSay(Lack.SUBGROUPS, 20)
    assert len(ng.subgroups) == 5


def test_an_empty_database_has_no_charts(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass
    assert _spc(tmp_path, SpcQuestion(EVERYTHING)).charts == ()
    archive = StationArchive(tmp_path)
    assert archive.read(lambda r: yield_figures(r, EVERYTHING)).counts.triggers == 0
    assert archive.read(lambda r: team_figures(r, EVERYTHING)).decided == ()
    assert archive.read(lambda r: drift_figures(r, DriftQuestion(EVERYTHING))).signals[0].points == ()
    assert pareto_figures(archive, ParetoQuestion(EVERYTHING)).bars == ()
    assert archive.read(lambda r: sample_figures(r, SampleQuestion(EVERYTHING))).escapes == CannotSay(Lack.PARTS, 1)


def test_yields_stand_side_by_side_and_no_result_apart(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [4, 2], no_result=5)
        decide(connection, 1, Disposition.FALSE_REJECT)
        decide(connection, 50, Disposition.MISSED_DEFECT)
        decide(connection, 2, Disposition.FALSE_REJECT)
        decide(connection, 2, Disposition.UNDO)
    told = StationArchive(tmp_path).read(lambda reader: yield_figures(reader, EVERYTHING))
    assert isinstance(told.yields, Yields)
    assert (told.yields.first_pass.count, told.yields.first_pass.total) == (194, 200)
    assert told.yields.final.count == 194  # one more good, one fewer
    assert (told.yields.no_result.count, told.yields.no_result.total) == (10, 210)
    assert told.rolled is None
    assert not isinstance(told.dpmo, CannotSay)
    assert (told.dpmo.count, told.opportunities, round(told.dpmo.value)) == (6, 1, 30_000)
    total = told.stages[0]
    assert total.parts == 210
    assert all(ms is not None and abs(ms / 22.0 - 1) < 0.11 for ms in total.milliseconds)
    assert sum(day.counts.judged for day in told.days) == 200


def test_pareto_counts_findings_by_label_zone_and_reason_and_where_they_lie(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [4, 2], no_result=3)
    archive = StationArchive(tmp_path)
    counted = {by: pareto_figures(archive, ParetoQuestion(EVERYTHING, by)) for by in ParetoBy}
    bars = {by: [(bar.name, bar.share.count) for bar in figures.bars] for by, figures in counted.items()}
    assert bars == {ParetoBy.LABEL: [("dent", 6)], ParetoBy.ZONE: [("lid", 6)], ParetoBy.REASON: [("late", 6)]}
    assert counted[ParetoBy.LABEL].cells.tolist() == [[2, 1, 6]]  # its middle is at 130, 70
    assert pareto_figures(archive, ParetoQuestion(HistoryFilter(label="chip"))).bars == ()


def test_drift_is_measured_from_the_frozen_reference_alone(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    with writing(tmp_path) as connection:
        ids = iter(range(1, 10**6))
        for hour in range(120):
            level = 0.2 if hour < 100 else 0.3
            for score in rng.uniform(level - 0.1, level + 0.1, 50):
                record_inspection(connection, part(next(ids), hour, score=float(score)))
        record_limits(connection, _frozen("drift", 60))
    question = DriftQuestion(HistoryFilter(from_ms=(FIRST_HOUR + 60) * HOUR_MS))
    told = StationArchive(tmp_path).read(lambda reader: drift_figures(reader, question))
    score = told.signals[0]
    assert (sum(score.is_reference), len(score.points)) == (60, 60)
    assert [point.is_out for point in score.points[-15:]] == [True] * 15
    assert not isinstance(told.shift, CannotSay)
    assert told.shift.is_drift
    assert (told.shift.reference_total, told.shift.total) == (3000, 3000)
    assert told.models is None
    assert {name for _, names in told.alarms for name in names} >= {"score", "top/mean"}
    days = [local_time(at)[:10] for at, _ in told.alarms]
    assert len(days) == len(set(days))
    assert told.ranking.moved[0].name in ("score", "top/mean")


def test_without_a_reference_there_is_no_alarm(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, BASE)
    told = StationArchive(tmp_path).read(lambda reader: drift_figures(reader, DriftQuestion(EVERYTHING)))
    assert told.frozen is None
    assert told.alarms == ()
    assert told.reference == (FIRST_HOUR, FIRST_HOUR + 15)


def test_the_team_is_measured_by_its_timed_decisions(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [3, 3], parts=150)
        for part_id in range(1, 251):
            decide(connection, part_id, Disposition.AGREE if part_id > 5 else Disposition.FALSE_REJECT, 500)
        decide(connection, 251, Disposition.UNSURE, 0)
    told = StationArchive(tmp_path).read(lambda reader: team_figures(reader, EVERYTHING))
    assert not isinstance(told.attention, CannotSay)
    assert (told.attention.agreement.count, told.attention.agreement.total) == (245, 250)
    assert told.attention.median_s.value == pytest.approx(0.5, rel=0.06)
    assert told.attention.seeded_misses.total == 0
    assert {entry.disposition: entry.count for entry in told.decided}[Disposition.UNSURE] == 1


def test_few_decisions_say_nothing_of_the_team(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [3])
        decide(connection, 1, Disposition.AGREE)
    told = StationArchive(tmp_path).read(lambda reader: team_figures(reader, EVERYTHING))
    assert told.attention == CannotSay(Lack.DECISIONS, 199)


def test_overrides_never_enter_the_escape_rate(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_hours(connection, [3])
        for part_id in range(1, 30):
            decide(connection, part_id, Disposition.MISSED_DEFECT)
    told = StationArchive(tmp_path).read(lambda reader: sample_figures(reader, SampleQuestion(EVERYTHING)))
    assert isinstance(told.escapes, CannotSay)
    assert told.overrides == ((Disposition.MISSED_DEFECT, 29),)


def test_rates_come_from_the_strata_and_the_proof_says_what_is_missing(tmp_path: Path) -> None:
    strata = ((0, 0.01, 9000, 90, 90, 0), (1, 0.1, 1000, 100, 100, 2))
    rejected = ((0, 0.5, 40, 20, 20, 5),)
    with writing(tmp_path) as connection:
        record_hours(connection, [3])
        quarter = FIRST_HOUR * 4
        for is_rejected, rows in ((0, strata), (1, rejected)):
            for stratum, probability, *counts in rows:
                row = (quarter, 1, is_rejected, stratum, probability, *counts)
                connection.execute("INSERT OR REPLACE INTO sample_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    told = StationArchive(tmp_path).read(lambda reader: sample_figures(reader, SampleQuestion(EVERYTHING)))
    assert not isinstance(told.escapes, CannotSay)
    assert told.escapes.value == pytest.approx(1000 / 10_000 * 2 / 100)
    assert not isinstance(told.pooled, CannotSay)
    assert told.pooled.value == pytest.approx(2 / 190)  # five times as much
    assert not isinstance(told.overkill, CannotSay)
    assert told.overkill.value == pytest.approx(5 / 20)
    assert not isinstance(told.caught, CannotSay)
    assert told.caught.value == pytest.approx(30 / (30 + 20))
    # One review of the far stratum weighs a hundredth: the bound is three times as much, above one per cent.
    assert isinstance(told.proof, CannotSay)
    assert told.proof.lack is Lack.REVIEWS


HOURS = st.lists(st.integers(483_000, 484_000), min_size=1, max_size=60, unique=True).map(sorted)


@given(HOURS, st.sampled_from(Grouping))
def test_no_hour_is_lost_and_none_counted_twice(hours: list[int], grouping: Grouping) -> None:
    counts = np.arange(1, len(hours) + 1)
    groups = group(np.array(hours, np.int64), grouping, (time(6), time(14), time(22)))
    assert groups.sums(counts).sum() == counts.sum()
    assert (np.diff(groups.starts) > 0).all()
    assert all(start <= hour * 3600 for start, hour in zip(groups.starts[groups.places], hours, strict=True))


def test_subgroups_fit_the_period() -> None:
    assert [fitting(24, ()), fitting(24 * 30, (time(6),)), fitting(24 * 30, ())] == [
        Grouping.HOUR,
        Grouping.SHIFT,
        Grouping.DAY,
    ]
    assert fitting(8760, (time(6),)) is Grouping.DAY


@given(st.lists(st.tuples(st.integers(1, 120), st.floats(0, 1)), max_size=30))
def test_filled_means_wait_until_they_hold_fifty_parts(hours: list[tuple[int, float]]) -> None:
    counts = np.array([count for count, _ in hours], np.int64)
    sums = np.array([count * value for count, value in hours])
    times, means = filled_means(np.arange(len(hours)), sums, counts)
    assert len(times) == len(means) <= counts.sum() // 50
    assert ((means >= 0) & (means <= 1 + 1e-9)).all()
    assert (np.diff(times) > 0).all()
