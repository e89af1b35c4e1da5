"""Whether a fetched package may ever decide here: what the offer says, what the recipe asks, and that it runs and gives
the answers that it gave where it was trained."""

from station_app import __version__
from station_app.core.candidate_recipe import candidate_recipe
from station_app.core.errors import ModelPackageError
from station_app.core.recipe import ModelReference, Recipe
from station_app.engine.recipe_shelf import PackageLook
from station_app.inference.package import load_package
from station_app.rollout.offer import Offer, app_version
from station_app.rollout.package_store import PackageStore, folder_name


def prove(offer: Offer, recipe: Recipe, packages: PackageStore, look: PackageLook) -> None:
    """`recipe` is the active one. Takes seconds. StationError, in one sentence, where the package does not hold."""
    package = offer.package
    where = f"model {package.name} {package.version} ({package.sha256[:12]})"
    if app_version(offer.min_app) > app_version(__version__):
        what = f"it needs version {offer.min_app} of the program, this is {__version__}"
        raise ModelPackageError(what, where=where, remedy="update the station first")
    _check_contents(offer, packages)
    tried = candidate_recipe(recipe, offer.camera, reference_of(offer), dict(offer.thresholds), recipe.revision)
    faults = [fault for report in look(tried, is_proving=True) for fault in report.faults]
    if faults:
        what = f"it does not fit the recipe {recipe.name}: {'; '.join(faults)}"
        raise ModelPackageError(what, where=where, remedy="offer another package")


def reference_of(offer: Offer) -> ModelReference:
    """How a recipe names the package."""
    package = offer.package
    return ModelReference(folder_name(package.name, package.version, package.sha256), package.sha256)


def _check_contents(offer: Offer, packages: PackageStore) -> None:
    package = offer.package
    path = packages.path_of(package.name, package.version, package.sha256)
    loaded = load_package(path, expected_sha256=package.sha256)
    manifest = loaded.manifest
    if (manifest.name, manifest.version) != (package.name, package.version):
        raise _mismatch(f"it calls itself {manifest.name} {manifest.version}", offer)
    if len(loaded.golden) != offer.golden:
        raise _mismatch(f"it has {len(loaded.golden)} golden tensors, {offer.golden} were offered", offer)
    if {label for label, _ in offer.thresholds} != set(loaded.labels):
        raise _mismatch(f"it reports {', '.join(loaded.labels)}, for other labels thresholds were offered", offer)


def _mismatch(what: str, offer: Offer) -> ModelPackageError:
    where = f"offer {offer.number} of channel {offer.channel}"
    return ModelPackageError(f"the package is another than its offer says: {what}", where=where, remedy="publish again")
