"""The child process of a dry run: the first place where a stranger's model is loaded. Nothing of Qt or the engine here.

It takes an assignment from its pipe, answers with one JSON object, and may be killed at any time.
"""

import json
from multiprocessing.connection import Connection

import numpy as np

from station_app.core.errors import ModelOutputError, ModelPackageError
from station_app.inference.dry_run_limits import Assignment, limit_memory
from station_app.inference.golden import golden_fault, golden_tensor
from station_app.inference.manifest_json import parse_manifest
from station_app.inference.session import ModelSession, SessionSettings


def answer(pipe: Connection) -> None:
    """Run one assignment from the pipe and send the outcome."""
    assignment = Assignment.receive(pipe)
    limit_memory(assignment.memory_bytes)
    try:
        outcome = {"provider": _prove(assignment)}
    except ModelPackageError as error:
        outcome = {"refusal": error.what, "remedy": error.remedy}
    except ModelOutputError as error:
        outcome = {"refusal": error.what}  # its remedy is about parts
    except MemoryError:
        outcome = {"refusal": "the model needs more memory than a dry run may take"}
    pipe.send_bytes(json.dumps(outcome).encode())
    pipe.close()


def _prove(assignment: Assignment) -> str:
    manifest = parse_manifest(assignment.manifest)
    with ModelSession(assignment.model, manifest, SessionSettings(provider=assignment.provider)) as session:
        session.run(np.zeros(manifest.input.shape, np.uint8))
        for index, golden in enumerate(assignment.golden):
            outputs = session.run(golden_tensor(golden.image, manifest.input))
            fault = golden_fault(outputs, golden.expected, golden.tolerance)
            if fault is not None:
                raise ModelPackageError(f"golden image {index} is answered wrongly on {session.provider}: {fault}")
        return session.provider
