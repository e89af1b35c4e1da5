"""The agreement between a manifest and the tensors of a model, checked before a run and on every answer. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import ModelOutputError, ModelPackageError
from station_app.inference.manifest import Manifest, Task

_SCORES, _INDICES = "tensor(float)", "tensor(int64)"
_TYPES = {_SCORES: np.dtype(np.float32), _INDICES: np.dtype(np.int64)}
_BITS_OF_ONE = int(np.float32(1).view(np.uint32))

Outputs = dict[str, NDArray[np.generic]]
Dim = int | str | None


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor as the model declares it: name, type such as "tensor(uint8)", and dimensions, named where symbolic."""

    name: str
    type: str
    dims: tuple[Dim, ...]


def expected_outputs(manifest: Manifest) -> dict[str, Tensor]:
    """What each role's output must be; None stands for a dimension that the model may choose."""
    count = len(manifest.labels)
    dims: dict[str, tuple[Dim, ...]]
    if manifest.task is Task.DETECTION:
        dims = {"boxes": (1, None, 4), "scores": (1, None), "classes": (1, None)}
    elif manifest.task is Task.CLASSIFICATION:
        dims = {"scores": (1, count)}
    else:
        dims = {"scores": (1, count, *manifest.map_shape)}
    return {
        role: Tensor(name, _INDICES if role == "classes" else _SCORES, dims[role]) for role, name in manifest.outputs
    }


def check_contract(manifest: Manifest, inputs: list[Tensor], outputs: list[Tensor], where: str) -> None:
    """Raises ModelPackageError that lists everything in which the model differs from its manifest."""
    wanted_input = Tensor(manifest.input.name, "tensor(uint8)", manifest.input.shape)
    faults = []
    if [tensor.name for tensor in inputs] != [wanted_input.name]:
        names = ", ".join(tensor.name for tensor in inputs)
        faults.append(f"the one input must be {wanted_input.name}, the model has {names or 'none'}")
    else:
        faults += _tensor_faults(wanted_input, inputs[0])
    given = {tensor.name: tensor for tensor in outputs}
    for wanted in expected_outputs(manifest).values():
        if wanted.name in given:
            faults += _tensor_faults(wanted, given[wanted.name])
        else:
            faults.append(f"the output {wanted.name} is missing, the model has {', '.join(given)}")
    if faults:
        raise ModelPackageError(
            "the model does not keep to its manifest: " + "; ".join(faults),
            where=where,
            remedy="export the model again, or correct the manifest",
        )


def _tensor_faults(wanted: Tensor, given: Tensor) -> list[str]:
    faults = []
    if given.type != wanted.type:
        faults.append(f"{wanted.name} must be {wanted.type}, it is {given.type}")
    if not _dims_fit(wanted.dims, given.dims):
        faults.append(f"{wanted.name} must be {_dims_text(wanted.dims)}, it is {_dims_text(given.dims)}")
    return faults


def _dims_fit(wanted: tuple[Dim, ...], given: tuple[Dim, ...]) -> bool:
    return len(given) == len(wanted) and all(map(_dim_fits, wanted, given))


def _dim_fits(wanted: Dim, given: Dim) -> bool:
    # A symbolic dimension may turn out right: the dry run and the check of every answer see the real one.
    return wanted is None or not isinstance(given, int) or wanted == given


def _dims_text(dims: tuple[Dim, ...]) -> str:
    return " x ".join("any" if dim is None else str(dim) for dim in dims)


class AnswerCheck:
    """Checks the answers of one model; what it expects of them is worked out once."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._wanted = tuple(expected_outputs(manifest).items())

    def __call__(self, outputs: Outputs) -> None:
        """Raises ModelOutputError unless shapes and types are right and there is nothing but scores within 0..1."""
        for role, wanted in self._wanted:
            answer = outputs[role]
            if answer.dtype != _TYPES[wanted.type]:
                raise self._fault(f"{wanted.name} came as {answer.dtype}")
            if answer.shape != wanted.dims and not _dims_fit(wanted.dims, answer.shape):
                raise self._fault(f"{wanted.name} came as {answer.shape}, not as {_dims_text(wanted.dims)}")
        self._check_range(outputs["scores"])
        if self._manifest.task is Task.DETECTION:
            self._check_detections(outputs)

    def _check_range(self, scores: NDArray[np.generic]) -> None:
        # The bits of a float32 within 0..1, read as a whole number, are at most those of 1; those of everything else,
        # NaN and infinity too, are more: one pass over the map instead of two.
        if not scores.size or (scores.flags.c_contiguous and scores.view(np.uint32).max() <= _BITS_OF_ONE):
            return
        # Left are a zero with a sign, which is one, and what is none.
        low, high = scores.min(), scores.max()
        if not (low >= 0 and high <= 1):  # the negated form also catches NaN, which min and max hand on
            raise self._fault(f"its scores reach from {low} to {high} and must be numbers within 0 and 1")

    def _check_detections(self, outputs: Outputs) -> None:
        boxes, classes = outputs["boxes"], outputs["classes"]
        if not boxes.shape[1] == classes.shape[1] == outputs["scores"].shape[1]:
            raise self._fault("boxes, scores and classes differ in number")
        if not np.isfinite(boxes.astype(np.float32, copy=False)).all():
            raise self._fault("a box is not finite")
        if classes.size and not (classes.min() >= 0 and classes.max() < len(self._manifest.labels)):
            raise self._fault("a class is none of its labels")

    def _fault(self, what: str) -> ModelOutputError:
        return ModelOutputError(
            f"the model's answer is no evidence: {what}",
            where=f"model {self._manifest.name} {self._manifest.version}",
            remedy="the part must be inspected again; if this repeats, go back to the previous model",
        )
