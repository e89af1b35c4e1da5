"""Whether the model packages that a recipe names fit it: asked when a revision is saved, approved and made active."""

from collections.abc import Callable
from dataclasses import replace

from station_app.core.errors import ModelPackageError, StationError
from station_app.core.lines_length import WRONG_LENGTH
from station_app.core.recipe import CameraSetup, Recipe
from station_app.core.recipe_deeds import PackageReport
from station_app.core.recipe_labels import check_labels_seen, check_package_labels
from station_app.inference.dry_run import DryRunLimits, ProvedPackages, dry_run
from station_app.inference.package import ModelPackage, load_package
from station_app.inference.package_folders import PackageFolders


def look_at_packages(
    packages: PackageFolders, proved: ProvedPackages, recipe: Recipe, *, is_proving: bool
) -> tuple[PackageReport, ...]:
    """One report for each camera: the package is the approved one and whole, recipe and model speak of the same labels
    and, with `is_proving`, it runs by its own input contract (the dry run, which takes seconds unless `proved`
    remembers it). Never raises for a package: what is wrong stands in `faults`."""
    runs = proved if is_proving else None
    found = tuple(_look(packages, runs, recipe, setup) for setup in recipe.cameras)
    labels = {label for report in found for label in report.labels}
    # Whether a camera measures the length of parts is known once it is opened.
    unseen = _fault_of(lambda: check_labels_seen(recipe, labels | {WRONG_LENGTH}))
    if not unseen or not all(report.labels for report in found):
        return found
    first, *others = found
    return (_with_fault(first, unseen), *others)


def _look(packages: PackageFolders, proved: ProvedPackages | None, recipe: Recipe, setup: CameraSetup) -> PackageReport:
    named = PackageReport(setup.camera_id, setup.model.package, setup.model.sha256)
    try:
        package = load_package(packages.path_of(setup.model.package), expected_sha256=setup.model.sha256)
    except ModelPackageError as error:
        return _with_fault(named, str(error))
    faults = (
        _fault_of(lambda: check_package_labels(recipe, setup.camera_id, package.labels)),
        _fault_of(lambda: _prove(package, setup, proved)) if proved is not None else "",
    )
    manifest, told = package.manifest, tuple(fault for fault in faults if fault)
    return replace(named, name=manifest.name, version=manifest.version, labels=package.labels, faults=told)


def _prove(package: ModelPackage, setup: CameraSetup, proved: ProvedPackages) -> None:
    dry_run(package, setup.model.provider, DryRunLimits(), proved)


def _with_fault(report: PackageReport, fault: str) -> PackageReport:
    return replace(report, faults=(*report.faults, fault))


def _fault_of(check: Callable[[], object]) -> str:
    """The sentence of what is wrong, "" where nothing is."""
    try:
        check()
    except StationError as error:
        return str(error)
    return ""
