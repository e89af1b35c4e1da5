"""A station that goes on recording and sending until it dies at a fault point, or until all has left.

    python -m tests.sync.crashing_station FOLDER JOB

JOB is JSON: `url` and `settings` of the store, `point` and the how-manieth time it is passed (`count`) at which the
program ends without a further word, "" where it does not, and `seed`. It tells on stdout, unbuffered, every decision
that was answered as recorded ("decided PART ID"), and "done" when nothing waits any more.
"""

import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from station_app.core.errors import StationError
from station_app.core.inspection import Disposition
from station_app.core.outgoing import Cutting
from station_app.core.sync_messages import SyncState
from station_app.store import outbox, spool
from station_app.store.outbox import Outbox
from station_app.store.series import MarkFile
from station_app.store.spool import Spool
from station_app.sync.courier import Courier
from station_app.sync.object_remote import ObjectAccess, ObjectRemote
from station_app.sync.remote import Put
from station_app.sync.route import Clocks, Route
from tests.store.outgoing_line import OutgoingLine, outgoing_line
from tests.sync.sending import claims_of

DIED = 9
POINTS = (
    "before put",
    "after put, before the note",
    "after the note of an image",
    "after the note of a batch",
    "before the spool file",
    "half of the spool file",
    "after the spool file",
    "in the cut's transaction",
    "after the cut",
    "after the mark",
)
CUTTING = Cutting(records=8, linger_ms=200, grace_ms=300, parts=16, history_ms=200)
PARTS = 12
"""Recorded by one run that does not die."""
PAUSE_S = 0.02
GIVE_UP_S = 90.0


@dataclass
class Doom:
    """Ends the program when it passes `point` for the `count`-th time."""

    point: str
    count: int

    def passes(self, point: str) -> None:
        if point and point == self.point:
            self.count -= 1
            if self.count <= 0:
                os._exit(DIED)


class DoomedRemote(ObjectRemote):
    """A store before which, and after which, the program may end."""

    def __init__(self, access: ObjectAccess, doom: Doom) -> None:
        super().__init__(access)
        self._doom = doom

    def create(self, key: str, body: bytes) -> Put:
        self._doom.passes("before put")
        put = super().create(key, body)
        self._doom.passes("after put, before the note")
        return put


def main(folder: Path, job: dict[str, Any]) -> None:
    doom = Doom(job["point"], job["count"])
    _arm(doom)
    access = ObjectAccess(job["url"], job["settings"], allow_http=True, tries=1)
    with outgoing_line(folder, CUTTING) as line:
        clocks = Clocks(time.monotonic, lambda: time.time_ns() // 1_000_000, lambda: 0.0)
        route = Route("store", lambda: DoomedRemote(access, doom), claims_of(folder))
        courier = Courier(lambda: line.outbox, route, clocks)
        writer = threading.Thread(target=_write, args=(line, random.Random(job["seed"])), daemon=True)
        writer.start()
        _send_until_quiet(courier, writer)
    _say("done")


def _write(line: OutgoingLine, chance: random.Random) -> None:
    """Parts with an image and a decision each; some are decided twice, some taken back."""
    first = line.ledger.next_part_id()
    for part_id in range(first, first + PARTS):
        line.ledger.issue(part_id)
        made = line.inspect(part_id, 0.9, has_image=False)
        line.ledger.keep_image(made, "top", np.frombuffer(chance.randbytes(64 * 64), np.uint8).reshape(64, 64))
        for _ in range(chance.choice((1, 1, 2))):
            decision = line.decide(part_id, chance.choice((Disposition.AGREE, Disposition.FALSE_REJECT)))
            _say(f"decided {part_id} {decision}")
        time.sleep(PAUSE_S)


def _send_until_quiet(courier: Courier, writer: threading.Thread) -> None:
    until = time.monotonic() + GIVE_UP_S
    while time.monotonic() < until:
        wait_s = courier.step()
        told = courier.report
        is_quiet = told.state is SyncState.IDLE and not told.waiting_records and not writer.is_alive()
        if wait_s and is_quiet:
            return
        time.sleep(min(wait_s, 0.2))
        if wait_s and told.state is SyncState.IDLE:
            courier.try_now()
    raise SystemExit(f"still {courier.report}")


def _arm(doom: Doom) -> None:
    _watch(Spool, "write", doom, ("before the spool file", "after the spool file"))
    _watch(MarkFile, "write", doom, ("after the cut", "after the mark"))
    _watch(outbox, "commit_draft", doom, ("", "in the cut's transaction"))
    _watch(Outbox, "blob_sent", doom, ("", "after the note of an image"))
    _watch(Outbox, "batch_sent", doom, ("", "after the note of a batch"))
    if doom.point == "half of the spool file":
        write: Callable[[Path, bytes], None] = vars(spool)["write_durably"]

        def write_half(path: Path, body: bytes) -> None:
            path.parent.mkdir(exist_ok=True)
            path.with_suffix(".tmp").write_bytes(body[: len(body) // 2])
            doom.passes("half of the spool file")
            write(path, body)

        vars(spool)["write_durably"] = write_half


def _watch(owner: Any, name: str, doom: Doom, points: tuple[str, str]) -> None:
    step = getattr(owner, name)

    def watched(*given: Any, **named: Any) -> Any:
        doom.passes(points[0])
        answer = step(*given, **named)
        doom.passes(points[1])
        return answer

    setattr(owner, name, watched)


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), json.loads(sys.argv[2]))
    except StationError as error:
        sys.exit(str(error))
