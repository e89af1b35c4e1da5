"""The features of a Basler camera, through pylon's node map."""

import functools

from pypylon import genicam, pylon

from station_app.devices.camera import FeatureValue
from station_app.devices.features import Range
from station_app.devices.genicam.nodes import Feature, NodeKind, refusals

_KINDS = {
    genicam.intfIInteger: NodeKind.INTEGER,
    genicam.intfIFloat: NodeKind.FLOAT,
    genicam.intfIBoolean: NodeKind.BOOLEAN,
    genicam.intfIEnumeration: NodeKind.CHOICE,
    genicam.intfIString: NodeKind.TEXT,
    genicam.intfICommand: NodeKind.COMMAND,
}
_TYPES = {NodeKind.INTEGER: int, NodeKind.FLOAT: float, NodeKind.BOOLEAN: bool}


class BaslerNodes:
    """Safe from any thread: pylon locks its node map."""

    def __init__(self, node_map: genicam.INodeMap, where: str) -> None:
        self._map = node_map
        self._refusals = functools.partial(refusals, genicam.GenericException, where=where)

    def names(self) -> tuple[str, ...]:
        with self._refusals("its features cannot be listed"):
            nodes = [(parameter.Node, parameter) for parameter in self._map.GetNodes()]
            return tuple(
                node.Name
                for node, parameter in nodes
                if node.IsFeature() and node.PrincipalInterfaceType in _KINDS and genicam.IsAvailable(parameter)
            )

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


def _feature(name: str, kind: NodeKind, parameter: pylon.Parameter) -> Feature:
    is_writable = bool(genicam.IsWritable(parameter))
    if kind is NodeKind.COMMAND or not genicam.IsReadable(parameter):
        return Feature(name, kind, None, is_writable)
    value = _TYPES.get(kind, str)(parameter.GetValue())
    if kind is NodeKind.CHOICE:
        return Feature(name, kind, value, is_writable, entries=tuple(parameter.Symbolics))
    if kind is NodeKind.INTEGER:
        return Feature(name, kind, value, is_writable, _range(parameter, parameter.Inc), unit=parameter.Unit)
    if kind is NodeKind.FLOAT:
        return Feature(name, kind, value, is_writable, _range(parameter, 0.0), unit=parameter.Unit)
    return Feature(name, kind, value, is_writable)


def _range(parameter: pylon.Parameter, step: float) -> Range:
    return Range(float(parameter.Min), float(parameter.Max), float(step))
