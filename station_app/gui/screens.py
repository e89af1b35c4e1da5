"""The screens of the station and the ways to them: one table, which the rail shows. GUI thread, for translations."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from station_app.gui.marking import QT_TRANSLATE_NOOP


class ScreenName(StrEnum):
    """One screen of the window. RUN is the operator's and the one to come back to."""

    RUN = "run"
    REVIEW = "review"
    HISTORY = "history"
    STUDIES = "studies"
    RECIPES = "recipes"
    MODELS = "models"
    SETUP = "setup"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in the rail: where it leads, and what it is called, in English."""

    name: ScreenName
    caption: str


ENTRIES = (
    Entry(ScreenName.RUN, QT_TRANSLATE_NOOP("Screen", "Run")),
    Entry(ScreenName.REVIEW, QT_TRANSLATE_NOOP("Screen", "Review")),
    Entry(ScreenName.HISTORY, QT_TRANSLATE_NOOP("Screen", "History")),
    Entry(ScreenName.STUDIES, QT_TRANSLATE_NOOP("Screen", "Studies")),
    Entry(ScreenName.RECIPES, QT_TRANSLATE_NOOP("Screen", "Recipes")),
    Entry(ScreenName.MODELS, QT_TRANSLATE_NOOP("Screen", "Models")),
    Entry(ScreenName.SETUP, QT_TRANSLATE_NOOP("Screen", "Set up")),
    Entry(ScreenName.PEOPLE, QT_TRANSLATE_NOOP("Screen", "People")),
)


def entry_caption(entry: Entry) -> str:
    return QCoreApplication.translate("Screen", entry.caption)
