"""The control charts in words and lines. GUI thread."""

from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.chart_tab import Asked, ChartTab
from station_app.gui.charts.sheet import ChoiceRow, Fact, Freezable, Role, Series, Sheet, TimeChart, Unit
from station_app.gui.charts.spc_figures import (
    DEFECTS,
    NG_SHARE,
    NO_RESULT_SHARE,
    ControlChart,
    SpcFigures,
    SpcQuestion,
    chart_name,
    spc_figures,
)
from station_app.gui.charts.subgroups import Grouping
from station_app.gui.charts.words import (
    grouping_words,
    joined,
    lack_words,
    left_out_note,
    local_time,
    moment,
    nothing_words,
    percent,
    period_note,
    sample_words,
)
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools
from station_app.gui.reading import Question
from station_app.gui.texts import label_name
from station_app.quality.control_limits import ChartPoint, Limits
from station_app.quality.estimate import CannotSay
from station_app.quality.run_rules import RunRule
from station_app.store.part_figures import HOUR_MS

_TITLES = {
    NG_SHARE: QT_TRANSLATE_NOOP("Charts", "Rejected (NG and REVIEW), of the judged parts: Laney p′ chart"),
    DEFECTS: QT_TRANSLATE_NOOP("Charts", "Findings on rejected parts, per judged part: Laney u′ chart"),
    NO_RESULT_SHARE: QT_TRANSLATE_NOOP("Charts", "NO RESULT, of all triggers: Laney p′ chart"),
}
_SHORT = {
    NG_SHARE: QT_TRANSLATE_NOOP("Charts", "Rejected"),
    DEFECTS: QT_TRANSLATE_NOOP("Charts", "Findings"),
    NO_RESULT_SHARE: QT_TRANSLATE_NOOP("Charts", "NO RESULT"),
}
_RULES = {
    RunRule.BEYOND_THREE_SIGMA: QT_TRANSLATE_NOOP("Charts", "outside the limits"),
    RunRule.NINE_ON_ONE_SIDE: QT_TRANSLATE_NOOP("Charts", "nine on one side of the centre"),
}
_BREACHES_TOLD = 8


class SpcSource:
    """What the control charts are asked for, and what they say."""

    def question(self, asked: Asked) -> Question:
        label = asked.chosen.get("label", asked.where.label)
        wanted = SpcQuestion(asked.where, asked.chosen.get("grouping", ""), label, asked.shifts)
        return lambda archive: (wanted, archive.read(partial(spc_figures, question=wanted)))

    def sheet(self, figures: object) -> Sheet:
        assert isinstance(figures, tuple)
        return spc_sheet(*figures)


def spc_sheet(question: SpcQuestion, figures: SpcFigures) -> Sheet:
    translate = QCoreApplication.translate
    left_out = left_out_note(question.where, ("model", "label"))
    if not figures.charts:
        return Sheet(notes=tuple(filter(None, (left_out,))), empty=nothing_words())
    notes = (f"{period_note(figures.first, figures.end)} {left_out}".strip(),)
    charts = tuple(_chart(chart, figures.grouping) for chart in figures.charts)
    names = tuple(chart_name(chart.name, figures.grouping, figures.label) for chart in figures.charts)
    caption = translate("Charts", "Freeze limits from this period")
    period = (figures.first * HOUR_MS, figures.end * HOUR_MS)
    return Sheet(
        notes=notes,
        choices=(_grouping_row(figures, question), _label_row(figures)),
        charts=charts,
        facts=tuple(fact for chart in figures.charts for fact in chart_facts(chart, figures.grouping)),
        freezable=Freezable(names, caption, *period, question.where.recipe),
    )


def _grouping_row(figures: SpcFigures, question: SpcQuestion) -> ChoiceRow:
    offered = [entry for entry in Grouping if entry is not Grouping.SHIFT or question.shifts]
    entries = tuple((entry.value, grouping_words(entry)) for entry in offered)
    return ChoiceRow(
        "grouping", QCoreApplication.translate("Charts", "One point is a"), entries, figures.grouping.value
    )


def _label_row(figures: SpcFigures) -> ChoiceRow:
    every = ("", QCoreApplication.translate("Charts", "All kinds"))
    entries = (every, *((label, label_name(label)) for label in figures.labels))
    return ChoiceRow("label", QCoreApplication.translate("Charts", "Kind of defect"), entries, figures.label)


def _chart(chart: ControlChart, grouping: Grouping) -> TimeChart:
    translate, count = QCoreApplication.translate, len(chart.starts)
    values = np.array([group.count / group.size if group.size else np.nan for group in chart.subgroups])
    series = [Series(translate("Charts", "Share") if chart.name != DEFECTS else translate("Charts", "Rate"), values)]
    if isinstance(chart.limits, Limits):
        centre, low, high = (np.full(count, np.nan) for _ in range(3))
        places = [point.index for point in chart.points]
        centre[places] = chart.limits.centre.value
        low[places], high[places] = [p.low for p in chart.points], [p.high for p in chart.points]
        on_trial = chart.frozen is None
        limit = translate("Charts", "Limits on trial") if on_trial else translate("Charts", "Limits")
        series += [Series(translate("Charts", "Centre"), centre, Role.CENTRE), Series(limit, high, Role.LIMIT)]
        series.append(Series("", low, Role.LIMIT))
    judged = {point.index: point for point in chart.points}
    return TimeChart(
        title=translate("Charts", _TITLES[chart.name]),
        unit=Unit.PLAIN if chart.name == DEFECTS else Unit.SHARE,
        times=chart.starts,
        series=tuple(series),
        reading=lambda number: _reading(chart, number, grouping, judged.get(number)),
        marked=tuple(sorted({chart.points[breach.at].index for breach in chart.breaches})),
        hollow=tuple(n for n, g in enumerate(chart.subgroups) if g.size and n not in judged) if judged else (),
    )


def _reading(chart: ControlChart, number: int, grouping: Grouping, point: ChartPoint | None) -> str:
    group, when = chart.subgroups[number], moment(float(chart.starts[number]), grouping)
    if not group.size:
        return QCoreApplication.translate("Charts", "{when}: no parts").format(when=when)
    text = QCoreApplication.translate("Charts", "{when}: {value}, {count} of {total}")
    told = text.format(when=when, value=_value(chart, group.count / group.size), count=group.count, total=group.size)
    if point is None:
        return told
    limits = QCoreApplication.translate("Charts", "limits {low} to {high}")
    return f"{told}; {limits.format(low=_value(chart, point.low), high=_value(chart, point.high))}"


def _value(chart: ControlChart, value: float) -> str:
    return f"{value:.4f}" if chart.name == DEFECTS else percent(value)


def chart_facts(chart: ControlChart, grouping: Grouping) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    caption = translate("Charts", _SHORT[chart.name])
    if isinstance(chart.limits, CannotSay):
        note = translate("Charts", "No limits: the points are shown alone.")
        return (Fact(caption, lack_words(chart.limits), note),)
    centre = chart.limits.centre
    figure = f"{centre.value:.4f}" if chart.name == DEFECTS else percent(centre.value)
    sample = "" if chart.name == DEFECTS else sample_words(centre)
    source = _source(chart, chart.limits)
    found = tuple(_breach(chart, number, grouping) for number in range(len(chart.breaches)))[::-1]
    more = len(found) - _BREACHES_TOLD
    rest = (Fact("", translate("Charts", "and {count} earlier").format(count=more)),) if more > 0 else ()
    return (Fact(caption, figure, joined(sample, source)), *found[:_BREACHES_TOLD], *rest)


def _source(chart: ControlChart, limits: Limits) -> str:
    translate, frozen = QCoreApplication.translate, chart.frozen
    if frozen is None:
        text = translate("Charts", "Limits on trial, from the {count} subgroups shown; no rule is applied.")
        return text.format(count=limits.subgroups)
    text = translate("Charts", "Limits from {count} subgroups, {begin} to {end}, frozen on {day} by {who}: {reason}")
    return text.format(
        count=limits.subgroups,
        begin=local_time(frozen.from_ms / 1000),
        end=local_time(frozen.until_ms / 1000),
        day=local_time(frozen.frozen_at_ms / 1000),
        who=frozen.frozen_by,
        reason=frozen.reason,
    )


def _breach(chart: ControlChart, number: int, grouping: Grouping) -> Fact:
    breach = chart.breaches[number]
    point = chart.points[breach.at]
    when = moment(float(chart.starts[point.index]), grouping)
    rule = QCoreApplication.translate("Charts", _RULES[breach.rule])
    reading = _reading(chart, point.index, grouping, point)
    return Fact(f"{QCoreApplication.translate('Charts', _SHORT[chart.name])} · {when}", rule, reading, is_alarming=True)


def make_spc(tools: PageTools, look: Look) -> HistoryTab:
    return ChartTab(tools, look, SpcSource())
