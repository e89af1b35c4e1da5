"""The report of an agreement study as a PDF, in the language of the screen. GUI thread."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from station_app.gui.paper.sheet import Letterhead, Sheet
from station_app.gui.paper.table import Heading, draw_table
from station_app.gui.studies.report_section import Section
from station_app.gui.studies.report_words import disputed_words, sections
from station_app.gui.studies.study_report import StudyReport
from station_app.gui.studies.study_words import time_words
from station_app.quality.estimate import CannotSay

MOST_PICTURES = 24


@dataclass(frozen=True, slots=True, eq=False)
class PaperStudy:
    """What is printed: the report, small pictures by part, the station's name, and when (UTC ms)."""

    report: StudyReport
    pictures: dict[int, QImage]
    station: str
    printed_at_ms: int


def disputed_parts(report: StudyReport) -> tuple[int, ...]:
    """The parts whose pictures the report shows, those with most wrong answers first."""
    everybody = report.everybody
    found = () if isinstance(everybody, CannotSay) else everybody.disputed[:MOST_PICTURES]
    return tuple(int(part.part) for part in found)


def write_study(path: Path, study: PaperStudy) -> None:
    """Write the PDF. StorageError where the file cannot be written."""
    title = QCoreApplication.translate("Studies", "Agreement study {number}").format(
        number=study.report.record.summary.study_id
    )
    with Sheet(path, Letterhead(title, study.station, time_words(study.printed_at_ms))) as sheet:
        sheet.title(title)
        for section in sections(study.report):
            _write_section(sheet, section)
        sheet.pictures(captioned(study.report, study.pictures))


def _write_section(sheet: Sheet, section: Section) -> None:
    sheet.heading(section.heading)
    for warning in section.warnings:
        sheet.text(f"▲ {warning}")
    for line in section.lines:
        sheet.text(line)
    if section.heads:
        draw_table(sheet, [Heading(text, share) for text, share in section.heads], section.rows)


def captioned(report: StudyReport, pictures: dict[int, QImage]) -> list[tuple[QImage, str]]:
    """The pictures of disputed parts with what is said under each."""
    everybody = report.everybody
    if isinstance(everybody, CannotSay):
        return []
    return [
        (pictures[int(part.part)], disputed_words(report, part, everybody))
        for part in everybody.disputed[:MOST_PICTURES]
        if int(part.part) in pictures
    ]
