"""What a test shot says, in words. GUI thread."""

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import VerdictKind
from station_app.core.setup_messages import ShotJudged
from station_app.gui import texts
from station_app.gui.marking import QT_TRANSLATE_NOOP

_NOT_RECORDED = QT_TRANSLATE_NOOP("Shot", "Test shot: not recorded, not told to the line")
_NOTHING = QT_TRANSLATE_NOOP("Shot", "no defect found")
_MOST_NAMES = 3


def shot_note() -> str:
    """Always beside a test shot's verdict."""
    return QCoreApplication.translate("Shot", _NOT_RECORDED)


def shot_line(shot: ShotJudged) -> str:
    """Verdict, what was found or why there is no result, and how long it took."""
    word = texts.verdict_word(shot.verdict).replace("\n", " ")
    return f"{word} · {_found(shot)} · {shot.total_ms:.0f} ms"


def _found(shot: ShotJudged) -> str:
    if shot.verdict is VerdictKind.NO_RESULT:
        return texts.no_result_lines(shot.reason)[0]
    names = list(dict.fromkeys(texts.label_name(finding.label) for finding in shot.findings))
    if not names:
        return QCoreApplication.translate("Shot", _NOTHING)
    more = "…" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more
