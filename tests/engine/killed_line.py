"""A whole line to be killed: inspects as fast as it can and tells on stdout every verdict that left it, unbuffered.

python -m tests.engine.killed_line FOLDER [EXPOSURE_THAT_HANGS]
"""

import os
import sys
import threading
from pathlib import Path

from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.store.ledger import StationLedger
from tests.engine.fakes import BAD, Misdeed, PartCamera
from tests.engine.line import LineSettings, open_line
from tests.store.records import ROOMY


def main(folder: Path, hanging: int = -1) -> None:
    camera = PartCamera()
    camera.misdeeds = {hanging: Misdeed.HANGING}
    threading.Thread(target=_tell_hanging, args=(camera,), daemon=True).start()
    camera.greys = dict.fromkeys(range(0, 100000, 5), BAD)
    ledger = StationLedger(folder, ROOMY)
    settings = LineSettings(cameras={"top": camera}, trigger=TriggerSetup(TriggerKind.FREE))
    line = open_line(folder, ledger, settings)
    line.run()
    told = 0
    while True:
        told += 1
        part = line.heard.wait_parts(told)[told - 1]
        os.write(1, f"{part.part_id} {part.verdict}\n".encode())


def _tell_hanging(camera: PartCamera) -> None:
    if camera.hanging.wait():
        os.write(1, b"hanging\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
