"""Execution providers: offered where installed, insisted on by name, and never one that calls the network."""

import onnxruntime as ort
import pytest

from station_app.core.errors import ModelPackageError
from station_app.inference import providers


def test_cpu_is_always_offered_and_azure_never(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = ["AzureExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(ort, "get_available_providers", lambda: installed)
    assert providers.offered() == ("CPU",)
    assert providers.runtime_names(providers.choose("")) == ["CPUExecutionProvider"]


def test_the_best_installed_one_is_chosen_but_tensorrt_only_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(ort, "get_available_providers", lambda: installed)
    assert providers.choose("") == "CUDA"
    assert providers.runtime_names(providers.choose("TensorRT")) == [installed[0], installed[2]]


@pytest.mark.parametrize("wanted", ["DirectML", "Azure", "cpu", "CPUExecutionProvider"])
def test_a_provider_that_is_not_here_is_refused_by_naming_what_is(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ort, "get_available_providers", lambda: ["CPUExecutionProvider"])
    with pytest.raises(ModelPackageError, match="here are CPU"):
        providers.choose(wanted)


def test_a_fall_back_is_refused_where_a_provider_was_insisted_on() -> None:
    with pytest.raises(ModelPackageError, match="CPU took over"):
        providers.check_insisted("CUDA", "CPU")
    providers.check_insisted("", "CPU")
    providers.check_insisted("CUDA", "CUDA")
