"""What the parts of a study's report share. GUI thread, for the translations."""

from dataclasses import dataclass

from station_app.gui.studies.study_report import StudyReport, appraiser_of
from station_app.gui.studies.study_words import appraiser_words
from station_app.quality.study_figures import AppraiserFigures


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and a table where there is one: `heads` with their shares of the width, and rows."""

    heading: str
    lines: tuple[str, ...] = ()
    heads: tuple[tuple[str, float], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[str, ...] = ()


def named(report: StudyReport) -> tuple[tuple[str, AppraiserFigures], ...]:
    """Each appraiser's name with the figures, in the order of the report."""
    return tuple((name_of(figures.appraiser), figures) for figures in report.ranked)


def name_of(key: str) -> str:
    """The appraiser of this name in the statistics, in words."""
    return appraiser_words(appraiser_of(key))
