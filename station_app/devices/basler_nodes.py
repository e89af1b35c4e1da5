"""The features of a Basler camera, through pylon's node map."""

import functools
from collections.abc import Iterator

from pypylon import genicam, pylon

from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range
from station_app.devices.genicam.nodes import refusals

_KINDS = {
    genicam.intfIInteger: FeatureKind.INTEGER,
    genicam.intfIFloat: FeatureKind.FLOAT,
    genicam.intfIBoolean: FeatureKind.BOOLEAN,
    genicam.intfIEnumeration: FeatureKind.CHOICE,
    genicam.intfIString: FeatureKind.TEXT,
    genicam.intfICommand: FeatureKind.COMMAND,
}
_TYPES = {FeatureKind.INTEGER: int, FeatureKind.FLOAT: float, FeatureKind.BOOLEAN: bool}


class BaslerNodes:
    """Safe from any thread: pylon locks its node map."""

    def __init__(self, node_map: genicam.INodeMap, where: str) -> None:
        self._map = node_map
        self._refusals = functools.partial(refusals, genicam.GenericException, where=where)

    def categories(self) -> dict[str, str]:
        with self._refusals("its features cannot be listed"):
            return dict(_below(self._map.GetNode("Root"), ()))

    def find(self, name: str) -> Feature | None:
        with self._refusals(f"{name} cannot be read"):
            parameter = self._map.GetNode(name)
            if parameter is None or not parameter.IsValid() or not genicam.IsImplemented(parameter):
                return None
            kind = _KINDS.get(parameter.Node.PrincipalInterfaceType)
            return None if kind is None else _feature(name, kind, parameter)

    def write(self, name: str, value: FeatureValue) -> None:
        with self._refusals(f"{name} = {value!r} is refused"):
            self._map.GetNode(name).SetValue(value)

    def execute(self, name: str) -> None:
        with self._refusals(f"{name} fails"):
            self._map.GetNode(name).Execute()

    def save(self) -> str:
        with self._refusals("its set-up cannot be read"):
            return str(pylon.FeaturePersistence.SaveToString(self._map))

    def load(self, saved: str) -> None:
        with self._refusals("its set-up cannot be restored"):
            pylon.FeaturePersistence.LoadFromString(saved, self._map, False)


def _below(category: pylon.CategoryParameter, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every available feature of the camera's own tree with the path of its category."""
    for parameter in category.GetFeatures():
        node = parameter.Node
        if node.PrincipalInterfaceType == genicam.intfICategory:
            yield from _below(parameter, (*path, node.DisplayName))
        elif node.PrincipalInterfaceType in _KINDS and genicam.IsAvailable(parameter):
            yield node.Name, "/".join(path)


def _feature(name: str, kind: FeatureKind, parameter: pylon.Parameter) -> Feature:
    is_writable = bool(genicam.IsWritable(parameter))
    if kind is FeatureKind.COMMAND or not genicam.IsReadable(parameter):
        return Feature(name, kind, None, is_writable)
    value = _TYPES.get(kind, str)(parameter.GetValue())
    if kind is FeatureKind.CHOICE:
        return Feature(name, kind, value, is_writable, entries=tuple(parameter.Symbolics))
    if kind is FeatureKind.INTEGER:
        return Feature(name, kind, value, is_writable, _range(parameter, parameter.Inc), unit=parameter.Unit)
    if kind is FeatureKind.FLOAT:
        return Feature(name, kind, value, is_writable, _range(parameter, 0.0), unit=parameter.Unit)
    return Feature(name, kind, value, is_writable)


def _range(parameter: pylon.Parameter, step: float) -> Range:
    return Range(float(parameter.Min), float(parameter.Max), float(step))
