"""Appraisers, grades and weaknesses of a study in words. GUI thread, for the translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.study import MODEL, Appraiser, AppraiserProgress, StudySummary
from station_app.gui.charts.words import lack_words, local_time, percent
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.quality.effectiveness import Grade
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.intervals import Share
from station_app.quality.kappa import KappaBand, kappa_band
from station_app.quality.study_plan import Weakness

_WEAKNESSES = {
    Weakness.FEW_PARTS: QT_TRANSLATE_NOOP("Studies", "Fewer than 50 parts: the intervals will be wide."),
    Weakness.FEW_BAD: QT_TRANSLATE_NOOP("Studies", "Fewer than 30 % bad parts: little will be known about misses."),
    Weakness.FEW_GOOD: QT_TRANSLATE_NOOP(
        "Studies", "More than 50 % bad parts: little will be known about false alarms."
    ),
    Weakness.NO_BORDERLINE: QT_TRANSLATE_NOOP("Studies", "No borderline part: clear parts flatter everybody."),
    Weakness.ONE_TRIAL: QT_TRANSLATE_NOOP("Studies", "One trial: nobody can differ from themselves."),
    Weakness.ONE_APPRAISER: QT_TRANSLATE_NOOP("Studies", "One appraiser: nobody can differ from another."),
}
_GRADES = {
    Grade.ACCEPTABLE: QT_TRANSLATE_NOOP("Studies", "acceptable"),
    Grade.MARGINAL: QT_TRANSLATE_NOOP("Studies", "marginal"),
    Grade.UNACCEPTABLE: QT_TRANSLATE_NOOP("Studies", "unacceptable"),
}
_BANDS = {
    KappaBand.GOOD: QT_TRANSLATE_NOOP("Studies", "good agreement"),
    KappaBand.MARGINAL: QT_TRANSLATE_NOOP("Studies", "marginal"),
    KappaBand.UNACCEPTABLE: QT_TRANSLATE_NOOP("Studies", "unacceptable"),
}


def _said(source: str) -> str:
    """A marked text in the language of the screen."""
    return QCoreApplication.translate("Studies", source)


def weakness_words(weakness: Weakness) -> str:
    return _said(_WEAKNESSES[weakness])


def grade_words(grade: Grade) -> str:
    return _said(_GRADES[grade])


def band_words(kappa: Estimate | CannotSay) -> str:
    """The band that the sample proves: of the lower end of the interval."""
    return "" if isinstance(kappa, CannotSay) else _said(_BANDS[kappa_band(kappa.low)])


def appraiser_words(appraiser: Appraiser) -> str:
    if appraiser == MODEL:
        return QCoreApplication.translate("Studies", "Model")
    if appraiser.sees_model:
        return QCoreApplication.translate("Studies", "{name} + model").format(name=appraiser.person)
    return appraiser.person


def progress_words(entry: AppraiserProgress) -> str:
    return f"{appraiser_words(entry.appraiser)} {entry.answered}/{entry.showings}"


def answer_words(*, is_bad: bool) -> str:
    translate = QCoreApplication.translate
    return translate("Studies", "bad") if is_bad else translate("Studies", "good")


def state_words(study: StudySummary) -> str:
    """Open, all answered, or closed; and closed early where not all was answered."""
    translate = QCoreApplication.translate
    if study.closing is None:
        return translate("Studies", "all answered") if study.is_finished else translate("Studies", "open")
    return translate("Studies", "closed") if study.is_finished else translate("Studies", "closed early")


def interval_words(told: Share | CannotSay) -> str:
    """From and to in percent; in words why there is none."""
    return lack_words(told) if isinstance(told, CannotSay) else f"{percent(told.low)} – {percent(told.high)}"


def counted_words(told: Share | CannotSay) -> str:
    """The share with what it was counted from; "" where there is none."""
    return "" if isinstance(told, CannotSay) else f"{percent(told.value)}  ({told.count}/{told.total})"


def kappa_words(kappa: Estimate | CannotSay) -> str:
    """With its interval; in words why there is none."""
    if isinstance(kappa, CannotSay):
        return lack_words(kappa)
    return f"{kappa.value:.2f}  ({kappa.low:.2f} – {kappa.high:.2f})"


def time_words(at_ms: int) -> str:
    return local_time(at_ms / 1000)
