"""A station whose records leave: parts, words and images through the ledger, batches as a courier takes them."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from station_app.core.inspection import Disposition, Inspection, Override
from station_app.core.outgoing import Batch, Cutting, Sender, Stream
from station_app.core.review import Answer, Queue, Review
from station_app.store.ledger import StationLedger
from station_app.store.outbox import Outbox
from tests.store.records import RECIPE, ROOMY, inspection
from tests.store.reviewed_line import EVERY, NONE, verdict_of

SENDER = Sender("p1", "s1")
AT_ONCE = Cutting(records=200, linger_ms=0, grace_ms=0, parts=200, history_ms=0)
NEAR, NEAR_PASS = 0.305, 0.295
"""Scores just above and just below the threshold of review."""


@dataclass
class OutgoingLine:
    """Records as the station does. Its parts were inspected long ago, so that the history may be told at once."""

    ledger: StationLedger
    outbox: Outbox

    def inspect(self, part_id: int, score: float = 0.1, *, has_image: bool = True, **more: Any) -> Inspection:
        made = replace(
            inspection(part_id, serial=f"SN{part_id}"),
            verdict=verdict_of(score),
            scores=(("scratch", score),),
            **more,
        )
        self.ledger.record(made).result()
        if has_image:
            self.keep_image(made)
        return made

    def keep_image(self, made: Inspection, shade: int | None = None) -> None:
        """Every part's image is another one, but for those of one shade."""
        pixels = np.zeros((8, 8), np.uint8)
        pixels[0] = np.frombuffer((made.part_id if shade is None else 2**40 + shade).to_bytes(8, "little"), np.uint8)
        self.ledger.keep_image(made, "top", pixels)

    def decide(self, part_id: int, disposition: Disposition, operator: str = "wang", **more: Any) -> int:
        return self.ledger.override(Override(part_id, disposition, operator, 1_700_000_000_123, **more)).result()[0]

    def review(self, part_id: int, answer: Answer, reviewer: str = "li", **more: Any) -> int:
        said = Review(part_id, Queue.OVERRIDES, answer, reviewer, 1_700_000_000_456, is_blind=False)
        return self.ledger.review(replace(said, **more)).result()[0]

    def send(self, blob_bytes: int | None = None) -> list[dict[str, Any]]:
        """Take one batch as a courier does; its events, none where there is no batch."""
        batch = self.outbox.next_batch(blob_bytes)
        return [] if batch is None else self.deliver(batch)

    def next_records(self) -> Batch:
        """The next batch of records; the history before it goes its way."""
        batch = self.outbox.next_batch(None)
        while batch is not None and batch.stream is Stream.HISTORY:
            self.deliver(batch)
            batch = self.outbox.next_batch(None)
        assert batch is not None
        return batch

    def deliver(self, batch: Batch) -> list[dict[str, Any]]:
        for blob in batch.blobs:
            self.outbox.blob_sent(blob)
        events = events_of(batch)
        self.outbox.batch_sent(batch.number, "etag")
        return events

    def send_all(self, type_prefix: str = "station.") -> list[dict[str, Any]]:
        """Every event that is ready, of both streams."""
        sent: list[dict[str, Any]] = []
        while events := self.send():
            sent += events
        return [event for event in sent if event["type"].startswith(type_prefix)]


@contextmanager
def outgoing_line(
    folder: Path, cutting: Cutting = AT_ONCE, *, draws: bool = False, sender: Sender = SENDER
) -> Iterator[OutgoingLine]:
    """With `draws` every part is drawn for the blind sample, else none."""
    ledger = StationLedger(folder, ROOMY, plan=EVERY if draws else NONE)
    try:
        ledger.register(RECIPE).result()
        yield OutgoingLine(ledger, ledger.open_outbox(sender, cutting))
    finally:
        ledger.close()


def events_of(batch: Batch) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines_of(batch.body_path)]


def lines_of(body: Path) -> list[bytes]:
    return gzip.decompress(body.read_bytes()).splitlines()
