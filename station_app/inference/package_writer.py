"""Writes model packages: the model, its manifest with every hash, and golden tensors answered by the model itself."""

import hashlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path

from station_app.core.errors import ModelPackageError
from station_app.core.inspection import Pixels
from station_app.inference import providers
from station_app.inference.golden import expected_bytes, golden_tensor, image_bytes
from station_app.inference.manifest import MANIFEST, MODEL, GoldenReference, Manifest
from station_app.inference.manifest_json import manifest_bytes
from station_app.inference.package import ModelPackage, load_package
from station_app.inference.session import ModelSession, SessionSettings


def write_package(
    folder: Path, draft: Manifest, model_onnx: bytes, golden_images: list[Pixels], *, tolerance: float = 1e-3
) -> ModelPackage:
    """Write the package into `folder`, which must not exist yet, and read it back.

    `draft` leaves `files` and `golden` empty. Each golden image has exactly the size of the input contract (HxW, or
    HxWx3 as blue, green, red). The folder appears whole or not at all. Raises ModelPackageError where the model does
    not keep to the draft or the folder cannot be written.
    """
    members, golden = _golden_members(draft, model_onnx, golden_images, tolerance)
    files = tuple((name, hashlib.sha256(body).hexdigest()) for name, body in members.items())
    members[MANIFEST] = manifest_bytes(replace(draft, files=files, golden=golden))
    try:
        _write_folder(folder, members)
    except OSError as error:
        raise ModelPackageError(
            f"the model package cannot be written, {error.strerror or error}",
            where=str(folder),
            remedy="choose a folder that does not exist yet, on a disk with room",
        ) from error
    return load_package(folder)


def _golden_members(
    draft: Manifest, model: bytes, images: list[Pixels], tolerance: float
) -> tuple[dict[str, bytes], tuple[GoldenReference, ...]]:
    members, golden = {MODEL: model}, []
    with ModelSession(model, draft, SessionSettings(provider=providers.CPU), where=draft.name) as session:
        for index, pixels in enumerate(images):
            reference = GoldenReference(f"golden/{index:03}.png", f"golden/{index:03}.json", tolerance)
            members[reference.image] = image_bytes(pixels)
            outputs = session.run(golden_tensor(members[reference.image], draft.input))
            members[reference.expected] = expected_bytes(outputs)
            golden.append(reference)
    return members, tuple(golden)


def _write_folder(folder: Path, members: dict[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".package-", dir=folder.parent) as scratch:
        whole = Path(scratch) / "package"
        for name, body in members.items():
            target = whole / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
        if folder.exists():
            raise FileExistsError(None, "the folder exists already")
        os.replace(whole, folder)
