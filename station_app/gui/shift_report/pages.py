"""A shift report as A4 pages, in the language that is spoken when it is written. One thread, which need not be the
GUI's: it paints on paper alone."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.words import local_time
from station_app.gui.paper.sheet import Letterhead, Sheet
from station_app.gui.shift_report.contents import ReportContents
from station_app.gui.shift_report.figures_section import write_cycle_times, write_ng_share, write_pareto
from station_app.gui.shift_report.head_section import period_words, write_head
from station_app.gui.shift_report.people_section import write_decisions, write_pictures
from station_app.gui.shift_report.proof_section import write_proof
from station_app.gui.shift_report.sample_section import write_sample
from station_app.gui.shift_report.verdict_section import write_streams, write_verdicts, write_yields


def write_report(path: Path, contents: ReportContents) -> int:
    """Write the PDF; how many pages it has. StorageError where the disk does not take it."""
    with Sheet(path, _letterhead(contents)) as sheet:
        write_head(sheet, contents)
        if contents.is_empty:
            sheet.text(QCoreApplication.translate("Report", "No part was inspected in this period."))
        else:
            _write_figures(sheet, contents)
        write_decisions(sheet, contents)
        write_pictures(sheet, contents)
        write_proof(sheet, contents)
        return sheet.page


def _write_figures(sheet: Sheet, contents: ReportContents) -> None:
    write_verdicts(sheet, contents)
    write_yields(sheet, contents)
    write_sample(sheet, contents)
    write_pareto(sheet, contents)
    write_ng_share(sheet, contents)
    write_cycle_times(sheet, contents)
    write_streams(sheet, contents)


def _letterhead(contents: ReportContents) -> Letterhead:
    question, translate = contents.question, QCoreApplication.translate
    title = f"{translate('Report', 'Shift report')} · {period_words(contents)}"
    foot = translate("Report", "{program}, made {time} by {who}, audit chain {head}").format(
        program=question.program,
        time=local_time(question.made_at_ms / 1000),
        who=question.made_by or "–",
        head=contents.chain_head[:16] or "–",
    )
    return Letterhead(title, question.station, foot)
