"""The features of a camera by which it is set up, and checks of them that every driver shares. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from station_app.core.errors import CameraError
from station_app.core.setup_messages import CommonSetting, FeatureKind
from station_app.devices.camera import FeatureValue

_TOLERANCE = 0.02
"""Cameras round an exposure or gain to their own steps; a wider difference is another setting."""


@dataclass(frozen=True, slots=True)
class Range:
    """Limits of a numeric feature and the step that the camera rounds to."""

    low: float
    high: float
    step: float

    def rounded(self, value: float) -> float:
        return round(round(value / self.step) * self.step, 6)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature as the camera shows it now. `value` is None where it cannot be read; `limits` hold for numbers, with
    a step of 0 where any value between them is taken; `entries` for a choice, those that it accepts now. `category` is
    the path of its group; `common` says which common setting it stands for."""

    name: str
    kind: FeatureKind
    value: FeatureValue | None
    is_writable: bool
    limits: Range | None = None
    entries: tuple[str, ...] = ()
    unit: str = ""
    category: str = ""
    common: CommonSetting | None = None


@runtime_checkable
class Tunable(Protocol):
    """A camera that shows its features. Each may be written by `Camera.apply` under its name. Every method raises
    `CameraError` where the camera refuses or is gone; used like the rest of the camera, by one thread."""

    def features(self) -> tuple[Feature, ...]:
        """Every feature as it is now, in the camera's own order."""
        ...

    def common_features(self) -> tuple[Feature, ...]:
        """Those of them that stand for a common setting; cheap."""
        ...

    def execute(self, name: str) -> None:
        """Carry out a command."""
        ...

    def remembered(
        self, before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]
    ) -> dict[str, FeatureValue]:
        """What has to be applied to a camera that has forgotten everything, so that it is again as after `before` and
        then `new` were applied: each thing once, in order, under one name."""
        ...


def as_tunable(camera: object) -> Tunable | None:
    """The camera where it shows its features, else None."""
    return camera if isinstance(camera, Tunable) else None


def latest(before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]) -> dict[str, FeatureValue]:
    """`remembered` of a camera whose features have one name each and do not steer each other."""
    return {name: value for name, value in before.items() if name not in new} | dict(new)


def read_number(name: str, value: FeatureValue, limits: Range, where: str) -> float:
    """`value` as the camera would take it. CameraError where it is no number or out of range."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not limits.low <= float(value) <= limits.high:
        raise CameraError(
            f"{name} = {value!r} is refused",
            where=where,
            remedy=f"set a number from {limits.low:g} to {limits.high:g}",
        )
    return limits.rounded(float(value))


def unknown_feature(name: str, known: tuple[str, ...], where: str) -> CameraError:
    """The error of a feature that the camera does not have."""
    offer = f"it has: {', '.join(known)}" if known else "it has no settings"
    return CameraError(f"the camera has no feature {name!r}", where=where, remedy=f"correct the recipe; {offer}")


def check_read_back(asked: Mapping[str, FeatureValue], answer: Mapping[str, FeatureValue], where: str) -> None:
    """Raises CameraError where the camera did not take a setting."""
    for name, value in asked.items():
        if name not in answer or not _is_same(value, answer[name]):
            raise CameraError(
                f"{name} was set to {value!r} and the camera answers {answer.get(name)!r}",
                where=where,
                remedy="choose a value that the camera can hold",
            )


def _is_same(asked: FeatureValue, answer: FeatureValue) -> bool:
    if isinstance(asked, bool) or isinstance(answer, bool) or isinstance(asked, str) or isinstance(answer, str):
        return asked == answer and isinstance(asked, bool) == isinstance(answer, bool)
    return math.isclose(asked, answer, rel_tol=_TOLERANCE, abs_tol=1e-6)
