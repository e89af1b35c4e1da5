"""What the filters are called, and what their lists say. GUI thread, for the translations."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QCoreApplication

from station_app.core.history import HistoryChoices
from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.gui import texts
from station_app.gui.history.filter_box import Option
from station_app.gui.history.filter_choice import FilterChoice
from station_app.gui.history.period import Period, Span, last_shifts, span_of
from station_app.gui.marking import QT_TRANSLATE_NOOP

NO_CHOICES = HistoryChoices((), (), (), (), (), ())
HASH_LETTERS = 12
"""So many of a package's hash tell it apart."""
_TIME = "%Y-%m-%d %H:%M"

_CAPTIONS = {
    "period": QT_TRANSLATE_NOOP("Filter", "Time"),
    "shift": QT_TRANSLATE_NOOP("Filter", "Shift"),
    "recipe": QT_TRANSLATE_NOOP("Filter", "Recipe"),
    "verdict": QT_TRANSLATE_NOOP("Filter", "Verdict"),
    "disposition": QT_TRANSLATE_NOOP("Filter", "Decision"),
    "label": QT_TRANSLATE_NOOP("Filter", "Defect"),
    "serial": QT_TRANSLATE_NOOP("Filter", "Serial number begins"),
    "lot": QT_TRANSLATE_NOOP("Filter", "Lot"),
    "model": QT_TRANSLATE_NOOP("Filter", "Model"),
    "operator": QT_TRANSLATE_NOOP("Filter", "Decided by"),
    "reason": QT_TRANSLATE_NOOP("Filter", "Why no result"),
}
_PERIODS = {
    Period.ALL: QT_TRANSLATE_NOOP("Filter", "All"),
    Period.THIS_SHIFT: QT_TRANSLATE_NOOP("Filter", "This shift"),
    Period.TODAY: QT_TRANSLATE_NOOP("Filter", "Today"),
    Period.WEEK: QT_TRANSLATE_NOOP("Filter", "Last 7 days"),
    Period.SPAN: QT_TRANSLATE_NOOP("Filter", "From – to …"),
}
_DECISIONS = (Disposition.AGREE, Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT, Disposition.UNSURE)


def filter_caption(name: str) -> str:
    """What the filter of this name is about."""
    return QCoreApplication.translate("Filter", _CAPTIONS[name])


def all_of_it() -> str:
    """The first line of every list."""
    return QCoreApplication.translate("Filter", "All")


def verdict_name(kind: VerdictKind) -> str:
    """The verdict's word in one line."""
    return texts.verdict_word(kind).replace("\n", " ")


def reason_cause(reason: NoResultReason) -> str:
    return texts.no_result_lines(reason)[0]


def period_options(starts: tuple[time, ...], now: datetime) -> tuple[Option, ...]:
    """Each with the time at which it begins, so that nobody has to guess; no shift where none is known."""
    offered = [period for period in _PERIODS if starts or period is not Period.THIS_SHIFT]
    return tuple(Option(period, _period_caption(period, starts, now)) for period in offered)


def _period_caption(period: Period, starts: tuple[time, ...], now: datetime) -> str:
    name = QCoreApplication.translate("Filter", _PERIODS[period])
    begin = span_of(period, Span(), starts, now).begin
    if begin is None:
        return name
    return f"{name} · {begin:%Y-%m-%d}" if begin.time() == time() else f"{name} · {begin.strftime(_TIME)}"


def shift_options(starts: tuple[time, ...], now: datetime) -> tuple[Option, ...]:
    """The last shifts, newest first."""
    shifts = tuple(Option(span, _span_caption(span)) for span in last_shifts(starts, now))
    return (Option(None, all_of_it()), *shifts)


def _span_caption(span: Span) -> str:
    begin, end = span.begin, span.end
    return f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}" if begin is not None and end is not None else all_of_it()


def list_options(name: str, choices: HistoryChoices) -> tuple[Option, ...]:
    """The list of the filter of this name; of verdicts and decisions everything that can be."""
    return (Option(_NOTHING[name], all_of_it()), *_LISTS[name](choices))


def current_value(name: str, choice: FilterChoice) -> object:
    """What the filter of this name is set to."""
    if name == "period":
        return Period.ALL if choice.period is Period.SHIFT else choice.period
    if name == "shift":
        return choice.chosen if choice.period is Period.SHIFT else None
    return getattr(choice.rest, name)


def _plain(values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value, value) for value in values)


_LISTS: dict[str, Callable[[HistoryChoices], tuple[Option, ...]]] = {
    "recipe": lambda choices: _plain(choices.recipes),
    "verdict": lambda _: tuple(Option(kind, verdict_name(kind)) for kind in VerdictKind),
    "disposition": lambda _: tuple(Option(kind, texts.disposition_name(kind)) for kind in _DECISIONS),
    "label": lambda choices: tuple(Option(label, texts.label_name(label)) for label in choices.labels),
    "lot": lambda choices: _plain(choices.lots),
    "model": lambda choices: tuple(Option(model, model[:HASH_LETTERS]) for model in choices.models),
    "operator": lambda choices: _plain(choices.operators),
    "reason": lambda choices: tuple(Option(reason, reason_cause(reason)) for reason in choices.reasons),
}
_NOTHING: dict[str, object] = {
    "recipe": "",
    "verdict": None,
    "disposition": None,
    "label": "",
    "lot": "",
    "model": "",
    "operator": "",
    "reason": None,
}
