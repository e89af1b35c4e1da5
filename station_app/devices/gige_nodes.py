"""The features of a GigE Vision camera, through viva-genicam."""

import contextlib
import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import viva_genicam

from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range
from station_app.devices.genicam.nodes import refusals
from station_app.devices.genicam.snapshot import lines_of

_KINDS = {
    "Integer": FeatureKind.INTEGER,
    "IntConverter": FeatureKind.INTEGER,
    "Float": FeatureKind.FLOAT,
    "Converter": FeatureKind.FLOAT,
    "Boolean": FeatureKind.BOOLEAN,
    "Enumeration": FeatureKind.CHOICE,
    "StringReg": FeatureKind.TEXT,
    "String": FeatureKind.TEXT,
    "Command": FeatureKind.COMMAND,
}
_UNMARKED = "# every writable feature\n"
_TYPES = {FeatureKind.INTEGER: int, FeatureKind.FLOAT: float, FeatureKind.BOOLEAN: bool}


class GigeNodes:
    """Safe from any thread: the library serialises its calls."""

    def __init__(self, camera: viva_genicam.Camera, where: str) -> None:
        self._camera = camera
        self._known = frozenset(camera.nodes())
        self._refusals = functools.partial(refusals, viva_genicam.GenicamError, where=where)

    def categories(self) -> dict[str, str]:
        """The library knows the name of each category, and not which lies in which."""
        with self._refusals("its features cannot be listed"):
            listed = [(name, category) for category, names in self._camera.categories().items() for name in names]
        return {name: category for name, category in listed if self.find(name) is not None}

    def find(self, name: str) -> Feature | None:
        if name not in self._known:
            return None
        with self._refusals(f"{name} cannot be read"):
            state = self._camera.feature_state(name)
        kind = _KINDS.get(state.kind)
        if kind is None or not state.is_implemented:
            return None
        limits = Range(state.range.min, state.range.max, state.range.inc or 0.0) if state.range else None
        value = None if state.value is None else _TYPES.get(kind, str)(state.value)
        is_writable = state.is_available and state.access in ("RW", "WO")
        return Feature(name, kind, value, is_writable, limits, tuple(state.enum_entries or ()), state.unit or "")

    def write(self, name: str, value: FeatureValue) -> None:
        with self._refusals(f"{name} = {value!r} is refused"):
            if isinstance(value, bool):
                self._camera.set_bool(name, value)
            elif isinstance(value, int):
                self._camera.set_integer(name, value)
            elif isinstance(value, float):
                self._camera.set_float(name, value)
            else:
                self._camera.set(name, value)
            # A camera may round, clip or ignore: what is read next must be its answer.
            self._camera.invalidate(name)

    def execute(self, name: str) -> None:
        with self._refusals(f"{name} fails"):
            self._camera.execute(name)

    def save(self) -> str:
        """A camera that marks no feature as part of its set-up has all of them saved that can be written."""
        self._camera.invalidate_all()
        with self._refusals("its set-up cannot be read"), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "features"
            self._camera.save_features(path)
            saved = path.read_text(encoding="utf-8")
        return saved if lines_of(saved) else _UNMARKED + "".join(self._lines())

    def load(self, saved: str) -> None:
        if saved.startswith(_UNMARKED):
            for name, value in lines_of(saved).items():
                self._restore(name, value)
            return
        with self._refusals("its set-up cannot be restored"), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "features"
            path.write_text(saved, encoding="utf-8")
            self._camera.load_features(path)

    def _lines(self) -> Iterator[str]:
        for name in self.categories():
            feature = self.find(name)
            if feature is not None and feature.is_writable and feature.value is not None:
                yield f"{name}\t{self._camera.get(name)}\n"

    def _restore(self, name: str, value: str) -> None:
        # What is refused now is named by the comparison that follows.
        with contextlib.suppress(viva_genicam.GenApiError):
            if self._camera.get(name) != value:
                self._camera.set(name, value)
                self._camera.invalidate(name)
