"""Brings a lost camera back in the state it had: the same device, the same settings, frames that can be trusted.

Runs on the recovery's thread while nobody else uses the camera.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np

from station_app.core.errors import CameraError
from station_app.devices.camera import Camera, CameraInfo, FeatureValue, is_replay
from station_app.devices.features import check_read_back


@dataclass(frozen=True, slots=True)
class Known:
    """What the camera was before it was lost. `read_back` is what it answered to `settings`."""

    described: CameraInfo
    settings: Mapping[str, FeatureValue] = field(default_factory=dict)
    read_back: Mapping[str, FeatureValue] = field(default_factory=dict)
    is_started: bool = False

    @property
    def where(self) -> str:
        return f"camera {self.described.serial}"


def let_go(camera: Camera) -> None:
    """Close a camera that may be in any state."""
    with contextlib.suppress(CameraError):
        camera.close()


@runtime_checkable
class Settles(Protocol):
    """A driver that knows best how its camera takes a picture, and how long that may last."""

    def settle(self, count: int) -> None:
        """Throw away the first `count` frames after a start, and prove by them that the camera delivers.

        CameraError where they do not come. A wire's line may stand still: it is not waited for.
        """
        ...


def reconnect(camera: Camera, known: Known, discard: int, timeout_s: float) -> None:
    """Open, verify, and throw the first frames away. Raises CameraError, with the camera closed, where that fails."""
    try:
        _check_same(camera.open(), known)
        _restore(camera, known)
        if known.is_started:
            camera.start()
            _settle(camera, known, discard, timeout_s)
    except CameraError:
        let_go(camera)
        raise


def _check_same(found: CameraInfo, known: Known) -> None:
    if found.serial != known.described.serial:
        raise CameraError(
            f"camera {found.serial} answers in its place", where=known.where, remedy="connect the camera that was there"
        )
    if (found.shape, found.pixel_format) != (known.described.shape, known.described.pixel_format):
        raise CameraError(
            f"it came back with frames of {found.shape} {found.pixel_format}",
            where=known.where,
            remedy="load the recipe again",
        )


def _restore(camera: Camera, known: Known) -> None:
    if not known.settings:
        return
    answer = camera.apply(dict(known.settings))
    asked = {name: known.read_back.get(name, value) for name, value in known.settings.items()}
    check_read_back(asked, answer, known.where)


def _settle(camera: Camera, known: Known, count: int, timeout_s: float) -> None:
    if isinstance(camera, Settles):
        camera.settle(count)
    elif not is_replay(camera) and known.described.lines is None:
        # What a line-scan camera cuts out of the web begins with the first line after its start: nothing of it is old.
        _discard(camera, known, count, timeout_s)


def _discard(camera: Camera, known: Known, count: int, timeout_s: float) -> None:
    scratch = np.empty(known.described.shape, np.uint8)
    for _ in range(count):
        camera.trigger()
        if camera.fill(scratch, timeout_s) is None:
            raise CameraError(
                "it is back but delivers no frames", where=known.where, remedy="check its trigger and its cable"
            )
