"""The features of a camera behind a GenTL producer, through the reference node map of the GenICam group."""

import functools
from collections.abc import Iterator

from genicam import genapi, gentl

from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range
from station_app.devices.genicam.nodes import refusals
from station_app.devices.genicam.snapshot import lines_of

ERRORS = (genapi.GenericException, gentl.GenericException)
_TYPES = genapi.EInterfaceType
_KINDS = {
    _TYPES.intfIInteger: FeatureKind.INTEGER,
    _TYPES.intfIFloat: FeatureKind.FLOAT,
    _TYPES.intfIBoolean: FeatureKind.BOOLEAN,
    _TYPES.intfIEnumeration: FeatureKind.CHOICE,
    _TYPES.intfIString: FeatureKind.TEXT,
    _TYPES.intfICommand: FeatureKind.COMMAND,
}
_READS = {FeatureKind.INTEGER: int, FeatureKind.FLOAT: float, FeatureKind.BOOLEAN: bool}
_WRITABLE = (genapi.EAccessMode.RW, genapi.EAccessMode.WO)
_READABLE = (genapi.EAccessMode.RW, genapi.EAccessMode.RO)


class GenapiNodes:
    """Used by one thread at a time."""

    def __init__(self, node_map: genapi.NodeMap, where: str) -> None:
        self._map = node_map
        self._refusals = functools.partial(refusals, ERRORS, where=where)

    def categories(self) -> dict[str, str]:
        with self._refusals("its features cannot be listed"):
            return {node.node.name: path for path, node in _below(self._map.get_node("Root"))}

    def find(self, name: str) -> Feature | None:
        try:
            node = self._map.get_node(name)
        except genapi.LogicalErrorException:
            return None
        with self._refusals(f"{name} cannot be read"):
            kind = _KINDS.get(node.node.principal_interface_type)
            if kind is None or node.get_access_mode() == genapi.EAccessMode.NI:
                return None
            return _feature(name, kind, node)

    def write(self, name: str, value: FeatureValue) -> None:
        with self._refusals(f"{name} = {value!r} is refused"):
            self._map.get_node(name).value = value

    def execute(self, name: str) -> None:
        with self._refusals(f"{name} fails"):
            self._map.get_node(name).execute()

    def save(self) -> str:
        with self._refusals("its set-up cannot be read"):
            kept = [node for _, node in _below(self._map.get_node("Root")) if _is_kept(node)]
            return "\n".join(line for node in kept for line in _lines(node)) + "\n"

    def load(self, saved: str) -> None:
        """Twice: one feature may allow a value of another only once it has its own."""
        with self._refusals("its set-up cannot be restored"):
            for _ in range(2):
                for name, value in lines_of(saved).items():
                    self._restore(name, value)

    def _restore(self, line: str, value: str) -> None:
        name, _, selected = line.partition("\t")
        try:
            if selected:
                selector, _, entry = selected.strip("{}").partition("=")
                self._map.get_node(selector).from_string(entry)
            node = self._map.get_node(name)
            if node.get_access_mode() in _WRITABLE and node.to_string() != value:
                node.from_string(value)
        except (genapi.OutOfRangeException, genapi.AccessException, genapi.InvalidArgumentException):
            return  # the comparison that follows names it


def _below(category: genapi.ICategory, path: tuple[str, ...] = ()) -> Iterator[tuple[str, genapi.IValue]]:
    """Every feature with a value or a command, in the order of the camera's own tree, with its category's path."""
    for node in category.features:
        kind = node.node.principal_interface_type
        if kind == _TYPES.intfICategory:
            yield from _below(node, (*path, node.node.display_name))
        elif kind in _KINDS and node.get_access_mode() in (*_READABLE, *_WRITABLE):
            yield "/".join(path), node


def _is_kept(node: genapi.IValue) -> bool:
    return bool(node.node.is_streamable()) and node.get_access_mode() == genapi.EAccessMode.RW


def _lines(node: genapi.IValue) -> Iterator[str]:
    """One line, or one for each entry of the selector. The selector is left as it was."""
    name = node.node.name
    selectors = [selector for selector in node.node.selecting_features if hasattr(selector, "symbolics")]
    if len(selectors) != 1 or selectors[0].get_access_mode() != genapi.EAccessMode.RW:
        yield f"{name}\t{node.to_string()}"
        return
    selector = selectors[0]
    before = selector.to_string()
    for entry in selector.symbolics:
        selector.from_string(entry)
        if node.get_access_mode() == genapi.EAccessMode.RW:
            yield f"{name}\t{{{selector.node.name}={entry}}}\t{node.to_string()}"
    selector.from_string(before)


def _feature(name: str, kind: FeatureKind, node: genapi.IValue) -> Feature:
    is_writable = node.get_access_mode() in _WRITABLE
    if kind is FeatureKind.COMMAND or node.get_access_mode() not in _READABLE:
        return Feature(name, kind, None, is_writable)
    value = _READS.get(kind, str)(node.value)
    if kind is FeatureKind.CHOICE:
        return Feature(name, kind, value, is_writable, entries=tuple(str(entry) for entry in node.symbolics))
    if kind is FeatureKind.INTEGER or kind is FeatureKind.FLOAT:
        step = float(node.inc) if kind is FeatureKind.INTEGER else 0.0
        return Feature(name, kind, value, is_writable, Range(float(node.min), float(node.max), step), unit=node.unit)
    return Feature(name, kind, value, is_writable)
