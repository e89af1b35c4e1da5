"""What can be done with a package, and what it needs. Pure."""

from enum import StrEnum

from station_app.core.model_messages import ModelStage, ModelState
from station_app.core.people import Act
from station_app.core.people_messages import SessionChanged
from station_app.gui.rights import why_not


class ModelDeed(StrEnum):
    """In the order of the buttons."""

    START_SHADOW = "start_shadow"
    STOP_SHADOW = "stop_shadow"
    PROMOTE = "promote"
    ROLL_BACK = "roll_back"


_RESTING = (ModelStage.PROVED, ModelStage.RETIRED, ModelStage.ROLLED_BACK)
_STAGES = {
    ModelDeed.START_SHADOW: _RESTING,
    ModelDeed.STOP_SHADOW: (ModelStage.SHADOW,),
    ModelDeed.PROMOTE: (*_RESTING, ModelStage.SHADOW, ModelStage.CANARY),
    ModelDeed.ROLL_BACK: (ModelStage.CANARY, ModelStage.ACTIVE),
}
_NEEDED = {
    ModelDeed.START_SHADOW: Act.APPROVE_RECIPE,
    ModelDeed.STOP_SHADOW: Act.APPROVE_RECIPE,
    ModelDeed.ROLL_BACK: Act.UNDO_LATE,
}
"""As the engine holds it. A promotion needs it of those who sign, whoever stands at the station."""
FETCH = Act.APPROVE_RECIPE
SYNC = Act.EXPORT


def possible_deeds(model: ModelState | None) -> frozenset[ModelDeed]:
    """What its stage allows; who may do it is another question."""
    return frozenset(deed for deed, stages in _STAGES.items() if model is not None and model.stage in stages)


def why_not_deed(deed: ModelDeed, session: SessionChanged) -> str:
    """One of `sentences`, "" where this person may."""
    return why_not(_NEEDED[deed], session) if deed in _NEEDED else ""
