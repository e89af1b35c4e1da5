"""What an export needs of the records; `store.archive.StationArchive` is one. May block on the disk."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from station_app.core.inspection import Pixels

T = TypeVar("T")


class Archive(Protocol):
    """Recorded parts, read-only."""

    def images(self, part_id: int) -> Sequence[tuple[str, Pixels]]: ...
    def read(self, query: Callable[[Any], T]) -> T:
        """What a query of `store` says. StorageError where it cannot."""
        ...
