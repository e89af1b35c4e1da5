"""A line to be killed: records parts and images as fast as it can, and tells on stdout what it did, unbuffered.

python -m tests.store.killed_line FOLDER
"""

import os
import sys
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import numpy as np

from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.store.ledger import StationLedger
from tests.store.records import RECIPE, ROOMY, inspection

KINDS = tuple(VerdictKind)


def main(folder: Path) -> None:
    ledger = StationLedger(folder, ROOMY)
    ledger.register(RECIPE).result()
    pixels = np.zeros((40, 40), np.uint8)
    part_id = ledger.next_part_id()
    while True:
        # `given` comes first: a trigger may only be believed lost where it was never issued.
        ledger.issue(part_id)
        _tell("issued", part_id)
        made = inspection(part_id, KINDS[part_id % len(KINDS)], f"SN{part_id}")
        future = ledger.record(made)
        future.add_done_callback(partial(_on_recorded, part_id))
        if part_id % 5 == 0:
            future.result()
            pixels[0, :8] = np.frombuffer(part_id.to_bytes(8, "little"), np.uint8)
            ledger.keep_image(made, "top", pixels)
            ledger.override(Override(part_id, Disposition.UNSURE, "wang", part_id)).result()
            _tell("decided", part_id)
        part_id += 1


def _on_recorded(part_id: int, future: "Future[None]") -> None:
    if future.exception() is None:
        _tell("acked", part_id)


def _tell(what: str, part_id: int) -> None:
    os.write(1, f"{what} {part_id}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
