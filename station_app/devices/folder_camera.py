"""A camera that replays a folder of images in the order of their names. Runs on the caller's thread.

Every file is delivered: a damaged one as an incomplete frame with its name, so that it becomes a NO_RESULT and is
never skipped. At the end of the list `fill` gives None; closing and opening again goes on where it stopped.
"""

import csv
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.features import unknown_feature
from station_app.devices.image_file import read_image
from station_app.devices.image_header import ImageHeader, read_header

SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"))
_MAX_PENDING = 1000


class FolderFormat(StrEnum):
    """Pixels that a folder delivers. AUTO: colour where any file has colour."""

    AUTO = "auto"
    MONO8 = "mono8"
    BGR8 = "bgr8"


def list_images(folder: Path, is_recursive: bool = True) -> tuple[str, ...]:
    """The image files as paths relative to the folder, sorted by name. CameraError where there are none."""
    if not folder.is_dir():
        raise CameraError("the image folder does not exist", where=str(folder), remedy="correct the camera's source")
    try:
        found = folder.rglob("*") if is_recursive else folder.iterdir()
        paths = [path for path in found if path.suffix.lower() in SUFFIXES and path.is_file()]
    except OSError as error:
        raise CameraError("the image folder cannot be read", where=str(folder), remedy=str(error)) from error
    if not paths:
        kinds = ", ".join(sorted(SUFFIXES))
        raise CameraError("the folder holds no images", where=str(folder), remedy=f"put files there: {kinds}")
    return tuple(sorted(path.relative_to(folder).as_posix() for path in paths))


def listed_images(folder: Path, table: str, split: str = "") -> tuple[str, ...]:
    """The paths in the column `image` of a CSV in the folder, in its order; with `split` only those of that split.

    A listed file that is missing is delivered as an incomplete frame. CameraError where the table names none.
    """
    where = str(folder / table)
    try:
        with (folder / table).open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        what = "the list of images cannot be read"
        raise CameraError(what, where=where, remedy=str(error)) from error
    names = [row["image"] for row in rows if row.get("image") and split in ("", row.get("split"))]
    if not names:
        what = f"the list names no image of the split {split!r}" if split else "the list names no image"
        raise CameraError(what, where=where, remedy="it needs the column image, and split where one is asked for")
    return tuple(names)


class FolderCamera:
    """Software-triggered: each trigger asks for the next file. `CameraInfo.shape` is the largest file's."""

    is_replay = True

    def __init__(
        self,
        folder: str | Path,
        *,
        is_looping: bool = False,
        is_recursive: bool = True,
        delivers: FolderFormat = FolderFormat.AUTO,
        listed: tuple[str, str] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`listed` is (CSV in the folder, split or ""): only its images are delivered, in its order."""
        self.folder = Path(folder)
        self._listed = listed
        self._is_looping = is_looping
        self._is_recursive = is_recursive
        self._delivers = delivers
        self._clock = clock or SystemClock()
        self._names: tuple[str, ...] = ()
        self._format = PixelFormat.MONO8
        self._next = 0
        self._asked = 0
        self._is_open = False
        self._is_started = False

    @property
    def is_looping(self) -> bool:
        """Whether the first file follows the last."""
        return self._is_looping

    @property
    def names(self) -> tuple[str, ...]:
        """The files in order of delivery; known once opened."""
        return self._names

    def list_names(self) -> tuple[str, ...]:
        """The files that are there now, in order of delivery. CameraError where there are none."""
        if self._listed is not None:
            return listed_images(self.folder, *self._listed)
        return list_images(self.folder, self._is_recursive)

    def open(self) -> CameraInfo:
        self._names = self.list_names()
        headers = tuple(self._headers())
        if not headers:
            raise CameraError(
                "no image of the folder is readable", where=str(self.folder), remedy="replace the damaged files"
            )
        self._format = self._choose_format(headers)
        self._is_open = True
        extent = (max(header.height for header in headers), max(header.width for header in headers))
        shape = (*extent, 3) if self._format is PixelFormat.BGR8 else extent
        return CameraInfo(str(self.folder), "image folder", shape, self._format)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        self._check(self._is_open, "opened")
        for name in settings:
            raise unknown_feature(name, (), str(self.folder))
        return {}

    def start(self) -> None:
        self._check(self._is_open, "opened")
        self._is_started = True

    def trigger(self) -> None:
        self._check(self._is_started, "started")
        self._asked = min(self._asked + 1, _MAX_PENDING)

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        self._check(self._is_started, "started")
        if not self._asked or (self._next >= len(self._names) and not self._is_looping):
            self._clock.sleep(timeout_s)
            return None
        self._asked -= 1
        number, self._next = self._next, self._next + 1
        name = self._names[number % len(self._names)]
        return self._deliver(buffer, number, name)

    def is_alive(self) -> bool:
        return self._is_open and self.folder.is_dir()

    def stop(self) -> None:
        self._is_started = False
        self._asked = 0

    def close(self) -> None:
        self.stop()
        self._is_open = False

    def _deliver(self, buffer: Pixels, number: int, name: str) -> FrameStamp:
        if not self.folder.is_dir():
            self.close()
            raise CameraError("the image folder is gone", where=str(self.folder), remedy="bring the folder back")
        pixels = read_image(self.folder / name, self._format)
        received_ns = self._clock.now_ns()
        if pixels is None or any(has > room for has, room in zip(pixels.shape, buffer.shape, strict=True)):
            return FrameStamp(number, received_ns, is_complete=False, source=name)
        buffer[: pixels.shape[0], : pixels.shape[1]] = pixels
        shape = None if pixels.shape == buffer.shape else pixels.shape
        return FrameStamp(number, received_ns, source=name, shape=shape)

    def _headers(self) -> Iterator[ImageHeader]:
        for name in self._names:
            try:
                header = read_header(self.folder / name)
            except OSError:
                continue  # delivered as an incomplete frame when its turn comes
            if header is not None:
                yield header

    def _choose_format(self, headers: tuple[ImageHeader, ...]) -> PixelFormat:
        if self._delivers is FolderFormat.AUTO:
            return PixelFormat.BGR8 if any(header.is_colour for header in headers) else PixelFormat.MONO8
        return PixelFormat(self._delivers.value)

    def _check(self, is_ready: bool, word: str) -> None:
        if not is_ready:
            raise CameraError(f"the folder was not {word}", where=str(self.folder), remedy=f"it must be {word} first")
