"""Now and then where a part lies against its camera's reference, on record: a drift may come from there.

One thread; `wants` any thread.
"""

import logging
import time
from collections import deque
from concurrent.futures import Future

from station_app.core.errors import StorageError
from station_app.core.reference import PartPlaced, Placement
from station_app.engine.ledger import Ledger
from station_app.engine.references import LoadedReferences

log = logging.getLogger(__name__)

EVERY_S = 5.0
"""Between two measured parts of one camera. Measuring takes 30 ms of a core; 720 an hour are plenty for its mean."""
MOST_WAITING = 32


class Placing:
    """What is measured waits here until its part is on record, the oldest no longer than others need the place. Never
    waits for the disk."""

    def __init__(self, ledger: Ledger, references: LoadedReferences) -> None:
        self._ledger = ledger
        self._references = references
        self._measured_s: dict[str, float] = {}
        self._waiting: deque[PartPlaced] = deque(maxlen=MOST_WAITING)
        self._asked: Future[tuple[PartPlaced, ...]] | None = None

    def wants(self, camera_id: str) -> bool:
        """Whether the next part's frame of this camera should be measured."""
        is_due = time.monotonic() >= self._measured_s.get(camera_id, 0.0) + EVERY_S
        return is_due and self._references.of(camera_id) is not None

    def take(self, part_id: int, camera_id: str, placement: Placement) -> None:
        """Have those of parts before recorded; this one's part is hardly on record yet."""
        self._measured_s[camera_id] = time.monotonic()
        self.flush()
        self._waiting.append(PartPlaced(part_id, camera_id, placement))

    def flush(self) -> None:
        """Have recorded what waits, as far as its parts are on record, unless the disk is still at work on others."""
        if self._asked is not None and self._asked.done():
            self._waiting = deque((*_left_of(self._asked), *self._waiting), maxlen=MOST_WAITING)
            self._asked = None
        if self._asked is None and self._waiting:
            self._asked = self._ledger.place(tuple(self._waiting))
            self._waiting.clear()


def _left_of(asked: "Future[tuple[PartPlaced, ...]]") -> tuple[PartPlaced, ...]:
    """Those whose part was not on record. What the disk has refused is given up: the next measurement says as much."""
    try:
        return asked.result()
    except StorageError as error:
        log.warning("a placement is not recorded: %s", error)
        return ()
