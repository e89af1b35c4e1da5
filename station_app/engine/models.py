"""The models of a station, as far as the engine uses them; `ModelDesk` is where they are managed."""

from typing import Protocol

from station_app.core.errors import ConfigError, ModelOutputError, ModelPackageError, StationError
from station_app.core.model_messages import ModelCommand, ModelsReported
from station_app.core.recipe import Recipe
from station_app.engine.worker import Worker

MODEL_FAULTS = (ModelPackageError, ModelOutputError)
"""Why a recipe may not be loaded for its models alone."""


class Models(Protocol):
    """Any thread."""

    def obey(self, command: ModelCommand) -> None:
        """Do it and tell what has changed. StationError, in one sentence, where it cannot be."""
        ...

    def told(self) -> ModelsReported:
        """How the packages stand, the newest first."""
        ...

    def follow_loaded(self, recipe: Recipe) -> None:
        """This recipe is loaded now: what is on trial for it runs again."""
        ...

    def give_way(self, recipe: Recipe, error: StationError) -> bool:
        """This recipe's models cannot be loaded: whether another revision of it is active now, because a promoted one
        was to blame."""
        ...

    def workers(self) -> tuple[Worker, ...]:
        """Not yet started."""
        ...


class NoModels:
    """Of a station whose recipe was given by hand."""

    def obey(self, command: ModelCommand) -> None:
        what = "the recipe was given by hand, and takes no models from a channel"
        raise ConfigError(what, remedy="start the station with its recipe folder")

    def told(self) -> ModelsReported:
        return ModelsReported()

    def follow_loaded(self, recipe: Recipe) -> None:
        """Nothing can be on trial."""

    def give_way(self, recipe: Recipe, error: StationError) -> bool:
        return False

    def workers(self) -> tuple[Worker, ...]:
        return ()
