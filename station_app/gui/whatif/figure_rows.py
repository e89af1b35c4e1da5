"""What thresholds would have done, as rows of words: what holds beside what is tried. GUI thread, for translations."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import VerdictKind
from station_app.gui.charts.words import lack_words, percent
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.recipes.row_table import Row
from station_app.gui.whatif.question import Answer
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.intervals import Share
from station_app.quality.thresholds import WhatIf

_CONTEXT = "WhatIf"
_MINUTES = QT_TRANSLATE_NOOP("WhatIf", "Review, minutes a shift")
_ESCAPES = QT_TRANSLATE_NOOP("WhatIf", "Escapes, of all parts")
_OVERKILL = QT_TRANSLATE_NOOP("WhatIf", "Overkill, of all parts")
_RANGE = QT_TRANSLATE_NOOP("WhatIf", "{value} ({low} to {high})")


def figure_rows(answer: Answer) -> tuple[Row, ...]:
    """Seven rows of three cells; what differs is bold."""
    return tuple(_row(name, told, answer) for name, told in _figures())


def _figures() -> tuple[tuple[str, Callable[[WhatIf], str]], ...]:
    """What each row is called, and what it says of one side."""
    translate = QCoreApplication.translate
    return (
        (verdict_name(VerdictKind.PASS), lambda told: _share(told.passed)),
        (verdict_name(VerdictKind.REVIEW), lambda told: _share(told.review)),
        (verdict_name(VerdictKind.FAIL), lambda told: _share(told.failed)),
        (verdict_name(VerdictKind.NO_RESULT), lambda told: f"{told.no_result:,}"),
        (translate(_CONTEXT, _MINUTES), lambda told: f"{told.review_minutes.value:.1f}"),
        (translate(_CONTEXT, _ESCAPES), lambda told: _rate(told.escapes)),
        (translate(_CONTEXT, _OVERKILL), lambda told: _rate(told.overkill)),
    )


def _row(name: str, told: Callable[[WhatIf], str], answer: Answer) -> Row:
    before, after = (_cell(side, told) for side in (answer.before, answer.after))
    return Row((name, before, after), is_strong=before != after)


def _cell(side: WhatIf | CannotSay, told: Callable[[WhatIf], str]) -> str:
    return "–" if isinstance(side, CannotSay) else told(side)


def _share(share: Share) -> str:
    return f"{share.count:,} ({percent(share.value)})"


def _rate(rate: Estimate | CannotSay) -> str:
    if isinstance(rate, CannotSay):
        return lack_words(rate)
    words = QCoreApplication.translate(_CONTEXT, _RANGE)
    return words.format(value=percent(rate.value), low=percent(rate.low), high=percent(rate.high))
