"""What the station needs of a place that holds a channel: a share, a stick, an object store. It only reads there."""

from typing import Protocol


class ChannelStore(Protocol):
    """`FolderRemote` and `ObjectRemote` of `station_app.sync` are some. RemoteError where it cannot be used now."""

    @property
    def where(self) -> str:
        """How people call it."""
        ...

    def names(self, prefix: str) -> tuple[str, ...]:
        """The keys of all whole objects that begin so, in order."""
        ...

    def read_within(self, key: str, most_bytes: int) -> bytes | None:
        """The object's content, None where there is none; RemoteRefusedError where it is larger or no plain object."""
        ...
