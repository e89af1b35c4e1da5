"""What piles up over a day of losses: memory, open files, threads, child processes and shared memory, cycle by cycle.

    python -m tests.campaigns.camera_cycles rendered|basler|genicam|gige [--cycles 288]

A day is counted as one loss every five minutes: 288 cycles. A cycle is: a frame, the loss, the letting go, the return,
a frame; every twelfth, an hour's, closes the camera for good and opens another. The recovery is turned by hand, so that
no cycle waits. The loss is real where it can be: the GenICam worker and the simulated GigE camera are killed; pylon's
emulator cannot be unplugged and is by the tests' plug.

After each cycle, and a collection of garbage, this process is measured. Printed are its first and last figures after a
tenth of the cycles, and the slope of its memory by the median of all pairs (Theil and Sen), which no single step bends.
For Basler the same is printed of a bare loop of pylon's own calls in the same process.
"""

import argparse
import contextlib
import gc
import logging
import os
import signal
import statistics
import sys
import threading
from collections.abc import Callable
from dataclasses import astuple, dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from station_app.core.errors import CameraError
from station_app.devices.camera import Camera
from station_app.devices.faults import Fault, FaultKind
from station_app.devices.genicam.link import Wanted
from station_app.devices.recovery import RecoveringCamera
from tests.campaigns.namespace import enter
from tests.devices.fakes import ManualWatch
from tests.devices.genicam_plug import PluggedLink, handles, resident_mb

DAY = 288
HOUR = 12
WAIT_S = 5.0
ATTEMPTS = 8
SIZE = (640, 480)


@dataclass(frozen=True, slots=True)
class Mark:
    """This process after a cycle. `rings` are the pieces of shared memory that it ever mapped and that still exist."""

    files: int
    threads: int
    children: int
    rings: int
    memory_kb: float


class Rig:
    """A driver under test: how to make one, and how its camera is lost and comes back."""

    def make(self) -> Camera:
        raise NotImplementedError

    def lose(self) -> None:
        raise NotImplementedError

    def restore(self) -> None:
        """By default it is back at once."""

    def bare(self) -> Callable[[], None] | None:
        """One cycle of the vendor's own calls, for comparison."""
        return None


class RenderedRig(Rig):
    def make(self) -> Camera:
        from station_app.devices.rendered_camera import RenderedCamera
        from station_app.devices.rendering.plan import RenderSpec

        self._camera = RenderedCamera(RenderSpec(*SIZE))
        return self._camera

    def lose(self) -> None:
        self._camera.inject(Fault(FaultKind.DISCONNECT))


class BaslerRig(Rig):
    def __init__(self) -> None:
        os.environ["PYLON_CAMEMU"] = "1"

    def make(self) -> Camera:
        from station_app.devices.basler import BaslerLink, Layer
        from station_app.devices.genicam.camera import GenicamCamera

        self._link = PluggedLink(BaslerLink("0815-0000", Layer.EMULATOR))
        return GenicamCamera(self._link, Wanted(size=SIZE))

    def lose(self) -> None:
        self._link.is_plugged = False

    def restore(self) -> None:
        self._link.is_plugged = True

    def bare(self) -> Callable[[], None]:
        from pypylon import pylon

        layer = pylon.TlFactory.GetInstance().CreateTl("BaslerCamEmu")

        def cycle() -> None:
            camera = pylon.InstantCamera(layer.CreateDevice(layer.EnumerateDevices()[0]))
            camera.Open()
            camera.StartGrabbing(pylon.GrabStrategy_OneByOne)
            camera.RetrieveResult(1000, pylon.TimeoutHandling_Return).Release()
            camera.StopGrabbing()
            camera.Close()
            camera.DestroyDevice()

        return cycle


class GenicamRig(Rig):
    def make(self) -> Camera:
        import genicam

        from station_app.devices.genicam.remote import RemoteCamera

        producer = Path(genicam.__file__).parent / "viky.cti"
        self._camera = RemoteCamera(producer, "VikyTL_DEV_red", Wanted(size=SIZE))
        return self._camera

    def lose(self) -> None:
        assert self._camera.pid is not None
        os.kill(self._camera.pid, signal.SIGKILL)


class GigeRig(Rig):
    def __init__(self) -> None:
        from tests.devices.netns.device import Device

        self._device = Device()
        self._device.switch_on()

    def make(self) -> Camera:
        from station_app.devices.gige import open_gige
        from tests.devices.netns.device import SERIAL

        return open_gige(SERIAL, Wanted(size=SIZE))

    def lose(self) -> None:
        self._device.cut_power()

    def restore(self) -> None:
        self._device.switch_on()


RIGS: dict[str, Callable[[], Rig]] = {
    "rendered": RenderedRig,
    "basler": BaslerRig,
    "genicam": GenicamRig,
    "gige": GigeRig,
}


class Line:
    """One station's camera over its cycles."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._open()

    def _open(self) -> None:
        self._camera = RecoveringCamera(self._rig.make, watch=ManualWatch())
        self._buffer = np.zeros(self._camera.open().shape, np.uint8)
        self._camera.apply({})
        self._camera.start()

    def cycle(self) -> None:
        self._grab()
        self._rig.lose()
        with contextlib.suppress(CameraError):
            self._camera.trigger()
            self._camera.fill(self._buffer, WAIT_S)
        self._camera.step()
        self._rig.restore()
        self._camera.step()
        self._grab()

    def renew(self) -> None:
        self._camera.close()
        self._open()

    def close(self) -> None:
        self._camera.close()

    def _grab(self) -> None:
        """One frame. A camera that is not back at the first attempt, as on a busy computer, is tried again."""
        for _ in range(ATTEMPTS):
            with contextlib.suppress(CameraError):
                self._camera.trigger()
                if self._camera.fill(self._buffer, WAIT_S) is not None:
                    return
            self._camera.step()
        raise RuntimeError("the camera does not come back")


def mark(mapped: set[Path]) -> Mark:
    """Measure this process; `mapped` is what it had mapped at the marks before, and is added to."""
    gc.collect()
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    mapped.update(Path(line.split()[5]) for line in lines if "/dev/shm/psm_" in line and "(deleted)" not in line)
    children = sum(len(path.read_text().split()) for path in Path("/proc/self/task").glob("*/children"))
    rings = sum(path.exists() for path in mapped)
    return Mark(handles(), threading.active_count(), children, rings, resident_mb() * 1000)


def slope(values: list[float]) -> float:
    """The median of the slopes of all pairs (Theil 1950, Sen 1968), per step."""
    return statistics.median((b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(values), 2))


def measure(cycle: Callable[[int], None], cycles: int) -> list[Mark]:
    marks: list[Mark] = []
    mapped: set[Path] = set()
    for number in range(cycles):
        cycle(number)
        marks.append(mark(mapped))
    return marks[cycles // 10 :]


def tell(name: str, marks: list[Mark]) -> None:
    first, last = marks[0], marks[-1]
    names = ("files", "threads", "children", "rings", "kB")
    figures = ", ".join(f"{n} {a:.0f} -> {b:.0f}" for n, a, b in zip(names, astuple(first), astuple(last), strict=True))
    print(f"{name}: {figures}; {slope([one.memory_kb for one in marks]):+.2f} kB a cycle", flush=True)


def run_campaign(arguments: argparse.Namespace) -> int:
    logging.getLogger("station_app").setLevel(logging.CRITICAL)
    rig = RIGS[arguments.driver]()
    line = Line(rig)

    def cycle(number: int) -> None:
        line.cycle()
        if number % HOUR == HOUR - 1:
            line.renew()

    tell(arguments.driver, marks := measure(cycle, arguments.cycles))
    line.close()
    bare = rig.bare()
    if bare is not None:
        tell(f"{arguments.driver}, bare calls", measure(lambda _: bare(), arguments.cycles))
    return 0 if astuple(marks[0])[:4] == astuple(marks[-1])[:4] else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("driver", choices=tuple(RIGS))
    parser.add_argument("--cycles", type=int, default=DAY)
    arguments = parser.parse_args()
    status = enter("tests.campaigns.camera_cycles") if arguments.driver == "gige" else None
    return run_campaign(arguments) if status is None else status


if __name__ == "__main__":
    sys.exit(main())
