"""Every camera that answers now, with the text that names it in a station file. For setting a station up.

Asks the drivers in turn; software that is missing, a producer that crashes and a network that fails are each told and
keep nobody else from being found. Sends broadcasts on every network card, and takes some seconds.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import CameraError, ConfigError
from station_app.devices.extras import how_to_install
from station_app.devices.genicam.link import ProducerCamera
from station_app.devices.genicam.producers import SEARCH_PATH, find_producer, list_cameras, list_producers

_LAYERS = {"BaslerUsb": "usb", "BaslerGigE": "gige", "BaslerCamEmu": "emulator"}


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """`source` is the text for the station file. `serial` is "" where the camera does not say."""

    source: str
    serial: str
    model: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one place that was asked has to say: its cameras, or the problem and what to do about it."""

    asked: str
    cameras: tuple[FoundCamera, ...] = ()
    problem: str = ""
    remedy: str = ""


def search() -> Iterator[Answer]:
    """Pylon, the network, and every GenTL producer, each as soon as it has answered."""
    # Pylon's emulated cameras only where pylon is told to have some.
    yield baslers(("any", "emulator") if os.environ.get("PYLON_CAMEMU", "0") != "0" else ("any",))
    yield gige_cameras()
    yield from producers(list_producers())


def baslers(layers: Sequence[str]) -> Answer:
    """Through pylon, on these layers."""
    asked = "Basler cameras (pylon)"
    try:
        from station_app.devices.basler import Layer, list_baslers
    except ImportError as error:
        return _missing(asked, "basler", error)
    found = (camera for layer in layers for camera in list_baslers(Layer(layer)))
    cameras = (FoundCamera(f"basler:{one.serial},layer={_LAYERS[one.layer]}", one.serial, one.model) for one in found)
    return Answer(asked, tuple(cameras))


def gige_cameras() -> Answer:
    """GigE Vision cameras of any vendor, those that pylon found as well."""
    asked = "GigE Vision cameras (without a vendor's software)"
    try:
        from station_app.devices.gige import list_gige
    except ImportError as error:
        return _missing(asked, "gige", error)
    try:
        found = list_gige()
    except CameraError as error:
        return Answer(asked, problem=error.what, remedy=error.remedy)
    cameras = (
        FoundCamera(f"gige:{one.serial or one.address}", one.serial, f"{one.vendor} {one.model}, {one.address}")
        for one in found
    )
    return Answer(asked, tuple(cameras))


def producers(installed: Sequence[Path]) -> Iterator[Answer]:
    """These GenTL producers, each asked in a process of its own."""
    asked = "GenTL producers"
    try:
        import genicam  # noqa: F401 - the worker processes import it; only what it would say is of interest here
        import harvesters  # noqa: F401
    except ImportError as error:
        yield _missing(asked, "genicam", error)
        return
    if not installed:
        remedy = f"install the camera vendor's software, or name the folder of its *.cti in {SEARCH_PATH}"
        yield Answer(asked, problem="there is none on this computer", remedy=remedy)
    for producer in installed:
        yield _of_producer(producer)


def _of_producer(producer: Path) -> Answer:
    asked = f"GenTL producer {producer}"
    try:
        found = list_cameras(producer)
    except CameraError as error:
        return Answer(asked, problem=error.what, remedy=error.remedy)
    name = _shortest_name(producer)
    return Answer(asked, tuple(_through(name, camera) for camera in found))


def _through(producer: str, camera: ProducerCamera) -> FoundCamera:
    model = f"{camera.vendor} {camera.model}".strip()
    return FoundCamera(f"genicam:{producer},device={camera.device}", camera.serial, model)


def _shortest_name(producer: Path) -> str:
    """The file's name where that finds this very file; another vendor's may have the same."""
    try:
        return producer.name if find_producer(producer.name) == producer else str(producer)
    except ConfigError:
        return str(producer)


def _missing(asked: str, extra: str, error: ImportError) -> Answer:
    return Answer(asked, problem=f"the software is not installed: {error}", remedy=how_to_install(extra))
