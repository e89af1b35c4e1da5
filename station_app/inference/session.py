"""ONNX Runtime behind one small class. Runs on the thread that calls it; no path is ever opened, only bytes."""

import re
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as ort_state

from station_app.core.errors import ModelOutputError, ModelPackageError
from station_app.core.inspection import Pixels
from station_app.inference import providers
from station_app.inference.contract import AnswerCheck, Outputs, Tensor, check_contract
from station_app.inference.deadline import LateError, Watchdog
from station_app.inference.manifest import Manifest

_FATAL_ONLY = 4  # every lesser message comes as an exception as well
_OUT_OF_MEMORY = ("Failed to allocate memory", "bad_alloc", "out of memory")
_CODES = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ")
# ONNX Runtime's exceptions have no common parent but Exception.
_RUNTIME_NAMES = (
    *("EPFail", "EngineError", "Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf"),
    *("ModelRequiresCompilation", "NoModel", "NoSuchFile", "NotFound", "NotImplemented", "RuntimeException"),
)
RUNTIME_ERRORS: tuple[type[Exception], ...] = (
    *(getattr(ort_state, name) for name in _RUNTIME_NAMES if hasattr(ort_state, name)),
    MemoryError,
)


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """`provider` is "" for any. Spinning threads answer a little sooner and burn a core while they wait for a part."""

    provider: str = ""
    threads: int = 1
    spinning: bool = False


class ModelSession:
    """A model that has been loaded from bytes, and agrees with its manifest. Used by one thread at a time."""

    def __init__(self, model: bytes, manifest: Manifest, settings: SessionSettings, where: str = "") -> None:
        """Raises ModelPackageError where the model cannot be loaded, or not on the provider insisted on."""
        self._manifest = manifest
        self._check = AnswerCheck(manifest)
        self._roles = tuple(role for role, _ in manifest.outputs)
        self._names = [name for _, name in manifest.outputs]
        self._watchdog = Watchdog()
        chosen = providers.choose(settings.provider)
        try:
            self._session = ort.InferenceSession(
                model, _session_options(settings, chosen), providers=providers.runtime_names(chosen)
            )
        except RUNTIME_ERRORS as error:
            raise ModelPackageError(
                f"the model cannot be loaded, {_cause(error)}", where=where, remedy="export the model again"
            ) from error
        self.provider = providers.in_use(self._session)
        providers.check_insisted(settings.provider, self.provider)
        inputs, outputs = self._session.get_inputs(), self._session.get_outputs()
        check_contract(manifest, [_tensor(node) for node in inputs], [_tensor(node) for node in outputs], where)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start_part(self, deadline_ns: int | None) -> None:
        """From now on every `run` counts against this deadline on the monotonic clock; None lifts it."""
        self._watchdog.arm(deadline_ns)

    def end_part(self) -> None:
        """No run is under way: the deadline is lifted."""
        self._watchdog.disarm()

    def bar(self) -> None:
        """End the run under way and every later one until `unbar`, as if the deadline had passed. Any thread."""
        self._watchdog.bar()

    def unbar(self) -> None:
        """Run again. By the thread that runs."""
        self._watchdog.unbar()

    def run(self, tensor: Pixels) -> Outputs:
        """The model's checked answer by role. LateError past the deadline, ModelOutputError where it is no evidence."""
        if self._watchdog.is_late:
            raise self._late()
        try:
            answers = self._session.run(self._names, {self._manifest.input.name: tensor}, self._watchdog.options)
        except RUNTIME_ERRORS as error:
            if self._watchdog.is_late:
                raise self._late() from error
            raise ModelOutputError(
                f"the model failed to answer, {_cause(error)}",
                where=f"model {self._manifest.name} {self._manifest.version} on {self.provider}",
                remedy="the part must be inspected again; if this repeats, restart the station",
            ) from error
        outputs: Outputs = dict(zip(self._roles, answers, strict=True))
        self._check(outputs)
        return outputs

    def close(self) -> None:
        """End the deadline's thread."""
        self._watchdog.close()

    def _late(self) -> LateError:
        return LateError(
            "the model had not answered by the part's deadline",
            where=f"model {self._manifest.name} {self._manifest.version} on {self.provider}",
            remedy="give the recipe more time or the station a faster model",
        )


def _session_options(settings: SessionSettings, provider: str) -> ort.SessionOptions:
    ort.disable_telemetry_events()
    options = ort.SessionOptions()
    options.log_severity_level = _FATAL_ONLY
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.intra_op_num_threads = settings.threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "1" if settings.spinning else "0")
    options.enable_mem_pattern = provider != "DirectML"
    return options


def _tensor(node: ort.NodeArg) -> Tensor:
    return Tensor(node.name, node.type, tuple(node.shape))


def _cause(error: Exception) -> str:
    """What the runtime says, in one line and without its codes."""
    text = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if isinstance(error, MemoryError) or any(sign in text for sign in _OUT_OF_MEMORY):
        return "it needs more memory than there is"
    return _CODES.sub("", text)[:200]
