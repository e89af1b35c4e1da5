"""Images that the store has and the records do not know of yet: written down together, since each note is a flush of
the disk. A crash before that costs that the same images are put once more.
"""

from collections.abc import Callable

from station_app.core.outgoing import Blob
from station_app.sync.outbox import OutboxLike

MOST = 500
AFTER_S = 0.5
"""What takes longer to be sent is written down one by one: on a slow link nothing is sent twice."""


class BlobNotes:
    """One thread. StorageError where they cannot be written; they are kept then."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._waiting: list[Blob] = []
        self._written_s = monotonic_s()

    def add(self, blob: Blob, outbox: OutboxLike) -> None:
        """The store has this image."""
        self._waiting.append(blob)
        if len(self._waiting) >= MOST or self._monotonic_s() >= self._written_s + AFTER_S:
            self.write(outbox)

    def write(self, outbox: OutboxLike) -> None:
        """Write down what waits."""
        if self._waiting:
            outbox.blob_sent(*self._waiting)
            self._waiting.clear()
        self._written_s = self._monotonic_s()
