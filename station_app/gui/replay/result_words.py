"""What a replay came to, in words. GUI thread, for translations."""

from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.words import lack_words, local_time, percent
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.recipes.row_table import Row
from station_app.gui.replay.replay_state import Phase, ReplayState
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.mcnemar import McNemar
from station_app.replay.journal import Subject
from station_app.replay.outcome import Skipped
from station_app.replay.summary import Summary

_CONTEXT = "Replay"
_SKIPPED = {
    Skipped.NO_IMAGE: QT_TRANSLATE_NOOP("Replay", "Not judged: an image is not stored"),
    Skipped.NOT_OF_THE_IMAGE: QT_TRANSLATE_NOOP("Replay", "Not judged: no result, for a reason that no image shows"),
    Skipped.LINES: QT_TRANSLATE_NOOP("Replay", "Not judged: scanned line by line, or a label no model has"),
    Skipped.DAMAGED: QT_TRANSLATE_NOOP("Replay", "Not judged: a stored image is damaged"),
}
_PHASES = {
    Phase.NEVER: QT_TRANSLATE_NOOP("Replay", "Nothing is being judged again"),
    Phase.PREPARING: QT_TRANSLATE_NOOP("Replay", "{name}: the models are being loaded"),
    Phase.RUNNING: QT_TRANSLATE_NOOP("Replay", "{name}: {done} of {total} parts, {flipped} told something else"),
    Phase.ENDING: QT_TRANSLATE_NOOP("Replay", "{name}: ends after this part"),
    Phase.DONE: QT_TRANSLATE_NOOP("Replay", "{name}: all parts are judged"),
    Phase.STOPPED: QT_TRANSLATE_NOOP("Replay", "{name}: stopped; it can go on where it was"),
    Phase.FAILED: QT_TRANSLATE_NOOP("Replay", "{name}: {why}"),
}


def phase_words(state: ReplayState) -> str:
    """Where the replay is."""
    counts = {name: f"{getattr(state, name):,}" for name in ("done", "total", "flipped")}
    return _say(_PHASES[state.phase]).format(name=state.name, why=state.why, **counts)


def headline(summary: Summary) -> str:
    """Whether all is as it was, to the last bit."""
    if not summary.judged:
        return _say(QT_TRANSLATE_NOOP("Replay", "No part could be judged again"))
    if summary.identical == summary.judged:
        words = QT_TRANSLATE_NOOP("Replay", "All {count} parts judged again are equal to the last bit")
        return _say(words).format(count=f"{summary.judged:,}")
    flipped = sum(count for _, _, count in summary.flips)
    words = QT_TRANSLATE_NOOP("Replay", "{flipped} of {count} parts would be told something else")
    return _say(words).format(flipped=f"{flipped:,}", count=f"{summary.judged:,}")


def subject_words(subject: Subject) -> str:
    """Which parts, and on what they were judged again."""
    words = QT_TRANSLATE_NOOP("Replay", "{recipe}, {begin} to {end}, {provider}")
    begin, end = local_time(subject.from_ms / 1000), local_time(subject.until_ms / 1000)
    return _say(words).format(recipe=subject.recipe, begin=begin, end=end, provider=subject.provider)


def result_rows(summary: Summary) -> tuple[Row, ...]:
    """Cells: what, as recorded, as judged again."""
    judged, equal = (f"{count:,}" for count in (summary.judged, summary.identical))
    rows = [
        Row((_say(QT_TRANSLATE_NOOP("Replay", "Parts judged again")), "", judged)),
        Row((_say(QT_TRANSLATE_NOOP("Replay", "Equal to the last bit")), "", equal)),
    ]
    rows += [Row((_say(_SKIPPED[reason]), "", f"{count:,}"), is_marked=True) for reason, count in summary.skipped]
    rows += [
        Row((f"{verdict_name(old)} → {verdict_name(new)}", "", f"{count:,}"), is_strong=True)
        for old, new, count in summary.flips
    ]
    escapes, overkill = (
        QT_TRANSLATE_NOOP("Replay", "Escapes, of all parts"),
        QT_TRANSLATE_NOOP("Replay", "Overkill, of all parts"),
    )
    rows.append(Row((_say(escapes), _rate(summary.escapes_before), _rate(summary.escapes_after))))
    rows.append(Row((_say(overkill), _rate(summary.overkill_before), _rate(summary.overkill_after))))
    return tuple(rows)


def comparison(summary: Summary) -> str:
    """McNemar's test, in a sentence."""
    test, labelled = summary.test, f"{summary.labelled:,}"
    if not summary.labelled:
        return _say(QT_TRANSLATE_NOOP("Replay", "Nobody has reviewed one of these parts blind"))
    if not isinstance(test, McNemar):
        words = QT_TRANSLATE_NOOP(
            "Replay", "Of {labelled} parts with a known truth none was told right by one and wrong by the other"
        )
        return _say(words).format(labelled=labelled)
    old = test.first.count
    words = QT_TRANSLATE_NOOP(
        "Replay", "Of {labelled} parts with a known truth {old} were right only before, {new} only now: {reading}"
    )
    reading = QT_TRANSLATE_NOOP("Replay", "the difference is no chance (mid-p {p})")
    if test.mid_p > 1 - test.first.confidence:
        reading = QT_TRANSLATE_NOOP("Replay", "that may be chance (mid-p {p})")
    counts = {"labelled": labelled, "old": f"{old:,}", "new": f"{test.first.total - old:,}"}
    return _say(words).format(**counts, reading=_say(reading).format(p=f"{test.mid_p:.3g}"))


def _rate(rate: Estimate | CannotSay) -> str:
    if isinstance(rate, CannotSay):
        return lack_words(rate)
    words = QT_TRANSLATE_NOOP("Replay", "{value} ({low} to {high})")
    return _say(words).format(value=percent(rate.value), low=percent(rate.low), high=percent(rate.high))


def _say(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
