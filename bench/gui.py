"""The operator's screen under load: event-loop stalls, CPU per 5 MP frame with overlay, memory per part.

    python -m bench.gui [--rate 30] [--seconds 20] [--parts 20000]

Runs without a display (offscreen) unless QT_QPA_PLATFORM says otherwise. The engine is the tests' fake in a thread of
this process, so the whole process's CPU includes its work; the frame figure is measured alone.
"""

import argparse
import os
import statistics
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from bench.event_loop import turn, watched_turn
from station_app.core.inspection import Pixels, VerdictKind
from station_app.gui.application import OpenStation, make_application, open_station
from station_app.gui.operator_screen import View
from station_app.gui.scaling import ScaleRequest, render
from station_app.gui.screen_state import ScreenState
from station_app.gui.snapshot import draw_screen, state_after
from tests.gui.fake_engine import (
    STATION,
    FakeArchive,
    FakeEngine,
    FakeLink,
    FakePreview,
    heat_of,
    housing,
    part,
    scratch,
)

PIXELS = housing()
FINDINGS = scratch(PIXELS)
HEAT = (heat_of(PIXELS, FINDINGS),)
SIZE = (1920, 1080)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def frame_cost(frames: int = 200) -> tuple[float, float, float]:
    """CPU ms of one 5 MP frame with marks and heat map: scaling (worker), painting (GUI thread), both."""
    screen = draw_screen(_state(1), FakePreview(1, 1, "top", PIXELS, HEAT), SIZE)
    canvas = screen.canvas
    assert canvas.viewport is not None
    wanted = ScaleRequest(1, PIXELS, HEAT, canvas.viewport, 1.0, 96)
    before = time.process_time()
    for _ in range(frames):
        render(wanted)
    scaling = (time.process_time() - before) / frames * 1e3
    target = canvas.grab()
    before = time.process_time()
    for _ in range(frames):
        canvas.render(target)
    painting = (time.process_time() - before) / frames * 1e3
    screen.deleteLater()
    return scaling, painting, scaling + painting


def state_cost(frames: int = 200) -> float:
    """CPU ms of bringing the whole screen to the next part and painting it, image left out."""
    screen = draw_screen(_state(1), None, SIZE)
    states = [_state(number) for number in range(1, 13)]
    target = screen.grab()
    before = time.process_time()
    for number in range(frames):
        state = states[number % len(states)]
        screen.show_view(state, View(state.newest))
        screen.render(target)
    cost = (time.process_time() - before) / frames * 1e3
    screen.deleteLater()
    return cost


def _state(number: int) -> ScreenState:
    return state_after(STATION, [replace(part(number, VerdictKind.FAIL), findings=FINDINGS)])


def stalls(rate: float, seconds: float, pixels: Pixels) -> list[float]:
    """Gaps between ticks of the event loop, in ms, while parts arrive at `rate`; the first second is left out."""
    engine, over = FakeEngine(), threading.Event()
    station = _open(engine)
    player = threading.Thread(target=_play, args=(engine, rate, over, pixels))
    player.start()
    gaps, share = watched_turn(seconds)
    over.set()
    player.join()
    _close(station)
    say(f"  process CPU: {share * 100:.0f} % of one core (fake engine included)")
    return gaps[len(gaps) // max(1, round(seconds)) :]


def memory_slope(parts: int) -> float:
    """Bytes of resident memory per part, over the second half."""
    engine = FakeEngine()
    station = _open(engine)
    small = PIXELS[::8, ::8].copy()
    marks: list[tuple[int, int]] = []
    for number in range(1, parts + 1):
        inspected = replace(part(number, VerdictKind.FAIL), findings=FINDINGS)
        engine.show(inspected, small, HEAT)
        if number % 20 == 0:
            turn(0.03)
        if number % max(1, parts // 20) == 0:
            turn(0.1)
            marks.append((number, _resident_bytes()))
    _close(station)
    half = marks[len(marks) // 2 :]
    return (half[-1][1] - half[0][1]) / (half[-1][0] - half[0][0])


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _open(engine: FakeEngine) -> OpenStation:
    station = open_station(lambda: FakeLink(engine), FakeArchive, language="en", px_per_mm=4.03)
    station.window.resize(*SIZE)
    station.window.show()
    turn(0.5)
    return station


def _close(station: OpenStation) -> None:
    station.window.hide()
    station.close()
    station.window.deleteLater()
    turn(0.05)


def _play(engine: FakeEngine, rate: float, over: threading.Event, pixels: Pixels) -> None:
    number, due = 0, time.perf_counter()
    while not over.is_set():
        number += 1
        due += 1 / rate
        over.wait(max(0.0, due - time.perf_counter()))
        inspected = replace(part(number, VerdictKind.FAIL), findings=FINDINGS)
        engine.show(inspected, pixels.copy(), HEAT)


def _twenty_megapixels() -> Pixels:
    return housing(size=(3648, 5472))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=30.0, help="parts a second")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--skip-stalls", action="store_true")
    parser.add_argument("--parts", type=int, default=20_000, help="for the memory slope; 0 leaves it out")
    chosen = parser.parse_args()
    application: QApplication = make_application()
    scaling, painting, both = frame_cost()
    say(f"5 MP frame with overlay, CPU ms: scaling {scaling:.1f} + painting {painting:.1f} = {both:.1f} (goal 6)")
    say(f"whole screen to the next part and painted, CPU ms: {state_cost():.1f}")
    loads = ((chosen.rate, PIXELS), (chosen.rate * 10 / 3, PIXELS), (chosen.rate / 3, _twenty_megapixels()))
    for rate, pixels in () if chosen.skip_stalls else loads:
        gaps = sorted(stalls(rate, chosen.seconds, pixels))
        p99 = gaps[int(len(gaps) * 0.99)]
        over = sum(gap > 50 for gap in gaps)
        say(
            f"event loop at {rate:g} parts/s of {pixels.size / 1e6:.0f} MP: "
            f"median gap {statistics.median(gaps):.1f} ms, p99 {p99:.1f} ms, "
            f"longest {gaps[-1]:.1f} ms, over 50 ms: {over} of {len(gaps)}"
        )
    if chosen.parts and sys.platform == "linux":
        say(f"memory over {chosen.parts} parts: {memory_slope(chosen.parts):.1f} bytes a part (goal < 50)")
    application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
