"""Dry runs: whatever a model does to its process, the station gets one sentence."""

import hashlib
import os
import signal
import sys
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from onnx import TensorProto, helper

from station_app.core.errors import ModelPackageError
from station_app.inference import dry_run as dry_run_module
from station_app.inference.dry_run import DryRunLimits, ProvedPackages, dry_run
from station_app.inference.manifest import Manifest
from station_app.inference.manifest_json import manifest_bytes
from station_app.inference.package import Golden, ModelPackage
from tests.inference.models import constant, draft, endless, float_output, model, pointwise, serialized

QUICK = DryRunLimits(time_s=30.0, memory_bytes=1 << 30)


def with_model(package: ModelPackage, body: bytes, manifest: Manifest | None = None) -> ModelPackage:
    """The package with another model, as if its hashes were right."""
    changed = replace(manifest or package.manifest, files=package.manifest.files, golden=package.manifest.golden)
    return replace(package, model=body, manifest=changed, manifest_body=manifest_bytes(changed))


def greedy(numbers: int) -> bytes:
    """Expands one number to `numbers` of four bytes each."""
    nodes = [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["grey"], ["one"], axes=[0, 1, 2, 3], keepdims=0),
        helper.make_node("Expand", ["one", "huge"], ["lots"]),
        helper.make_node("ReduceMax", ["lots"], ["top"], axes=[0], keepdims=0),
        helper.make_node("Expand", ["top", "map"], ["scores"]),
    ]
    sizes = [constant("huge", [numbers], int), constant("map", [1, 1, 32, 32], int)]
    return serialized(model(nodes, [float_output([1, 1, 32, 32])], [1, 32, 32, 1], sizes))


def refusal(package: ModelPackage, limits: DryRunLimits = QUICK, provider: str = "") -> str:
    with pytest.raises(ModelPackageError) as caught:
        dry_run(package, provider, limits)
    return str(caught.value)


def test_a_good_package_is_proved_and_remembered_under_its_hash(package: ModelPackage, tmp_path: Path) -> None:
    proved = ProvedPackages(tmp_path / "proved.json")
    dry_run(package, "CPU", QUICK, proved)
    key = (tmp_path / "proved.json").read_text()
    assert package.sha256 in key and hashlib.sha256(package.model).hexdigest() in key
    # No process could answer within this time: what is remembered is not run again, what differs is.
    at_once = DryRunLimits(time_s=1e-3)
    dry_run(package, "CPU", at_once, proved)
    with pytest.raises(ModelPackageError):
        dry_run(with_model(package, pointwise(32, 32, 1) + b"\x12\x00"), "CPU", at_once, proved)


def test_an_endless_loop_is_stopped_at_the_time_limit(package: ModelPackage) -> None:
    assert "was stopped" in refusal(with_model(package, endless()), DryRunLimits(time_s=1.0))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process to its address space")
@pytest.mark.parametrize("numbers", [10**10, 4 * 10**8])
def test_an_allocation_beyond_the_limit_is_refused_and_the_station_lives(package: ModelPackage, numbers: int) -> None:
    assert "needs more memory than there is" in refusal(with_model(package, greedy(numbers)))


def test_an_allocation_within_the_limit_is_let_through(package: ModelPackage) -> None:
    assert "its scores reach from 255" in refusal(with_model(package, greedy(10**6)))


def test_a_wrong_golden_answer_is_refused(package: ModelPackage) -> None:
    wrong = Golden(package.golden[0].image, package.golden[0].expected.replace(b"0.5", b"0.6"), 1e-3)
    assert "golden image 0 is answered wrongly on CPU" in refusal(replace(package, golden=(wrong,)))


def test_a_model_off_its_manifest_is_refused(package: ModelPackage) -> None:
    assert "does not keep to its manifest" in refusal(with_model(package, pointwise(16, 16), draft(32, 32)))


def test_a_missing_provider_is_refused_before_anything_runs(package: ModelPackage) -> None:
    assert "here are" in refusal(package, provider="Abacus")


def test_an_outcome_that_cannot_be_kept_stops_nothing(package: ModelPackage, tmp_path: Path) -> None:
    dry_run(package, "CPU", QUICK, ProvedPackages(tmp_path / "missing" / "proved.json"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no signals")
def test_a_model_that_ends_its_process_is_refused(package: ModelPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dry_run_module, "answer", crash)
    assert "ended the process that tried it with exit code -6" in refusal(package)


def crash(pipe: Connection) -> None:
    """In place of the child's work: dies as a broken runtime would."""
    pipe.recv_bytes()
    os.abort()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"a": 1}'])
def test_a_damaged_memory_remembers_nothing(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "proved.json").write_bytes(body)
    assert not ProvedPackages(tmp_path / "proved.json").knows("a")
