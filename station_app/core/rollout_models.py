"""Packages at a station as they stand, and what can be asked of them. Pure; `core.rollout` makes them."""

from dataclasses import dataclass, field

from station_app.core.errors import ConfigError
from station_app.core.model_messages import ModelStage, ModelState, StopRule
from station_app.core.people import Role
from station_app.core.recipe_states import SIGNING_ROLES, Revisions
from station_app.core.rollout_deeds import OfferedModel, Terms

ON_TRIAL = (ModelStage.SHADOW, ModelStage.CANARY)
"""At most one of a recipe is."""
AT_WORK = (*ON_TRIAL, ModelStage.ACTIVE)


@dataclass(frozen=True, slots=True)
class Given:
    """One signature for a promotion that has not begun yet."""

    name: str
    role: Role
    terms: Terms


@dataclass(frozen=True, slots=True)
class Model:
    """One package for one camera of one recipe, as it stands. `is_proved` holds for the offer it has now;
    `promoted_by` are the two who signed for what it decides, or decided last; `revision` is that of the recipe."""

    sha256: str
    recipe: str
    camera: str
    offer: OfferedModel
    stage: ModelStage
    since_ms: int
    is_proved: bool = False
    is_older_allowed: bool = False
    signatures: tuple[Given, ...] = ()
    promoted_by: tuple[str, ...] = ()
    was_active: bool = False
    share: float = 0.0
    stop_rule: StopRule = field(default_factory=StopRule)
    revision: int = 0
    detail: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.sha256, self.recipe, self.camera

    @property
    def title(self) -> str:
        return f"{self.offer.name} {self.offer.version} ({self.sha256[:12]})"


Models = tuple[Model, ...]
"""In the order in which they were first offered."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is so after deeds: all packages, and the revisions of recipes that have changed with them."""

    models: Models
    revisions: Revisions = ()


def find(models: Models, sha256: str, recipe: str, camera: str) -> Model:
    """The package of this hash. ConfigError where it was never offered for this camera of this recipe."""
    found = next((model for model in models if model.key == (sha256, recipe, camera)), None)
    if found is None:
        where = f"package {sha256[:12]}, recipe {recipe}, camera {camera}"
        raise ConfigError("no such model was offered to this station", where=where, remedy="look at the channel first")
    return found


def highest(models: Models, channel: str, recipe: str, camera: str) -> int:
    """The highest number that the channel has offered here for this camera, 0 where it has offered none."""
    places = (model for model in models if place_of(model) == (channel, recipe, camera))
    return max((model.offer.number for model in places), default=0)


def is_older(models: Models, model: Model) -> bool:
    """Whether the channel has offered a higher number here than the model's."""
    return model.offer.number < highest(models, *place_of(model))


def candidate_of(models: Models, recipe: str) -> Model | None:
    """The one that is on trial for a recipe."""
    return next((model for model in models if model.recipe == recipe and model.stage in ON_TRIAL), None)


def champion_of(models: Models, recipe: str, camera: str) -> Model | None:
    """The one that came through a channel and decides this camera's parts; None where the recipe's own does."""
    return next((m for m in models if (m.recipe, m.camera) == (recipe, camera) and m.stage is ModelStage.ACTIVE), None)


def is_signed(model: Model, terms: Terms) -> bool:
    """Whether two different people, one of each role, have signed on these terms."""
    signed = [given for given in model.signatures if given.terms == terms]
    names, roles = {given.name for given in signed}, {given.role for given in signed}
    return len(names) >= len(SIGNING_ROLES) and roles >= set(SIGNING_ROLES)


def state_of(model: Model, shadow_parts: int = 0, discordant_parts: int = 0) -> ModelState:
    """What is told of it."""
    pending = tuple(given.name for given in model.signatures)
    return ModelState(
        sha256=model.sha256,
        name=model.offer.name,
        version=model.offer.version,
        recipe=model.recipe,
        camera=model.camera,
        stage=model.stage,
        since_ms=model.since_ms,
        channel=model.offer.channel,
        number=model.offer.number,
        replaces=model.offer.replaces,
        dataset=model.offer.dataset,
        share=model.share,
        shadow_parts=shadow_parts,
        discordant_parts=discordant_parts,
        signed_by=model.promoted_by if model.stage is ModelStage.ACTIVE else pending,
        detail=model.detail,
    )


def place_of(model: Model) -> tuple[str, str, str]:
    """Where numbers count: the channel, and which camera of which recipe."""
    return model.offer.channel, model.recipe, model.camera
