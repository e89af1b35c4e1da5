"""One recorded part with all that is known about it, and its images. Read off the GUI thread."""

from dataclasses import dataclass
from functools import partial

from station_app.core.inspection import Inspection, Override
from station_app.core.messages import Counters, PartInspected
from station_app.gui.frames import StoredFrame
from station_app.gui.history.chain import ChainEntry, read_chain, standing
from station_app.gui.link import PartArchive
from station_app.gui.screen_state import PartOnScreen
from station_app.store.inspections import load_inspection


@dataclass(frozen=True, slots=True)
class PartRecord:
    """What is on disk about a part; None of `inspection` where it has no record."""

    part_id: int
    inspection: Inspection | None
    chain: tuple[ChainEntry, ...] = ()

    @property
    def standing(self) -> Override | None:
        return standing(self.chain)

    @property
    def on_screen(self) -> PartOnScreen | None:
        """The part as the operator's pieces know it."""
        found, holds = self.inspection, self.standing
        if found is None:
            return None
        inspected = PartInspected(
            part_id=found.part_id,
            inspected_at_ms=found.inspected_at_ms,
            verdict=found.verdict,
            reason=found.reason,
            serial=found.serial,
            findings=found.findings,
            counters=Counters(),
            total_ms=found.times.total_ms,
            recipe=found.recipe,
            detail=found.detail,
        )
        decided = holds.disposition if holds is not None else None
        return PartOnScreen(inspected, decided, holds.operator if holds is not None else "")


@dataclass(frozen=True, slots=True, eq=False)
class PartFrames:
    """The stored images of a part, none where none is kept."""

    part_id: int
    frames: tuple[StoredFrame, ...]


def read_record(part_id: int, archive: PartArchive) -> PartRecord:
    """StorageError where the records cannot be read."""
    inspection = archive.read(partial(load_inspection, part_id=part_id))
    return PartRecord(part_id, inspection, read_chain(archive, part_id))


def read_frames(part_id: int, archive: PartArchive) -> PartFrames:
    return PartFrames(part_id, tuple(StoredFrame(name, pixels) for name, pixels in archive.images(part_id)))
