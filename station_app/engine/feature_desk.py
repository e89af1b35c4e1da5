"""Reads and writes the features of one camera, on that camera's own thread."""

import contextlib
from dataclasses import dataclass

from station_app.core.errors import CameraError
from station_app.core.setup_messages import FeatureKind, FeatureShown
from station_app.devices.camera import Camera, FeatureValue
from station_app.devices.feature_text import shown, text_of, value_of
from station_app.devices.features import Feature, Tunable, as_tunable

FEATURES_S = 30.0
"""How long a camera may take to tell its whole tree: some hundred features, each of which crosses the network."""

SETTINGS_S = 10.0


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a feature; both "" for a command."""

    before: str
    after: str


def read_features(camera: Camera) -> tuple[FeatureShown, ...]:
    """Every feature as it is now; empty where the driver shows none."""
    tunable = as_tunable(camera)
    return () if tunable is None else tuple(shown(feature) for feature in tunable.features())


def read_settings(camera: Camera) -> dict[str, float]:
    """The common settings that are numbers, as the camera reads them now, by their common name."""
    tunable = as_tunable(camera)
    return {} if tunable is None else settings_in(tuple(shown(feature) for feature in tunable.common_features()))


def settings_in(features: tuple[FeatureShown, ...]) -> dict[str, float]:
    """Those among features that were read already."""
    numbers = (f for f in features if f.kind in (FeatureKind.INTEGER, FeatureKind.FLOAT))
    return {f.common: float(f.value) for f in numbers if f.common and f.value}


def write_feature(camera: Camera, name: str, text: str, where: str) -> Written:
    """Set the feature and read it back, or carry out the command. CameraError where the camera has no such feature or
    does not hold the value: then it holds the one before, as far as the camera lets it."""
    tunable = as_tunable(camera)
    feature = None if tunable is None else _find(tunable, name)
    if tunable is None or feature is None:
        raise CameraError(f"the camera has no feature {name!r}", where=where, remedy="choose one that it shows")
    if feature.kind is FeatureKind.COMMAND:
        tunable.execute(name)
        return Written("", "")
    if not feature.is_writable:
        raise CameraError(f"{name} cannot be written now", where=where, remedy="choose another feature")
    answer = _applied(camera, feature, value_of(feature, text, where))
    return Written(text_of(feature.value), text_of(answer))


def _find(tunable: Tunable, name: str) -> Feature | None:
    return next((feature for feature in tunable.features() if feature.name == name), None)


def _applied(camera: Camera, feature: Feature, value: FeatureValue) -> FeatureValue:
    try:
        return camera.apply({feature.name: value})[feature.name]
    except CameraError:
        if feature.value is not None:
            with contextlib.suppress(CameraError):  # what was refused is told; the tree that follows tells what holds
                camera.apply({feature.name: feature.value})
        raise
