"""What a GenICam camera tells of itself, read from its features. No threads."""

from station_app.core.errors import CameraError
from station_app.devices.genicam.nodes import Nodes

LEAST_SILENCE_S = 1.0
_RATES = ("ResultingFrameRate", "ResultingFrameRateAbs", "AcquisitionFrameRate", "AcquisitionFrameRateAbs")


def extent_of(nodes: Nodes, name: str, where: str) -> int:
    """The width or height of its frames, in pixels. CameraError where it does not tell."""
    feature = nodes.find(name)
    if feature is None or not isinstance(feature.value, int):
        raise CameraError(f"the camera does not say its {name}", where=where, remedy="choose another")
    return feature.value


def longest_silence_s(nodes: Nodes) -> float:
    """Three periods, a second at least: a camera that runs free and is silent for longer is lost."""
    rates = [feature.value for name in _RATES if (feature := nodes.find(name)) is not None]
    periods = [3 / float(rate) for rate in rates if isinstance(rate, (int, float)) and rate > 0]
    return max(LEAST_SILENCE_S, periods[0] if periods else 0)
