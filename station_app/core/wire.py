"""Messages as JSON bytes and back. JSON and not pickle: a client of the engine must not be able to run code in it."""

import dataclasses
import json
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Union, cast, get_args, get_origin, get_type_hints

from station_app.core import messages
from station_app.core.errors import LinkError

Message = messages.Command | messages.Event

_KINDS: dict[str, type] = {kind.__name__: kind for kind in (*get_args(messages.Command), *get_args(messages.Event))}


def encode(message: Message) -> bytes:
    """The message as one JSON object with its class name under `kind`. ValueError where it holds NaN or infinity."""
    fields = {f.name: getattr(message, f.name) for f in dataclasses.fields(message)}
    return json.dumps({"kind": type(message).__name__, **fields}, default=_plain, allow_nan=False).encode()


def decode(body: bytes) -> Message:
    """The message in `body`. Raises LinkError where it is none that this program knows."""
    try:
        table = json.loads(body, parse_constant=_refuse)
        kind = _KINDS[table.pop("kind")]
        return cast(Message, _build(kind, table))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        # Bytes that are no text would be told whole, and a secret may be among them.
        told = error.reason if isinstance(error, UnicodeDecodeError) else repr(error)
        raise LinkError(
            f"a message that this program does not understand: {told}",
            where="engine connection",
            remedy="start the engine and the screen from the same version",
        ) from error


def _plain(value: object) -> dict[str, object]:
    if dataclasses.is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


@cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind)


def _build(kind: object, value: object) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _build_optional(arguments, value)
    if origin is tuple:
        return _build_tuple(arguments, _listed(value))
    if not isinstance(kind, type):
        raise TypeError(f"{kind!r} cannot be received")
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, tuple):
        hints = tuple(_hints(kind).values())
        return _call(kind, *(_build(hint, entry) for hint, entry in zip(hints, _listed(value), strict=True)))
    if dataclasses.is_dataclass(kind):
        return _build_record(kind, value)
    return _build_scalar(kind, value)


def _build_record(kind: type, value: object) -> object:
    if not isinstance(value, Mapping):
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    hints = _hints(kind)
    return _call(kind, **{name: _build(hints[name], entry) for name, entry in value.items()})


def _build_optional(arguments: tuple[object, ...], value: object) -> object:
    if value is None and types.NoneType in arguments:
        return None
    return _build(next(a for a in arguments if a is not types.NoneType), value)


def _build_tuple(arguments: tuple[object, ...], entries: list[object]) -> tuple[object, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_build(arguments[0], entry) for entry in entries)
    return tuple(_build(kind, entry) for kind, entry in zip(arguments, entries, strict=True))


def _build_scalar(kind: type, value: object) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _listed(value: object) -> list[object]:
    # A text is a sequence of texts as well, and would pass for a list of names.
    if not isinstance(value, list):
        raise TypeError(f"expected a list, got {type(value).__name__}")
    return value


def _call(kind: type, /, *values: object, **fields: object) -> object:
    return cast(Callable[..., object], kind)(*values, **fields)
