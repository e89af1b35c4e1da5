"""The sessions of a candidate: checked against the line that is loaded, warmed up, closed where one does not fit."""

from collections.abc import Callable
from contextlib import ExitStack

from station_app.core.errors import ConfigError
from station_app.core.recipe import CameraSetup, Recipe
from station_app.core.recipe_labels import check_labels_seen, check_package_labels
from station_app.core.shadow import ShadowPair
from station_app.engine.candidate import DECIDING, Candidate
from station_app.engine.fittings import Fittings, Makers, judged_regions
from station_app.engine.judging import Judge
from station_app.engine.shadow import Understudy
from station_app.engine.sides import Side
from station_app.inference.inspector import Inspector

MakeInspector = Callable[[CameraSetup], Inspector]


class CandidateModels:
    """Opens what a candidate needs beside `fittings`: one session of its camera for a shadow, three for a canary, each
    for one thread. What decides is made as the line's models are, what looks on by the maker of shadows."""

    def __init__(self, fittings: Fittings, makers: Makers) -> None:
        self._fittings = fittings
        self._make = makers.inspector
        self._make_shadow = makers.shadow_inspector or makers.inspector

    def refuse_web(self) -> None:
        """ConfigError where the line looks at an endless web."""
        if self._fittings.web is not None:
            what = "the stretches of an endless web are joined from picture to picture: no candidate can be tried on it"
            raise ConfigError(what, remedy="prove the package on recorded stretches, and make it a new revision")

    def side(self, recipe: Recipe, camera_id: str, beside: Side, opened: ExitStack) -> Side:
        """A side that decides, and looks with its own model on this camera alone. StationError where it cannot."""
        inspector = self._open(self._make, recipe, camera_id, opened)
        return Side(recipe, {**beside.inspectors, camera_id: inspector}, (inspector,))

    def understudies(self, candidate: Candidate, champion: Recipe, opened: ExitStack) -> dict[str, Understudy]:
        """Who looks on, by the recipe that decides: the candidate beside the champion and, where it decides parts as
        well, the champion beside it."""
        trial, camera_id = candidate.recipe, candidate.camera_id
        shown = {champion.sha256: (trial, champion)} if candidate.deciding_share < 1 else {}
        shown |= {trial.sha256: (champion, trial)} if candidate.stage in DECIDING else {}
        return {beside: self._understudy(*recipes, camera_id, opened) for beside, recipes in shown.items()}

    def _understudy(self, recipe: Recipe, beside: Recipe, camera_id: str, opened: ExitStack) -> Understudy:
        inspector = self._open(self._make_shadow, recipe, camera_id, opened)
        shown, decides = (one.camera(camera_id).model.sha256 for one in (recipe, beside))
        pair = ShadowPair(camera_id, shown, recipe.sha256, decides, beside.sha256)
        return Understudy(pair, Judge(recipe, inspector))

    def _open(self, make: MakeInspector, recipe: Recipe, camera_id: str, opened: ExitStack) -> Inspector:
        setup = recipe.camera(camera_id)
        inspector = make(setup)
        opened.callback(inspector.close)
        check_package_labels(recipe, camera_id, inspector.package.labels)
        labels = [*inspector.package.labels]
        for other in self._fittings.inspectors:
            labels += self._fittings.labels_of(other) if other != camera_id else self._measured(camera_id)
        check_labels_seen(recipe, tuple(dict.fromkeys(labels)))
        described = self._fittings.described[camera_id]
        inspector.warm_up(described.shape, described.pixel_format, judged_regions(setup, described))
        return inspector

    def _measured(self, camera_id: str) -> tuple[str, ...]:
        """What this camera measures itself, whatever its model."""
        own = self._fittings.inspectors[camera_id].package.labels
        return tuple(label for label in self._fittings.labels_of(camera_id) if label not in own)
