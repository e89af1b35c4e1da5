"""`python -m tests.gui.fake_station` opens the window on the fake engine, with cameras to set up."""

import argparse
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from station_app.core.messages import AlarmRaised, CameraChanged, EngineState, Priority
from station_app.core.setup_messages import FingerprintChecked, SaveReference
from station_app.gui.application import run
from tests.gui.fake_engine import NOW_MS, STATION, FakeArchive, FakeEngine, FakeLink, play
from tests.gui.fake_setup import LOOKS_PER_S, MANY, FakeSetup

_CAMERAS = ("top", "left side", "右侧", "back")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=1.0, help="parts a second")
    parser.add_argument("--language", default="en")
    parser.add_argument("--px-per-mm", type=float)
    parser.add_argument("--fullscreen", action="store_true")
    parser.add_argument("--cameras", type=int, default=1, help="how many, the second of which is lost")
    parser.add_argument("--paused", action="store_true")
    parser.add_argument("--shifted", type=float, default=0.0, help="pixels since the reference, which is saved then")
    chosen = parser.parse_args()
    state = EngineState.PAUSED if chosen.paused else EngineState.RUNNING
    engine = FakeEngine(replace(STATION, state=state, camera_ids=_CAMERAS[: chosen.cameras]))
    over = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        setup = _prepared(FakeSetup(engine, Path(folder)), chosen.cameras, chosen.shifted)
        threading.Thread(target=play, args=(engine, chosen.rate, over.is_set), daemon=True).start()
        threading.Thread(target=setup.play, args=(LOOKS_PER_S, over.is_set), daemon=True).start()
        try:
            return run(
                lambda: FakeLink(engine),
                FakeArchive,
                language=chosen.language,
                fullscreen=chosen.fullscreen,
                px_per_mm=chosen.px_per_mm,
            )
        finally:
            over.set()


def _prepared(setup: FakeSetup, cameras: int, shifted_px: float) -> FakeSetup:
    engine = setup.engine
    setup.features = {"top": (*setup.features_of("top"), *MANY), "back": ()}
    if cameras > 1:
        lost, setup.lost = "the camera does not answer", frozenset({"left side"})
        engine.tell(CameraChanged("left side", False, lost))
        engine.tell(AlarmRaised("camera left side", Priority.HIGH, lost, "left side", "check the cable", NOW_MS))
    if shifted_px:
        setup.watched = "top"
        setup.obey(SaveReference("top", "王芳"))
        setup.shift_px = shifted_px
        measured = setup.measured(setup.pixels())
        engine.tell(FingerprintChecked("top", False, measured.differences, NOW_MS))
        setup.watched = ""
    return setup


if __name__ == "__main__":
    sys.exit(main())
