"""Pareto, the share of rejected parts over time with its limits, and the cycle times."""

from math import nan

from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.spc_figures import ControlChart
from station_app.gui.charts.spc_tab import chart_facts
from station_app.gui.charts.subgroups import Grouping
from station_app.gui.charts.words import grouping_words, joined, moment, percent
from station_app.gui.charts.yield_figures import SHARES
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.paper.charts import Bar, Run, bars, bars_height_mm, run
from station_app.gui.paper.sheet import Sheet
from station_app.gui.paper.table import Heading, draw_table
from station_app.gui.shift_report.contents import ReportContents
from station_app.gui.texts import label_name
from station_app.quality.control_limits import Limits
from station_app.store.part_figures import HistogramKind

_BARS, _RUN_MM = 12, 52.0
_STAGES = {
    HistogramKind.TOTAL: QT_TRANSLATE_NOOP("Report", "Trigger to verdict"),
    HistogramKind.INSPECT: QT_TRANSLATE_NOOP("Report", "Model"),
}


def write_pareto(sheet: Sheet, contents: ReportContents) -> None:
    """Findings of rejected parts by their kind."""
    translate, found = QCoreApplication.translate, contents.pareto
    sheet.heading(translate("Report", "Findings of rejected parts by kind"))
    if not found:
        sheet.text(translate("Report", "No finding on any rejected part."))
        return
    shown = tuple(
        Bar(label_name(bar.name), bar.share.count, f"{bar.share.count} · {percent(bar.share.value)}")
        for bar in found[:_BARS]
    )
    sheet.paint(bars_height_mm(shown), bars(shown))
    total, leads = found[0].share.total, found[0].leads
    said = translate("Report", "{count} findings in all, {kinds} kinds.").format(count=total, kinds=len(found))
    proved = translate("Report", "The first kind is proved to be more frequent than the next.") if leads else ""
    sheet.y += 1.0
    sheet.text(f"{said} {proved}".strip(), is_muted=True)


def write_ng_share(sheet: Sheet, contents: ReportContents) -> None:
    chart, translate = contents.ng, QCoreApplication.translate
    title = translate("Report", "Share of NG and REVIEW over time, Laney p'")
    if chart is None:
        return
    sheet.need(_RUN_MM + 26.0)
    sheet.heading(title)
    sheet.paint(_RUN_MM, run(_run_of(chart, contents.grouping)))
    one = translate("Report", "One point stands for: {grouping}.")
    sheet.text(one.format(grouping=grouping_words(contents.grouping)), is_muted=True)
    for fact in chart_facts(chart, contents.grouping):
        sheet.text(joined(fact.figure, fact.note) if not fact.is_alarming else f"▲ {fact.caption}: {fact.figure}")


def _run_of(chart: ControlChart, grouping: Grouping) -> Run:
    """In percent. Points without limits of their own, where there were few parts, are shown without."""
    judged = {point.index: point for point in chart.points}
    numbers = range(len(chart.subgroups))
    out = {chart.points[breach.at].index for breach in chart.breaches}
    values = tuple(100 * group.count / group.size if group.size else nan for group in chart.subgroups)
    return Run(
        values=values,
        centre=100 * chart.limits.centre.value if isinstance(chart.limits, Limits) else None,
        low=tuple(100 * judged[n].low if n in judged else nan for n in numbers),
        high=tuple(100 * judged[n].high if n in judged else nan for n in numbers),
        is_out=tuple(n in out for n in numbers),
        first=moment(float(chart.starts[0]), grouping),
        last=moment(float(chart.starts[-1]), grouping),
    )


def write_cycle_times(sheet: Sheet, contents: ReportContents) -> None:
    translate = QCoreApplication.translate
    sheet.heading(translate("Report", "Cycle times"))
    columns = (
        Heading(translate("Report", "Below which so many of the parts lay, ms"), 4),
        Heading(translate("Report", "Parts"), 1, is_number=True),
        *(Heading(percent(share), 1, is_number=True) for share in SHARES),
    )
    rows = [
        (
            translate("Report", _STAGES[stage.stage]),
            str(stage.parts),
            *("–" if ms is None else f"{ms:.1f}" for ms in stage.milliseconds),
        )
        for stage in contents.yields.stages
    ]
    draw_table(sheet, columns, rows)
