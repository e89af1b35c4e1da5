"""What the screens know of models that come to the station and of records that leave it. Pure; no Qt, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from station_app.core.messages import AlarmRaised, Event
from station_app.core.model_messages import ModelsReported, ModelStage, ModelState
from station_app.core.sync_messages import SyncReported, SyncState

NO_SYNC = SyncReported(SyncState.OFF)
SYNC_ALARMS = frozenset({"sync", "sync_late", "sync_aside"})
"""What the engine holds to be abnormal about sync."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The newest report of either."""

    sync: SyncReported = NO_SYNC
    models: tuple[ModelState, ...] = ()

    def canaries(self, recipe: str) -> tuple[ModelState, ...]:
        """The packages that decide a share of the parts of this recipe."""
        return tuple(m for m in self.models if m.stage is ModelStage.CANARY and m.recipe == recipe)


NOTHING_KNOWN = Loop()


def loop_after(loop: Loop, event: Event) -> Loop:
    """What is known once `event` is; most events are about something else."""
    match event:
        case ModelsReported(models):
            return replace(loop, models=models)
        case SyncReported():
            return replace(loop, sync=event)
        case _:
            return loop


def is_sync_abnormal(sync: SyncReported, alarms: Iterable[AlarmRaised]) -> bool:
    """Whether a person should know of it: somebody must act, records wait for too long, or some are set aside."""
    return sync.state is SyncState.REFUSED or any(alarm.code in SYNC_ALARMS for alarm in alarms)
