"""A Basler camera's whole path, from the station's trigger to the verdict, against a bare grab loop and `session.run`.

    python -m bench.basler_path [--rounds 7] [--parts 40] [--threads 1] [--test-picture]

pylon is real, its camera is pylon's emulator: 5 MP mono8, triggered by software. It delivers pictures of parts with a
scratch, or with --test-picture its own test picture, half of which is one defect to the model: more to draw than a
line's parts have. Both sides run in this process, in turn, on the same model with as many threads.

- bare, one after the other: trigger, retrieve, `session.run` on tensors that lie ready, again.
- bare, side by side: the same in two threads with one frame between them, which no station can beat.
- station: its acquire and inspect threads with the recovering driver, buffers, checks of the frame, and the verdict.

Printed are medians over the rounds, of the rate and of the processor time of this process for a part; the goal is 0.95
of the better bare loop. On a computer that does something else as well, the rates say little and the processor time
tells both sides apart: what the station adds to it is spent on the inspect thread but for a millisecond.
"""

import argparse
import math
import os
import queue
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from bench.inference_path import (
    HEIGHT,
    WIDTH,
    Case,
    bare_loop,
    build_package,
    is_scratch_found,
    scratched_frames,
)
from station_app.core.inspection import Frame, VerdictKind
from station_app.core.recipe import CameraSetup, Keep, KeepImages, ModelReference, Recipe
from station_app.devices.camera import FeatureValue
from station_app.devices.freshness import Freshness
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.source import open_source
from station_app.engine.acquire import AcquireStage
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.inspect import Concluded, InspectStage, Waiting
from station_app.engine.live_camera import LiveCamera
from station_app.engine.looks import CameraHooks
from station_app.engine.part import Part
from station_app.engine.settling import PartSettling
from station_app.engine.sides import Side, Sides
from station_app.inference.inspector import Inspector
from station_app.inference.manifest import Fit
from station_app.inference.package import ModelPackage

os.environ["PYLON_CAMEMU"] = "2"
BARE, OURS = "0815-0000", "0815-0001"
CASES = (
    Case("light model", Fit.AREA, 256, 0, 24, 4),
    Case("heavy model", Fit.AREA, 256, 0, 64, 8),
)
IN_FLIGHT = 2


class _NobodyWatches:
    def due_s(self, camera_id: str) -> float:
        return math.inf

    def offer(self, frame: Frame, lease: Lease) -> None:
        """Nobody looks."""


class BareCamera:
    """pylon as its manual has it."""

    def __init__(self, pictures: dict[str, FeatureValue]) -> None:
        from pypylon import pylon

        self._pylon = pylon
        layer = pylon.TlFactory.GetInstance().CreateTl("BaslerCamEmu")
        self._camera = pylon.InstantCamera(layer.CreateFirstDevice())
        self._camera.Open()
        values: dict[str, FeatureValue] = {
            "Width": WIDTH,
            "Height": HEIGHT,
            "ExposureTimeAbs": 100.0,
            "AcquisitionFrameRateEnable": False,
        }
        values |= {"TriggerSelector": "FrameStart", "TriggerSource": "Software", "TriggerMode": "On"}
        values |= pictures
        for name, value in values.items():
            self._camera.GetNodeMap().GetNode(name).SetValue(value)
        self._camera.StartGrabbing(pylon.GrabStrategy_OneByOne)

    def grab(self) -> np.ndarray:
        self._camera.WaitForFrameTriggerReady(1000)
        self._camera.ExecuteSoftwareTrigger()
        with self._camera.RetrieveResult(1000, self._pylon.TimeoutHandling_ThrowException) as result:
            return np.asarray(result.GetArray())


class Station:
    """The engine's own two stages between the camera and the verdict; the parts come as fast as they are taken."""

    def __init__(self, package: ModelPackage, threads: int, pictures: dict[str, FeatureValue]) -> None:
        source = f"basler:{OURS},layer=emulator,width={WIDTH},height={HEIGHT}"
        camera = RecoveringCamera(lambda: open_source(source))
        described = camera.open()
        camera.apply({"exposure_us": 100.0, "AcquisitionFrameRateEnable": False, **pictures})
        camera.start()
        model = ModelReference(Path(package.where).name, package.sha256)
        self._recipe = Recipe(
            "bench", 1, (CameraSetup("top", model),), package.manifest.thresholds, 5000.0, Keep(KeepImages.ALL, 1.0)
        )
        self.inspector = Inspector(package, provider="CPU", threads=threads)
        self.inspector.warm_up(described.shape)
        freshness = Freshness(check_pixels=False)  # the same four pictures again and again
        live = LiveCamera(
            "top",
            camera,
            described,
            lambda stamp, frame, ns: freshness.fault(stamp, frame.pixels, ns),
            lambda frame, number: self.inspector.prepare(frame, (), number),
        )
        shots: BoundedQueue[Waiting] = BoundedQueue("inspect", IN_FLIGHT, Policy.BLOCK)
        pool = FramePool(IN_FLIGHT + 1, described.shape)
        hooks = CameraHooks(lambda _, error: print(error), lambda _: None, _NobodyWatches())
        self._acquire = AcquireStage(live, pool, shots, hooks)
        self._inspect = InspectStage(
            shots,
            Sides(Side(self._recipe, {"top": self.inspector})),
            self._on_concluded,
            lambda _: None,
            _on_bug,
            PartSettling(),
        )
        self._concluded: queue.Queue[Concluded] = queue.Queue()
        for step in (self._acquire.step, self._inspect.step):
            threading.Thread(target=_forever, args=(step,), daemon=True).start()
        self._part_id = 0
        self.verdicts: list[VerdictKind] = []

    def run(self, parts: int) -> None:
        for _ in range(min(IN_FLIGHT, parts)):
            self._submit()
        for number in range(parts):
            concluded = self._concluded.get(timeout=30)
            for examined in concluded.part.examined:
                examined.shot.release()
            self.verdicts.append(concluded.verdict.kind)
            if number + IN_FLIGHT < parts:
                self._submit()

    def _submit(self) -> None:
        self._part_id += 1
        self._acquire.incoming.put(Part(self._part_id, self._recipe, self._recipe.sha256, "", time.monotonic_ns()))

    def _on_concluded(self, concluded: Concluded) -> None:
        self._concluded.put(concluded)


def one_after_the_other(camera: BareCamera, run: Callable[[Frame], None], frames: list[Frame], parts: int) -> None:
    for number in range(parts):
        camera.grab()
        run(frames[number % len(frames)])


def side_by_side(camera: BareCamera, run: Callable[[Frame], None], frames: list[Frame], parts: int) -> None:
    grabbed: queue.Queue[np.ndarray] = queue.Queue(1)
    thread = threading.Thread(target=lambda: [grabbed.put(camera.grab()) for _ in range(parts)])
    thread.start()
    for number in range(parts):
        grabbed.get()
        run(frames[number % len(frames)])
    thread.join()


def measure(case: Case, arguments: argparse.Namespace, folder: Path) -> None:
    package = build_package(case, folder / case.name)
    frames = scratched_frames(4)
    scratched = folder / "pictures"
    scratched.mkdir(exist_ok=True)
    for number, frame in enumerate(frames):
        # The emulator reads its files anew for each frame: this format takes it 9 ms and PNG 70.
        cv2.imwrite(str(scratched / f"{number}.bmp"), frame.pixels)
    pictures: dict[str, FeatureValue] = {
        "TestImageSelector": "Off",
        "ImageFilename": str(scratched),
        "ImageFileMode": "On",
    }
    if arguments.test_picture:
        pictures = {"TestImageSelector": "Testimage1"}
    camera, bare = BareCamera(pictures), bare_loop(package, arguments.threads, frames)
    station = Station(package, arguments.threads, pictures)
    found = all(
        is_scratch_found(station.inspector.inspect(f, (), dict(package.manifest.thresholds), None), f) for f in frames
    )
    sides: dict[str, Callable[[int], None]] = {
        "bare, one after the other": lambda parts: one_after_the_other(camera, bare, frames, parts),
        "bare, side by side": lambda parts: side_by_side(camera, bare, frames, parts),
        "station": station.run,
        "bare grab alone": lambda parts: [camera.grab() for _ in range(parts)] and None,
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for _ in range(arguments.rounds + 1):
        for name, side in sides.items():
            started, started_cpu = time.perf_counter(), time.process_time()
            side(arguments.parts)
            spent, spent_cpu = time.perf_counter() - started, time.process_time() - started_cpu
            taken[name].append((arguments.parts / spent, spent_cpu / arguments.parts * 1e3))
    # The first round warms all sides up.
    tell(case, {name: medians(rounds[1:]) for name, rounds in taken.items()}, station, found)


def medians(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    """Of the parts a second, and of the milliseconds of processor time for a part."""
    rate, cpu = zip(*rounds, strict=True)
    return statistics.median(rate), statistics.median(cpu)


def tell(case: Case, taken: dict[str, tuple[float, float]], station: Station, found: bool) -> None:
    faults = sum(kind is VerdictKind.NO_RESULT for kind in station.verdicts)
    print(f"{case.name}: " + ", ".join(f"{name} {rate:.1f}/s ({cpu:.2f} ms)" for name, (rate, cpu) in taken.items()))
    for name in ("bare, one after the other", "bare, side by side"):
        rate, cpu = (ours / theirs for ours, theirs in zip(taken["station"], taken[name], strict=True))
        print(f"  station / {name}: rate {rate:.3f}, processor time {cpu:.3f}")
    print(f"  {len(station.verdicts)} parts, {faults} without a result; every scratch found: {found}", flush=True)


def _forever(step: Callable[[], None]) -> None:
    while True:
        step()


def _on_bug(where: str, error: BaseException) -> None:
    raise SystemExit(f"{where}: {error!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--parts", type=int, default=40, help="parts in each round of each side")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--test-picture", action="store_true", help="pylon's test picture instead of scratched parts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            measure(case, arguments, Path(folder))


if __name__ == "__main__":
    main()
