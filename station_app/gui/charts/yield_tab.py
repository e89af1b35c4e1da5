"""Yields and cycle times in words and lines. GUI thread."""

from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication

from station_app.core.history import HistoryFilter
from station_app.gui.charts.chart_tab import Asked, ChartTab
from station_app.gui.charts.sheet import Fact, Role, Series, Sheet, Table, TimeChart, Unit
from station_app.gui.charts.subgroups import Grouping
from station_app.gui.charts.words import (
    joined,
    lack_words,
    left_out_note,
    moment,
    nothing_words,
    percent,
    period_note,
    sample_words,
    share_words,
)
from station_app.gui.charts.yield_figures import SHARES, DayYield, StageQuantiles, YieldFigures, yield_figures
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools
from station_app.gui.reading import Question
from station_app.quality.estimate import CannotSay
from station_app.quality.intervals import Share
from station_app.quality.yields import Yields
from station_app.store.part_figures import HistogramKind

_STAGES = {
    HistogramKind.TOTAL: QT_TRANSLATE_NOOP("Charts", "Cycle time, trigger to verdict"),
    HistogramKind.INSPECT: QT_TRANSLATE_NOOP("Charts", "Model time"),
}
_DAYS_TOLD = 62


class YieldSource:
    """What the yields are asked for, and what they say."""

    def question(self, asked: Asked) -> Question:
        read = partial(yield_figures, where=asked.where, shifts=asked.shifts)
        return lambda archive: (asked.where, archive.read(read))

    def sheet(self, figures: object) -> Sheet:
        assert isinstance(figures, tuple)
        return yield_sheet(*figures)


def yield_sheet(where: HistoryFilter, figures: YieldFigures) -> Sheet:
    if not figures.counts.triggers:
        return Sheet(empty=nothing_words())
    return Sheet(
        notes=(f"{period_note(figures.first, figures.end)} {left_out_note(where)}".strip(),),
        charts=(_yield_chart(figures.days), _time_chart(figures)),
        facts=(*_yield_facts(figures), *map(_stage_fact, figures.stages)),
        tables=(_day_table(figures.days),),
    )


def _yield_facts(figures: YieldFigures) -> tuple[Fact, ...]:
    translate, told = QCoreApplication.translate, figures.yields
    if isinstance(told, CannotSay):
        return (Fact(translate("Charts", "Yield"), lack_words(told)),)
    first = translate("Charts", "First-pass yield: as the station alone judged")
    final = translate("Charts", "Final yield: after people's decisions and reviews")
    none = translate("Charts", "NO RESULT, of all triggers; in no yield")
    return (
        Fact(first, share_words(told.first_pass), sample_words(told.first_pass)),
        Fact(final, share_words(told.final), sample_words(told.final)),
        Fact(none, share_words(told.no_result), sample_words(told.no_result)),
        *_rolled(figures),
        _dpmo(figures),
    )


def _rolled(figures: YieldFigures) -> tuple[Fact, ...]:
    if figures.rolled is None:
        return ()
    translate = QCoreApplication.translate
    names = translate("Charts", ", ").join(figures.recipes)
    note = translate("Charts", "True only if every part passes all of these as stages: {names}.").format(names=names)
    words = joined(sample_words(figures.rolled), note)
    return (Fact(translate("Charts", "Rolled yield over the recipes"), share_words(figures.rolled), words),)


def _dpmo(figures: YieldFigures) -> Fact:
    translate, told = QCoreApplication.translate, figures.dpmo
    caption = translate("Charts", "Defects per million opportunities")
    if isinstance(told, CannotSay):
        return Fact(caption, lack_words(told))
    text = translate(
        "Charts", "{low} to {high} at {confidence}; {count} findings, {each} opportunities a part: its labels"
    )
    limits = {"low": f"{told.low:.0f}", "high": f"{told.high:.0f}", "confidence": percent(told.confidence)}
    return Fact(caption, f"{told.value:.0f}", text.format(count=told.count, each=figures.opportunities, **limits))


def _stage_fact(stage: StageQuantiles) -> Fact:
    translate = QCoreApplication.translate
    caption = translate("Charts", _STAGES[stage.stage])
    if not stage.parts:
        return Fact(caption, translate("Charts", "Nothing was timed"))
    median, usual, worst = (_milliseconds(value) for value in stage.milliseconds)
    text = translate("Charts", "median; 95 % below {usual}, 99 % below {worst}; {count} parts, in bins 10 % wide")
    return Fact(caption, median, text.format(usual=usual, worst=worst, count=stage.parts))


def _milliseconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"


def _yield_chart(days: tuple[DayYield, ...]) -> TimeChart:
    translate = QCoreApplication.translate
    told = [day.yields if isinstance(day.yields, Yields) else None for day in days]
    first = [None if day is None else day.first_pass for day in told]
    final = [None if day is None else day.final for day in told]
    return TimeChart(
        title=translate("Charts", "Yield by day, with the interval of each"),
        unit=Unit.SHARE,
        times=np.array([day.start for day in days]),
        series=(
            _share_series(translate("Charts", "First pass"), first, Role.VALUE),
            _share_series(translate("Charts", "Final"), final, Role.SECOND),
        ),
        reading=lambda number: " · ".join(_day_row(days[number])),
    )


def _share_series(name: str, shares: list[Share | None], role: Role) -> Series:
    gap = (np.nan, np.nan, np.nan)
    table = np.array([gap if share is None else (share.value, share.low, share.high) for share in shares])
    values, low, high = table.reshape(-1, 3).T
    return Series(name, values, role, (low, high))


def _time_chart(figures: YieldFigures) -> TimeChart:
    translate = QCoreApplication.translate
    names = (translate("Charts", "Median"), translate("Charts", "95 %"), translate("Charts", "99 %"))
    roles = (Role.VALUE, Role.SECOND, Role.THIRD)
    table = np.array(figures.day_quantiles, np.float64).reshape(-1, len(SHARES))

    def reading(number: int) -> str:
        told = ", ".join(map("{} {}".format, names, map(_milliseconds, figures.day_quantiles[number])))
        return f"{moment(float(figures.quantile_starts[number]), Grouping.DAY)}: {told}"

    return TimeChart(
        title=translate("Charts", "Cycle time by day, ms"),
        unit=Unit.MILLISECONDS,
        times=figures.quantile_starts,
        series=tuple(Series(name, table[:, n], role) for n, (name, role) in enumerate(zip(names, roles, strict=True))),
        reading=reading,
    )


def _day_table(days: tuple[DayYield, ...]) -> Table:
    translate = QCoreApplication.translate
    head = (
        translate("Charts", "Day"),
        translate("Charts", "Judged"),
        translate("Charts", "First pass"),
        translate("Charts", "Final"),
        translate("Charts", "NO RESULT"),
    )
    title = translate("Charts", "By day, the newest first")
    if len(days) > _DAYS_TOLD:
        title = translate("Charts", "By day, the newest {count} first").format(count=_DAYS_TOLD)
    return Table(title, (head, *(_day_row(day) for day in reversed(days[-_DAYS_TOLD:]))))


def _day_row(day: DayYield) -> tuple[str, ...]:
    when, told = moment(day.start, Grouping.DAY), day.yields
    if isinstance(told, CannotSay):
        return when, "0", "–", "–", str(day.counts.no_result)
    return (
        when,
        str(day.counts.judged),
        share_words(told.first_pass),
        share_words(told.final),
        f"{day.counts.no_result} ({share_words(told.no_result)})",
    )


def make_yield(tools: PageTools, look: Look) -> HistoryTab:
    return ChartTab(tools, look, YieldSource())
