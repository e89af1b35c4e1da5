"""Whether the team looks at what it decides, in words: never a person's figure. GUI thread."""

from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication

from station_app.core.bins import TIME_MIDDLES_MS
from station_app.core.history import HistoryFilter
from station_app.gui.charts.chart_tab import Asked, ChartTab
from station_app.gui.charts.sheet import BarChart, Fact, Sheet, Table, Unit
from station_app.gui.charts.team_figures import TeamFigures, team_figures
from station_app.gui.charts.words import lack_words, left_out_note, period_note, sample_words, share_words
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools
from station_app.gui.reading import Question
from station_app.gui.texts import disposition_name
from station_app.quality.attention import MOST_AGREEMENT, MOST_SEEDED_MISSES, QUICKEST_MEDIAN_S, Sign, TeamAttention
from station_app.quality.estimate import CannotSay

_SIGNS = {
    Sign.QUICK: QT_TRANSLATE_NOOP("Charts", "Half of the decisions took less time than a look"),
    Sign.AGREES_AND_MISSES: QT_TRANSLATE_NOOP("Charts", "Nearly all is agreed to, and known-bad images go unseen"),
}
_BARS = 16


class TeamSource:
    """What the team's figures are asked for, and what they say."""

    def question(self, asked: Asked) -> Question:
        read = partial(team_figures, where=asked.where)
        return lambda archive: (asked.where, archive.read(read))

    def sheet(self, figures: object) -> Sheet:
        assert isinstance(figures, tuple)
        return team_sheet(*figures)


def team_sheet(where: HistoryFilter, figures: TeamFigures) -> Sheet:
    translate = QCoreApplication.translate
    if not figures.decided:
        return Sheet(empty=translate("Charts", "Nobody decided anything in this period."))
    team = translate("Charts", "Figures of the team, never of a person. Answers to known-bad images: of all recipes.")
    notes = (f"{period_note(figures.first, figures.end)} {left_out_note(where)}".strip(), team)
    charts = (_chart(figures),) if any(figures.viewed) else ()
    return Sheet(notes=notes, charts=charts, facts=_facts(figures.attention), tables=(_table(figures),))


def _facts(attention: TeamAttention | CannotSay) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    signs = translate("Charts", "Signs that answers are stamped")
    if isinstance(attention, CannotSay):
        return (Fact(signs, lack_words(attention), translate("Charts", "Only decisions that were timed count.")),)
    found = tuple(
        Fact(signs, translate("Charts", _SIGNS[sign]), _coach(), is_alarming=True) for sign in attention.signs
    )
    return (*(found or (Fact(signs, translate("Charts", "none")),)), _median(attention), *_shares(attention))


def _coach() -> str:
    return QCoreApplication.translate("Charts", "Talk with the team: are the parts looked at, is there time for it?")


def _median(attention: TeamAttention) -> Fact:
    translate, median = QCoreApplication.translate, attention.median_s
    text = translate("Charts", "{low} to {high} s; {total} decisions; a sign below {limit} s")
    limits = {"low": f"{median.low:.1f}", "high": f"{median.high:.1f}", "limit": f"{QUICKEST_MEDIAN_S:.1f}"}
    caption = translate("Charts", "Time of a decision, median")
    return Fact(caption, f"{median.value:.1f} s", text.format(total=median.total, **limits))


def _shares(attention: TeamAttention) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    above = translate("Charts", "a sign above {limit}, if known-bad images are missed as well")
    agreed = f"{sample_words(attention.agreement)}; {above.format(limit=f'{100 * MOST_AGREEMENT:.1f} %')}"
    agreement = Fact(translate("Charts", "Agreed with the station"), share_words(attention.agreement), agreed)
    caption = translate("Charts", "Known-bad images missed in reviews")
    if not attention.seeded_misses.total:
        return agreement, Fact(caption, translate("Charts", "Cannot say: none was shown in this period"))
    limit = translate("Charts", "a sign above {limit}").format(limit=f"{100 * MOST_SEEDED_MISSES:.0f} %")
    missed = attention.seeded_misses
    return agreement, Fact(caption, share_words(missed), f"{sample_words(missed)}; {limit}")


def _table(figures: TeamFigures) -> Table:
    translate = QCoreApplication.translate
    head = (translate("Charts", "Decision"), translate("Charts", "Count"))
    rows = tuple((disposition_name(entry.disposition), str(entry.count)) for entry in figures.decided)
    return Table(translate("Charts", "Decisions in this period"), (head, *rows))


def _chart(figures: TeamFigures) -> BarChart:
    """The fine bins put together, from the first to the last that holds anything."""
    counts = np.array(figures.viewed)
    filled = np.flatnonzero(counts)
    step = max(1, -(-(int(filled[-1]) - int(filled[0]) + 1) // _BARS))
    edges = range(int(filled[0]), int(filled[-1]) + 1, step)
    sums = [int(counts[first : first + step].sum()) for first in edges]
    seconds = [TIME_MIDDLES_MS[min(first + step // 2, len(counts) - 1)] / 1000 for first in edges]
    text = QCoreApplication.translate("Charts", "about {seconds} s: {count} decisions")
    return BarChart(
        title=QCoreApplication.translate("Charts", "How long decisions took, seconds"),
        unit=Unit.COUNT,
        names=tuple(f"{value:.2g}" for value in seconds),
        values=np.array(sums, np.float64),
        reading=lambda number: text.format(seconds=f"{seconds[number]:.2g}", count=sums[number]),
    )


def make_team(tools: PageTools, look: Look) -> HistoryTab:
    return ChartTab(tools, look, TeamSource())
