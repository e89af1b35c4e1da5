"""Escapes and overkill in words: only what the blind sample carries, and how much is missing. GUI thread."""

from functools import partial

from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.chart_tab import Asked, ChartTab
from station_app.gui.charts.sample_figures import DEFAULT_LIMIT, LIMITS, SampleFigures, SampleQuestion, sample_figures
from station_app.gui.charts.sheet import (
    Chart,
    ChoiceRow,
    Fact,
    RateChart,
    RateRow,
    SampleChart,
    SampleRow,
    Sheet,
    Table,
)
from station_app.gui.charts.words import (
    joined,
    lack_words,
    left_out_note,
    nothing_words,
    percent,
    period_note,
    sample_words,
    share_words,
)
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.reading import Question
from station_app.gui.texts import disposition_name
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.strata import Stratum


class SampleSource:
    """What the sample is asked for, and what it says."""

    def question(self, asked: Asked) -> Question:
        wanted = SampleQuestion(asked.where, float(asked.chosen.get("limit", DEFAULT_LIMIT)))
        return lambda archive: archive.read(partial(sample_figures, question=wanted))

    def sheet(self, figures: object) -> Sheet:
        assert isinstance(figures, SampleFigures)
        return sample_sheet(figures)


def sample_sheet(figures: SampleFigures) -> Sheet:
    translate, where = QCoreApplication.translate, figures.question.where
    left_out = left_out_note(where, ())
    if figures.first == figures.end:
        return Sheet(empty=nothing_words())
    basis = translate(
        "Charts", "Only settled blind reviews of drawn parts count; the sample is kept by recipe and time."
    )
    return Sheet(
        notes=(f"{period_note(figures.first, figures.end)} {basis}", *filter(None, (left_out,))),
        choices=(_limit_row(figures.question.limit),),
        charts=_charts(figures),
        facts=(*_escapes(figures), *_overkill(figures), *_overrides(figures)),
        tables=(
            _plan(translate("Charts", "Parts told OK, by distance from the threshold"), figures.passed),
            _plan(translate("Charts", "Parts told NG or REVIEW, by distance from the threshold"), figures.failed),
        ),
        hint=_hint(),
    )


def _limit_row(limit: float) -> ChoiceRow:
    entries = tuple((str(value), percent(value)) for value in LIMITS)
    return ChoiceRow("limit", QCoreApplication.translate("Charts", "To be proved: escapes below"), entries, str(limit))


def _escapes(figures: SampleFigures) -> tuple[Fact, ...]:
    translate, limit = QCoreApplication.translate, percent(figures.question.limit)
    escapes = Fact(
        translate("Charts", "Escapes: of the parts told OK, the share that is bad"),
        share_words(figures.escapes),
        sample_words(figures.escapes),
    )
    proof = translate("Charts", "Is it proved to be below {limit}?").format(limit=limit)
    if isinstance(figures.proof, CannotSay):
        missing = translate("Charts", "Should none of them find a bad part. Nothing is proved yet.")
        proved = Fact(proof, lack_words(figures.proof), missing)
    else:
        yes = translate("Charts", "Yes: at most {bound} at {confidence}, from {total} reviews")
        told = figures.proof
        words = yes.format(bound=percent(told.bound), confidence=percent(told.confidence), total=told.total)
        proved = Fact(proof, words)
    return escapes, proved, _pooled(figures.pooled)


def _pooled(pooled: Estimate | CannotSay) -> Fact:
    translate = QCoreApplication.translate
    why = translate(
        "Charts",
        "All reviews in one pot. Not used: parts near the threshold are drawn more often, so this figure tells of the"
        " drawing and not of the line.",
    )
    return Fact(translate("Charts", "Naive figure, for comparison only"), share_words(pooled), why)


def _overkill(figures: SampleFigures) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    return (
        Fact(
            translate("Charts", "Overkill: of the parts told NG or REVIEW, the share that is good"),
            share_words(figures.overkill),
            sample_words(figures.overkill),
        ),
        Fact(
            translate("Charts", "Caught: of all bad parts, the share told NG or REVIEW"),
            share_words(figures.caught),
            sample_words(figures.caught),
        ),
    )


def _overrides(figures: SampleFigures) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    told = [f"{disposition_name(disposition)} {count}" for disposition, count in figures.overrides]
    note = translate(
        "Charts", "Not an estimate: people chose these parts themselves, so they say nothing about the rest."
    )
    words = translate("Charts", ", ").join(told) or translate("Charts", "none")
    return (Fact(translate("Charts", "People's decisions in this period"), words, note),)


def _plan(title: str, strata: tuple[Stratum, ...]) -> Table:
    translate = QCoreApplication.translate
    head = (
        translate("Charts", "Drawn with"),
        translate("Charts", "Parts"),
        translate("Charts", "Drawn"),
        translate("Charts", "Reviewed"),
        translate("Charts", "Waiting"),
        translate("Charts", "Found"),
    )
    rows = tuple(
        (
            percent(stratum.probability or 0.0),
            *(str(n) for n in (stratum.parts, stratum.drawn, stratum.reviewed)),
            str(stratum.drawn - stratum.reviewed),
            str(stratum.found),
        )
        for stratum in strata
    )
    return Table(title, (head, *rows))


def _charts(figures: SampleFigures) -> tuple[Chart, ...]:
    """Nothing where nothing was drawn: then there is a hint instead."""
    if not any(stratum.drawn for stratum in (*figures.passed, *figures.failed)):
        return ()
    translate = QCoreApplication.translate
    limit = translate("Charts", "to be proved: below {limit}").format(limit=percent(figures.question.limit))
    escapes = (
        _rate_row(translate("Charts", "Escapes, from the sample"), figures.escapes),
        _rate_row(translate("Charts", "Naive, not used"), figures.pooled, is_used=False),
    )
    shares = (
        _rate_row(translate("Charts", "Overkill"), figures.overkill),
        _rate_row(translate("Charts", "Caught"), figures.caught),
    )
    return (
        RateChart(translate("Charts", "Escapes, with their intervals"), escapes, figures.question.limit, limit),
        RateChart(translate("Charts", "Overkill and caught parts, with their intervals"), shares, is_whole=True),
        _sample_chart(figures),
    )


def _rate_row(name: str, told: Estimate | CannotSay, *, is_used: bool = True) -> RateRow:
    if isinstance(told, CannotSay):
        return RateRow(name, lack_words(told), lack_words(told), is_used=is_used)
    text = QCoreApplication.translate("Charts", "{value} ({low} to {high})")
    words = text.format(value=percent(told.value), low=percent(told.low), high=percent(told.high))
    reading = joined(share_words(told), sample_words(told))
    return RateRow(name, words, reading, told.value, told.low, told.high, is_used)


def _sample_chart(figures: SampleFigures) -> SampleChart:
    translate = QCoreApplication.translate
    passed = translate("Charts", "Told OK, drawn with {probability}")
    failed = translate("Charts", "Told NG or REVIEW, drawn with {probability}")
    rows = (
        *(_sample_row(passed, stratum) for stratum in figures.passed),
        *(_sample_row(failed, stratum) for stratum in figures.failed),
    )
    title = translate("Charts", "The sample: drawn parts, filled where reviewed, hatched where they wait")
    return SampleChart(title, rows)


def _sample_row(name: str, stratum: Stratum) -> SampleRow:
    text = QCoreApplication.translate("Charts", "{reviewed} of {drawn} reviewed, {waiting} wait, {found} found")
    counts = {"reviewed": stratum.reviewed, "drawn": stratum.drawn, "found": stratum.found}
    words = text.format(waiting=stratum.drawn - stratum.reviewed, **counts)
    return SampleRow(
        name.format(probability=percent(stratum.probability or 0.0)), stratum.drawn, stratum.reviewed, words
    )


def _hint() -> str:
    return QCoreApplication.translate(
        "Charts",
        "Nothing can be said yet: no part of this period was drawn for a blind review. Parts are drawn while the line"
        " runs; answer the queue of the blind sample on the review screen.",
    )


def make_sample(tools: PageTools, look: Look) -> HistoryTab:
    return ChartTab(tools, look, SampleSource())
