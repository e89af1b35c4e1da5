"""Models that reach outside of their file are found wherever the reference hides."""

from typing import Any

import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from station_app.core.errors import ModelPackageError
from station_app.inference.onnx_walk import check_self_contained
from tests.inference.models import OPSET, constant, float_output, model, pointwise, serialized

PLAIN = pointwise(4, 4)


def external(by_location: bool = True) -> onnx.TensorProto:
    tensor = TensorProto(name="weights", data_type=TensorProto.FLOAT, dims=[1])
    if by_location:
        tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../etc/passwd")
    return tensor


def base(*nodes: onnx.NodeProto) -> onnx.ModelProto:
    return model([helper.make_node("Identity", ["image"], ["scores"]), *nodes], [float_output([1])], [1])


def constant_node(**attributes: Any) -> onnx.NodeProto:
    return helper.make_node("Constant", [], ["weights"], **attributes)


def sparse(values: onnx.TensorProto, indices: onnx.TensorProto) -> onnx.SparseTensorProto:
    return onnx.SparseTensorProto(values=values, indices=indices, dims=[4])


def in_initializer() -> onnx.ModelProto:
    proto = base()
    proto.graph.initializer.append(external())
    return proto


def in_initializer_without_location() -> onnx.ModelProto:
    proto = base()
    proto.graph.initializer.append(external(by_location=False))
    return proto


def in_attribute() -> onnx.ModelProto:
    return base(constant_node(value=external()))


def in_attribute_list() -> onnx.ModelProto:
    node = helper.make_node("Identity", ["image"], ["x"])
    node.attribute.add(name="many", type=onnx.AttributeProto.TENSORS).tensors.append(external())
    return base(node)


def in_subgraph() -> onnx.ModelProto:
    graph = helper.make_graph([], "branch", [], [], [external()])
    return base(helper.make_node("If", ["image"], ["x"], then_branch=graph, else_branch=graph))


def in_nested_subgraph() -> onnx.ModelProto:
    inner = helper.make_graph([constant_node(value=external())], "inner", [], [])
    outer = helper.make_graph([helper.make_node("If", ["c"], ["x"], then_branch=inner)], "outer", [], [])
    node = helper.make_node("Identity", ["image"], ["x"])
    node.attribute.add(name="many", type=onnx.AttributeProto.GRAPHS).graphs.append(outer)
    return base(node)


def in_sparse_initializer() -> onnx.ModelProto:
    proto = base()
    proto.graph.sparse_initializer.append(sparse(external(), constant("i", [0], int)))
    return proto


def in_sparse_indices() -> onnx.ModelProto:
    return base(constant_node(sparse_value=sparse(constant("v", [1.0]), external())))


def in_function() -> onnx.ModelProto:
    proto = base()
    node = constant_node(value=external())
    proto.functions.append(helper.make_function("own", "F", [], ["weights"], [node], OPSET))
    return proto


def in_function_default() -> onnx.ModelProto:
    proto = base()
    function = helper.make_function("own", "F", [], [], [], OPSET)
    function.attribute_proto.append(helper.make_attribute("weights", external()))
    proto.functions.append(function)
    return proto


def in_training() -> onnx.ModelProto:
    proto = base()
    proto.training_info.add().algorithm.initializer.append(external())
    return proto


PLACES = [
    in_initializer,
    in_initializer_without_location,
    in_attribute,
    in_attribute_list,
    in_subgraph,
    in_nested_subgraph,
    in_sparse_initializer,
    in_sparse_indices,
    in_function,
    in_function_default,
    in_training,
]


def refusal(body: bytes) -> str:
    with pytest.raises(ModelPackageError) as caught:
        check_self_contained(body, "model.onnx")
    return caught.value.what


def test_a_plain_model_is_accepted() -> None:
    check_self_contained(PLAIN, "model.onnx")
    check_self_contained(serialized(base(constant_node(value=constant("w", [1.0])))), "model.onnx")


@pytest.mark.parametrize("build", PLACES)
def test_external_data_is_found_in_every_place(build: object) -> None:
    assert callable(build)
    assert "outside of its file" in refusal(serialized(build()))


def test_foreign_operators_are_refused_by_domain() -> None:
    node = helper.make_node("Steal", ["image"], ["x"], domain="evil.corp")
    branch = helper.make_graph([node], "branch", [], [])
    assert "evil.corp" in refusal(serialized(base(node)))
    assert "evil.corp" in refusal(serialized(base(helper.make_node("If", ["c"], ["x"], then_branch=branch))))


def test_functions_of_the_model_itself_are_accepted() -> None:
    proto = base(helper.make_node("F", ["image"], ["x"], domain="own"))
    identity = helper.make_node("Identity", ["a"], ["b"])
    proto.functions.append(helper.make_function("own", "F", ["a"], ["b"], [identity], OPSET))
    check_self_contained(serialized(proto), "model.onnx")


def test_built_in_operators_that_open_files_are_refused() -> None:
    node = helper.make_node("EPContext", ["image"], ["x"], domain="com.microsoft")
    assert "EPContext" in refusal(serialized(base(node)))


@pytest.mark.parametrize("body", [b"", b"\x08", b"\xff" * 20, b"not a model", b"\x3a\xff\x01", b"\x0b\x0c"])
def test_what_is_no_model_is_refused(body: bytes) -> None:
    assert "no ONNX file" in refusal(body)


def test_endless_nesting_is_refused() -> None:
    body = b""
    for _ in range(200):
        for key in (b"\x32", b"\x2a", b"\x0a"):  # graph in attribute in node in graph
            body = key + varint(len(body)) + body
    assert "nested too deeply" in refusal(b"\x3a" + varint(len(body)) + body)


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


@given(st.binary(max_size=200))
def test_any_bytes_are_accepted_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        check_self_contained(body, "model.onnx")
    except ModelPackageError as error:
        assert error.what
