"""The features of a GenICam camera, and the seam between them and whatever software reads and writes them."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Protocol

from station_app.core.errors import CameraError
from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature


class Nodes(Protocol):
    """The features of one opened camera. Every method raises `CameraError` where the camera refuses or is gone."""

    def categories(self) -> Mapping[str, str]:
        """The features with a value and the commands, in the camera's own order, each with the path of its category,
        "/" between the levels."""
        ...

    def find(self, name: str) -> Feature | None:
        """The feature as it is now; None where this camera does not have it."""
        ...

    def write(self, name: str, value: FeatureValue) -> None:
        """Write a value of the feature's own type."""
        ...

    def execute(self, name: str) -> None:
        """Carry out a command."""
        ...

    def save(self) -> str:
        """Everything that makes up the camera's set-up, as lines of a GenApi persistence file."""
        ...

    def load(self, saved: str) -> None:
        """Write back what `save` returned; what does not hold shows in the next `save`."""
        ...


@contextlib.contextmanager
def refusals(kinds: type[Exception] | tuple[type[Exception], ...], what: str, where: str) -> Iterator[None]:
    """Turns an SDK's errors into `CameraError`, with the first line of what the SDK says."""
    try:
        yield
    except kinds as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0].partition(" : ")[0]
        raise CameraError(f"{what}: {said}", where=where, remedy="check the camera and its settings") from error


def value_for(feature: Feature, value: FeatureValue, where: str) -> FeatureValue:
    """`value` in the feature's own type. CameraError where the feature cannot take it now."""
    if not feature.is_writable:
        remedy = "stop the camera first, or take the setting out of the recipe"
        raise CameraError(f"{feature.name} cannot be written now", where=where, remedy=remedy)
    if feature.kind is FeatureKind.INTEGER or feature.kind is FeatureKind.FLOAT:
        return _number(feature, value, where)
    if feature.kind is FeatureKind.BOOLEAN and isinstance(value, bool):
        return value
    if feature.kind is FeatureKind.TEXT and isinstance(value, str):
        return value
    if feature.kind is FeatureKind.CHOICE and value in feature.entries:
        return value
    raise _refused(feature.name, value, where, _offer(feature))


def _number(feature: Feature, value: FeatureValue, where: str) -> FeatureValue:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or (feature.limits and not feature.limits.low <= float(value) <= feature.limits.high):
        raise _refused(feature.name, value, where, _offer(feature))
    if feature.kind is FeatureKind.FLOAT:
        return float(value)
    step = feature.limits.step if feature.limits else 0
    if float(value) != int(value) or (step and (int(value) - int(feature.limits.low if feature.limits else 0)) % step):
        raise _refused(feature.name, value, where, _offer(feature))
    return int(value)


def _offer(feature: Feature) -> str:
    if feature.kind is FeatureKind.CHOICE:
        return f"set one of: {', '.join(feature.entries)}"
    if feature.kind is FeatureKind.BOOLEAN:
        return "set true or false"
    if feature.limits is None:
        return f"set a value of the kind {feature.kind}"
    step = f" in steps of {feature.limits.step:g}" if feature.limits.step else ""
    return f"set a number from {feature.limits.low:g} to {feature.limits.high:g}{step}"


def _refused(name: str, value: FeatureValue, where: str, remedy: str) -> CameraError:
    return CameraError(f"{name} = {value!r} is refused", where=where, remedy=remedy)
