"""What all records of a part come to: who stands by which answer, and what is therefore the part's label. Pure.

A person's later answer stands in place of their earlier one, whether they gave it at the line or as a reviewer. What
was taken back never counts. An adjudication settles what people differ about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.review import Answer, DefectDrawn
from station_app.dataset.gathered import PartRecords, Place
from station_app.dataset.record import Decision, Opinion

Told = TypeVar("Told", Decision, Opinion)

UNNAMED = "defect"
"""The label of a defect whose kind nobody has named."""
_NAMES_OF_GOOD = frozenset({"", "good", "ok"})


class Consensus(StrEnum):
    NONE = "none"
    SINGLE = "single"
    AGREED = "agreed"
    DISPUTED = "disputed"
    ADJUDICATED = "adjudicated"


class Voice(StrEnum):
    """Where an answer was given."""

    LINE = "line"
    REVIEW = "review"
    ADJUDICATION = "adjudication"


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's answer that stands. `is_bad` is None where they are unsure. `names_kind` tells apart who named a
    defect from who agreed with the model's name for it. `word` is the disposition or the answer, `reason` the reason or
    the severity."""

    by: str
    place: Place
    voice: Voice
    is_bad: bool | None
    label: str
    names_kind: bool
    drawn: tuple[DefectDrawn, ...]
    cameras: frozenset[str]
    is_blind: bool
    viewed_ms: int
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The part's label now. `is_bad` is None where there is none to be had. `kinds` are the names that the best
    informed people give to the defect: more than one means that they differ. `votes` are all sure ones, oldest first;
    `supporters` those people whose answer is the label; `deciders` who decided at the line, also where that was taken
    back or replaced."""

    consensus: Consensus
    is_bad: bool | None
    kinds: tuple[str, ...]
    votes: tuple[Vote, ...]
    supporters: frozenset[str]
    deciders: frozenset[str]
    is_unsure: bool

    @property
    def is_reviewed(self) -> bool:
        return any(vote.voice is not Voice.LINE for vote in self.votes)


def standing_of(part: PartRecords) -> Standing:
    """What the part's records come to."""
    latest = {vote.by: vote for vote in sorted(_votes(part), key=lambda vote: vote.place)}
    standing = sorted(latest.values(), key=lambda vote: vote.place)
    sure = tuple(vote for vote in standing if vote.is_bad is not None)
    consensus = _consensus(sure)
    is_bad = None if consensus in (Consensus.NONE, Consensus.DISPUTED) else _settling(sure)[-1].is_bad
    agreeing = [vote for vote in sure if vote.is_bad == is_bad]
    return Standing(
        consensus=consensus,
        is_bad=is_bad,
        kinds=_kinds(agreeing) if is_bad else (),
        votes=sure,
        supporters=frozenset(vote.by for vote in agreeing),
        deciders=frozenset(decision.by for decision in part.decisions),
        is_unsure=not sure and bool(standing),
    )


def _consensus(sure: tuple[Vote, ...]) -> Consensus:
    """Two reviewers who agree settle what was said at the line; one who differs from it does not."""
    if any(vote.voice is Voice.ADJUDICATION for vote in sure):
        return Consensus.ADJUDICATED
    reviewers = [vote for vote in sure if vote.voice is Voice.REVIEW]
    if len({vote.is_bad for vote in reviewers}) > 1:
        return Consensus.DISPUTED
    if len(reviewers) > 1:
        return Consensus.AGREED
    if len({vote.is_bad for vote in sure}) > 1:
        return Consensus.DISPUTED
    return (Consensus.NONE, Consensus.SINGLE, Consensus.AGREED)[min(len(sure), 2)]


def _settling(sure: tuple[Vote, ...]) -> list[Vote]:
    """Those whose answer is the part's: the adjudicators, else the reviewers, else those at the line."""
    for voice in (Voice.ADJUDICATION, Voice.REVIEW):
        if votes := [vote for vote in sure if vote.voice is voice]:
            return votes
    return list(sure)


def _kinds(agreeing: list[Vote]) -> tuple[str, ...]:
    """The kind as the best informed say it: adjudicators, then reviewers, then the line, then the model's own word."""
    ranks = (
        [vote for vote in agreeing if vote.voice is Voice.ADJUDICATION][-1:],
        [vote for vote in agreeing if vote.voice is Voice.REVIEW],
        [vote for vote in agreeing if vote.voice is Voice.LINE and vote.names_kind],
        agreeing,
    )
    for rank in ranks:
        named = {vote.label.casefold(): vote.label for vote in rank if vote.label}
        if named:
            return tuple(named[folded] for folded in sorted(named))
    return (UNNAMED,)


def _votes(part: PartRecords) -> Iterable[Vote]:
    undone = _taken_back(part.decisions)
    for decision, place in part.decisions.items():
        if decision not in undone and decision.undoes is None and _can_decide(part):
            yield _at_line(place, decision, part)
    withdrawn = _taken_back(part.opinions)
    for opinion, place in part.opinions.items():
        if opinion not in withdrawn and opinion.undoes is None:
            yield _reviewed(place, opinion)


def _taken_back(told: Mapping[Told, Place]) -> set[Told]:
    """Each undo takes back the newest record of its number before it: after a database was restored from a backup, a
    number may have been given twice."""
    undone: set[Told] = set()
    for undo, at in told.items():
        if undo.undoes is not None:
            meant = [(place, each) for each, place in told.items() if each.undoes is None and place < at]
            undone.update(each for _, each in sorted((m for m in meant if m[1].number == undo.undoes), key=_place)[-1:])
    return undone


def _place(entry: tuple[Place, object]) -> Place:
    return entry[0]


def _can_decide(part: PartRecords) -> bool:
    """Without a verdict there is nothing to agree or to disagree with: such a part needs a review."""
    return part.about.prediction.verdict is not VerdictKind.NO_RESULT


def _at_line(place: Place, decision: Decision, part: PartRecords) -> Vote:
    prediction = part.about.prediction
    is_bad = {
        Disposition.AGREE: prediction.verdict is not VerdictKind.PASS,
        Disposition.FALSE_REJECT: False,
        Disposition.MISSED_DEFECT: True,
    }.get(decision.disposition)
    is_agreed = decision.disposition is Disposition.AGREE
    label = _kind(decision.label) or (_kind(prediction.label) if is_agreed else "")
    return Vote(
        by=decision.by,
        place=place,
        voice=Voice.LINE,
        is_bad=is_bad,
        label=label if is_bad else "",
        names_kind=not is_agreed,
        drawn=tuple(DefectDrawn(label or UNNAMED, decision.camera, box=mark) for mark in decision.marks),
        cameras=frozenset(filter(None, (decision.camera,))),
        is_blind=False,
        viewed_ms=decision.viewed_ms,
        word=decision.disposition.value,
        reason=decision.reason,
    )


def _reviewed(place: Place, opinion: Opinion) -> Vote:
    is_bad = {Answer.GOOD: False, Answer.BAD: True}.get(opinion.answer or Answer.UNSURE)
    named = _kind(opinion.label) or next(filter(None, (_kind(shape.label) for shape in opinion.drawn)), "")
    return Vote(
        by=opinion.by,
        place=place,
        voice=Voice.ADJUDICATION if opinion.is_adjudication and is_bad is not None else Voice.REVIEW,
        is_bad=is_bad,
        label=named if is_bad else "",
        names_kind=True,
        drawn=opinion.drawn if is_bad else (),
        cameras=frozenset(shape.camera_id for shape in opinion.drawn if shape.camera_id) if is_bad else frozenset(),
        is_blind=opinion.is_blind,
        viewed_ms=opinion.viewed_ms,
        word=opinion.answer.value if opinion.answer else "",
        reason=opinion.severity,
    )


def _kind(label: str) -> str:
    """The name of a defect; "" where what was written is none. A defect that somebody calls good stays a defect."""
    stripped = " ".join(label.split())
    return "" if stripped.casefold() in _NAMES_OF_GOOD else stripped
