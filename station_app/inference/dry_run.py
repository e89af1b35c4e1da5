"""Proving a model package before it may decide: loaded and run in a spawned child with limits on memory and time.

The child alone meets a model that loops, allocates without end or crashes the runtime; the station only reads one
JSON answer. `ProvedPackages` remembers outcomes so that a start is quick; hashes are checked every time regardless.
"""

import hashlib
import json
import logging
import multiprocessing
import os
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import onnxruntime as ort

from station_app.core.errors import ModelPackageError
from station_app.inference import providers
from station_app.inference.dry_run_child import answer
from station_app.inference.dry_run_limits import Assignment
from station_app.inference.package import ModelPackage

_log = logging.getLogger(__name__)
_MAX_ANSWER_BYTES = 1 << 16
_LAST_WORDS_S = 1.0
# These reserve far more address space than they use; their own memory lies on the device.
_UNLIMITED = ("CUDA", "TensorRT")
_COMPILING_FACTOR = 20  # TensorRT compiles for minutes before its first run


@dataclass(frozen=True, slots=True)
class DryRunLimits:
    """`memory_bytes` counts beyond what the child has before it loads the model."""

    time_s: float = 60.0
    memory_bytes: int = 4 << 30


class ProvedPackages:
    """Remembers, in one JSON file, which package ran well on which provider of which runtime.

    A file that is missing or cannot be read remembers nothing. It never stands in for a hash: its key is made of them.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def knows(self, key: str) -> bool:
        return key in self._keys()

    def remember(self, key: str) -> None:
        """Written whole or not at all. Raises OSError where the folder cannot be written."""
        body = json.dumps(sorted({*self._keys(), key}), indent=1)
        scratch = self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")
        scratch.write_text(body)
        os.replace(scratch, self._file)

    def _keys(self) -> set[str]:
        try:
            keys = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return set()
        return {key for key in keys if isinstance(key, str)} if isinstance(keys, list) else set()


def dry_run(package: ModelPackage, provider: str, limits: DryRunLimits, proved: ProvedPackages | None = None) -> str:
    """The provider on which the package does what its manifest says; ModelPackageError, in one sentence, where it does
    not."""
    chosen = providers.choose(provider)
    key = _key(package, chosen)
    if proved is not None and proved.knows(key):
        return chosen
    used = _run_child(package, provider, chosen, limits)
    if proved is not None and used == chosen:
        _remember(proved, key)
    return used


def _remember(proved: ProvedPackages, key: str) -> None:
    try:
        proved.remember(key)
    except OSError as error:
        # The next start takes a second longer: no reason not to run.
        _log.warning("the outcome of a dry run could not be kept: %s", error)


def _key(package: ModelPackage, provider: str) -> str:
    model = hashlib.sha256(package.model).hexdigest()
    return f"{package.sha256} {model} {provider} onnxruntime-{ort.__version__}"


def _run_child(package: ModelPackage, provider: str, chosen: str, limits: DryRunLimits) -> str:
    memory = 0 if chosen in _UNLIMITED else limits.memory_bytes
    assignment = Assignment(provider, memory, package.manifest_body, package.model, package.golden)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=answer, args=(theirs,), name="dry-run", daemon=True)
    expired = threading.Event()
    # Ends the child also where it never takes the assignment and sending would wait for it.
    time_s = limits.time_s * (_COMPILING_FACTOR if chosen == "TensorRT" else 1)
    timer = threading.Timer(time_s, _expire, (child, expired))
    child.start()
    theirs.close()
    timer.start()
    try:
        body = _converse(ours, assignment)
        child.join(_LAST_WORDS_S)
    finally:
        timer.cancel()
        timer.join()
        child.kill()
        child.join()
        ours.close()
    if expired.is_set():
        raise _refusal(f"had not answered after {time_s:g} s and was stopped", package, "")
    return _provider_of(body, child.exitcode, package)


def _expire(child: SpawnProcess, expired: threading.Event) -> None:
    expired.set()
    child.kill()


def _converse(pipe: Connection, assignment: Assignment) -> bytes:
    """The child's answer, or b"" where it ended without one."""
    try:
        assignment.send(pipe)
        return pipe.recv_bytes(_MAX_ANSWER_BYTES)
    except (EOFError, OSError):
        return b""


def _provider_of(body: bytes, exit_code: int | None, package: ModelPackage) -> str:
    if not body:
        raise _refusal(f"ended the process that tried it with exit code {exit_code}", package, "")
    outcome = json.loads(body)
    if "provider" in outcome:
        return str(outcome["provider"])
    raise _refusal(f"failed: {outcome['refusal']}", package, str(outcome.get("remedy", "")))


def _refusal(what: str, package: ModelPackage, remedy: str) -> ModelPackageError:
    name = f"{package.manifest.name} {package.manifest.version}"
    return ModelPackageError(
        f"the dry run of the model {what}",
        where=f"{name}, {package.where}",
        remedy=remedy or "have the model written again, or go back to the previous package",
    )
