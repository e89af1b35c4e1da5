"""Parts that need a person and were told while another screen was before the operator's. Pure; no Qt."""

from dataclasses import dataclass

from station_app.core.inspection import VerdictKind
from station_app.core.messages import Event, OverrideRecorded, PartInspected

NEEDS_A_PERSON = (VerdictKind.NO_RESULT, VerdictKind.REVIEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """In the order in which they came; it holds numbers and verdicts only, so that an hour away costs nothing."""

    parts: tuple[tuple[int, VerdictKind], ...] = ()

    @property
    def count(self) -> int:
        return len(self.parts)

    @property
    def worst(self) -> VerdictKind | None:
        """The most urgent of their verdicts."""
        kinds = {kind for _, kind in self.parts}
        return next((kind for kind in NEEDS_A_PERSON if kind in kinds), None)


def waiting_after(waiting: Waiting, event: Event) -> Waiting:
    """A part that needs a person joins once; one that was decided leaves."""
    match event:
        case PartInspected() if event.verdict in NEEDS_A_PERSON:
            others = tuple(part for part in waiting.parts if part[0] != event.part_id)
            return Waiting((*others, (event.part_id, event.verdict)))
        case OverrideRecorded() if event.standing is not None:
            return Waiting(tuple(part for part in waiting.parts if part[0] != event.part_id))
        case _:
            return waiting
