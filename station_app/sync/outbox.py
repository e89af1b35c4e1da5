"""What the courier asks of the records: the next thing to send, and a place to note what became of it."""

from typing import Protocol

from station_app.core.outgoing import Backlog, Batch


class Outbox(Protocol):
    """One thread at a time. Whatever it notes is on disk when the call returns; StorageError where it cannot be."""

    def next_batch(self, blob_bytes: int | None) -> Batch | None:
        """The batch that goes next, with those of its images that have not gone; None where nothing is ready. At most
        `blob_bytes` of images may go with it, any number where that is None: with 0 it is one whose images have all
        gone."""
        ...

    def blob_sent(self, sha256: str, size: int) -> None:
        """The store has this image, whoever names it."""
        ...

    def batch_sent(self, number: int, receipt: str) -> None:
        """The store has this batch, and all that it names."""
        ...

    def quarantine(self, number: int, why: str) -> None:
        """Set this batch aside: it cannot go as it is, and the others do not wait for it."""
        ...

    def release(self) -> int:
        """Put what was set aside back in the row; how many batches that were."""
        ...

    def backlog(self) -> Backlog:
        """What waits now."""
        ...
