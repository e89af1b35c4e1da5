"""Golden tensors: a stored input, and a sample of what the model must answer to it. JSON and PNG, never pickles."""

import json

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import ModelPackageError
from station_app.core.inspection import Pixels
from station_app.inference.contract import Outputs
from station_app.inference.manifest import InputContract
from station_app.inference.manifest_json import load_json

_MAX_VALUES = 4096


def expected_bytes(outputs: Outputs) -> bytes:
    """The JSON kept of an answer: each output's shape, and its values at up to 4096 evenly strided flat positions."""
    table = {
        role: {"shape": list(answer.shape), "values": [float(value) for value in _sample(answer)]}
        for role, answer in outputs.items()
    }
    return json.dumps(table, allow_nan=False, separators=(",", ":")).encode()


def image_bytes(pixels: Pixels) -> bytes:
    """The PNG of a golden image."""
    is_written, body = cv2.imencode(".png", pixels)
    if not is_written:
        raise ValueError("this golden image cannot be written as PNG")
    return body.tobytes()


def golden_tensor(image: bytes, contract: InputContract) -> Pixels:
    """The input tensor that a golden image stands for. Raises ModelPackageError where it is not such an image."""
    flag = cv2.IMREAD_GRAYSCALE if contract.channels == 1 else cv2.IMREAD_COLOR
    pixels = cv2.imdecode(np.frombuffer(image, np.uint8), flag) if image else None
    if pixels is None or pixels.shape[:2] != (contract.height, contract.width):
        raise ModelPackageError(
            f"a golden image is no PNG of {contract.width} x {contract.height} pixels", remedy="write the package again"
        )
    return np.ascontiguousarray(pixels, np.uint8).reshape(contract.shape)


def golden_fault(outputs: Outputs, expected: bytes, tolerance: float) -> str | None:
    """In what an answer differs from the one expected, as a clause, or None."""
    try:
        wanted = _wanted(load_json(expected))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        return f"the expected output cannot be read, {error!r}"
    if wanted.keys() != outputs.keys():
        return f"outputs {', '.join(wanted)} were expected and {', '.join(outputs)} came"
    for role, (shape, values) in wanted.items():
        fault = _output_fault(role, outputs[role], shape, values, tolerance)
        if fault is not None:
            return fault
    return None


def _wanted(table: object) -> dict[str, tuple[tuple[int, ...], NDArray[np.float64]]]:
    if not isinstance(table, dict):
        raise TypeError("no JSON object")
    return {role: (tuple(entry["shape"]), np.asarray(entry["values"], float)) for role, entry in table.items()}


def _output_fault(
    role: str, answer: NDArray[np.generic], shape: tuple[int, ...], values: NDArray[np.float64], tolerance: float
) -> str | None:
    sample = _sample(answer)
    if answer.shape != shape or sample.shape != values.shape:
        return f"{role} has the shape {answer.shape} and {shape} was expected"
    # Relative above 1, so that box corners in pixels are held to the same number of digits as scores.
    error = np.abs(sample - values) / np.maximum(1.0, np.abs(values))
    worst = float(error.max(initial=0.0))
    return None if worst <= tolerance else f"{role} is off by {worst:.2g}, {tolerance:.2g} is allowed"


def _sample(answer: NDArray[np.generic]) -> NDArray[np.float64]:
    step = max(1, -(-answer.size // _MAX_VALUES))
    return answer.reshape(-1)[::step].astype(np.float64)
