"""A line to be killed while a canary decides every second part: as `killed_line`.

python -m tests.engine.killed_canary FOLDER
"""

import os
import sys
from pathlib import Path

from station_app.core.model_messages import ModelStage
from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.inference.package import load_package
from station_app.store.ledger import StationLedger
from tests.engine.fakes import BAD, PartCamera
from tests.engine.line import LineSettings, open_line
from tests.engine.trials import SECOND, on_trial, scaled_package
from tests.store.records import ROOMY

SHARE = 0.5
PERIOD_S = 0.02
"""Slow enough that some parts are looked at in shadow, and fast enough that others are not."""


def main(folder: Path) -> None:
    camera = PartCamera()
    camera.greys = dict.fromkeys(range(100_000), BAD)
    ledger = StationLedger(folder, ROOMY)
    settings = LineSettings(cameras={"top": camera}, trigger=TriggerSetup(TriggerKind.TIMER, 1 / PERIOD_S))
    line = open_line(folder, ledger, settings)
    packages = folder / "packages"
    package = load_package(packages / SECOND) if (packages / SECOND).exists() else scaled_package(packages)
    line.engine.load(line.recipe.name)
    line.engine.trials.set_candidate(on_trial(line, package, ModelStage.CANARY, SHARE))
    line.engine.start()
    told = 0
    while True:
        told += 1
        part = line.heard.wait_parts(told)[told - 1]
        os.write(1, f"{part.part_id} {part.verdict}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
