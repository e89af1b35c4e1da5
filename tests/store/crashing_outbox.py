"""A station that dies while its records leave, at a named point: python -m tests.store.crashing_outbox FOLDER POINT

It records and decides about three more parts, and sends what is ready to the folder `sent` in FOLDER, as a courier
does: images first, each object once. At POINT the program ends without a further word.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from station_app.core.inspection import Disposition
from station_app.core.outgoing import Batch
from station_app.store import outbox, spool
from station_app.store.series import Mark, MarkFile
from station_app.store.spool import Spool
from tests.store.outgoing_line import OutgoingLine, outgoing_line

POINTS = (
    "before spool",
    "half of spool",
    "after spool",
    "in transaction",
    "after commit",
    "after mark",
    "image sent",
    "image noted",
    "batch sent",
    "batch noted",
    "",
)
"""The last one: it does not die."""

DIED = 9


def main(folder: Path, point: str) -> None:
    _arm(point)
    with outgoing_line(folder) as line:
        first = line.ledger.next_part_id()
        for part_id in range(first, first + 3):
            line.ledger.issue(part_id)
            line.inspect(part_id, 0.9)
            line.decide(part_id, Disposition.FALSE_REJECT)
        while (batch := line.outbox.next_batch(None)) is not None:
            _send(line, batch, folder / "sent", point)


def _send(line: OutgoingLine, batch: Batch, sent: Path, point: str) -> None:
    for blob in batch.blobs:
        _create(sent / blob.key, blob.path)
        _die_at("image sent", point)
        line.outbox.blob_sent(blob)
        _die_at("image noted", point)
    _create(sent / batch.key, batch.body_path)
    _die_at("batch sent", point)
    line.outbox.batch_sent(batch.number, "etag")


def _create(path: Path, source: Path) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)


def _arm(point: str) -> None:
    """Let the program die around its own steps."""
    _wrap(Spool, "write", point, ("before spool", "after spool"))
    _wrap(MarkFile, "write", point, ("after commit", "after mark"))
    _wrap(Spool, "remove", point, ("batch noted", ""))
    _wrap(outbox, "commit_draft", point, ("", "in transaction"))
    if point == "half of spool":
        _replace(spool, "write_durably", _write_half)


def _wrap(owner: Any, name: str, point: str, points: tuple[str, str]) -> None:
    """Die before or after the step."""
    step: Callable[..., Any] = getattr(owner, name)
    before, after = points

    def watched(*given: Any, **named: Any) -> Any:
        is_first_mark = any(isinstance(each, Mark) and each.number == 0 for each in given)
        _die_at(before, "" if is_first_mark else point)
        answer = step(*given, **named)
        _die_at(after, "" if is_first_mark else point)
        return answer

    _replace(owner, name, watched)


def _replace(owner: Any, name: str, step: Callable[..., Any]) -> None:
    setattr(owner, name, step)


def _write_half(path: Path, body: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.with_suffix(".tmp").write_bytes(body[: len(body) // 2])
    os._exit(DIED)


def _die_at(here: str, point: str) -> None:
    if here and here == point:
        os._exit(DIED)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
