"""The agreement between manifest and model: names, types and dimensions, and what an answer may look like."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from station_app.core.errors import ModelOutputError, ModelPackageError
from station_app.inference.contract import AnswerCheck, Tensor, check_contract
from station_app.inference.manifest import Manifest, Task
from tests.inference.models import draft

IMAGE = Tensor("image", "tensor(uint8)", (1, 32, 32, 1))
MAP = Tensor("scores", "tensor(float)", (1, 1, 32, 32))
DETECTION = draft(task=Task.DETECTION, labels=("a", "b"))


def check(manifest: Manifest, inputs: list[Tensor], outputs: list[Tensor]) -> str:
    with pytest.raises(ModelPackageError) as caught:
        check_contract(manifest, inputs, outputs, "here")
    return caught.value.what


def test_a_model_that_keeps_to_its_manifest_is_accepted() -> None:
    check_contract(draft(), [IMAGE], [MAP], "here")
    symbolic = Tensor("image", "tensor(uint8)", ("batch", 32, 32, 1))
    check_contract(draft(), [symbolic], [Tensor("scores", "tensor(float)", ("batch", 1, None, None))], "here")


@pytest.mark.parametrize(
    ("tensor", "word"),
    [
        (Tensor("picture", "tensor(uint8)", (1, 32, 32, 1)), "the model has picture"),
        (Tensor("image", "tensor(float)", (1, 32, 32, 1)), "must be tensor(uint8)"),
        (Tensor("image", "tensor(uint8)", (1, 1, 32, 32)), "must be 1 x 32 x 32 x 1, it is 1 x 1 x 32 x 32"),
        (Tensor("image", "tensor(uint8)", (32, 32)), "it is 32 x 32"),
    ],
)
def test_an_input_that_differs_is_named(tensor: Tensor, word: str) -> None:
    assert word in check(draft(), [tensor], [MAP])


@pytest.mark.parametrize(
    ("tensor", "word"),
    [
        (Tensor("heat", "tensor(float)", (1, 1, 32, 32)), "scores is missing, the model has heat"),
        (Tensor("scores", "tensor(double)", (1, 1, 32, 32)), "it is tensor(double)"),
        (Tensor("scores", "tensor(float)", (1, 2, 32, 32)), "it is 1 x 2 x 32 x 32"),
    ],
)
def test_an_output_that_differs_is_named(tensor: Tensor, word: str) -> None:
    assert word in check(draft(), [IMAGE], [tensor])


def test_two_inputs_are_refused() -> None:
    assert "one input" in check(draft(), [IMAGE, IMAGE], [MAP])


def answer(
    value: float = 0.5, shape: tuple[int, ...] = (1, 1, 32, 32), dtype: type = np.float32
) -> NDArray[np.generic]:
    scores: NDArray[np.generic] = np.full(shape, 0.1, dtype)
    scores.flat[-1] = value
    return scores


def test_scores_within_range_are_accepted() -> None:
    for value in (0.0, 1.0):
        AnswerCheck(draft())({"scores": answer(value)})


@settings(max_examples=300)
@given(st.floats(width=32))
def test_a_number_is_a_score_exactly_where_it_lies_within_0_and_1(value: float) -> None:
    is_refused = False
    try:
        AnswerCheck(draft())({"scores": answer(value)})
    except ModelOutputError:
        is_refused = True
    assert is_refused == (not 0 <= value <= 1)


@pytest.mark.parametrize("value", [-0.0, 2**-149, -(2**-149), 1 - 2**-24, 1 + 2**-23, np.nan, -np.nan])
def test_numbers_at_the_edges_are_told_apart(value: float) -> None:
    if 0 <= value <= 1:
        AnswerCheck(draft())({"scores": answer(value)})
        return
    with pytest.raises(ModelOutputError, match="must be numbers within 0 and 1"):
        AnswerCheck(draft())({"scores": answer(value)})


@pytest.mark.parametrize(
    "scores",
    [
        answer(np.nan),
        answer(np.inf),
        answer(-np.inf),
        answer(-0.01),
        answer(1.01),
        answer(dtype=np.float64),
        answer(shape=(1, 1, 16, 16)),
        answer(shape=(1, 32, 32)),
    ],
)
def test_an_answer_that_is_no_evidence_is_refused(scores: NDArray[np.generic]) -> None:
    with pytest.raises(ModelOutputError):
        AnswerCheck(draft())({"scores": scores})


def detections(count: int = 3) -> dict[str, NDArray[np.generic]]:
    return {
        "boxes": np.zeros((1, count, 4), np.float32),
        "scores": np.zeros((1, count), np.float32),
        "classes": np.zeros((1, count), np.int64),
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def test_any_number_of_detections_is_accepted(count: int) -> None:
    AnswerCheck(DETECTION)(detections(count))


@pytest.mark.parametrize(
    ("role", "value"),
    [
        ("classes", np.full((1, 3), 2, np.int64)),
        ("classes", np.full((1, 3), -1, np.int64)),
        ("classes", np.zeros((1, 2), np.int64)),
        ("classes", np.zeros((1, 3), np.float32)),
        ("boxes", np.full((1, 3, 4), np.nan, np.float32)),
        ("boxes", np.zeros((1, 3, 5), np.float32)),
        ("scores", np.full((1, 3), np.nan, np.float32)),
    ],
)
def test_detections_that_are_no_evidence_are_refused(role: str, value: NDArray[np.generic]) -> None:
    with pytest.raises(ModelOutputError):
        AnswerCheck(DETECTION)({**detections(), role: value})
