"""How long after a GigE camera is back the station has pictures again, whatever the length of the outage.

    python -m tests.campaigns.camera_outages [--cycles 20] [--shortest 0.2] [--longest 60] [--seed 1]

As root, with Debian's aravis-tools: the camera is Aravis' simulated one in a network namespace. It is killed and
started again under `RecoveringCamera` with its own thread and its real waits. In every second cycle the line goes on
triggering; in the others it stands still until the station says that the camera is back. The clock starts when the
camera's process starts, and ends with the first complete frame whose every pixel is right.
"""

import argparse
import logging
import math
import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.inspection import Pixels
from station_app.devices.genicam.link import Wanted
from station_app.devices.gige import open_gige
from station_app.devices.recovery import RecoveringCamera
from tests.campaigns.namespace import enter
from tests.devices.netns.device import SERIAL, Device, is_intact

SIDE = 512
FRAME_S = 0.5
PERIOD_S = 0.05
GIVE_UP_S = 30.0


@dataclass(frozen=True, slots=True)
class Cycle:
    """One outage: how long it was, whether the line went on, and how long after it the first picture took."""

    outage_s: float
    is_running: bool
    back_s: float


class Line:
    """A camera that recovers by itself, and somebody who triggers it. `damaged` counts frames that were handed out as
    complete and are not."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self.damaged = 0
        self.camera = RecoveringCamera(lambda: open_gige(SERIAL, Wanted(size=(SIDE, SIDE))), self._on_change)
        self._buffer: Pixels = np.zeros(self.camera.open().shape, np.uint8)
        # Nothing that changes the picture: its pixels are compared.
        self.camera.apply({"frame_rate": 50.0})
        self.camera.start()

    def _on_change(self, is_live: bool, detail: str) -> None:
        if is_live:
            self._told.set()

    def shoot(self) -> bool:
        """Whether a good frame came."""
        try:
            self.camera.trigger()
            stamp = self.camera.fill(self._buffer, FRAME_S)
        except CameraError:
            return False
        is_good = is_intact(self._buffer)
        self.damaged += stamp is not None and stamp.is_complete and not is_good
        return stamp is not None and stamp.is_complete and is_good

    def until(self, moment: float) -> None:
        """Go on with the line until then."""
        while time.monotonic() < moment:
            self.shoot()
            time.sleep(PERIOD_S)

    def first_good(self, since: float) -> float:
        """Seconds from `since` to the next good frame."""
        while time.monotonic() < since + GIVE_UP_S:
            if self.shoot():
                return time.monotonic() - since
            time.sleep(PERIOD_S)
        return math.inf

    def expect(self) -> None:
        self._told.clear()

    def wait_until_told(self) -> None:
        self._told.wait(GIVE_UP_S)


def run_cycle(line: Line, device: Device, outage_s: float, is_running: bool) -> Cycle:
    line.until(time.monotonic() + 1.0)
    line.expect()
    device.cut_power()
    ends = time.monotonic() + outage_s
    if is_running:
        line.until(ends)
    time.sleep(max(0.0, ends - time.monotonic()))
    since = time.monotonic()
    device.switch_on(is_awaited=False)
    if not is_running:
        line.wait_until_told()
    return Cycle(outage_s, is_running, line.first_good(since))


def run_campaign(arguments: argparse.Namespace) -> int:
    logging.getLogger("station_app").setLevel(logging.CRITICAL)
    device, dice = Device(), random.Random(arguments.seed)
    device.switch_on()
    line, cycles = Line(), []
    for number in range(arguments.cycles):
        outage_s = math.exp(dice.uniform(math.log(arguments.shortest), math.log(arguments.longest)))
        cycles.append(run_cycle(line, device, outage_s, number % 2 == 0))
        told = cycles[-1]
        how = "line runs" if told.is_running else "line stands still"
        print(f"outage {told.outage_s:5.1f} s, {how:17}: picture {told.back_s:.2f} s after the camera", flush=True)
    line.camera.close()
    device.cut_power()
    times = [cycle.back_s for cycle in cycles]
    print(f"{len(times)} outages: median {statistics.median(times):.2f} s, worst {max(times):.2f} s")
    print(f"frames handed out as complete with wrong pixels: {line.damaged}")
    return 0 if max(times) <= 5.0 and not line.damaged else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=20)
    parser.add_argument("--shortest", type=float, default=0.2, help="seconds")
    parser.add_argument("--longest", type=float, default=60.0, help="seconds")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    status = enter("tests.campaigns.camera_outages")
    return run_campaign(arguments) if status is None else status


if __name__ == "__main__":
    sys.exit(main())
