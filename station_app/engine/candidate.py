"""The package on trial beside a loaded recipe: what `Engine.set_candidate` is given, and what does not fit it.

Whoever keeps the stages of packages (the room `rollout`) sets a candidate after its recipe was loaded and whenever its
stage changes, and is told by `on_rolled_back` where the station has taken one out of service by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from station_app.core.errors import ConfigError
from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.recipe import Recipe

DECIDING = (ModelStage.CANARY, ModelStage.ACTIVE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One package on trial for camera `camera_id`, as the whole `recipe` that it decides by: the loaded one but for
    that camera's package, the thresholds and the revision.

    `stage` is SHADOW, CANARY (it decides `share` of the parts) or ACTIVE (it decides all, and is still watched). Where
    the loaded recipe is this very recipe, `fallback` is the one before it, which decides after a roll-back.
    `since_ms` (UTC) is when the stage began: decisions before it are none of this trial.
    """

    recipe: Recipe
    camera_id: str
    package_sha256: str
    stage: ModelStage
    share: float = 0.0
    stop_rule: StopRule = field(default_factory=StopRule)
    since_ms: int = 0
    fallback: Recipe | None = None

    @property
    def deciding_share(self) -> float:
        """The share of the parts that it decides."""
        return {ModelStage.CANARY: self.share, ModelStage.ACTIVE: 1.0}.get(self.stage, 0.0)


OnRolledBack = Callable[[str, str], None]
"""(package hash, why). Called once for each roll-back, on a thread that may wait; the candidate decides nothing by
then."""


def check_candidate(candidate: Candidate, loaded: Recipe) -> Recipe:
    """The recipe of the champion: the loaded one, or the fall-back where the candidate's own is loaded. ConfigError
    where the candidate cannot be tried beside it."""
    if candidate.stage not in (ModelStage.SHADOW, *DECIDING):
        raise _misfit(candidate, f"a package that is {candidate.stage} does not run", "prove it first")
    is_loaded = candidate.recipe.sha256 == loaded.sha256
    champion = candidate.fallback if is_loaded else loaded
    if champion is None:
        raise _misfit(candidate, "it is the loaded recipe, and there is none to fall back on", "name the one before it")
    if not 0 < candidate.deciding_share <= 1 and candidate.stage is not ModelStage.SHADOW:
        raise _misfit(candidate, f"it cannot decide the share {candidate.share:g} of the parts", "give one of 0 to 1")
    _check_alike(candidate, champion)
    return champion


def _check_alike(candidate: Candidate, champion: Recipe) -> None:
    recipe, camera_id = candidate.recipe, candidate.camera_id
    setups = {setup.camera_id: setup for setup in recipe.cameras}
    if camera_id not in setups or setups[camera_id].model.sha256 != candidate.package_sha256:
        raise _misfit(candidate, "its recipe does not name its package for its camera", "offer it again")
    model = setups[camera_id].model
    cameras = tuple(replace(c, model=model) if c.camera_id == camera_id else c for c in champion.cameras)
    alike = replace(champion, cameras=cameras, thresholds=recipe.thresholds, revision=recipe.revision)
    if alike.sha256 != recipe.sha256:
        what = "its recipe differs from the champion's in more than the package and the thresholds"
        raise _misfit(candidate, what, "offer the package for the recipe that is loaded")
    # It may tell more kinds of defects: their thresholds are a part of what people sign. None may go unseen.
    lacking = [label for label in champion.labels if label not in recipe.labels]
    if lacking:
        what = f"it does not know {', '.join(lacking)}, which the champion does"
        raise _misfit(candidate, what, "make a new revision of the recipe instead")


def _misfit(candidate: Candidate, what: str, remedy: str) -> ConfigError:
    where = f"package {candidate.package_sha256[:12]}, recipe {candidate.recipe.name}, camera {candidate.camera_id}"
    return ConfigError(f"the candidate cannot run: {what}", where=where, remedy=remedy)
