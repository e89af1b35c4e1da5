"""Manifests from JSON bytes and back. Every mistake is reported at once, and a key that nobody knows is refused."""

import json
import re
from dataclasses import asdict
from typing import Any, NoReturn

from station_app.core.errors import ModelPackageError
from station_app.core.fields import Fields
from station_app.core.recipe import Thresholds
from station_app.inference.manifest import (
    MANIFEST,
    MEMBER_NAME,
    MODEL,
    SCHEMA,
    Fit,
    GoldenReference,
    InputContract,
    Manifest,
    Task,
)

_MAX_SIDE = 8192
_MAX_LABELS = 64
_MAX_GOLDEN = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def parse_manifest(body: bytes, where: str = MANIFEST) -> Manifest:
    """The manifest in `body`. Raises ModelPackageError that names every wrong, missing or unknown key."""
    table = _load(body, where)
    errors: list[str] = []
    labels = _labels(table.pop("labels", None), errors)
    free = [_free(table.pop(key, {}), key, errors) for key in ("evaluation", "provenance")]
    top = Fields(table, errors=errors)
    top.integer("schema", low=SCHEMA, high=SCHEMA)
    task = top.choice("task", Task)
    manifest = Manifest(
        name=_matching(top, "name", _NAME, "small letters, digits, dot, dash and underscore"),
        version=_matching(top, "version", re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}"), "a version such as 1.0.0"),
        task=task,
        labels=labels,
        input=_input(top.table("input")),
        outputs=_outputs(top.table("outputs"), task),
        thresholds=_thresholds(top.table("thresholds"), labels),
        output_stride=top.integer("output_stride", *(() if task.gives_map else (1,)), low=1, high=256),
        files=_files(top.table("files")),
        golden=tuple(_golden(entry) for entry in top.tables("golden")),
        evaluation=free[0],
        provenance=free[1],
    )
    top.finish()
    _check_whole(top, manifest)
    if errors:
        raise ModelPackageError("; ".join(errors), where=where, remedy="have the model package written again")
    return manifest


def manifest_bytes(manifest: Manifest) -> bytes:
    """The bytes of `manifest.json`: what `parse_manifest` reads back to an equal manifest."""
    table = asdict(manifest)
    for key in ("outputs", "files"):
        table[key] = dict(table[key])
    table["thresholds"] = {label: asdict(thresholds) for label, thresholds in manifest.thresholds}
    text = json.dumps({"schema": SCHEMA, **table}, indent=1, ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def load_json(body: bytes) -> object:
    """Strict JSON: no NaN, no key twice. Raises ValueError."""
    try:
        return json.loads(body, object_pairs_hook=_unique, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _load(body: bytes, where: str) -> dict[str, Any]:
    try:
        table = load_json(body)
    except ValueError as error:
        raise ModelPackageError(
            f"the manifest is not valid JSON, {error}", where=where, remedy="have the model package written again"
        ) from error
    if not isinstance(table, dict):
        raise ModelPackageError("the manifest must be one JSON object", where=where)
    return table


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key is given twice")
    return table


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _labels(value: object, errors: list[str]) -> tuple[str, ...]:
    if isinstance(value, list) and 0 < len(value) <= _MAX_LABELS and all(map(_is_label, value)):
        if len(set(value)) != len(value):
            errors.append("labels: a label is given twice")
        return tuple(value)
    errors.append(f"labels: must be a list of 1 to {_MAX_LABELS} printable names")
    return ()


def _is_label(value: object) -> bool:
    return isinstance(value, str) and value.strip() != "" and value.isprintable() and len(value) <= 64


def _free(value: object, key: str, errors: list[str]) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    errors.append(f"{key}: must be an object")
    return {}


def _matching(fields: Fields, key: str, pattern: re.Pattern[str], expected: str) -> str:
    value = fields.text(key)
    if value and not pattern.fullmatch(value):
        fields.error(key, f"must be {expected}")
    return value


def _input(fields: Fields) -> InputContract:
    contract = InputContract(
        name=fields.text("name"),
        channels=fields.integer("channels", low=1, high=3),
        height=fields.integer("height", low=1, high=_MAX_SIDE),
        width=fields.integer("width", low=1, high=_MAX_SIDE),
        fit=fields.choice("fit", Fit),
        reduce=fields.integer("reduce", 1, low=1, high=64),
        overlap=fields.integer("overlap", 0, low=0, high=_MAX_SIDE),
        dtype=fields.text("dtype", "uint8"),
        layout=fields.text("layout", "NHWC"),
    )
    fields.finish()
    if contract.channels == 2:
        fields.error("channels", "must be 1 or 3")
    if contract.dtype != "uint8" or contract.layout != "NHWC":
        fields.error("dtype", "only uint8 in layout NHWC is taken: scaling belongs inside the model")
    if contract.overlap > min(contract.height, contract.width) // 2:
        fields.error("overlap", "must not be above half of the tile")
    return contract


def _outputs(fields: Fields, task: Task) -> tuple[tuple[str, str], ...]:
    outputs = tuple((role, fields.text(role)) for role in task.roles)
    fields.finish()
    return outputs


def _thresholds(fields: Fields, labels: tuple[str, ...]) -> tuple[tuple[str, Thresholds], ...]:
    found = []
    for label in labels:
        entry = fields.table(label)
        pair = Thresholds(entry.number("review", low=0, high=1), entry.number("fail", low=0, high=1))
        entry.finish()
        if not 0 < pair.review <= pair.fail:
            entry.error("review", "must be above 0 and not above fail")
        found.append((label, pair))
    fields.finish()
    return tuple(found)


def _files(fields: Fields) -> tuple[tuple[str, str], ...]:
    files = tuple((name, str(digest)) for name, digest in fields.scalars())
    for name, digest in files:
        if not MEMBER_NAME.fullmatch(name) or name == MANIFEST:
            fields.error(name, "no file of a model package has this name")
        if not _SHA256.fullmatch(digest):
            fields.error(name, "must be the 64 hexadecimal digits of a SHA-256")
    if MODEL not in dict(files):
        fields.error(MODEL, "missing")
    return files


def _golden(fields: Fields) -> GoldenReference:
    golden = GoldenReference(
        fields.text("image"), fields.text("expected"), fields.number("tolerance", 1e-3, low=0, high=0.1)
    )
    fields.finish()
    return golden


def _check_whole(top: Fields, manifest: Manifest) -> None:
    stride, contract = manifest.output_stride, manifest.input
    if contract.height % stride or contract.width % stride:
        top.error("output_stride", "must divide the input's height and width")
    if manifest.task is Task.ANOMALY and len(manifest.labels) > 1:
        top.error("labels", "an anomaly map has one label")
    if not 0 < len(manifest.golden) <= _MAX_GOLDEN:
        top.error("golden", f"from 1 to {_MAX_GOLDEN} golden images are needed")
    named = [name for golden in manifest.golden for name in (golden.image, golden.expected)]
    if sorted(named) != sorted(name for name, _ in manifest.files if name != MODEL):
        top.error("golden", "the golden images and their expected outputs must be exactly the other files")
