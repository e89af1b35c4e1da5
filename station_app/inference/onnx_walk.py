"""A walk over the bytes of an ONNX file that finds what reaches outside of it, before ONNX Runtime sees the file.

Own protobuf reading, so that the station needs no `onnx` at run time. External data may hide in initializers,
attributes, subgraphs, functions and sparse tensors; operators of unknown domains would need code that is never loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from station_app.core.errors import ModelPackageError

_MAX_DEPTH = 64
_MAX_FIELDS = 4_000_000
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5

# The messages of onnx.proto that can contain a tensor or a node: field number -> kind of the message in it.
_CHILDREN: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
}
_TENSOR_EXTERNAL_DATA, _TENSOR_DATA_LOCATION = 13, 14
_NODE_OP_TYPE, _NODE_DOMAIN, _FUNCTION_DOMAIN = 4, 7, 10
# com.microsoft is compiled into ONNX Runtime (quantised operators); these of its operators open files or run code.
_BUILT_IN_DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml", "com.microsoft"})
_REACHING_OPERATORS = frozenset({"EPContext", "PythonOp", "PythonOpGrad", "ATen", "ExternalGradient"})


@dataclass(slots=True)
class _Seen:
    """What the walk has come across so far."""

    fields: int = 0
    domains: set[str] = field(default_factory=set)
    own_domains: set[str] = field(default_factory=set)
    operators: set[str] = field(default_factory=set)
    has_external_data: bool = False
    has_graph: bool = False


def check_self_contained(model: bytes, where: str) -> None:
    """Raises ModelPackageError unless the model is one whole file of operators that ONNX Runtime has built in."""
    seen = _Seen()
    try:
        _walk(memoryview(model), seen)
    except _MalformedError as error:
        raise _refusal(f"is no ONNX file, {error}", where) from error
    if not seen.has_graph:
        raise _refusal("is no ONNX file, it holds no graph", where)
    if seen.has_external_data:
        raise _refusal("refers to data outside of its file", where)
    foreign = sorted(seen.domains - _BUILT_IN_DOMAINS - seen.own_domains)
    if foreign:
        raise _refusal(f"needs operators of its own ({', '.join(map(repr, foreign))})", where)
    reaching = sorted(seen.operators & _REACHING_OPERATORS)
    if reaching:
        raise _refusal(f"uses {', '.join(reaching)}, which reaches outside of its file", where)


class _MalformedError(Exception):
    """The bytes are no protobuf message of the expected form."""


def _walk(model: memoryview, seen: _Seen) -> None:
    waiting: list[tuple[str, memoryview, int]] = [("model", model, 0)]
    while waiting:
        kind, body, depth = waiting.pop()
        if depth > _MAX_DEPTH:
            raise _MalformedError("it is nested too deeply")
        children = _CHILDREN[kind]
        for number, wire, value in _fields(body, seen):
            if number in children and isinstance(value, memoryview):
                waiting.append((children[number], value, depth + 1))
            else:
                _note(kind, number, wire, value, seen)
        seen.has_graph = seen.has_graph or kind == "graph"


def _note(kind: str, number: int, wire: int, value: memoryview | int, seen: _Seen) -> None:
    if kind == "tensor":
        is_external = number == _TENSOR_EXTERNAL_DATA or (number == _TENSOR_DATA_LOCATION and value != 0)
        seen.has_external_data = seen.has_external_data or is_external
    elif wire != _BYTES:
        return
    elif kind == "node" and number == _NODE_DOMAIN:
        seen.domains.add(_text(value))
    elif kind == "node" and number == _NODE_OP_TYPE:
        seen.operators.add(_text(value))
    elif kind == "function" and number == _FUNCTION_DOMAIN:
        seen.own_domains.add(_text(value))


def _text(value: memoryview | int) -> str:
    return bytes(value).decode("utf-8", "backslashreplace") if isinstance(value, memoryview) else ""


def _fields(body: memoryview, seen: _Seen) -> Iterator[tuple[int, int, memoryview | int]]:
    position, end = 0, len(body)
    while position < end:
        seen.fields += 1
        if seen.fields > _MAX_FIELDS:
            raise _MalformedError("it has too many fields")
        key, position = _varint(body, position)
        if key >> 32:
            raise _MalformedError("it has a field number out of range")
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, position = _varint(body, position)
            yield number, wire, value
            continue
        length, position = _length(body, position, wire)
        if position + length > end:
            raise _MalformedError("it ends in the middle of a field")
        yield number, wire, body[position : position + length]
        position += length


def _length(body: memoryview, position: int, wire: int) -> tuple[int, int]:
    if wire == _BYTES:
        return _varint(body, position)
    if wire in (_FIXED64, _FIXED32):
        return (8 if wire == _FIXED64 else 4), position
    raise _MalformedError(f"it has a field of kind {wire}")


def _varint(body: memoryview, position: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if position >= len(body):
            raise _MalformedError("it ends in the middle of a number")
        byte = body[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
    raise _MalformedError("it has a number without an end")


def _refusal(what: str, where: str) -> ModelPackageError:
    return ModelPackageError(f"the model {what}", where=where, remedy="export the model as one plain ONNX file")
