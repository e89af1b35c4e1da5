"""Escapes and overkill from the blind sample alone, and how far its reviews are."""

from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.words import joined, sample_words, share_words
from station_app.gui.paper.sheet import Sheet
from station_app.gui.paper.table import Heading, draw_table
from station_app.gui.shift_report.contents import ReportContents
from station_app.quality.strata import Stratum


def write_sample(sheet: Sheet, contents: ReportContents) -> None:
    translate, sample = QCoreApplication.translate, contents.sample
    sheet.heading(translate("Report", "Escapes and overkill, from the blind sample"))
    for name, rate in (
        (translate("Report", "Escapes: bad parts among those told OK"), sample.escapes),
        (translate("Report", "Overkill: good parts among those told NG or REVIEW"), sample.overkill),
        (translate("Report", "Caught: of the bad parts, those told NG or REVIEW"), sample.caught),
    ):
        sheet.fact(name, joined(share_words(rate), sample_words(rate)))
    rows = [
        _cells(translate("Report", "told OK"), sample.passed),
        _cells(translate("Report", "told NG or REVIEW"), sample.failed),
    ]
    columns = (
        Heading(translate("Report", "Sample of the parts"), 3),
        *(Heading(text, 1, is_number=True) for text in _count_names()),
    )
    draw_table(sheet, columns, rows)
    if contents.question.where.model:
        sheet.text(translate("Report", "The sample is not kept by model: it is that of all models."), is_muted=True)


def _count_names() -> tuple[str, ...]:
    translate = QCoreApplication.translate
    return (
        translate("Report", "Parts"),
        translate("Report", "Drawn"),
        translate("Report", "Reviewed"),
        translate("Report", "Waiting"),
        translate("Report", "Found"),
    )


def _cells(name: str, strata: tuple[Stratum, ...]) -> tuple[str, ...]:
    parts, drawn, reviewed, found = (
        sum(getattr(stratum, field) for stratum in strata) for field in ("parts", "drawn", "reviewed", "found")
    )
    return name, *(str(count) for count in (parts, drawn, reviewed, drawn - reviewed, found))
