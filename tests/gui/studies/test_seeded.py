"""Known-bad images among the reviews: how many the team caught, day by day, with what that proves."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from scipy import stats

from station_app.gui.charts.sheet import TimeChart
from station_app.gui.studies.seeded_figures import Span, seeded_figures
from station_app.gui.studies.seeded_tab import seeded_sheet
from station_app.quality.intervals import clopper_pearson
from tests.gui.studies.conftest import plain

NOON = datetime(2025, 11, 19, 12, 0)  # noqa: DTZ001 - the clock on the wall, a Wednesday


def at(days: float) -> int:
    return round((NOON + timedelta(days=days)).timestamp() * 1000)


answers = st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=40).map(
    lambda given: tuple((at(days), caught) for days, caught in sorted(given))
)


@given(answers, st.sampled_from(Span))
def test_every_answer_is_counted_once_in_its_span(said: tuple[tuple[int, bool], ...], span: Span) -> None:
    figures = seeded_figures(said, span)
    assert figures.whole == clopper_pearson(sum(caught for _, caught in said), len(said))
    assert sum(found.caught.total for found in figures.spans) == len(said)
    assert sum(found.caught.count for found in figures.spans) == figures.whole.count
    begins = [found.begin_s for found in figures.spans]
    assert all(one < other for one, other in pairwise(begins))


@pytest.mark.parametrize(
    ("span", "begin"),
    [(Span.DAY, datetime(2025, 11, 19)), (Span.WEEK, datetime(2025, 11, 17)), (Span.MONTH, datetime(2025, 11, 1))],  # noqa: DTZ001
)
def test_a_span_begins_by_the_clock_on_the_wall(span: Span, begin: datetime) -> None:
    (found,) = seeded_figures(((at(0), True), (at(0.1), False)), span).spans
    assert found.begin_s == begin.timestamp()
    assert (found.caught.count, found.caught.total) == (1, 2)


def test_the_sheet_says_what_is_proved(qapp: QApplication) -> None:
    figures = seeded_figures(tuple((at(n), n != 3) for n in range(20)), Span.WEEK)
    sheet = seeded_sheet(Span.WEEK, figures)
    facts = {fact.caption: fact for fact in sheet.facts}
    assert plain(facts["Known-bad images caught"].figure) == "95.0 %"
    bound = 100 * stats.beta.ppf(0.95, 2, 19)
    assert (
        plain(facts["What this proves"].figure) == f"1 of 20 missed prove only ≤ {bound:.1f} % missed (95 %, one-sided)"
    )
    (chart,) = sheet.charts
    assert isinstance(chart, TimeChart) and len(chart.times) == 4
    assert plain(chart.reading(0)).startswith("2025-11-17: 80.0 %")
    (table,) = sheet.tables
    assert [row[:3] for row in table.rows[1:]] == [
        ("2025-12-08", "1", "0"),
        ("2025-12-01", "7", "0"),
        ("2025-11-24", "7", "0"),
        ("2025-11-17", "5", "1"),
    ]


def test_without_an_answer_there_is_no_figure(qapp: QApplication) -> None:
    sheet = seeded_sheet(Span.WEEK, seeded_figures((), Span.WEEK))
    assert sheet.empty and not sheet.facts
