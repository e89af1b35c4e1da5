"""Execution providers by the names that people use; only what is installed here is offered.

Providers are always named explicitly: the Linux wheel of ONNX Runtime also lists Azure, which calls a network service.
"""

import onnxruntime as ort

from station_app.core.errors import ModelPackageError

CPU = "CPU"
_NAMES = {
    "CPU": "CPUExecutionProvider",
    "OpenVINO": "OpenVINOExecutionProvider",
    "CUDA": "CUDAExecutionProvider",
    "TensorRT": "TensorrtExecutionProvider",
    "DirectML": "DmlExecutionProvider",
    "CoreML": "CoreMLExecutionProvider",
}
# TensorRT compiles an engine for minutes at first use: it runs where a recipe asks for it, never by itself.
_PREFERENCE = ("CUDA", "DirectML", "CoreML", "OpenVINO", "CPU")


def offered() -> tuple[str, ...]:
    """The providers installed here, by name."""
    installed = ort.get_available_providers()
    return tuple(name for name, provider in _NAMES.items() if provider in installed)


def choose(wanted: str) -> str:
    """The provider to run on: the one wanted, or the best installed for "". ModelPackageError where it is not here."""
    here = offered()
    if not wanted:
        return next(name for name in _PREFERENCE if name in here)
    if wanted not in here:
        raise _missing(wanted, "it is not installed")
    return wanted


def runtime_names(name: str) -> list[str]:
    """What ONNX Runtime is to be given for a provider: itself, and the CPU for operators that it lacks."""
    return [_NAMES[name]] if name == CPU else [_NAMES[name], _NAMES[CPU]]


def in_use(session: ort.InferenceSession) -> str:
    """The provider that a session really runs on, which is the CPU where another one could not start."""
    first = session.get_providers()[0]
    return next(name for name, provider in _NAMES.items() if provider == first)


def check_insisted(wanted: str, used: str) -> None:
    """Raises ModelPackageError where a provider was insisted on and the session fell back to another."""
    if wanted and used != wanted:
        raise _missing(wanted, f"it did not start and {used} took over")


def _missing(wanted: str, why: str) -> ModelPackageError:
    return ModelPackageError(
        f"the recipe insists on the execution provider {wanted} and {why}",
        where=f"here are {', '.join(offered())}",
        remedy="install it, or change the recipe's provider",
    )
