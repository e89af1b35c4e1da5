"""Sessions: wrong models are refused at loading, bad answers and late ones at running."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from onnx import TensorProto, helper

from station_app.core.errors import ModelOutputError, ModelPackageError
from station_app.inference.deadline import LateError
from station_app.inference.session import ModelSession, SessionSettings
from tests.inference.models import constant, draft, endless, float_output, model, pointwise, ramp, serialized

CPU = SessionSettings("CPU")
IMAGE = ramp().reshape(1, 32, 32, 1)


@pytest.fixture
def session() -> Iterator[ModelSession]:
    with ModelSession(pointwise(32, 32), draft(), CPU) as session:
        yield session


def nan_model() -> bytes:
    """0 / 0 wherever the image is black."""
    nodes = [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["grey", "grey"], ["ratio"]),
        helper.make_node("Transpose", ["ratio"], ["scores"], perm=[0, 3, 1, 2]),
    ]
    return serialized(model(nodes, [float_output([1, 1, 32, 32])], [1, 32, 32, 1]))


def wrong_at_run_time() -> bytes:
    """Declares symbolic dimensions and answers with half of the map."""
    nodes = [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["grey"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("MaxPool", ["planes"], ["pooled"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Div", ["pooled", "white"], ["scores"]),
    ]
    return serialized(model(nodes, [float_output([1, 1, "h", "w"])], [1, "h", "w", 1], [constant("white", 255.0)]))


def test_an_answer_is_the_maps_by_role(session: ModelSession) -> None:
    assert session.provider == "CPU"
    np.testing.assert_allclose(session.run(IMAGE)["scores"][0, 0], ramp() / 255, atol=1e-6)


@pytest.mark.parametrize("body", [b"", b"\x00" * 50, pointwise(32, 32)[:60]])
def test_what_the_runtime_cannot_load_is_refused(body: bytes) -> None:
    with pytest.raises(ModelPackageError, match=r"the model cannot be loaded, [A-Z]"):
        ModelSession(body, draft(), CPU)


def test_an_unknown_opset_is_refused() -> None:
    proto = model([], [float_output([1])], [1])
    proto.opset_import[0].version = 9999
    with pytest.raises(ModelPackageError, match="cannot be loaded"):
        ModelSession(serialized(proto), draft(), CPU)


def test_another_shape_than_the_manifest_says_is_refused() -> None:
    with pytest.raises(ModelPackageError, match="does not keep to its manifest"):
        ModelSession(pointwise(16, 16), draft(), CPU)


def test_a_missing_provider_is_refused() -> None:
    with pytest.raises(ModelPackageError, match="here are"):
        ModelSession(pointwise(32, 32), draft(), SessionSettings("Abacus"))


def test_nan_is_no_evidence() -> None:
    with ModelSession(nan_model(), draft(), CPU) as session:
        session.run(np.ones((1, 32, 32, 1), np.uint8))
        with pytest.raises(ModelOutputError, match="no evidence"):
            session.run(np.zeros((1, 32, 32, 1), np.uint8))


def test_another_shape_at_run_time_is_no_evidence() -> None:
    with ModelSession(wrong_at_run_time(), draft(), CPU) as session, pytest.raises(ModelOutputError, match="came as"):
        session.run(IMAGE)


def test_a_failure_of_the_runtime_is_no_evidence(session: ModelSession) -> None:
    with pytest.raises(ModelOutputError, match="failed to answer"):
        session.run(np.zeros((1, 8, 8, 1), np.uint8))


def test_a_run_that_does_not_end_is_ended_at_the_deadline_and_the_next_part_is_well() -> None:
    with ModelSession(endless(), draft(), CPU) as session:
        session.start_part(time.monotonic_ns() + 20_000_000)
        with pytest.raises(LateError):
            session.run(IMAGE)
        session.end_part()
        session.start_part(time.monotonic_ns() + 20_000_000)
        with pytest.raises(LateError):
            session.run(IMAGE)


def test_a_deadline_that_has_passed_runs_nothing(session: ModelSession) -> None:
    session.start_part(time.monotonic_ns() - 1)
    with pytest.raises(LateError):
        session.run(IMAGE)


def test_a_missed_deadline_does_not_outlive_its_part(session: ModelSession) -> None:
    for deadline_ns in (time.monotonic_ns() - 1, None, time.monotonic_ns() + 10**12):
        session.start_part(deadline_ns)
        session.end_part()
    session.run(IMAGE)


def test_one_watchdog_thread_serves_all_parts_and_ends_with_the_session() -> None:
    before = threading.active_count()
    with ModelSession(pointwise(32, 32), draft(), CPU) as session:
        for _ in range(50):
            session.start_part(time.monotonic_ns() + 10**12)
            session.run(IMAGE)
            session.end_part()
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
