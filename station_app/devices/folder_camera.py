"""A camera that replays a folder of images in the order of their names. Runs on the caller's thread.

Every file is delivered: a damaged one as an incomplete frame with its name, so that it becomes a NO_RESULT and is
never skipped. At the end of the list `fill` gives None; closing and opening again goes on where it stopped.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.features import unknown_feature
from station_app.devices.image_file import read_image
from station_app.devices.image_header import ImageHeader, read_header
from station_app.devices.image_list import list_images, listed_images

_MAX_PENDING = 1000


class FolderFormat(StrEnum):
    """Pixels that a folder delivers. AUTO: colour where any file has colour."""

    AUTO = "auto"
    MONO8 = "mono8"
    BGR8 = "bgr8"


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
        self._delivered = 0
        self._last_name = ""
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
        before, self._names = self._names, self.list_names()
        if self._names != before:
            self._next = self._place_after(self._last_name)
        headers = dict(self._headers())
        self._format = self._choose_format(headers.values())
        extent = self._extent(headers)
        self._is_open = True
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
        if self._is_looping and self._next >= len(self._names):
            self._next = 0
        if not self._asked or self._next >= len(self._names):
            self._clock.sleep(timeout_s)
            return None
        stamp = self._deliver(buffer, self._delivered, self._names[self._next])
        self._asked -= 1
        self._last_name = self._names[self._next]
        self._next, self._delivered = self._next + 1, self._delivered + 1
        return stamp

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
            buffer.fill(0)  # the picture of an earlier part lies in it, and would be recorded as this one's
            return FrameStamp(number, received_ns, is_complete=False, source=name)
        buffer[: pixels.shape[0], : pixels.shape[1]] = pixels
        shape = None if pixels.shape == buffer.shape else pixels.shape
        return FrameStamp(number, received_ns, source=name, shape=shape)

    def _place_after(self, name: str) -> int:
        """Where to go on in the list as it is now: files may have come and gone since the camera was open last."""
        if not name:
            return 0
        if self._listed is None:
            return bisect_right(self._names, name)
        return self._names.index(name) + 1 if name in self._names else min(self._next, len(self._names))

    def _headers(self) -> Iterator[tuple[str, ImageHeader]]:
        for name in self._names:
            try:
                header = read_header(self.folder / name)
            except OSError:
                continue  # delivered as an incomplete frame when its turn comes
            if header is not None:
                yield name, header

    def _extent(self, headers: Mapping[str, ImageHeader]) -> tuple[int, int]:
        """The largest height and width of any image. A damaged header may claim the size of a hundred frames, and
        every buffer is made that large: only what can be read counts."""
        heights = sorted(headers, key=lambda name: headers[name].height, reverse=True)
        widths = sorted(headers, key=lambda name: headers[name].width, reverse=True)
        tallest, widest = (next(filter(self._is_readable, names), None) for names in (heights, widths))
        if tallest is None or widest is None:
            raise CameraError(
                "no image of the folder is readable", where=str(self.folder), remedy="replace the damaged files"
            )
        return headers[tallest].height, headers[widest].width

    def _is_readable(self, name: str) -> bool:
        return read_image(self.folder / name, self._format) is not None

    def _choose_format(self, headers: Iterable[ImageHeader]) -> PixelFormat:
        if self._delivers is FolderFormat.AUTO:
            return PixelFormat.BGR8 if any(header.is_colour for header in headers) else PixelFormat.MONO8
        return PixelFormat(self._delivers.value)

    def _check(self, is_ready: bool, word: str) -> None:
        if not is_ready:
            raise CameraError(f"the folder was not {word}", where=str(self.folder), remedy=f"it must be {word} first")
