"""A web through the station on one core: flat field, placing, ring and stretches, against a bare copy of the lines.

All run in one process and in turn, round by round, so that whatever else the machine does meets each. The target is
40 klines/s at 4096 pixels for the whole path. The chain of defects over tiles is measured beside it.

    python bench/linescan.py [--width 4096] [--strip 64] [--stretch 1024] [--overlap 128] [--lines 65536] [--rounds 7]
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan
from station_app.core.lines_merge import ChainMerger, Trace
from station_app.core.lines_touch import touches
from station_app.devices.linescan.block import Block, Strip
from station_app.devices.linescan.drift import DriftWatch
from station_app.devices.linescan.flat_field import FlatConditions, FlatField, FlatFieldCorrection
from station_app.devices.linescan.placing import Placing
from station_app.devices.linescan.ring import LineRing
from station_app.devices.linescan.stretches import Stretches

TARGET = 40.0
_STORE = 16
"""Different strips: together larger than any cache."""


class Web:
    """So many strips, again and again, and a buffer that every stretch is copied into, as a frame buffer is."""

    def __init__(self, options: argparse.Namespace) -> None:
        random = np.random.default_rng(7)
        self.options = options
        shape = (options.strip, options.width)
        count = max(_STORE, (64 << 20) // (options.strip * options.width))
        self.strips = [random.integers(0, 256, shape, np.uint8) for _ in range(count)]
        self.out = np.empty((options.stretch + options.overlap, options.width), np.uint8)
        dark = random.uniform(2, 9, options.width).astype(np.float32)
        white = random.uniform(110, 220, options.width).astype(np.float32)
        self.flat = FlatField(dark, white, 200.0, FlatConditions(20.0, 40_000.0, 1.0), "2024-01-01")

    def strip(self, number: int) -> Pixels:
        return self.strips[number % len(self.strips)]

    @property
    def count(self) -> int:
        return int(self.options.lines // self.options.strip)


def bare_copy(web: Web) -> None:
    """Each line copied once, nothing else: what memory allows."""
    strip = web.options.strip
    for number in range(web.count):
        top = number * strip % (web.options.stretch - strip + 1)
        np.copyto(web.out[top : top + strip], web.strip(number))


def flat_field(web: Web) -> None:
    correction = FlatFieldCorrection(web.flat)
    corrected = np.empty((web.options.strip, web.options.width), np.uint8)
    for number in range(web.count):
        correction.correct(web.strip(number), corrected)


def ring_and_stretches(web: Web) -> None:
    _run(web, lambda block: block.pixels)


def whole_path(web: Web) -> None:
    correction = FlatFieldCorrection(web.flat)
    corrected = np.empty((web.options.strip, web.options.width), np.uint8)
    _run(web, lambda block: correction.correct(block.pixels, corrected))


def whole_path_and_drift(web: Web) -> None:
    correction, drift = FlatFieldCorrection(web.flat), DriftWatch(web.options.width)
    corrected = np.empty((web.options.strip, web.options.width), np.uint8)

    def correct(block: Block) -> Pixels:
        drift.add(correction.correct(block.pixels, corrected))
        return corrected

    _run(web, correct)


def _run(web: Web, correct: Callable[[Block], Pixels]) -> None:
    options = web.options
    placing = Placing(options.strip)
    cutter = Stretches(options.stretch, options.overlap)
    ring = LineRing(options.width, cutter.most_lines + 2 * options.strip)
    for number in range(web.count):
        for block in placing.place(Strip(number, web.strip(number), 0)):
            pixels = correct(block)
            ring.push(Block(block.first_line, pixels, block.ok, 0, block.block_id))
            for part in cutter.take(block):
                ring.copy_into(part.frame, web.out[: part.frame.length])


def chain(defects: int) -> float:
    """Microseconds that a defect costs to be joined over tiles of 1,024 lines that overlap by 128."""
    random = np.random.default_rng(3)
    starts = np.sort(random.integers(0, 400 * defects, defects))
    lengths, lefts = random.integers(2, 300, defects), random.integers(0, 4000, defects)
    merger, first, began = ChainMerger(touches), 0, time.perf_counter()
    while first < 400 * defects + 300:
        inside = np.flatnonzero((starts < first + 1024) & (starts + lengths > first))
        traces = [_trace(int(starts[i]), int(lengths[i]), int(lefts[i]), first) for i in inside]
        merger.add(LineSpan(first, first + 1024), traces, first + 896)
        first += 896
    return (time.perf_counter() - began) / defects * 1e6


def _trace(start: int, length: int, left: int, first: int) -> Trace:
    top, bottom = max(start, first), min(start + length, first + 1024)
    lines = np.arange(top, bottom)
    runs = np.stack([lines, np.full_like(lines, left), np.full_like(lines, left + 8)], axis=1)
    return Trace("scratch", 0.9, top, bottom, left, left + 8, runs)


STEPS: tuple[Callable[[Web], None], ...] = (
    bare_copy,
    flat_field,
    ring_and_stretches,
    whole_path,
    whole_path_and_drift,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("width", 4096), ("strip", 64), ("stretch", 1024), ("overlap", 128), ("lines", 65536)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    web = Web(options)
    figures: dict[str, list[float]] = {step.__name__: [] for step in STEPS}
    for _ in range(options.rounds):
        for step in STEPS:
            began = time.perf_counter()
            step(web)
            figures[step.__name__].append(options.lines / (time.perf_counter() - began) / 1e3)
    print(f"{options.width} px, strips of {options.strip}, stretches of {options.stretch} + {options.overlap}")
    for name, rates in figures.items():
        median = statistics.median(rates)
        print(f"{name:22} {median:8.1f} klines/s (lowest {min(rates):.1f}), {median * options.width / 1e6:.2f} GB/s")
    print(f"chain over tiles       {chain(3000):8.1f} us per defect")
    reached = statistics.median(figures["whole_path"])
    print(f"whole path: {reached:.1f} klines/s, the target is {TARGET:g}: {'met' if reached >= TARGET else 'MISSED'}")
    return 0 if reached >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
