"""The waterfall under load: gaps of the event loop while the newest lines of a wide web arrive ten times a second.

    python -m bench.waterfall [--width 4096] [--lines 2048] [--speed 10000] [--seconds 15]

Runs without a display (offscreen) unless QT_QPA_PLATFORM says otherwise. The engine is the tests' fake in a thread of
this process; its pictures are rendered beforehand, so that little of the figures is its work.
"""

import argparse
import os
import sys
import threading
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dataclasses import replace

from bench.event_loop import TICK_MS, turn, watched_turn
from station_app.core.lines import LineScale, LineSpan
from station_app.core.messages import HealthReported
from station_app.core.setup_messages import CameraMeasured
from station_app.devices.rendering.web_plan import WebSpec
from station_app.devices.rendering.web_render import render_lines
from station_app.gui.application import open_station
from station_app.gui.web.line_history import LineHistory, LinesPicture
from station_app.gui.web.lines_worker import Wanted, draw
from station_app.gui.web.view import whole_web
from tests.gui.fake_engine import NOW_MS, FakeArchive, FakePreview
from tests.gui.web.moving_web import CAMERA, QUALITY, WebEngine, WebLink, profile_of

SCALE = LineScale(0.1, 0.1)
RATE_HZ = 10
_ROOM = (590, 410)
"""About the waterfall's place at full HD."""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def pictures(width: int, lines: int, step: int, count: int) -> list[LinesPicture]:
    """So many pictures of the newest lines, each `step` lines on."""
    spec = WebSpec(width=width)
    web = render_lines(spec, LineSpan(0, lines + step))
    return [LinesPicture(n * step, web[n % 2 * step :][:lines].copy()) for n in range(count)]


def worker_cost(shown: list[LinesPicture], zoom: float) -> tuple[float, float]:
    """CPU ms of taking one picture and of drawing what can be seen, on the worker's thread."""
    history = LineHistory()
    view = replace(whole_web(shown[0].pixels.shape[1], SCALE, *_ROOM), zoom=zoom)
    taking = drawing = 0.0
    for picture in shown:
        before = time.thread_time()
        history.push(picture)
        taken = time.thread_time()
        draw(history, Wanted(view, is_following=True))
        taking, drawing = taking + taken - before, drawing + time.thread_time() - taken
    return taking / len(shown) * 1e3, drawing / len(shown) * 1e3


def stalls(shown: list[LinesPicture], seconds: float) -> list[float]:
    """Gaps between ticks of the event loop, in ms; the first second is left out."""
    engine = WebEngine(scale=SCALE)
    station = open_station(lambda: WebLink(engine), FakeArchive, language="en", px_per_mm=4.03)
    station.window.resize(1920, 1080)
    station.window.show()
    turn(1.0)
    over = threading.Event()
    player = threading.Thread(target=_play, args=(engine, shown, over))
    player.start()
    gaps, share = watched_turn(seconds)
    over.set()
    player.join()
    engine.die()
    station.window.close()
    station.close()
    say(f"  process CPU: {share * 100:.0f} % of one core")
    return gaps[len(gaps) // max(1, round(seconds)) :]


def _play(engine: WebEngine, shown: list[LinesPicture], over: threading.Event) -> None:
    step = shown[1].first_line - shown[0].first_line
    profile = profile_of(shown[0].pixels)
    for number in range(1_000_000):
        if over.wait(1 / RATE_HZ):
            return
        first_line = number * step
        pixels = shown[number % len(shown)].pixels.copy()  # as a reader of the preview gets it
        engine.live = FakePreview(number + 1, 0, CAMERA, pixels)
        engine.line = first_line + len(pixels)
        engine.tell(replace(CameraMeasured(CAMERA, number + 1, QUALITY, (1.0,), profile), first_line=first_line))
        if number % RATE_HZ == 0:
            engine.report()
            engine.tell(HealthReported(NOW_MS + number, engine.counters))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=4096)
    parser.add_argument("--lines", type=int, default=2048, help="of each picture")
    parser.add_argument("--speed", type=int, default=10_000, help="lines a second")
    parser.add_argument("--seconds", type=float, default=15.0)
    chosen = parser.parse_args()
    shown = pictures(chosen.width, chosen.lines, chosen.speed // RATE_HZ, 20)
    for zoom in (1.0, 1 / 8):
        taking, drawing = worker_cost(shown, zoom)
        say(f"worker, CPU of one picture at zoom {zoom:g}: taken {taking:.1f} ms, drawn {drawing:.1f} ms")
    gaps = sorted(stalls(shown, chosen.seconds))
    middle, p99 = gaps[len(gaps) // 2], gaps[round(len(gaps) * 0.99)]
    say(f"  {RATE_HZ} pictures a second, {chosen.width} x {chosen.lines}, gaps of an event loop of {TICK_MS} ms:")
    say(f"  p50 {middle:.1f}, p99 {p99:.1f}, largest {gaps[-1]:.1f} ms; over 50 ms: {sum(gap > 50 for gap in gaps)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
