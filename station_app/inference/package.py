"""A model package in memory: read once, hashed, and checked as far as that goes without running anything.

`load_package` is the only way in. What it returns holds the very bytes that were hashed; `dry_run` and `session` run
these and never open the package's path again.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import ModelPackageError
from station_app.inference.archive import read_members
from station_app.inference.manifest import MANIFEST, MODEL, Manifest
from station_app.inference.manifest_json import parse_manifest
from station_app.inference.onnx_walk import check_self_contained

_MAX_MANIFEST_BYTES = 4 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Golden:
    """A known answer: a PNG of one input and the JSON of the outputs expected for it."""

    image: bytes
    expected: bytes
    tolerance: float


@dataclass(frozen=True, slots=True, eq=False)
class ModelPackage:
    """A package whose members are what its manifest says. `sha256`, the package hash, is that of `manifest_body`."""

    manifest: Manifest
    manifest_body: bytes
    model: bytes
    golden: tuple[Golden, ...]
    sha256: str
    where: str

    @property
    def labels(self) -> tuple[str, ...]:
        return self.manifest.labels


def load_package(path: Path, *, expected_sha256: str = "") -> ModelPackage:
    """The package in the folder or zip at `path`. Raises ModelPackageError where it is not to be trusted.

    With `expected_sha256`, from a recipe, any other package is refused.
    """
    if not path.exists():
        raise ModelPackageError("there is no model package", where=str(path), remedy="copy the package there")
    members = read_members(path)
    body = members.pop(MANIFEST, None)
    if body is None or len(body) > _MAX_MANIFEST_BYTES:
        raise _refusal("has no manifest.json of a sensible size", path)
    sha256 = hashlib.sha256(body).hexdigest()
    if expected_sha256 and sha256 != expected_sha256:
        raise ModelPackageError(
            f"this is model package {sha256[:12]}, the recipe was approved with {expected_sha256[:12]}",
            where=str(path),
            remedy="put the approved package back, or have the recipe approved with this one",
        )
    manifest = parse_manifest(body, f"{path}: {MANIFEST}")
    _check_hashes(manifest, members, path)
    check_self_contained(members[MODEL], str(path))
    golden = tuple(Golden(members[g.image], members[g.expected], g.tolerance) for g in manifest.golden)
    return ModelPackage(manifest, body, members[MODEL], golden, sha256, str(path))


def _check_hashes(manifest: Manifest, members: dict[str, bytes], path: Path) -> None:
    listed = dict(manifest.files)
    if listed.keys() != members.keys():
        wrong = ", ".join(sorted(listed.keys() ^ members.keys()))
        raise _refusal(f"and its manifest disagree about its files: {wrong}", path)
    for name, digest in listed.items():
        if hashlib.sha256(members[name]).hexdigest() != digest:
            raise _refusal(f"is damaged: {name} has another hash than its manifest says", path)


def _refusal(what: str, path: Path) -> ModelPackageError:
    return ModelPackageError(f"the model package {what}", where=str(path), remedy="copy the package again")
