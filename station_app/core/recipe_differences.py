"""What differs between two revisions of a recipe, field by field. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from station_app.core.recipe import CameraSetup, Recipe, Region

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: `path` as in the recipe's file with names for numbers, such as ("cameras", "top", "quality",
    "mean_min"). None where a side has no such field."""

    path: Path
    before: str | None
    after: str | None


def differences(before: Recipe | None, after: Recipe) -> tuple[FieldChange, ...]:
    """Every field in which they differ, but for the revision's number; in the order of `after`, then what is gone."""
    old = recipe_fields(before) if before is not None else {}
    new = recipe_fields(after)
    paths = (*new, *(path for path in old if path not in new))
    return tuple(FieldChange(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path))


def before_text(changes: tuple[FieldChange, ...]) -> str:
    """One side of the changes for the audit chain: `labels.scratch.fail 0.769`, one after the other; a field that is
    not there is `-`."""
    return "; ".join(_side(change.path, change.before) for change in changes)


def after_text(changes: tuple[FieldChange, ...]) -> str:
    """The other side."""
    return "; ".join(_side(change.path, change.after) for change in changes)


def recipe_fields(recipe: Recipe) -> dict[Path, str]:
    """Every field with its value as text, in the order in which a recipe is read."""
    top = {"name": recipe.name, "deadline_ms": recipe.deadline_ms, "codes": ", ".join(recipe.codes)}
    found: dict[Path, str] = dict(_flat((), top))
    for setup in recipe.cameras:
        found |= dict(_camera(setup))
    for label, thresholds in recipe.thresholds:
        found |= dict(_flat(("labels", label), asdict(thresholds)))
    found |= dict(_flat(("serial",), asdict(recipe.serial)))
    found |= dict(_flat(("keep",), asdict(recipe.keep)))
    return found


def _camera(setup: CameraSetup) -> Iterator[tuple[Path, str]]:
    path = ("cameras", setup.camera_id)
    yield from _flat((*path, "model"), asdict(setup.model))
    for name, region in _named(setup):
        box = ", ".join(str(extent) for extent in region.box)
        yield from _flat((*path, "regions", name), {"box": box, "exclude": region.is_excluded})
    yield from _flat((*path, "settings"), dict(setup.settings))
    yield from _flat((*path, "quality"), asdict(setup.quality))
    if setup.fingerprint is not None:
        yield from _flat((*path, "fingerprint"), asdict(setup.fingerprint))


def _named(setup: CameraSetup) -> Iterator[tuple[str, Region]]:
    """Two regions may have one name; the later ones are counted."""
    seen = Counter[str]()
    for region in setup.regions:
        seen[region.name] += 1
        yield (region.name if seen[region.name] == 1 else f"{region.name} ({seen[region.name]})"), region


def _flat(path: Path, table: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat((*path, name), value)
        elif value is not None:
            yield (*path, name), _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, tuple | list):
        return ", ".join(str(entry) for entry in value)
    return str(value)


def _side(path: Path, value: str | None) -> str:
    return f"{'.'.join(path)} {'-' if value is None else value}"
