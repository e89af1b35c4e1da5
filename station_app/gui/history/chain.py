"""Everything that people have said about a part, in the order in which they said it, and that its OK was withheld. Each
kind of record is a source of its own. Reads off the GUI thread; `words` on it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from station_app.core.history import RecordedOverride
from station_app.core.inspection import Disposition, Override
from station_app.gui import texts
from station_app.gui.answers import Reason
from station_app.gui.link import PartArchive
from station_app.gui.review.review_texts import answer_name, queue_name, severity_name
from station_app.store.history import decisions
from station_app.store.part_chain import SuspectMark, suspect_marks, told_reviews, withheld_at_ms
from station_app.store.reviews import ReviewEntry


class ChainEntry(Protocol):
    """One thing that somebody said. `words` are its lines in the screen's language, the first one its heading."""

    @property
    def at_ms(self) -> int: ...
    @property
    def who(self) -> str: ...
    def words(self) -> tuple[str, ...]: ...


ChainSource = Callable[[PartArchive, int], tuple[ChainEntry, ...]]
"""Reads one kind of entry of a part."""


@dataclass(frozen=True, slots=True)
class OverrideEntry:
    """A decision, or its being taken back. `undone_by` is who took it back, "" while it stands."""

    recorded: RecordedOverride
    undone: Override | None = None
    undone_by: str = ""

    @property
    def at_ms(self) -> int:
        return self.recorded.override.decided_at_ms

    @property
    def who(self) -> str:
        return self.recorded.override.operator

    def words(self) -> tuple[str, ...]:
        override = self.recorded.override
        translate = QCoreApplication.translate
        if override.disposition is Disposition.UNDO:
            words = translate("Chain", "Took back: {decision}")
            what = texts.disposition_name(self.undone.disposition) if self.undone is not None else "–"
            return (words.format(decision=what), *_reason_words(override))
        state = translate("Chain", "taken back by {name}").format(name=self.undone_by) if self.undone_by else ""
        name = texts.disposition_name(override.disposition)
        heading = f"{name} ({state})" if state else name
        return (heading, *_reason_words(override), *_mark_words(override))


@dataclass(frozen=True, slots=True)
class ReviewedEntry:
    """A review. `is_told` is False while the part waits for another blind answer: then one only hears of it."""

    said: ReviewEntry
    is_told: bool = True

    @property
    def at_ms(self) -> int:
        return self.said.review.reviewed_at_ms

    @property
    def who(self) -> str:
        return self.said.review.reviewer

    def words(self) -> tuple[str, ...]:
        review, translate = self.said.review, QCoreApplication.translate
        if not self.is_told:
            return (translate("Chain", "Reviewed blind; told when all blind answers are given"),)
        heading = translate("Chain", "Review: {answer}").format(answer=answer_name(review.answer))
        if self.said.undone_at_ms is not None:
            taken = translate("Chain", "taken back by {name}").format(name=self.said.undone_by)
            heading = f"{heading} ({taken})"
        manner = [queue_name(review.queue)]
        manner += [translate("Chain", "blind")] if review.is_blind else []
        manner += [translate("Chain", "adjudication")] if review.is_adjudication else []
        label = texts.label_name(review.label) if review.label else ""
        grade = severity_name(review.severity) if review.severity is not None else ""
        found = " · ".join(filter(None, (label, grade)))
        return tuple(filter(None, (heading, " · ".join(manner), found, review.comment)))


@dataclass(frozen=True, slots=True)
class SuspectEntry:
    """That somebody marked the part as suspect."""

    mark: SuspectMark

    @property
    def at_ms(self) -> int:
        return self.mark.marked_at_ms

    @property
    def who(self) -> str:
        return self.mark.marked_by

    def words(self) -> tuple[str, ...]:
        return (QCoreApplication.translate("Chain", "Marked as suspect"), self.mark.reason)


@dataclass(frozen=True, slots=True)
class WithheldEntry:
    """That the part's record came after its deadline: the line was told NO RESULT, and its row says OK."""

    at_ms: int

    @property
    def who(self) -> str:
        return QCoreApplication.translate("Chain", "Station")

    def words(self) -> tuple[str, ...]:
        translate = QCoreApplication.translate
        return (
            translate("Chain", "OK withheld: the record came after the deadline"),
            translate("Chain", "The line was told NO RESULT. Here and in the counts the part stands as OK."),
        )


def override_entries(recorded: tuple[RecordedOverride, ...]) -> tuple[OverrideEntry, ...]:
    """The decisions with what each undo is about, and who took which one back."""
    by_id = {entry.override_id: entry.override for entry in recorded}
    undone_by = {entry.override.undoes: entry.override.operator for entry in recorded}
    return tuple(
        OverrideEntry(entry, by_id.get(entry.override.undoes or 0), undone_by.get(entry.override_id, ""))
        for entry in recorded
    )


def standing(chain: tuple[ChainEntry, ...]) -> Override | None:
    """The decision that holds now."""
    decided = (entry for entry in reversed(chain) if isinstance(entry, OverrideEntry) and not entry.undone_by)
    return next((e.recorded.override for e in decided if e.recorded.override.disposition is not Disposition.UNDO), None)


def read_chain(archive: PartArchive, part_id: int) -> tuple[ChainEntry, ...]:
    """All sources together, by time."""
    found = [entry for source in SOURCES for entry in source(archive, part_id)]
    return tuple(sorted(found, key=lambda entry: entry.at_ms))


def _overrides(archive: PartArchive, part_id: int) -> tuple[ChainEntry, ...]:
    return override_entries(archive.read(partial(decisions, part_id=part_id)))


def _reviews(archive: PartArchive, part_id: int) -> tuple[ChainEntry, ...]:
    entries, is_told = archive.read(partial(told_reviews, part_id=part_id))
    return tuple(ReviewedEntry(entry, is_told) for entry in entries)


def _suspects(archive: PartArchive, part_id: int) -> tuple[ChainEntry, ...]:
    return tuple(map(SuspectEntry, archive.read(partial(suspect_marks, part_id=part_id))))


def _withheld(archive: PartArchive, part_id: int) -> tuple[ChainEntry, ...]:
    at_ms = archive.read(partial(withheld_at_ms, part_id=part_id))
    return () if at_ms is None else (WithheldEntry(at_ms),)


SOURCES: tuple[ChainSource, ...] = (_overrides, _reviews, _suspects, _withheld)


def _reason_words(override: Override) -> tuple[str, ...]:
    """The reason's tile; one that is none of them is shown as it was written."""
    if not override.reason:
        return ()
    known = override.reason in set(Reason)
    return (texts.reason_name(Reason(override.reason)) if known else override.reason,)


def _mark_words(override: Override) -> tuple[str, ...]:
    label = texts.label_name(override.label) if override.label else ""
    return tuple(word for word in (label, override.camera_id if override.marks else "") if word)
