"""A package's time in shadow in words: who rejects more, who is right more often. GUI thread, for translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import VerdictKind
from station_app.core.shadow import is_bad
from station_app.gui import texts
from station_app.gui.charts.sheet import Fact
from station_app.gui.charts.words import joined, lack_words, percent
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.models.records import Side
from station_app.quality.estimate import CannotSay
from station_app.quality.intervals import Share
from station_app.quality.mcnemar import McNemar
from station_app.store.shadow_view import DiscordantPart, JudgedPairs, PairCounts, ShadowView

_PROVED = 0.05
"""Below this chance a difference is called more than chance."""
_LEAST_P = 0.0001


def shadow_facts(view: ShadowView) -> tuple[Fact, ...]:
    """All figures with what they stand on, in the order in which a person asks."""
    return (_compared(view.counts), _rejecting(view), *_judged(view.judged))


def _compared(counts: PairCounts) -> Fact:
    translate = QCoreApplication.translate
    note = translate("Shadow", "{dropped} more had no time for a comparison; {lost} had no result on a side")
    said = note.format(dropped=f"{counts.dropped:,}", lost=f"{counts.lost:,}")
    if counts.candidate_lost:
        words = translate("Shadow", "{said}, {count} of them the candidate's")
        said = words.format(said=said, count=f"{counts.candidate_lost:,}")
    return Fact(translate("Shadow", "Parts compared"), f"{counts.compared:,}", said)


def _rejecting(view: ShadowView) -> Fact:
    """The test says that they differ, and nothing about who is right."""
    translate = QCoreApplication.translate
    counts, told = view.counts, view.rejecting
    caption = translate("Shadow", "Does one reject more than the other?")
    if isinstance(told, CannotSay):
        none = translate("Shadow", "No part was judged differently: nothing speaks for a difference yet")
        return Fact(caption, translate("Shadow", "Cannot say"), none)
    words = translate("Shadow", "The candidate alone rejects {candidate}, the champion alone {champion}")
    note = words.format(candidate=f"{counts.only_candidate_rejects:,}", champion=f"{counts.only_champion_rejects:,}")
    if told.exact_p >= _PROVED:
        figure = translate("Shadow", "No difference is shown")
    elif counts.only_candidate_rejects > counts.only_champion_rejects:
        figure = translate("Shadow", "Yes: the candidate rejects more")
    else:
        figure = translate("Shadow", "Yes: the candidate rejects fewer")
    return Fact(caption, figure, joined(note, _chance(told)))


def _judged(judged: JudgedPairs) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    caption = translate("Shadow", "Who is right, by operators and reviewers?")
    if not judged.parts:
        none = translate("Shadow", "No compared part was decided at the line or reviewed yet")
        return (Fact(caption, translate("Shadow", "Cannot say"), none),)
    return (
        Fact(caption, _who_is_right(judged), _right_note(judged)),
        Fact(translate("Shadow", "Candidate agrees with people"), *_agreement(judged.candidate_right)),
        Fact(translate("Shadow", "Champion agrees with people"), *_agreement(judged.champion_right)),
    )


def _who_is_right(judged: JudgedPairs) -> str:
    translate = QCoreApplication.translate
    if isinstance(judged.test, CannotSay):
        return translate("Shadow", "Both equally often")
    if judged.test.exact_p >= _PROVED:
        return translate("Shadow", "No difference is shown")
    if judged.only_candidate_right > judged.only_champion_right:
        return translate("Shadow", "The candidate, more often")
    return translate("Shadow", "The champion, more often")


def _right_note(judged: JudgedPairs) -> str:
    translate = QCoreApplication.translate
    words = translate("Shadow", "Right alone on {parts} judged parts: candidate {candidate}, champion {champion}")
    told = words.format(
        parts=f"{judged.parts:,}",
        candidate=f"{judged.only_candidate_right:,}",
        champion=f"{judged.only_champion_right:,}",
    )
    chance = lack_words(judged.test) if isinstance(judged.test, CannotSay) else _chance(judged.test)
    newest = "" if judged.is_all else translate("Shadow", "Of the newest judged parts alone")
    limits = translate("Shadow", "People look at what was rejected, and seldom at what passed: this is no escape rate")
    return joined(told, chance, newest, limits)


def _chance(test: McNemar) -> str:
    """What the p value means."""
    translate = QCoreApplication.translate
    if test.exact_p < _PROVED:
        words = translate(
            "Shadow", "If both were alike, chance would do so much in {chance} of trials (exact McNemar, {p})"
        )
    else:
        words = translate("Shadow", "Chance alone does so in {chance} of trials of two alike (exact McNemar, {p})")
    chance = percent(max(test.exact_p, _LEAST_P))
    return words.format(chance=f"< {chance}" if test.exact_p < _LEAST_P else chance, p=p_words(test.exact_p))


def p_words(p: float) -> str:
    return f"p < {_LEAST_P:g}" if p < _LEAST_P else f"p = {p:.2g}"


def _agreement(share: Share) -> tuple[str, str]:
    words = QCoreApplication.translate(
        "Shadow", "{count} of {total} judged parts; {low} to {high} at 95 %, exact interval"
    )
    note = words.format(count=share.count, total=share.total, low=percent(share.low), high=percent(share.high))
    return percent(share.value), note


def side_words(side: Side) -> str:
    translate = QCoreApplication.translate
    if side is Side.CHAMPION_PASSES:
        return translate("Shadow", "Champion passes, candidate rejects")
    return translate("Shadow", "Candidate passes, champion rejects")


def part_words(part: DiscordantPart) -> str:
    """Below the small picture: its number, and of what one of them rejects the champion's and the candidate's score."""
    champion, candidate = (_scores(part, is_candidate=who) for who in (False, True))
    label, _ = _top(candidate if part.champion is VerdictKind.PASS else champion)
    if not label:
        return str(part.part_id)
    told = " → ".join(f"{dict(scores).get(label, 0.0):.2f}" for scores in (champion, candidate))
    return f"{part.part_id} · {texts.label_name(label)} {told}"


def both_words(part: DiscordantPart) -> str:
    """Above the large picture: both verdicts with their highest score, and what people said."""
    translate = QCoreApplication.translate
    name = part.serial or translate("Shadow", "Part {number}").format(number=part.part_id)
    champion = _verdict(translate("Shadow", "champion"), part.champion, _scores(part, is_candidate=False))
    candidate = _verdict(translate("Shadow", "candidate"), part.candidate, _scores(part, is_candidate=True))
    return joined(name, champion, candidate, _people(part))


def _verdict(who: str, verdict: VerdictKind, scores: tuple[tuple[str, float], ...]) -> str:
    label, score = _top(scores)
    best = f" ({texts.label_name(label)} {score:.3f})" if label else ""
    return f"{who} {verdict_name(verdict)}{best}"


def _people(part: DiscordantPart) -> str:
    decided = part.champion if part.in_shadow else part.candidate
    said = is_bad(decided, part.disposition, part.answer)
    if said is None:
        return ""
    translate = QCoreApplication.translate
    return translate("Shadow", "people say bad") if said else translate("Shadow", "people say good")


def _scores(part: DiscordantPart, *, is_candidate: bool) -> tuple[tuple[str, float], ...]:
    return part.scores if is_candidate is part.in_shadow else part.decided_scores


def _top(scores: tuple[tuple[str, float], ...]) -> tuple[str, float]:
    return max(scores, key=lambda entry: entry[1], default=("", 0.0))
