"""Everything that people have said about a part, in the order in which they said it. Each kind of record is a source of
its own: reviews join the overrides by a further entry of `SOURCES`. Reads off the GUI thread; `words` on it."""

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
from station_app.store.history import decisions


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


SOURCES: tuple[ChainSource, ...] = (_overrides,)


def _reason_words(override: Override) -> tuple[str, ...]:
    """The reason's tile; one that is none of them is shown as it was written."""
    if not override.reason:
        return ()
    known = override.reason in set(Reason)
    return (texts.reason_name(Reason(override.reason)) if known else override.reason,)


def _mark_words(override: Override) -> tuple[str, ...]:
    label = texts.label_name(override.label) if override.label else ""
    return tuple(word for word in (label, override.camera_id if override.marks else "") if word)
