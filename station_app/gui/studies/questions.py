"""What the studies' screen asks of the records. Runs on a reader's thread, never on the GUI thread."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QImage

from station_app.core.history import HistoryChoices, HistoryFilter
from station_app.core.study import NextShowing, StandardPart, StudySummary
from station_app.gui.frames import StoredFrame
from station_app.gui.link import PartArchive
from station_app.gui.paper.study_paper import disputed_parts
from station_app.gui.scaling import shrink
from station_app.gui.studies.study_report import StudyReport, study_report
from station_app.store.history import choices
from station_app.store.studies import next_showing, standard_parts, studies, study_record

PICTURE_PX = 320


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What comes next, None where nothing does, and its images."""

    showing: NextShowing | None
    frames: tuple[StoredFrame, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReadReport:
    """A study's report, and small pictures of the parts that it shows."""

    report: StudyReport
    pictures: dict[int, QImage]


@dataclass(frozen=True, slots=True)
class Offer:
    """The parts that a study may be made of, the newest first."""

    good: tuple[StandardPart, ...]
    bad: tuple[StandardPart, ...]


def ask_studies(archive: PartArchive) -> tuple[StudySummary, ...]:
    return archive.read(studies)


def ask_choices(archive: PartArchive) -> HistoryChoices:
    return archive.read(choices)


def ask_offer(where: HistoryFilter, size: int, archive: PartArchive) -> Offer:
    good = archive.read(partial(standard_parts, where=where, is_bad=False, size=size))
    return Offer(good, archive.read(partial(standard_parts, where=where, is_bad=True, size=size)))


def ask_showing(study_id: int, person: str, archive: PartArchive) -> Shown:
    showing = archive.read(partial(next_showing, study_id=study_id, person=person))
    images = archive.images(showing.part_id) if showing is not None else ()
    return Shown(showing, tuple(StoredFrame(name, pixels) for name, pixels in images))


def ask_report(study_id: int, archive: PartArchive) -> ReadReport:
    """All figures, reckoned here, and the pictures of disputed parts."""
    report = study_report(archive.read(partial(study_record, study_id=study_id)))
    found = ((part_id, archive.thumbnail(part_id)) for part_id in disputed_parts(report))
    return ReadReport(report, {part: shrink(pixels, PICTURE_PX) for part, pixels in found if pixels is not None})
