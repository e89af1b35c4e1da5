"""No record, no pass: commits each verdict, releases it to the line, and only then lets its images be written.

`record` is called by the threads that conclude parts; what follows the commit runs on the database's writer thread and
must stay short.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from functools import partial

from station_app.core.decision import alerts, release
from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.core.lines_record import StretchRecord
from station_app.core.messages import PartInspected
from station_app.core.web_messages import StretchInspected, WebDefectFound
from station_app.engine.admission import Admission
from station_app.engine.audit_trail import STATION
from station_app.engine.books import Books
from station_app.engine.bounded_queue import BoundedQueue
from station_app.engine.inspect import Concluded
from station_app.engine.part import Part
from station_app.engine.tally import RecentTimes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A part whose verdict has left the station, with its frames still on loan."""

    part: Part
    inspection: Inspection


OnLeft = Callable[[Part, Inspection, bool], None]
"""(part, inspection as it was told, whether it is on disk)."""


def _nobody_looks(part: Part, inspection: Inspection, is_recorded: bool) -> None:
    """No model is on trial."""


class Recorder:
    """Turns decided verdicts into released ones: each part is told exactly once, by one event. `on_left` is told of an
    admitted part whose verdict has left, while its frames are on loan."""

    def __init__(
        self, books: Books, admission: Admission, images: BoundedQueue[Recorded], on_left: OnLeft = _nobody_looks
    ) -> None:
        self._books = books
        self._admission = admission
        self._images = images
        self._on_left = on_left
        self.times = RecentTimes()

    def record(self, concluded: Concluded, preview_sequence: int = 0) -> None:
        """Commit; the verdict leaves the station, and then the images are written, when that is done."""
        if concluded.part.part_id < 1:
            raise RuntimeError("a shot without a part is never recorded")
        future = self._books.ledger.record(concluded.inspection)
        future.add_done_callback(partial(self._on_committed, concluded, preview_sequence))

    def record_unadmitted(self, concluded: Concluded) -> None:
        """Commit a part that never entered the line (an overrun); it holds no place and no frame."""
        future = self._books.ledger.record(concluded.inspection)
        future.add_done_callback(partial(self._leave, concluded, 0))

    def _on_committed(self, concluded: Concluded, preview_sequence: int, future: Future[None]) -> None:
        inspection = self._leave(concluded, preview_sequence, future)
        self._look_on(concluded.part, inspection, is_recorded=future.exception() is None)
        if not self._images.put(Recorded(concluded.part, inspection)):
            free_frames(concluded.part, self._admission)
        self._admission.concluded()

    def _look_on(self, part: Part, inspection: Inspection, *, is_recorded: bool) -> None:
        """A bug of who looks on costs nobody a frame buffer."""
        try:
            self._on_left(part, inspection, is_recorded)
        except Exception as error:
            log.exception("part %d: a bug beside the line", part.part_id)
            self._books.note_bug("record", error)

    def _leave(self, concluded: Concluded, preview_sequence: int, future: Future[None]) -> Inspection:
        """Release and tell. A bug in here would vanish in the future that calls this: it is told instead."""
        inspection = concluded.inspection
        try:
            inspection = self._withhold_if_late(concluded.part, self._settle(concluded, future))
            self._tell(concluded.part, inspection, preview_sequence)
        except Exception as error:
            log.exception("part %d: a bug after its record", inspection.part_id)
            self._books.note_bug("record", error)
        finally:
            if inspection.verdict is VerdictKind.NO_RESULT:
                self._books.serials.release(inspection.part_id)  # it may come again, whenever it is recorded
        return inspection

    def _settle(self, concluded: Concluded, future: Future[None]) -> Inspection:
        """The inspection as it may leave the station, now that the database has answered."""
        error = future.exception()
        released = release(concluded.verdict, is_recorded=error is None)
        inspection = replace(concluded.inspection, verdict=released.kind, reason=released.reason)
        self._books.unrecorded.note(inspection, error)
        return inspection

    def _withhold_if_late(self, part: Part, inspection: Inspection) -> Inspection:
        """A PASS whose record missed the deadline is told as NO_RESULT: the part has been rejected by then."""
        if inspection.verdict is not VerdictKind.PASS or time.monotonic_ns() <= part.deadline_ns:
            return inspection
        self._books.audit.note(STATION, "pass_withheld", f"part {part.part_id}", "recorded after the deadline")
        return replace(inspection, verdict=VerdictKind.NO_RESULT, reason=NoResultReason.LATE)

    def _tell(self, part: Part, inspection: Inspection, preview_sequence: int) -> None:
        total_ms = part.elapsed_ms(time.monotonic_ns())
        self.times.add(total_ms)
        counters = self._books.tally.concluded(part.part_id, inspection.verdict)
        self._books.publish(
            PartInspected(
                part_id=part.part_id,
                inspected_at_ms=inspection.inspected_at_ms,
                verdict=inspection.verdict,
                reason=inspection.reason,
                serial=inspection.serial,
                findings=inspection.findings,
                counters=counters,
                total_ms=total_ms,
                recipe=inspection.recipe,
                detail=inspection.detail,
                preview_sequence=preview_sequence,
                alerts=_alerts(part),
                lot=inspection.lot,
            )
        )
        if inspection.stretch is not None:
            self._books.publish(_stretch_told(inspection, inspection.stretch))


def _stretch_told(inspection: Inspection, stretch: StretchRecord) -> StretchInspected:
    return StretchInspected(
        roll=stretch.roll,
        number=stretch.number,
        part_id=inspection.part_id,
        from_metres=stretch.from_metres,
        to_metres=stretch.to_metres,
        missing_lines=stretch.missing_lines,
        verdict=inspection.verdict,
        defects=tuple(WebDefectFound(stretch.roll, **asdict(defect)) for defect in stretch.defects),
    )


def _alerts(part: Part) -> tuple[tuple[str, VerdictKind], ...]:
    return alerts(tuple(examined.evidence for examined in part.examined), part.part_id, part.recipe)


def free_frames(part: Part, admission: Admission) -> None:
    """Give back every frame buffer that the part holds. Called once for each admitted part."""
    for examined in part.examined:
        examined.shot.release()
    if part.let_go():
        admission.freed()
