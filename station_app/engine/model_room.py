"""What the engine asks of the room that keeps models, which the composition root gives it."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from station_app.core.audit_view import Change
from station_app.core.channel_look import ChannelLook
from station_app.core.recipe import ModelReference, Recipe
from station_app.core.recipe_deeds import RevisionDeed
from station_app.core.rollout_deeds import ModelDeed
from station_app.core.rollout_models import Model, Models, Recorded


class ModelBooks(Protocol):
    """Where deeds are recorded. StorageError where the disk does not answer."""

    def models(self) -> Models:
        """Every package as it stands."""
        ...

    def record(
        self, deeds: Sequence[ModelDeed], revising: Sequence[tuple[RevisionDeed, Change]] = ()
    ) -> "Future[Recorded]":
        """Record the deeds, and what is done to revisions of recipes with them: all or nothing. ConfigError in the
        future where the rules refuse one."""
        ...


class ModelRoom(Protocol):
    """`station_app.rollout.room.RolloutRoom`."""

    @property
    def books(self) -> ModelBooks: ...

    @property
    def has_channel(self) -> bool:
        """Whether there is one to look at without being told where."""
        ...

    @property
    def look_every_s(self) -> float:
        """How long after one look the next is due."""
        ...

    def look(self, recipes: Sequence[Recipe], folder: str = "", person: str = "") -> ChannelLook:
        """Look for offers for these active recipes, fetch and prove what is new. Takes as long as the channel does.
        StationError where it cannot be read now."""
        ...

    def prove(self, model: Model, recipe: Recipe) -> None:
        """Prove a package that was fetched before, and record the outcome. StationError where it does not hold."""
        ...

    def reference(self, model: Model) -> ModelReference:
        """How a recipe names the package."""
        ...
