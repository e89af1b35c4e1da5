"""Drift in words and lines: the slow averages, the shift of the scores, and where to look first. GUI thread."""

from functools import partial
from itertools import islice

import numpy as np
from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.chart_tab import Asked, ChartTab
from station_app.gui.charts.drift_figures import (
    REFERENCE,
    SCORE,
    DriftFigures,
    DriftQuestion,
    Signal,
    drift_figures,
)
from station_app.gui.charts.sheet import ChoiceRow, Fact, Freezable, Role, Series, Sheet, Table, TimeChart, Unit
from station_app.gui.charts.subgroups import HOUR_S
from station_app.gui.charts.words import lack_words, left_out_note, local_time, nothing_words, percent, period_note
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools
from station_app.gui.reading import Question
from station_app.quality.drift_ranking import MovedSignal
from station_app.quality.estimate import CannotSay
from station_app.quality.ewma import SUBGROUP, EwmaPoint
from station_app.quality.population_shift import PopulationShift
from station_app.store.part_figures import HOUR_MS

_MEASURES = {
    "mean": QT_TRANSLATE_NOOP("Charts", "light: mean grey level"),
    "dark": QT_TRANSLATE_NOOP("Charts", "light: dark share"),
    "bright": QT_TRANSLATE_NOOP("Charts", "light: bright share"),
    "focus": QT_TRANSLATE_NOOP("Charts", "focus"),
}
_ALARMS_TOLD = 5


class DriftSource:
    """What drift is asked for, and what it says."""

    def question(self, asked: Asked) -> Question:
        wanted = DriftQuestion(asked.where, asked.chosen.get("signal", SCORE))
        return lambda archive: archive.read(partial(drift_figures, question=wanted))

    def sheet(self, figures: object) -> Sheet:
        assert isinstance(figures, DriftFigures)
        return drift_sheet(figures)


def drift_sheet(figures: DriftFigures) -> Sheet:
    if figures.first == figures.end:
        return Sheet(empty=nothing_words())
    translate, where = QCoreApplication.translate, figures.question.where
    signal = next((s for s in figures.signals if s.name == figures.question.signal), figures.signals[0])
    caption = translate("Charts", "Freeze this period as reference")
    period = (figures.first * HOUR_MS, figures.end * HOUR_MS)
    return Sheet(
        notes=(f"{period_note(figures.first, figures.end)} {left_out_note(where)}".strip(), _reference_note(figures)),
        choices=(_signal_row(figures, signal),),
        charts=(_chart(signal),) if len(signal.means) else (),
        facts=(*_alarms(figures), *_shift_facts(figures), *_causes(figures)),
        tables=(_ranking(figures),),
        freezable=Freezable((REFERENCE,), caption, *period, where.recipe),
    )


def _reference_note(figures: DriftFigures) -> str:
    translate = QCoreApplication.translate
    begin, end = (local_time(hour * HOUR_S) for hour in figures.reference)
    if figures.frozen is None:
        text = translate(
            "Charts", "No reference is frozen: on trial the first half, {begin} to {end}, stands in; no alarms."
        )
        return text.format(begin=begin, end=end)
    text = translate("Charts", "Reference {begin} to {end}, frozen by {who}: {reason}")
    return text.format(begin=begin, end=end, who=figures.frozen.frozen_by, reason=figures.frozen.reason)


def signal_words(name: str) -> str:
    """What a signal is called."""
    if name == SCORE:
        return QCoreApplication.translate("Charts", "scores, as ranks")
    camera, _, measure = name.rpartition("/")
    return f"{camera} · {QCoreApplication.translate('Charts', _MEASURES[measure])}"


def _signal_row(figures: DriftFigures, signal: Signal) -> ChoiceRow:
    entries = tuple((entry.name, signal_words(entry.name)) for entry in figures.signals)
    return ChoiceRow("signal", QCoreApplication.translate("Charts", "Signal of the chart"), entries, signal.name)


def _chart(signal: Signal) -> TimeChart:
    name = QCoreApplication.translate("Charts", "Means of at least {count} parts").format(count=SUBGROUP)
    means = Series(name, signal.means, Role.FAINT)
    series = (*_average(signal), means) if signal.points else (means,)
    order = np.argsort(signal.times, kind="stable")
    first = sum(signal.is_reference)
    averages = {first + point.index: point for point in signal.points}
    return TimeChart(
        title=signal_words(signal.name),
        unit=Unit.PLAIN,
        times=signal.times[order],
        series=tuple(Series(entry.name, entry.values[order], entry.role) for entry in series),
        reading=lambda at: _reading(signal, int(order[at]), averages.get(int(order[at]))),
        marked=_marked(signal, {int(place): at for at, place in enumerate(order)}),
    )


def _average(signal: Signal) -> tuple[Series, ...]:
    translate, first = QCoreApplication.translate, sum(signal.is_reference)
    average, low, high = (np.full(len(signal.means), np.nan) for _ in range(3))
    average[first:] = [point.value for point in signal.points]
    low[first:], high[first:] = [point.low for point in signal.points], [point.high for point in signal.points]
    return (
        Series(translate("Charts", "Slow average (EWMA)"), average),
        Series(translate("Charts", "Limits of the average"), high, Role.LIMIT),
        Series("", low, Role.LIMIT),
    )


def _marked(signal: Signal, places: dict[int, int]) -> tuple[int, ...]:
    """The first point of each day on which the average was out: one mark a day, as there is one alarm a day."""
    first = sum(signal.is_reference)
    days: dict[str, int] = {}
    for point in signal.points:
        if point.is_out:
            place = first + point.index
            days.setdefault(local_time(float(signal.times[place]))[:10], places[place])
    return tuple(sorted(days.values()))


def _reading(signal: Signal, place: int, point: EwmaPoint | None) -> str:
    translate, when = QCoreApplication.translate, local_time(float(signal.times[place]))
    if point is None:
        return translate("Charts", "{when}: mean {mean}, in the reference").format(
            when=when, mean=f"{signal.means[place]:.4g}"
        )
    text = translate("Charts", "{when}: mean {mean}, average {average}, limits {low} to {high}")
    figures = {"mean": signal.means[place], "average": point.value, "low": point.low, "high": point.high}
    return text.format(when=when, **{name: f"{value:.4g}" for name, value in figures.items()})


def _alarms(figures: DriftFigures) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    caption = translate("Charts", "Drift alarms, at most one a day")
    if figures.frozen is None:
        return (Fact(caption, translate("Charts", "none: no reference is frozen")),)
    if not figures.alarms:
        return (Fact(caption, translate("Charts", "none in this period")),)
    words = translate("Charts", "left the limits")
    told = ((at, translate("Charts", ", ").join(map(signal_words, names))) for at, names in figures.alarms)
    facts = (Fact(f"{caption} · {local_time(at)}", words, names, is_alarming=True) for at, names in told)
    return tuple(islice(facts, _ALARMS_TOLD))


def _shift_facts(figures: DriftFigures) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    return (Fact(translate("Charts", "Scores against the reference (PSI)"), *_shift_words(figures.shift)),)


def _shift_words(shift: PopulationShift | CannotSay) -> tuple[str, str]:
    translate = QCoreApplication.translate
    if isinstance(shift, CannotSay):
        return lack_words(shift), ""
    moved, same = translate("Charts", "moved, beyond chance"), translate("Charts", "no shift beyond chance")
    text = translate("Charts", "critical value {critical} at {confidence}; {then} parts then, {now} now")
    figure = f"{shift.psi:.2g}, {moved if shift.is_drift else same}"
    numbers = {"critical": f"{shift.critical:.2g}", "confidence": percent(shift.confidence)}
    return figure, text.format(then=shift.reference_total, now=shift.total, **numbers)


def _causes(figures: DriftFigures) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    facts: list[Fact] = []
    if figures.mix is not None:
        facts.append(
            Fact(translate("Charts", "Mix of recipes against the reference (PSI)"), *_shift_words(figures.mix))
        )
    if figures.models is not None:
        names = translate("Charts", ", ").join(model[:12] for model in figures.models.since)
        note = translate("Charts", "A reference from another model does not hold: freeze a new one.")
        facts.append(Fact(translate("Charts", "Another model since the reference"), names, note))
    position = translate("Charts", "not recorded with each part: see the set-up check")
    facts.append(Fact(translate("Charts", "Position of the part"), position))
    return tuple(facts)


def _ranking(figures: DriftFigures) -> Table:
    translate = QCoreApplication.translate
    head = ("", translate("Charts", "PSI / critical"), translate("Charts", "Now above then"))
    rows = tuple(_moved_row(moved) for moved in figures.ranking.moved)
    unknown = tuple((signal_words(name), lack_words(missing), "") for name, missing in figures.ranking.unknown)
    title = translate("Charts", "What moved most: where to look first. It is not proved to be the cause.")
    return Table(title, (head, *rows, *unknown))


def _moved_row(moved: MovedSignal) -> tuple[str, str, str]:
    sign = "▲ " if moved.shift.is_drift else ""
    return signal_words(moved.name), f"{sign}{moved.shift.ratio:.2f}", percent(moved.direction.value)


def make_drift(tools: PageTools, look: Look) -> HistoryTab:
    return ChartTab(tools, look, DriftSource())
