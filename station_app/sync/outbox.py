"""What the courier needs of the records that wait: whole batches, and a place to write down what became of them."""

from typing import Protocol

from station_app.core.outgoing import Backlog, Batch, Blob


class OutboxLike(Protocol):
    """One thread. Every call may raise StorageError; what it wrote down is on disk when it returns."""

    def next_batch(self, blob_bytes: int | None) -> Batch | None:
        """The oldest batch that waits, else a new one whose images take no more than `blob_bytes` (None: any); None
        where nothing is ready. The first record of a day may take more, or a large image would never leave."""
        ...

    def blob_sent(self, *blobs: Blob) -> None:
        """The store has these images: no later batch brings them again."""
        ...

    def batch_sent(self, number: int, receipt: str) -> None:
        """The store has the batch and all its images; `receipt` is kept for good."""
        ...

    def quarantine(self, number: int, why: str) -> None:
        """Set a batch aside that the store refuses: the others go on."""
        ...

    def release(self) -> int:
        """Let those that were set aside wait again; how many."""
        ...

    def backlog(self) -> Backlog:
        """What waits now; cheap enough to be asked every second."""
        ...
