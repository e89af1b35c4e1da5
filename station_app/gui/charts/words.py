"""Figures in words: estimates with their sample and interval, what is missing, times and periods. GUI thread."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from station_app.core.history import HistoryFilter
from station_app.gui.charts.subgroups import HOUR_S, Grouping
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.quality.estimate import CannotSay, Estimate, Lack, Method
from station_app.quality.intervals import Share

_LACKS = {
    Lack.PARTS: QT_TRANSLATE_NOOP("Charts", "Cannot say: at least {count} more parts are needed"),
    Lack.GOOD_PARTS: QT_TRANSLATE_NOOP("Charts", "Cannot say: at least {count} more good parts are needed"),
    Lack.BAD_PARTS: QT_TRANSLATE_NOOP("Charts", "Cannot say: at least {count} more bad parts are needed"),
    Lack.REVIEWS: QT_TRANSLATE_NOOP("Charts", "Cannot say: at least {count} more blind reviews are needed"),
    Lack.DECISIONS: QT_TRANSLATE_NOOP("Charts", "Cannot say: at least {count} more decisions are needed"),
    Lack.SUBGROUPS: QT_TRANSLATE_NOOP("Charts", "Cannot say: at least {count} more subgroups are needed"),
    Lack.DEFECTS: QT_TRANSLATE_NOOP("Charts", "Cannot say: not one event was counted"),
}
_METHODS = {
    Method.CLOPPER_PEARSON: QT_TRANSLATE_NOOP("Charts", "exact interval"),
    Method.WILSON: QT_TRANSLATE_NOOP("Charts", "score interval"),
    Method.FAY_FEUER: QT_TRANSLATE_NOOP("Charts", "stratified, gamma interval"),
    Method.POISSON_EXACT: QT_TRANSLATE_NOOP("Charts", "exact interval of a count"),
    Method.SCALED_NORMAL: QT_TRANSLATE_NOOP("Charts", "interval with the extra variation"),
    Method.BONFERRONI: QT_TRANSLATE_NOOP("Charts", "safe combination of both rates"),
    Method.INDEPENDENT_STAGES: QT_TRANSLATE_NOOP("Charts", "product of exact intervals"),
    Method.ORDER_STATISTICS: QT_TRANSLATE_NOOP("Charts", "interval of order statistics"),
}
_GROUPINGS = {
    Grouping.HOUR: QT_TRANSLATE_NOOP("Charts", "Hour"),
    Grouping.SHIFT: QT_TRANSLATE_NOOP("Charts", "Shift"),
    Grouping.DAY: QT_TRANSLATE_NOOP("Charts", "Day"),
}
_LEFT_OUT = {
    "verdict": QT_TRANSLATE_NOOP("Charts", "verdict"),
    "disposition": QT_TRANSLATE_NOOP("Charts", "decision"),
    "label": QT_TRANSLATE_NOOP("Charts", "kind of defect"),
    "serial": QT_TRANSLATE_NOOP("Charts", "serial number"),
    "lot": QT_TRANSLATE_NOOP("Charts", "lot"),
    "operator": QT_TRANSLATE_NOOP("Charts", "operator"),
    "reason": QT_TRANSLATE_NOOP("Charts", "reason"),
    "model": QT_TRANSLATE_NOOP("Charts", "model"),
}

_TOGETHER = "\N{NO-BREAK SPACE}"
"""A figure and its sign stay on one line."""


def lack_words(missing: CannotSay) -> str:
    return QCoreApplication.translate("Charts", _LACKS[missing.lack]).format(count=missing.needed)


def method_words(method: Method) -> str:
    source = _METHODS.get(method)
    return QCoreApplication.translate("Charts", source) if source else method.value


def grouping_words(grouping: Grouping) -> str:
    return QCoreApplication.translate("Charts", _GROUPINGS[grouping])


def percent(share: float) -> str:
    """As many digits as a small share needs."""
    value = 100 * share
    digits = 1 if value >= 10 else 2 if value >= 0.1 or value == 0 else 4
    return f"{value:.{digits}f}{_TOGETHER}%"


def share_words(told: Estimate | Share | CannotSay) -> str:
    return lack_words(told) if isinstance(told, CannotSay) else percent(told.value)


def sample_words(told: Estimate | Share | CannotSay) -> str:
    """Interval, sample, confidence and method."""
    if isinstance(told, CannotSay):
        return ""
    text = QCoreApplication.translate("Charts", "{low} to {high} at {confidence}; {count} of {total}; {method}")
    return text.format(
        low=percent(told.low),
        high=percent(told.high),
        confidence=percent(told.confidence),
        count=told.count,
        total=told.total,
        method=method_words(told.method),
    )


def local_time(seconds: float) -> str:
    """An ISO date and the time on the wall."""
    return f"{datetime.fromtimestamp(seconds):%Y-%m-%d %H:%M}"  # noqa: DTZ006 - the clock on the wall


def moment(seconds: float, grouping: Grouping) -> str:
    """When a subgroup began."""
    text = local_time(seconds)
    return text[:10] if grouping is Grouping.DAY else text


def joined(*sentences: str) -> str:
    """Those that say anything, one after the other."""
    return " · ".join(filter(None, sentences))


def period_note(first_hour: int, end_hour: int) -> str:
    text = QCoreApplication.translate("Charts", "Counted in whole hours, {begin} to {end}.")
    return text.format(begin=local_time(first_hour * HOUR_S), end=local_time(end_hour * HOUR_S))


def left_out_note(where: HistoryFilter, applied: tuple[str, ...] = ("model",)) -> str:
    """Which parts of the filter this tab does not apply, in one sentence; "" where it applies all that is set."""
    translate = QCoreApplication.translate
    names = [
        translate("Charts", text) for name, text in _LEFT_OUT.items() if name not in applied and getattr(where, name)
    ]
    if not names:
        return ""
    text = translate("Charts", "Not counted by the hour, so not applied here: {names}.")
    return text.format(names=translate("Charts", ", ").join(names))


def nothing_words() -> str:
    return QCoreApplication.translate("Charts", "Nothing was recorded in this period.")
