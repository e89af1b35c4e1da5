"""An ONNX model of any origin (TensorFlow, another trainer) as a package: described, answered and proved to run."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from station_app.core.errors import ConfigError, ModelPackageError
from station_app.core.inspection import PixelFormat, Pixels
from station_app.devices.image_file import read_image
from station_app.inference.archive import MAX_MODEL_BYTES
from station_app.inference.dry_run import DryRunLimits, dry_run
from station_app.inference.manifest import MODEL, Manifest
from station_app.inference.manifest_json import parse_manifest
from station_app.inference.package import ModelPackage
from station_app.inference.package_writer import write_package

_STAND_INS: dict[str, Any] = {
    "files": {MODEL: "0" * 64, "golden/000.png": "0" * 64, "golden/000.json": "0" * 64},
    "golden": [{"image": "golden/000.png", "expected": "golden/000.json"}],
}
"""What a manifest cannot say before there is a package."""


def wrap_model(model: Path, manifest: Path, golden: Path, out: Path) -> ModelPackage:
    """Write the package to `out` and let it run as a station would before it trusts it. `manifest` is a manifest.json
    without `files` and `golden`; `golden` a folder of images of the input's size. ConfigError where a file cannot be
    read, ModelPackageError where the model does not keep to the manifest."""
    draft = _draft(manifest)
    package = write_package(out, draft, _model_bytes(model), list(_golden_images(golden, draft)))
    dry_run(package, "", DryRunLimits())
    return package


def _draft(path: Path) -> Manifest:
    try:
        table = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigError("the manifest cannot be read", where=str(path), remedy="give a JSON file") from error
    if not isinstance(table, dict) or table.keys() & _STAND_INS.keys():
        remedy = "leave files and golden out: they are made here"
        raise ConfigError("this is no draft of a manifest", where=str(path), remedy=remedy)
    whole = parse_manifest(json.dumps({**table, **_STAND_INS}).encode(), str(path))
    return replace(whole, files=(), golden=())


def _model_bytes(path: Path) -> bytes:
    try:
        body = b"" if path.stat().st_size > MAX_MODEL_BYTES else path.read_bytes()
    except OSError as error:
        what = f"the model cannot be read, {error.strerror or error}"
        raise ConfigError(what, where=str(path), remedy="give an ONNX file") from error
    if not body:
        raise ModelPackageError("the model is empty or too large", where=str(path), remedy="export it again")
    return body


def _golden_images(folder: Path, draft: Manifest) -> Iterator[Pixels]:
    form = PixelFormat.BGR8 if draft.input.channels == 3 else PixelFormat.MONO8
    wanted = (draft.input.height, draft.input.width)
    paths = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    if not paths:
        raise ConfigError("there are no golden images", where=str(folder), remedy="give a folder with one at least")
    for path in paths:
        pixels = read_image(path, form)
        if pixels is None or pixels.shape[:2] != wanted:
            what = f"a golden image is not readable or not {wanted[1]} x {wanted[0]} pixels"
            raise ConfigError(what, where=str(path), remedy="cut one of that size out of a frame")
        yield pixels
