"""What the models' screen knows, and what follows from it. Pure; no Qt."""

from dataclasses import dataclass, replace
from enum import StrEnum

from station_app.core.model_messages import ModelStage, ModelState
from station_app.core.people_messages import SessionChanged
from station_app.gui.models.records import DiscordantPage, ModelKey, PackageRecord, ShadowReport, Side
from station_app.gui.recipes.recipes_state import Refusal
from station_app.gui.screen_state import NOBODY

_TELLING = (ModelStage.CANARY, ModelStage.SHADOW, ModelStage.PROVED, ModelStage.ACTIVE)
"""Of these the first is looked at where nobody has chosen."""


class Place(StrEnum):
    """Which page of the screen is open."""

    PACKAGES = "packages"
    SHADOW = "shadow"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class ModelsState:
    """`chosen` is the package that is looked at. `pages` are the parts before which the pages began that were turned
    over, so that one can turn back."""

    place: Place = Place.PACKAGES
    models: tuple[ModelState, ...] = ()
    chosen: ModelKey | None = None
    package: PackageRecord | None = None
    shadow: ShadowReport | None = None
    side: Side = Side.CHAMPION_PASSES
    page: DiscordantPage | None = None
    pages: tuple[int | None, ...] = ()
    refusal: Refusal | None = None
    session: SessionChanged = NOBODY
    operator: str = ""
    is_connected: bool = False

    @property
    def model(self) -> ModelState | None:
        return next((model for model in self.models if key_of(model) == self.chosen), None)

    @property
    def deciding(self) -> ModelState | None:
        """The package that can be rolled back: a canary first, else the newest champion."""
        stages = (ModelStage.CANARY, ModelStage.ACTIVE)
        return next((model for stage in stages for model in self.models if model.stage is stage), None)

    @property
    def before(self) -> int | None:
        """Where the shown page of parts begins."""
        return self.pages[-1] if self.pages else None

    def name_of(self, sha256: str) -> ModelState | None:
        """A package of the list by its hash."""
        return next((model for model in self.models if model.sha256 == sha256), None)


def key_of(model: ModelState) -> ModelKey:
    return model.sha256, model.recipe, model.camera


def reporting(state: ModelsState, models: tuple[ModelState, ...]) -> ModelsState:
    """The packages as the engine tells them now. The chosen one stays; else the most telling is looked at."""
    now = replace(state, models=models)
    if now.model is not None:
        return now
    telling = (model for stage in _TELLING for model in models if model.stage is stage)
    first = next(telling, next(iter(models), None))
    return choosing(now, key_of(first) if first is not None else None)


def choosing(state: ModelsState, key: ModelKey | None) -> ModelsState:
    """Another package is looked at."""
    return replace(state, chosen=key, package=None, shadow=None, page=None, pages=(), refusal=None)


def siding(state: ModelsState, side: Side) -> ModelsState:
    """The parts that the other one would have let through, from the newest on."""
    return replace(state, side=side, page=None, pages=())


def turning(state: ModelsState, *, is_older: bool) -> ModelsState:
    """One page of parts on or back."""
    if not is_older:
        return replace(state, pages=state.pages[:-1])
    last = state.page.parts[-1].part_id if state.page is not None and state.page.parts else None
    return state if last is None else replace(state, pages=(*state.pages, last))


def is_older(state: ModelsState, model: ModelState) -> bool:
    """Whether the channel has offered a higher number here: then somebody says why it is let back in."""
    places = (m for m in state.models if (m.recipe, m.camera, m.channel) == (model.recipe, model.camera, model.channel))
    return any(other.number > model.number for other in places)
