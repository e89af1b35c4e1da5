"""Continuous agreement: known-bad images that were mixed into the reviews, caught and missed, in words and lines.

GUI thread.
"""

import numpy as np
from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.chart_tab import Asked, ChartTab
from station_app.gui.charts.sheet import ChoiceRow, Fact, Role, Series, Sheet, Table, TimeChart, Unit
from station_app.gui.charts.words import local_time, percent, sample_words, share_words
from station_app.gui.link import PartArchive
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools
from station_app.gui.reading import Question
from station_app.gui.studies.seeded_figures import SeededFigures, SeededSpan, Span, seeded_figures
from station_app.quality.attention import MOST_SEEDED_MISSES
from station_app.quality.intervals import upper_bound
from station_app.store.seed_answers import seed_history

_SPANS = {
    Span.DAY: QT_TRANSLATE_NOOP("Studies", "Day"),
    Span.WEEK: QT_TRANSLATE_NOOP("Studies", "Week"),
    Span.MONTH: QT_TRANSLATE_NOOP("Studies", "Month"),
}
_TOLD = 60


class SeededSource:
    """What the figures of seeded images are asked for, and what they say."""

    def question(self, asked: Asked) -> Question:
        span = Span(asked.chosen.get("span", Span.WEEK))

        def read(archive: PartArchive) -> object:
            return span, seeded_figures(archive.read(seed_history), span)

        return read

    def sheet(self, figures: object) -> Sheet:
        assert isinstance(figures, tuple)
        return seeded_sheet(*figures)


def seeded_sheet(span: Span, figures: SeededFigures) -> Sheet:
    translate = QCoreApplication.translate
    if not figures.whole.total:
        return Sheet(empty=translate("Studies", "No known-bad image was answered in a review yet."))
    entries = tuple((str(choice), translate("Studies", text)) for choice, text in _SPANS.items())
    note = translate(
        "Studies", "Known-bad images, mixed unseen into the blind reviews: a figure of the team, never of a person."
        " Who was unsure has not caught it."
    )  # fmt: skip
    return Sheet(
        notes=(note,),
        choices=(ChoiceRow("span", translate("Studies", "Counted by"), entries, span),),
        charts=(_chart(figures.spans),),
        facts=_facts(figures),
        tables=(_table(figures.spans),),
    )


def _facts(figures: SeededFigures) -> tuple[Fact, ...]:
    translate, whole = QCoreApplication.translate, figures.whole
    missed = whole.total - whole.count
    text = translate("Studies", "{missed} of {total} missed prove only ≤ {bound} missed (95 %, one-sided)")
    bound = text.format(missed=missed, total=whole.total, bound=percent(upper_bound(missed, whole.total)))
    limit = translate("Studies", "a sign above {limit} missed").format(limit=f"{100 * MOST_SEEDED_MISSES:.0f} %")
    newest = figures.spans[-1]
    last = translate("Studies", "Since {time}").format(time=local_time(newest.begin_s)[:10])
    return (
        Fact(translate("Studies", "Known-bad images caught"), share_words(whole), sample_words(whole)),
        Fact(translate("Studies", "What this proves"), bound, limit),
        Fact(last, share_words(newest.caught), sample_words(newest.caught)),
    )


def _chart(spans: tuple[SeededSpan, ...]) -> TimeChart:
    translate = QCoreApplication.translate
    shares = [span.caught for span in spans]
    return TimeChart(
        title=translate("Studies", "Known-bad images caught"),
        unit=Unit.SHARE,
        times=np.array([span.begin_s for span in spans]),
        series=(
            Series(translate("Studies", "caught"), np.array([share.value for share in shares])),
            Series(translate("Studies", "interval 95 %"), np.array([share.low for share in shares]), Role.LIMIT),
            Series("", np.array([share.high for share in shares]), Role.LIMIT),
        ),
        reading=lambda place: _reading(spans[place]),
    )


def _reading(span: SeededSpan) -> str:
    return f"{local_time(span.begin_s)[:10]}: {share_words(span.caught)} ({sample_words(span.caught)})"


def _table(spans: tuple[SeededSpan, ...]) -> Table:
    """The newest first."""
    translate = QCoreApplication.translate
    head = (
        translate("Studies", "From"),
        translate("Studies", "Shown"),
        translate("Studies", "Missed"),
        translate("Studies", "Caught, interval 95 %"),
    )
    return Table(translate("Studies", "Over time"), (head, *map(_row, reversed(spans[-_TOLD:]))))


def _row(span: SeededSpan) -> tuple[str, ...]:
    caught = span.caught
    interval = f"{percent(caught.low)} – {percent(caught.high)}"
    return local_time(span.begin_s)[:10], str(caught.total), str(caught.total - caught.count), interval


def make_seeded(tools: PageTools, look: Look) -> ChartTab:
    return ChartTab(tools, look, SeededSource())
