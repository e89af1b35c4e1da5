"""Messages as JSON bytes and back. JSON and not pickle: a client of the engine must not be able to run code in it."""

import dataclasses
import json
import types
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from station_app.core import messages
from station_app.core.errors import LinkError

_KINDS: dict[str, type] = {kind.__name__: kind for kind in (*get_args(messages.Command), *get_args(messages.Event))}


def encode(message: messages.Command | messages.Event) -> bytes:
    """The message as one JSON object with its class name under `kind`."""
    fields = {f.name: getattr(message, f.name) for f in dataclasses.fields(message)}
    return json.dumps({"kind": type(message).__name__, **fields}, default=_plain, allow_nan=False).encode()


def decode(body: bytes) -> Any:
    """The message in `body`. Raises LinkError where it is none that this program knows."""
    try:
        table = json.loads(body)
        kind = _KINDS[table.pop("kind")]
        return _build(kind, table)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LinkError(
            f"a message that this program does not understand: {error!r}",
            where="engine connection",
            remedy="start the engine and the screen from the same version",
        ) from error


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be sent")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, value: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _build_optional(arguments, value)
    if origin is tuple:
        return _build_tuple(arguments, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return kind(*(_build(_hints(kind)[name], entry) for name, entry in zip(_names(kind), value, strict=True)))
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _build(hints[name], entry) for name, entry in value.items()})  # type: ignore[operator]
    return _build_scalar(kind, value)


def _build_optional(arguments: tuple[Any, ...], value: Any) -> Any:
    if value is None and types.NoneType in arguments:
        return None
    return _build(next(a for a in arguments if a is not types.NoneType), value)


def _build_tuple(arguments: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_build(arguments[0], entry) for entry in value)
    return tuple(_build(kind, entry) for kind, entry in zip(arguments, value, strict=True))


def _build_scalar(kind: Any, value: Any) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {value!r}")
    return value


def _names(kind: type) -> tuple[str, ...]:
    return kind._fields  # type: ignore[attr-defined, no-any-return]
