"""Packages: written, read back, and refused as soon as one bit differs."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.errors import ModelPackageError
from station_app.inference.manifest_json import manifest_bytes
from station_app.inference.package import ModelPackage, load_package
from station_app.inference.package_writer import write_package
from tests.inference.models import draft, float_output, model, pointwise, pointwise_package, ramp, serialized


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(ModelPackageError) as caught:
        action()
    return str(caught.value)


def test_a_written_package_is_loaded_with_the_hash_of_its_manifest(package: ModelPackage) -> None:
    folder = Path(package.where)
    assert package.sha256 == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert package.model == pointwise(32, 32)
    assert len(package.golden) == 1
    assert load_package(folder, expected_sha256=package.sha256).sha256 == package.sha256


def test_a_zip_is_the_same_package_as_its_folder(package: ModelPackage, tmp_path: Path) -> None:
    path = shutil.make_archive(str(tmp_path / "zipped"), "zip", package.where)
    zipped = load_package(Path(path))
    assert (zipped.sha256, zipped.model, zipped.manifest) == (package.sha256, package.model, package.manifest)


def test_another_package_than_the_recipe_names_is_refused(package: ModelPackage) -> None:
    assert "approved with" in refusal(lambda: load_package(Path(package.where), expected_sha256="0" * 64))


def test_a_missing_package_is_refused(tmp_path: Path) -> None:
    assert "no model package" in refusal(lambda: load_package(tmp_path / "nothing"))


@pytest.mark.parametrize("name", ["manifest.json", "model.onnx", "golden/000.png", "golden/000.json"])
def test_a_missing_member_is_refused(package: ModelPackage, name: str) -> None:
    (Path(package.where) / name).unlink()
    assert refusal(lambda: load_package(Path(package.where)))


def test_an_extra_member_is_refused(package: ModelPackage) -> None:
    (Path(package.where) / "golden" / "001.png").write_bytes(b"")
    assert "golden/001.png" in refusal(lambda: load_package(Path(package.where)))


def test_a_wrong_hash_names_the_member(package: ModelPackage) -> None:
    (Path(package.where) / "golden" / "000.json").write_bytes(b"{}")
    assert "golden/000.json has another hash" in refusal(lambda: load_package(Path(package.where)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_bit_changes_the_package_hash_or_is_refused(package: ModelPackage, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["manifest.json", "model.onnx", "golden/000.png", "golden/000.json"]))
    path = Path(package.where) / name
    whole = path.read_bytes()
    position, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(whole[:position] + bytes([whole[position] ^ 1 << bit]) + whole[position + 1 :])
    try:
        assert refusal(lambda: load_package(Path(package.where), expected_sha256=package.sha256))
        if name != "manifest.json":
            assert refusal(lambda: load_package(Path(package.where)))
    finally:
        path.write_bytes(whole)


def test_external_data_is_refused_also_where_every_hash_is_right(package: ModelPackage) -> None:
    proto = model([], [], [1])
    tensor = proto.graph.initializer.add(name="weights", data_type=1, dims=[1], data_location=1)
    tensor.external_data.add(key="location", value="weights.bin")
    folder, body = Path(package.where), serialized(proto)
    files = {**dict(package.manifest.files), "model.onnx": hashlib.sha256(body).hexdigest()}
    (folder / "model.onnx").write_bytes(body)
    (folder / "manifest.json").write_bytes(manifest_bytes(replace(package.manifest, files=tuple(files.items()))))
    assert "outside of its file" in refusal(lambda: load_package(folder))


def test_a_package_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    wrong = serialized(model([], [float_output([1, 2])], [1, 32, 32, 1]))
    refusal(lambda: write_package(tmp_path / "package", draft(), wrong, [ramp()]))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_never_written_over(package: ModelPackage, tmp_path: Path) -> None:
    assert "exists already" in refusal(lambda: pointwise_package(tmp_path))
    assert load_package(Path(package.where)).sha256 == package.sha256


def test_a_golden_image_of_the_wrong_size_is_refused(tmp_path: Path) -> None:
    image = np.zeros((5, 5), np.uint8)
    assert "golden image" in refusal(lambda: write_package(tmp_path / "p", draft(), pointwise(32, 32), [image]))
