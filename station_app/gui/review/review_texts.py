"""The words of the review screen. GUI thread, for the translations."""

import time

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import VerdictKind
from station_app.core.review import Answer, Queue, Severity
from station_app.gui import texts
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.review.answering import missing
from station_app.gui.review.facts import PartFacts, agrees
from station_app.gui.review.review_state import Bar, ReviewState, Step
from station_app.gui.review.tools import Tool
from station_app.gui.sentences import sentence
from station_app.quality.estimate import CannotSay, Estimate

_QUEUES = {
    Queue.BLIND: QT_TRANSLATE_NOOP("Review", "Blind sample"),
    Queue.OVERRIDES: QT_TRANSLATE_NOOP("Review", "Overrides"),
    Queue.UNSURE: QT_TRANSLATE_NOOP("Review", "Unsure"),
    Queue.NEAR: QT_TRANSLATE_NOOP("Review", "Near threshold"),
    Queue.NO_RESULT: QT_TRANSLATE_NOOP("Review", "No result"),
    Queue.SUSPECT: QT_TRANSLATE_NOOP("Review", "Suspects"),
    Queue.CONTESTED: QT_TRANSLATE_NOOP("Review", "Contested"),
}
_ANSWERS = {
    Answer.GOOD: QT_TRANSLATE_NOOP("Review", "Good"),
    Answer.BAD: QT_TRANSLATE_NOOP("Review", "Bad"),
    Answer.UNSURE: QT_TRANSLATE_NOOP("Review", "Unsure"),
}
_SEVERITIES = {
    Severity.MINOR: QT_TRANSLATE_NOOP("Review", "Minor"),
    Severity.MAJOR: QT_TRANSLATE_NOOP("Review", "Major"),
    Severity.CRITICAL: QT_TRANSLATE_NOOP("Review", "Critical"),
}
_TOOLS = {
    Tool.HAND: QT_TRANSLATE_NOOP("Review", "Hand"),
    Tool.BOX: QT_TRANSLATE_NOOP("Review", "Box"),
    Tool.POLYGON: QT_TRANSLATE_NOOP("Review", "Polygon"),
    Tool.BRUSH: QT_TRANSLATE_NOOP("Review", "Brush"),
    Tool.ERASER: QT_TRANSLATE_NOOP("Review", "Eraser"),
}
_BARS = {
    Bar.OFFLINE: QT_TRANSLATE_NOOP("Review", "The station does not answer: no review can be recorded"),
    Bar.SIGN_IN: QT_TRANSLATE_NOOP("Review", "Sign in first: every review is recorded with its reviewer"),
    Bar.ROLE: QT_TRANSLATE_NOOP("Review", "Reviews need a lead, quality or an engineer, signed in with a password"),
    Bar.ADJUDICATOR: QT_TRANSLATE_NOOP("Review", "Contested parts are settled by quality, signed in with a password"),
}
_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 86_400_000


def _said(source: str) -> str:
    return QCoreApplication.translate("Review", source)


def queue_name(queue: Queue) -> str:
    return _said(_QUEUES[queue])


def answer_name(answer: Answer) -> str:
    return _said(_ANSWERS[answer])


def severity_name(severity: Severity) -> str:
    return _said(_SEVERITIES[severity])


def tool_name(tool: Tool) -> str:
    return _said(_TOOLS[tool])


def age(oldest_ms: int | None, now_ms: int) -> str:
    """How long the oldest part has waited, in the largest unit that is whole."""
    if oldest_ms is None:
        return ""
    passed = max(0, now_ms - oldest_ms)
    translate = QCoreApplication.translate
    if passed >= 2 * _DAY_MS:
        return translate("Review", "oldest {count} d").replace("{count}", str(passed // _DAY_MS))
    if passed >= 2 * _HOUR_MS:
        return translate("Review", "oldest {count} h").replace("{count}", str(passed // _HOUR_MS))
    return translate("Review", "oldest {count} min").replace("{count}", str(passed // _MINUTE_MS))


def local_time(at_ms: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at_ms / 1000))


def empty_text(state: ReviewState, *, is_without: bool = False) -> str:
    """What stands in place of the image where there is none to look at; `is_without`: the part has none on disk."""
    if state.bar is not None:
        return _said(_BARS[state.bar])
    if not state.page_is_read:
        return QCoreApplication.translate("Review", "The queue is being read")
    if state.part is None:
        return QCoreApplication.translate("Review", "Nothing waits in this queue")
    if is_without:
        return QCoreApplication.translate("Review", "No image of this part was kept: skip it")
    return QCoreApplication.translate("Review", "The image is being read")


_ADVICE = {
    Step.SENDING: QT_TRANSLATE_NOOP("Review", "Being recorded"),
    Step.RECORDED: QT_TRANSLATE_NOOP("Review", "Recorded. Now see what the station said: R"),
    Step.REVEALED: QT_TRANSLATE_NOOP("Review", "N goes on to the next part"),
}
_LACKS = {
    "answer": QT_TRANSLATE_NOOP("Review", "Look at the whole part, then answer"),
    "label": QT_TRANSLATE_NOOP("Review", "Choose what kind of defect it is"),
    "": QT_TRANSLATE_NOOP("Review", "Enter records the answer"),
}


def advice(state: ReviewState) -> str:
    """What is to be done next, or why nothing was recorded."""
    if state.refusal is not None:
        return "; ".join(sentence(part) for part in state.refusal if part)
    if state.is_withdrawn:
        return QCoreApplication.translate("Review", "Taken back: somebody else judges that part")
    if state.part is None or state.bar is not None:
        return ""
    return _said(_ADVICE[state.step] if state.step in _ADVICE else _LACKS[missing(state)])


def agreement_text(agreement: Estimate | CannotSay | None) -> str:
    """Cohen's kappa of this session against the second reviewers, or why there is none."""
    translate = QCoreApplication.translate
    if agreement is None:
        return ""
    if isinstance(agreement, CannotSay):
        if agreement.lack.value in ("good_parts", "bad_parts"):
            return translate("Review", "Agreement cannot be said yet: all answers are alike")
        return translate("Review", "Agreement cannot be said yet: no part has a second reviewer")
    line = translate("Review", "Agreement κ {value} ({low} to {high}), {count} of {total} parts alike")
    figures = {"{value}": agreement.value, "{low}": agreement.low, "{high}": agreement.high}
    for place, figure in figures.items():
        line = line.replace(place, f"{figure:.2f}")
    return line.replace("{count}", str(agreement.count)).replace("{total}", str(agreement.total))


def verdict_text(facts: PartFacts) -> str:
    """What the station said, in a line."""
    inspection = facts.inspection
    if inspection is None:
        return QCoreApplication.translate("Review", "The station has no record of this part")
    word = texts.verdict_word(inspection.verdict).replace("\n", " ")
    label = texts.label_name(inspection.findings[0].label) if inspection.findings else ""
    if inspection.verdict is VerdictKind.NO_RESULT:
        label = texts.no_result_lines(inspection.reason)[0]
    line = QCoreApplication.translate("Review", "Station: {verdict}").replace("{verdict}", word)
    return f"{line} · {label}" if label else line


def comparison_text(answer: Answer | None, facts: PartFacts) -> str:
    """Agreement or disagreement in words; "" before the answer."""
    translate = QCoreApplication.translate
    if answer is None:
        return ""
    same = agrees(answer, facts)
    if facts.is_seed:
        if same is None:
            return translate("Review", "This was a known bad part, shown again. You were not sure")
        found = translate("Review", "This was a known bad part, shown again. You found it")
        missed = translate("Review", "This was a known bad part, shown again. You missed it")
        return found if same else missed
    if same is None:
        return translate("Review", "Nothing to compare: one of you did not say good or bad")
    return (
        translate("Review", "You and the station agree") if same else translate("Review", "You and the station differ")
    )


def operator_text(facts: PartFacts) -> str:
    """The operator's answer that stands, with its time."""
    override = facts.override
    if override is None:
        return QCoreApplication.translate("Review", "No operator has answered")
    kind = facts.inspection.verdict if facts.inspection is not None else None
    name = texts.disposition_name(override.disposition, kind)
    line = QCoreApplication.translate("Review", "Operator {name}: {answer}, {time}")
    line = line.replace("{name}", override.operator).replace("{answer}", name)
    return line.replace("{time}", local_time(override.decided_at_ms))
