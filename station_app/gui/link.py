"""What the screen needs from the engine and from the store, as Protocols: built and tested on fakes. No Qt."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from station_app.core.inspection import HeatMap, Pixels
from station_app.core.messages import Command, Event

T = TypeVar("T")


class PreviewFrame(Protocol):
    """What one camera saw: HxW (mono) or HxWx3 (BGR), an own copy."""

    @property
    def camera_id(self) -> str: ...
    @property
    def pixels(self) -> Pixels: ...
    @property
    def heat_maps(self) -> tuple[HeatMap, ...]: ...


class PreviewImage(Protocol):
    """The newest pictures, all of one part, the most telling one first; cameras without one are not among them."""

    @property
    def sequence(self) -> int: ...
    @property
    def part_id(self) -> int: ...
    @property
    def frames(self) -> Sequence[PreviewFrame]: ...


class PreviewLink(Protocol):
    """Newest-wins pictures in shared memory."""

    def newest(self) -> PreviewImage | None: ...
    def close(self) -> None: ...


class EngineLink(Protocol):
    """One connection to the engine. Everything but `close` raises LinkError when the engine has gone."""

    def connect(self) -> None: ...
    def send(self, command: Command) -> None: ...
    def receive(self, timeout_s: float) -> Event | None: ...
    def open_preview(self, name: str) -> PreviewLink: ...
    def close(self) -> None: ...


class NearestParts(Protocol):
    """Known parts that look like another, nearest first."""

    @property
    def good(self) -> Sequence["NearestPart"]: ...
    @property
    def bad(self) -> Sequence["NearestPart"]: ...


class NearestPart(Protocol):
    """One of them."""

    @property
    def part_id(self) -> int: ...


class PartArchive(Protocol):
    """Recorded parts, read-only. May block on the disk: never called on the GUI thread."""

    def thumbnail(self, part_id: int) -> Pixels | None: ...
    def images(self, part_id: int) -> Sequence[tuple[str, Pixels]]: ...
    def nearest_known(self, part_id: int, size: int) -> NearestParts: ...
    def reference_picture(self, recipe: str, camera_id: str) -> Pixels | None: ...
    def read(self, query: Callable[[Any], T]) -> T:
        """What a query of `store` says, on a connection that ends with it. StorageError where it cannot."""
        ...


LinkFactory = Callable[[], EngineLink]
ArchiveFactory = Callable[[], PartArchive]
