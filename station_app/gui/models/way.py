"""The way of a package through the stages, as far as it has come. Pure."""

from dataclasses import dataclass
from enum import Enum, auto

from station_app.core.model_messages import ModelStage, ModelState
from station_app.gui.models.records import PackageRecord

WAY = (ModelStage.OFFERED, ModelStage.PROVED, ModelStage.SHADOW, ModelStage.CANARY, ModelStage.ACTIVE)
_ENDS = (ModelStage.REFUSED, ModelStage.ROLLED_BACK, ModelStage.RETIRED)
_LAST_SURE = {ModelStage.REFUSED: 1, ModelStage.ROLLED_BACK: 3, ModelStage.RETIRED: 5}
"""So many stages of the way a package has seen at least that came to such an end."""


class Standing(Enum):
    """Where a package is with a stage. SKIPPED lies behind it, but it never was there."""

    PASSED = auto()
    SKIPPED = auto()
    HERE = auto()
    ENDED = auto()
    AHEAD = auto()


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage; when the package came to it, where that is known."""

    stage: ModelStage
    standing: Standing
    at_ms: int | None = None


def way_of(model: ModelState, record: PackageRecord | None) -> tuple[Milestone, ...]:
    """The five stages, with the end in between or after them where there was one."""
    came = {step.stage: step.at_ms for step in record.steps} if record is not None else {}
    came[model.stage] = model.since_ms
    place = WAY.index(model.stage) if model.stage in WAY else _reached(model.stage, came)
    behind = [_behind(stage, came, is_known=record is not None) for stage in WAY[:place]]
    ahead = [Milestone(stage, Standing.AHEAD) for stage in WAY[place + (model.stage in WAY) :]]
    standing = Standing.ENDED if model.stage in _ENDS else Standing.HERE
    return (*behind, Milestone(model.stage, standing, model.since_ms), *ahead)


def _reached(end: ModelStage, came: dict[ModelStage, int]) -> int:
    """How many stages lie before the end."""
    known = [number for number, stage in enumerate(WAY, 1) if stage in came]
    return max(known, default=_LAST_SURE[end])


def _behind(stage: ModelStage, came: dict[ModelStage, int], *, is_known: bool) -> Milestone:
    if stage in came:
        return Milestone(stage, Standing.PASSED, came[stage])
    return Milestone(stage, Standing.SKIPPED if is_known and stage is ModelStage.CANARY else Standing.PASSED)
