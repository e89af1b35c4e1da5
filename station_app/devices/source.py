"""Opens the camera that a text names. Drivers are imported only when they are asked for."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from station_app.core.inspection import PixelFormat
from station_app.devices.camera import Camera
from station_app.devices.extras import how_to_install
from station_app.devices.faults import Fault, FaultKind, RecurringFault
from station_app.devices.freshness import MEMORY
from station_app.devices.genicam.link import Wanted
from station_app.devices.source_text import SourceText, parse_source_text
from station_app.devices.wired import TRANSIT_S

MAX_EXTENT = 8192
_BANK_BYTES = 1 << 30
_RENDERED = (
    *("seed", "rate", "width", "height", "format", "bank", "fps", "jitter", "codes"),
    *("fault", "every", "seconds"),
)
_SETUP = ("format", "width", "height", "trigger", "transit")


def open_source(text: str, camera_id: str = "camera", flat_field: Path | None = None) -> Camera:
    """The camera behind `text`, made but not yet opened. ConfigError where the text cannot be obeyed. `flat_field` is
    where that of a line-scan camera lies, where one was taught at the station.

    `rendered:seed=7,rate=0.3,width=1280,height=960,format=mono8,bank=32,fps=0,jitter=6`; with `codes=yes` a Data
    Matrix on each part, and a fault on demand: `fault=torn,every=20`, for late and disconnect with `seconds=2`
    `folder:DIR,loop=no,recursive=yes,format=auto`, with `list=split.csv` and `split=test` only the images listed there
    `opencv:INDEX`, `opencv:FILE` or `opencv:URL`, with `format=bgr8`, and `width=`, `height=` for a device
    `basler:SERIAL,layer=usb`, `gige:SERIAL-or-ADDRESS,interface=eth1`, `genicam:PRODUCER.cti,device=ID`, each with
    `format=mono8`, `width=`, `height=` and `trigger=software`, `trigger=off` or the name of a line; with a line, also
    `transit=100`: how many milliseconds after its part's trigger a frame arrives at most
    `lines:CAMERA,part=fixed,lines=1024` with any option of a `basler`, `gige` or `genicam` camera whose frames are the
    strips of a web
    `web:texture=steel,seed=7,width=2048,part=fixed,lines=1024`: parts on a line-scanned web, see docs/linescan.md
    """
    source = parse_source_text(text)
    make = _KINDS.get(source.kind)
    if make is None:
        raise source.error(f"unknown kind of camera {source.kind!r}", f"write one of: {', '.join(_KINDS)}")
    return make(source, Seat(camera_id, flat_field))


@dataclass(frozen=True, slots=True)
class Seat:
    """Where the station wants the camera: its id there, where its taught flat field would lie, and whether its frames
    are to be the strips of a web."""

    camera_id: str
    flat_field: Path | None = None
    is_streaming: bool = False


def _rendered(source: SourceText, seat: Seat) -> Camera:
    from station_app.devices.rendered_camera import RenderedCamera
    from station_app.devices.rendering.plan import RenderSpec

    if source.target:
        raise source.error(f"{source.target.lstrip(',')!r} is no option", "write key=value, separated by commas")
    source.check_keys(*_RENDERED)
    spec = RenderSpec(
        width=source.integer("width", 1280, 64, MAX_EXTENT),
        height=source.integer("height", 960, 64, MAX_EXTENT),
        defect_rate=source.number("rate", 0.3, 0.0, 1.0),
        seed=source.integer("seed", 7, 0, 2**31),
        pixel_format=source.choice("format", PixelFormat, PixelFormat.MONO8),
        jitter_px=source.number("jitter", 6.0, 0.0, 40.0),
        bank=source.integer("bank", 0, 0, 4096),
        has_codes=source.flag("codes", False),
    )
    if spec.bank and spec.has_codes:
        raise source.error("a bank repeats its codes", "give codes=yes or bank=")
    if 0 < spec.bank <= MEMORY:
        raise source.error(f"a bank of {spec.bank} looks like a frozen camera", f"give more than {MEMORY}, or 0")
    if spec.bank * spec.width * spec.height * spec.pixel_format.channels > _BANK_BYTES:
        raise source.error("the bank would take more than 1 GiB of memory", "give a smaller bank or frame")
    serial, fps = f"rendered-{spec.seed}-{seat.camera_id}", source.number("fps", 0.0, 0.0, 1000.0)
    return RenderedCamera(spec, serial, fps=fps, recurring=_recurring_fault(source))


def _recurring_fault(source: SourceText) -> RecurringFault | None:
    if not source.word("fault"):
        return None
    fault = Fault(source.choice("fault", FaultKind, FaultKind.LOST), source.number("seconds", 2.0, 0.0, 3600.0))
    return RecurringFault(fault, source.integer("every", 20, 2, 1_000_000))


def _folder(source: SourceText, seat: Seat) -> Camera:
    from station_app.devices.folder_camera import FolderCamera, FolderFormat

    source.check_keys("loop", "recursive", "format", "list", "split")
    if not source.target:
        raise source.error("no folder is named", "write folder:DIR")
    table, split = source.word("list"), source.word("split")
    if split and not table:
        raise source.error("split= needs list=", "write list=split.csv as well")
    return FolderCamera(
        source.target,
        is_looping=source.flag("loop", False),
        is_recursive=source.flag("recursive", True),
        delivers=source.choice("format", FolderFormat, FolderFormat.AUTO),
        listed=(table, split) if table else None,
    )


def _opencv(source: SourceText, seat: Seat) -> Camera:
    from station_app.devices.capture import is_live, is_network
    from station_app.devices.opencv_camera import open_opencv

    source.check_keys("format", "width", "height")
    if not source.target:
        raise source.error("no camera is named", "write opencv:0, opencv:FILE or opencv:rtsp://...")
    pixel_format = source.choice("format", PixelFormat, PixelFormat.BGR8)
    if pixel_format is PixelFormat.BAYER_RG8:
        raise source.error("format=bayer_rg8 is not usable", "give mono8 or bgr8")
    width, height = source.integer("width", 0, 0, MAX_EXTENT), source.integer("height", 0, 0, MAX_EXTENT)
    if bool(width) != bool(height):
        raise source.error("only one of width and height is given", "give both or none")
    if width and (not is_live(source.target) or is_network(source.target)):
        raise source.error("a file or an address has the size that it has", "leave out width and height")
    return open_opencv(source.target, pixel_format, (width, height) if width else None)


def _web(source: SourceText, seat: Seat) -> Camera:
    from station_app.devices.linescan.web_source import open_web

    return open_web(source, seat.camera_id, seat.flat_field)


def _lines(source: SourceText, seat: Seat) -> Camera:
    from station_app.devices.linescan.strip_text import open_strips

    def open_area(inner: SourceText) -> Camera:
        return _KINDS[inner.kind](inner, replace(seat, is_streaming=True))

    return open_strips(source, open_area, seat.flat_field)


def _basler(source: SourceText, seat: Seat) -> Camera:
    source.check_keys("layer", *_SETUP)
    wanted = _wanted(source, seat, "basler:SERIAL")
    with _sdk(source, "basler"):
        from station_app.devices.basler import Layer, open_basler
    return open_basler(source.target, source.choice("layer", Layer, Layer.ANY), wanted)


def _gige(source: SourceText, seat: Seat) -> Camera:
    source.check_keys("interface", *_SETUP)
    wanted = _wanted(source, seat, "gige:SERIAL or gige:ADDRESS")
    with _sdk(source, "gige"):
        from station_app.devices.gige import open_gige
    return open_gige(source.target, wanted, source.word("interface") or None)


def _genicam(source: SourceText, seat: Seat) -> Camera:
    source.check_keys("device", *_SETUP)
    wanted = _wanted(source, seat, "genicam:PRODUCER.cti,device=ID")
    if not source.word("device"):
        raise source.error("no device is named", "write device= and the camera's name or serial number")
    with _sdk(source, "genicam"):
        import genicam  # noqa: F401 - the worker process imports it; only what it would say is of interest here

        from station_app.devices.genicam.producers import find_producer
        from station_app.devices.genicam.remote import RemoteCamera
    return RemoteCamera(find_producer(source.target), source.word("device"), wanted)


def _wanted(source: SourceText, seat: Seat, example: str) -> Wanted:
    """What every GenICam camera may be asked to be, whoever carries its frames."""
    if not source.target:
        raise source.error("no camera is named", f"write {example}")
    width, height = source.integer("width", 0, 0, MAX_EXTENT), source.integer("height", 0, 0, MAX_EXTENT)
    if bool(width) != bool(height):
        raise source.error("width and height belong together", "give both or none")
    size = (width, height) if width else None
    pixel_format = source.choice("format", PixelFormat, PixelFormat.MONO8)
    transit_s = source.number("transit", TRANSIT_S * 1000, 1.0, 60_000.0) / 1000
    return Wanted(pixel_format, size, source.word("trigger"), seat.is_streaming, transit_s)


@contextlib.contextmanager
def _sdk(source: SourceText, extra: str) -> Iterator[None]:
    """The cameras' software is no part of the ordinary installation."""
    try:
        yield
    except ImportError as error:
        what = f"the software for these cameras is not installed: {error}"
        raise source.error(what, how_to_install(extra)) from error


_KINDS: dict[str, Callable[[SourceText, Seat], Camera]] = {
    "rendered": _rendered,
    "folder": _folder,
    "opencv": _opencv,
    "basler": _basler,
    "gige": _gige,
    "genicam": _genicam,
    "web": _web,
    "lines": _lines,
}
