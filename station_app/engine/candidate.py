"""The seam between who decides which model may run (the model desk) and who runs it (the loaded recipe).

The engine holds at most one candidate for each recipe. Everything here is taken over between two parts: a part begins
and ends with the same models.
"""

from dataclasses import dataclass, field
from typing import Protocol

from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proved package beside the champion. `recipe` is the loaded one but for this camera's package and thresholds: in
    SHADOW it has the champion's revision number and is never recorded with a part; in CANARY it is an approved
    revision, and every part that it decides names it. `share` of the parts is decided by it (0 in SHADOW)."""

    recipe: Recipe
    camera_id: str
    package_sha256: str
    stage: ModelStage
    share: float = 0.0
    stop_rule: StopRule = field(default_factory=StopRule)


class CandidateLine(Protocol):
    """The line of one loaded recipe, as far as models are exchanged on it; `LoadedRecipe` is one. Any thread. Each may
    take seconds where a model must be loaded; the champion goes on meanwhile, and nothing stops the line."""

    @property
    def recipe(self) -> Recipe:
        """The champion's."""
        ...

    def set_candidate(self, candidate: Candidate | None) -> None:
        """Run this one from the next part on, in place of another; None ends it. StationError where it cannot be
        loaded: then there is no candidate."""
        ...

    def promote(self, recipe: Recipe) -> None:
        """`recipe` decides every part from the next one on, the candidate's or another of the same cameras; there is no
        candidate any more. StationError where it cannot be loaded: then the champion stays."""
        ...

    def roll_back(self, recipe: Recipe) -> None:
        """`recipe`, the champion of before, decides every part from the next one on, at once where its model is still
        loaded. There is no candidate any more. StationError where it cannot be loaded: then what was stays."""
        ...


class CandidateWatch(Protocol):
    """Told by the line what becomes of its candidate. Any thread; never blocks it."""

    def on_shadow_figures(self, sha256: str, parts: int, discordant: int) -> None:
        """So many parts has the package seen in shadow, and on so many said otherwise than the champion; now and
        then."""
        ...

    def on_rollback(self, sha256: str, reason: str) -> None:
        """The line has taken the candidate, or the promoted champion, out of service by itself: the champion of before
        decides already."""
        ...

    def on_canary_passed(self, sha256: str, reason: str) -> None:
        """The stop rule holds that the candidate is good: people may promote it."""
        ...
