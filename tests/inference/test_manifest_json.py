"""Manifests: what is written is read back, and every mistake is named."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ModelPackageError
from station_app.inference.manifest import Fit, GoldenReference, Manifest, Task
from station_app.inference.manifest_json import load_json, manifest_bytes, parse_manifest
from tests.inference.models import draft

DIGEST = "ab" * 32


def whole(manifest: Manifest) -> Manifest:
    files = (("model.onnx", DIGEST), ("golden/000.png", DIGEST), ("golden/000.json", DIGEST))
    return replace(manifest, files=files, golden=(GoldenReference("golden/000.png", "golden/000.json"),))


def table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(manifest_bytes(whole(draft())))
    return loaded


def refusal(table: dict[str, Any]) -> str:
    with pytest.raises(ModelPackageError) as caught:
        parse_manifest(json.dumps(table).encode())
    return caught.value.what


@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("fit", list(Fit))
def test_a_written_manifest_is_read_back_equal(task: Task, fit: Fit) -> None:
    manifest = replace(whole(draft(task=task, fit=fit, overlap=8)), evaluation={"escape": [0.1, 0.2]})
    assert parse_manifest(manifest_bytes(manifest)) == manifest


def test_every_mistake_is_named_at_once() -> None:
    wrong = table()
    wrong["input"]["channels"] = 2
    wrong["labels"] = ["scratch", "dent"]
    wrong["surprise"] = 1
    wrong["files"]["model.onnx"] = "00"
    wrong["input"]["fit"] = "stretch"
    what = refusal(wrong)
    for word in ("channels", "thresholds.dent", "surprise", "model.onnx", "input.fit"):
        assert word in what


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("schema", 2, "schema"),
        ("name", "../evil", "name"),
        ("labels", [], "labels"),
        ("labels", ["a", "a"], "twice"),
        ("labels", [1], "labels"),
        ("output_stride", 3, "output_stride"),
        ("golden", [], "golden"),
        ("outputs", {"scores": "s", "boxes": "b"}, "outputs.boxes"),
        ("thresholds", {"scratch": {"review": 0.7, "fail": 0.6}}, "review"),
        ("thresholds", {"scratch": {"review": 0.5, "fail": 0.6}, "dent": {}}, "dent"),
        ("files", {"model.onnx": DIGEST, "evil.py": DIGEST}, "evil.py"),
        ("evaluation", [], "evaluation"),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(key: str, value: object, word: str) -> None:
    assert word in refusal(table() | {key: value})


@pytest.mark.parametrize("key", ["name", "version", "task", "labels", "input", "outputs", "thresholds", "files"])
def test_a_missing_key_is_refused_by_its_name(key: str) -> None:
    wrong = table()
    del wrong[key]
    assert key in refusal(wrong)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'{"a":NaN}', b'{"a":1,"a":2}', b"[" * 100_000])
def test_what_is_no_strict_json_is_refused(body: bytes) -> None:
    with pytest.raises(ModelPackageError):
        parse_manifest(body)


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(), st.lists, max_leaves=5))
def test_any_value_in_place_of_a_table_is_a_refusal_and_no_crash(value: object) -> None:
    for key in ("input", "outputs", "thresholds", "files", "golden"):
        with pytest.raises(ModelPackageError):
            parse_manifest(json.dumps(table() | {key: value}).encode())


def test_strict_json_accepts_ordinary_json() -> None:
    assert load_json(b'{"a": [1, 2.5, "x", null]}') == {"a": [1, 2.5, "x", None]}
