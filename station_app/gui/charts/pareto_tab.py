"""Which defects and where, in bars and on a picture of the part. GUI thread."""

from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import NoResultReason
from station_app.gui.charts.chart_tab import Asked, ChartTab
from station_app.gui.charts.pareto_figures import ParetoBy, ParetoFigures, ParetoQuestion, pareto_figures
from station_app.gui.charts.sheet import BarChart, ChoiceRow, Fact, PartMap, Sheet, Table, Unit
from station_app.gui.charts.words import left_out_note, nothing_words, percent, period_note, sample_words
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools
from station_app.gui.reading import Question
from station_app.gui.texts import label_name, no_result_lines
from station_app.quality.pareto import ParetoBar
from station_app.store.part_figures import CELL_PX

_BY = {
    ParetoBy.LABEL: QT_TRANSLATE_NOOP("Charts", "Kind of defect"),
    ParetoBy.ZONE: QT_TRANSLATE_NOOP("Charts", "Zone of the part"),
    ParetoBy.REASON: QT_TRANSLATE_NOOP("Charts", "Reason of NO RESULT"),
}
_BARS_DRAWN = 8


class ParetoSource:
    """What the bars are asked for, and what they say."""

    def question(self, asked: Asked) -> Question:
        by = ParetoBy(asked.chosen.get("by", ParetoBy.LABEL))
        return partial(pareto_figures, question=ParetoQuestion(asked.where, by, asked.chosen.get("camera", "")))

    def sheet(self, figures: object) -> Sheet:
        assert isinstance(figures, ParetoFigures)
        return pareto_sheet(figures)


def pareto_sheet(figures: ParetoFigures) -> Sheet:
    if figures.first == figures.end:
        return Sheet(empty=nothing_words())
    question = figures.question
    note = f"{period_note(figures.first, figures.end)} {left_out_note(question.where, ('model', 'label'))}"
    charts = (*((_bars(figures),) if figures.bars else ()), *((_map(figures),) if len(figures.cells) else ()))
    return Sheet(
        notes=(note.strip(),),
        choices=(_by_row(question.by), *((_camera_row(figures),) if len(figures.cameras) > 1 else ())),
        charts=charts,
        facts=_facts(figures),
        tables=(_table(figures),) if figures.bars else (),
    )


def _by_row(by: ParetoBy) -> ChoiceRow:
    entries = tuple((entry.value, QCoreApplication.translate("Charts", text)) for entry, text in _BY.items())
    return ChoiceRow("by", QCoreApplication.translate("Charts", "Bars by"), entries, by.value)


def _camera_row(figures: ParetoFigures) -> ChoiceRow:
    entries = tuple((camera, camera) for camera in figures.cameras)
    return ChoiceRow("camera", QCoreApplication.translate("Charts", "Camera of the map"), entries, figures.camera_id)


def _name(figures: ParetoFigures, bar: ParetoBar) -> str:
    match figures.question.by:
        case ParetoBy.LABEL:
            return label_name(bar.name)
        case ParetoBy.ZONE:
            return bar.name or QCoreApplication.translate("Charts", "no zone")
        case ParetoBy.REASON:
            return no_result_lines(NoResultReason(bar.name))[0]


def _facts(figures: ParetoFigures) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    if not figures.bars:
        none = translate("Charts", "Nothing of this kind was counted in this period")
        return (Fact(translate("Charts", _BY[figures.question.by]), none),)
    leading = figures.bars[0]
    leads = translate("Charts", "It is proved to be more frequent than the next.")
    chance = translate("Charts", "Its lead over the next may be chance.")
    note = f"{sample_words(leading.share)} {leads if leading.leads else chance}"
    share = f"{_name(figures, leading)}: {percent(leading.share.value)}"
    total = translate("Charts", "{count} counted").format(count=leading.share.total)
    return Fact(translate("Charts", "The most frequent"), share, note), Fact(translate("Charts", "All together"), total)


def _table(figures: ParetoFigures) -> Table:
    translate = QCoreApplication.translate
    head = ("", translate("Charts", "Count"), translate("Charts", "Share"), translate("Charts", "Up to here"))
    rows = tuple(
        (_name(figures, bar), str(bar.share.count), percent(bar.share.value), percent(bar.cumulated.value))
        for bar in figures.bars
    )
    return Table(translate("Charts", _BY[figures.question.by]), (head, *rows))


def _bars(figures: ParetoFigures) -> BarChart:
    translate, bars = QCoreApplication.translate, figures.bars[:_BARS_DRAWN]
    names = tuple(_short(_name(figures, bar)) for bar in bars)
    readings = (
        f"{_name(figures, bar)}: {bar.share.count}, {percent(bar.share.value)}; {percent(bar.cumulated.value)}"
        for bar in bars
    )
    return BarChart(
        title=translate("Charts", "Share of each, and of all up to it (line)"),
        unit=Unit.SHARE,
        names=names,
        values=np.array([bar.share.value for bar in bars]),
        readings=tuple(readings),
        line=np.array([bar.cumulated.value for bar in bars]),
    )


def _short(name: str, most: int = 16) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _map(figures: ParetoFigures) -> PartMap:
    translate = QCoreApplication.translate
    title = translate("Charts", "Where they lie, camera {camera}").format(camera=figures.camera_id)
    if figures.pictured_part is not None and figures.picture is not None:
        title += translate("Charts", " (picture: part {part}, OK)").format(part=figures.pictured_part)
    text = translate("Charts", "{count} findings at x {x}, y {y} of the frame")
    readings = (text.format(count=n, x=column * CELL_PX, y=row * CELL_PX) for column, row, n in figures.cells.tolist())
    return PartMap(title, figures.picture, figures.frame, figures.cells, CELL_PX, tuple(readings))


def make_pareto(tools: PageTools, look: Look) -> HistoryTab:
    return ChartTab(tools, look, ParetoSource())
