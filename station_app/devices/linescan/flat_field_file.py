"""Keeps a flat field as one JSON file: readable, and nothing in it can run."""

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

import numpy as np

from station_app.core.errors import CameraError, StorageError
from station_app.devices.linescan.flat_field import Columns, FlatConditions, FlatField
from station_app.devices.linescan.teaching import level_refusals

SCHEMA = 1
_DECIMALS = 3
_MOST_BYTES = 4 << 20


def write_flat_field(path: Path, flat: FlatField) -> None:
    """Write or replace the file; at any moment the old or the new one is there, whole. StorageError where it fails."""
    table = {
        "schema": SCHEMA,
        "taught_on": flat.taught_on,
        "conditions": {name: _plain(value) for name, value in asdict(flat.conditions).items()},
        "target": flat.target,
        "dark": _listed(flat.dark),
        "white": _listed(flat.white),
    }
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(table, file, allow_nan=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StorageError("the flat field is not stored", where=str(path), remedy=str(error)) from error


def flat_field_path(folder: Path, camera_id: str) -> Path:
    """Where the flat field lies that was taught at the station for the camera of this id."""
    return folder / f"{quote(camera_id, safe='')}.json"


def replace_flat_field(path: Path, flat: FlatField) -> None:
    """As `write_flat_field`; makes the folder, and keeps the one that was there beside it. StorageError likewise."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            kept = path.with_name(f"{path.stem}.before.json")
            draft = kept.with_name(kept.name + ".new")
            shutil.copyfile(path, draft)
            draft.replace(kept)
    except OSError as error:
        raise StorageError("the flat field is not stored", where=str(path), remedy=str(error)) from error
    write_flat_field(path, flat)


def read_flat_field(path: Path) -> FlatField:
    """The flat field of a file. CameraError where it cannot be read, or could not have been taught."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("the file is too large")
        table = json.loads(path.read_text(encoding="utf-8"))
        flat = _flat_field(table)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unusable(path, repr(error)) from error
    refusals = level_refusals(flat.dark, flat.white, flat.target)
    if refusals:
        raise _unusable(path, " ".join(refusals))
    return flat


def _flat_field(table: dict[str, object]) -> FlatField:
    if table["schema"] != SCHEMA:
        raise ValueError(f"schema {table['schema']!r} is not {SCHEMA}")
    dark, white = _columns(table["dark"]), _columns(table["white"])
    if dark.shape != white.shape:
        raise ValueError("dark and white differ in width")
    with np.errstate(divide="ignore", invalid="ignore"):
        return FlatField(
            dark, white, _number(table["target"]), _conditions(table["conditions"]), str(table["taught_on"])
        )


def _conditions(table: object) -> FlatConditions:
    if not isinstance(table, dict):
        raise TypeError("the conditions are no table")
    lens = str(table.pop("lens"))
    return FlatConditions(**{name: _number(value) for name, value in table.items()}, lens=lens)


def _columns(values: object) -> Columns:
    if not isinstance(values, list):
        raise TypeError("levels are no list")
    return np.array([_number(value) for value in values], np.float32)


def _number(value: object) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _listed(columns: Columns) -> list[float]:
    return [round(float(value), _DECIMALS) for value in columns]


def _plain(value: object) -> object:
    """JSON knows no NaN."""
    return None if isinstance(value, float) and np.isnan(value) else value


def _unusable(path: Path, why: str) -> CameraError:
    return CameraError("the flat field cannot be used", where=str(path), remedy=f"remove it and teach it again ({why})")
