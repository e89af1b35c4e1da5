"""Cameras that a wire triggers: nothing but its time tells whose frame a frame is."""

from typing import Protocol, runtime_checkable

from station_app.devices.camera import Camera, is_commanded

TRANSIT_S = 0.1
"""From a part's trigger to the arrival of its frame at most, where nobody has said otherwise."""


@runtime_checkable
class Wired(Protocol):
    """What `RecoveringCamera` adds to a camera, for one that waits for a wire."""

    @property
    def transit_s(self) -> float:
        """How long after its part's trigger a frame may arrive."""
        ...

    @property
    def begun_ns(self) -> int:
        """When its frames last began anew, on the monotonic clock: of pulses before that no frame is handed out, but
        for those that came while it was beginning."""
        ...

    def begin_anew(self) -> None:
        """Throw away every frame that waits or is under way. CameraError where that fails: it is lost then."""
        ...


def as_wired(camera: Camera) -> Wired | None:
    """The camera where a wire triggers it as it is set now, None where it is commanded."""
    if is_commanded(camera):
        return None
    if not isinstance(camera, Wired):
        raise TypeError(f"{camera!r} waits for a wire and cannot begin anew")
    return camera


def transit_s_of(camera: object) -> float:
    """What the driver was told in an attribute `transit_s`, else `TRANSIT_S`."""
    return float(getattr(camera, "transit_s", TRANSIT_S))
