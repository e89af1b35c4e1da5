"""Not one damaged frame is judged while the network loses packets: every frame is compared pixel by pixel.

    python -m tests.campaigns.camera_losses [--minutes 5] [--lost 1] [--side 512]

As root, with Debian's aravis-tools: the camera is Aravis' simulated one in a network namespace, which drops `--lost` of
1,000 packets of its pictures and sends none again. The frames go through the engine's own acquire stage and its checks
of the stamp; what would be judged is compared with the simulator's pattern, and so is what was refused as torn: were
none of those damaged, the comparison would see nothing.
"""

import argparse
import logging
import sys
import time
from collections import Counter

from station_app.core.errors import CameraError
from station_app.core.inspection import Frame
from station_app.core.recipe import CameraSetup, Keep, KeepImages, ModelReference, Recipe
from station_app.devices.freshness import Freshness
from station_app.devices.genicam.link import Wanted
from station_app.devices.gige import open_gige
from station_app.devices.recovery import RecoveringCamera
from station_app.engine.acquire import AcquireStage
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.frame_pool import FramePool
from station_app.engine.inspect import Waiting
from station_app.engine.live_camera import LiveCamera
from station_app.engine.looks import CameraHooks
from station_app.engine.part import Part
from station_app.inference.preparing import Prepared
from station_app.inference.preprocess import measure_quality
from tests.campaigns.namespace import enter
from tests.devices.netns.device import SERIAL, Device, is_intact
from tests.engine.stands import NobodyWatches

DEADLINE_MS = 2000.0
RATE = 200.0
LOST_S = 0.2
JUDGED = "would be judged"


class Line:
    """One recovering camera before the engine's acquire stage, turned by hand."""

    def __init__(self, side: int) -> None:
        self.camera = RecoveringCamera(lambda: open_gige(SERIAL, Wanted(size=(side, side))))
        described = self.camera.open()
        self.camera.apply({"trigger_source": "off", "frame_rate": RATE})
        self.camera.start()
        freshness = Freshness()
        live = LiveCamera(
            "top", self.camera, described, lambda stamp, frame, ns: freshness.fault(stamp, frame.pixels, ns), _as_it_is
        )
        hooks = CameraHooks(self._on_lost, lambda _: None, NobodyWatches())
        self._shots: BoundedQueue[Waiting] = BoundedQueue("inspect", 1, Policy.BLOCK)
        self._stage = AcquireStage(live, FramePool(2, described.shape), self._shots, hooks)
        setup = CameraSetup("top", ModelReference("none", ""))
        self._recipe = Recipe("losses", 1, (setup,), (), DEADLINE_MS, Keep(KeepImages.ALL, 1.0))
        self._parts = 0

    def _on_lost(self, camera_id: str, error: CameraError) -> None:
        logging.getLogger(__name__).info("%s: %s", camera_id, error)

    def shoot(self) -> tuple[str, bool]:
        """What became of the next part's frame, and whether its pixels are right."""
        self._parts += 1
        self._stage.incoming.put(Part(self._parts, self._recipe, "", "", time.monotonic_ns()))
        self._stage.step()
        waiting = self._shots.get(0.0)
        if not isinstance(waiting, tuple):
            raise RuntimeError("the acquire stage handed nothing on")
        shot = waiting[1]
        is_right = shot.frame is not None and is_intact(shot.frame.pixels)
        shot.release()
        return (str(shot.fault) if shot.fault else JUDGED), is_right


def _as_it_is(frame: Frame, _: int) -> Prepared:
    return Prepared(frame.camera_id, measure_quality(frame), (), (frame.pixels,))


def run_campaign(arguments: argparse.Namespace) -> int:
    logging.getLogger("station_app").setLevel(logging.CRITICAL)
    device = Device()
    device.switch_on(arguments.lost)
    line, ends = Line(arguments.side), time.monotonic() + 60 * arguments.minutes
    seen: Counter[tuple[str, bool]] = Counter()
    while time.monotonic() < ends:
        seen[line.shoot()] += 1
        if not line.camera.is_alive():
            time.sleep(LOST_S)  # as on a busy computer; the parts meanwhile say nothing
    line.camera.close()
    device.cut_power()
    print(f"{seen.total()} frames in {arguments.minutes:g} minutes, {arguments.lost} of 1,000 packets lost")
    for (became, is_right), count in sorted(seen.items()):
        print(f"  {became:16} pixels {'right' if is_right else 'wrong'}: {count}")
    wrong = seen[JUDGED, False]
    print(f"damaged frames that would have been judged: {wrong}")
    return 0 if not wrong and seen[JUDGED, True] and any(not right for _, right in seen) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--lost", type=int, default=1, help="packets of a thousand")
    parser.add_argument("--side", type=int, default=512, help="width and height in pixels")
    arguments = parser.parse_args()
    status = enter("tests.campaigns.camera_losses")
    return run_campaign(arguments) if status is None else status


if __name__ == "__main__":
    sys.exit(main())
