"""A screen without a monitor, with a window manager, mouse and keyboard: Xvfb, openbox, xdotool, ImageMagick.

The screen's memory is read directly, so that how long a picture takes is seen to a few milliseconds and costs the
station nothing.
"""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from tests.small_picture import write_small

Picture = npt.NDArray[np.uint32]
Place = tuple[int, int]

_WATCH_S, _LOOK_S, _GRID = 1.6, 0.008, 3
_ALIKE = 0.995
_WIDEST, _MOST_BYTES = 1280, 120_000
LETTER_MS = 110
"""Between two letters: a scanner is faster, a person is slower."""


@dataclass(frozen=True, slots=True)
class Painted:
    """How long after a deed the screen began to change, and how long until it looked as it does at the end, in ms."""

    first_ms: float
    done_ms: float


class Desktop:
    """One screen of `size` pixels at the X display `name`, such as ":79"; `folder` keeps its memory."""

    def __init__(self, name: str, size: tuple[int, int], folder: Path) -> None:
        self.name, self.size, self._folder = name, size, folder
        self.environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        self._programs: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        size = f"{self.size[0]}x{self.size[1]}x24"
        words = ("Xvfb", self.name, "-screen", "0", size, "-fbdir", str(self._folder), "-nolisten", "tcp")
        self._programs.append(subprocess.Popen(words, stderr=subprocess.DEVNULL))
        self._wait_for_screen()
        self._programs.append(subprocess.Popen(("openbox",), env=self.environment, stderr=subprocess.DEVNULL))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for program in reversed(self._programs):
            program.terminate()
            program.wait(10)

    def _wait_for_screen(self) -> None:
        until_s, words = time.monotonic() + 10, ("xdotool", "getmouselocation")
        while subprocess.run(words, check=False, env=self.environment, capture_output=True).returncode:
            if time.monotonic() > until_s:
                raise RuntimeError(f"no screen at {self.name}")
            time.sleep(0.1)

    def tap(self, place: Place, *, times: int = 1) -> None:
        """Move there and click."""
        repeat = ("--repeat", str(times), "--delay", "120") if times > 1 else ()
        self._do("mousemove", *map(str, place), "click", *repeat, "1")

    def drag(self, start: Place, end: Place) -> None:
        """Press at the start, move in steps, let go at the end."""
        self._do("mousemove", *map(str, start), "mousedown", "1")
        for step in range(1, 9):
            x, y = (round(a + (b - a) * step / 8) for a, b in zip(start, end, strict=True))
            self._do("mousemove", str(x), str(y))
            time.sleep(0.02)
        self._do("mouseup", "1")

    def point(self, place: Place) -> None:
        self._do("mousemove", *map(str, place))

    def type(self, text: str) -> None:
        self._do("type", "--delay", str(LETTER_MS), text)

    def press(self, key: str) -> None:
        self._do("key", key)

    def _do(self, *words: str) -> None:
        subprocess.run(("xdotool", *words), env=self.environment, check=True, timeout=60)

    def look(self, every: int = 1) -> Picture:
        """The screen as it is now, every so many pixels in both directions."""
        memory = np.memmap(self._folder / "Xvfb_screen0", np.uint8, "r")
        head = memory[:100].view(">u4")
        begin = int(head[0]) + 12 * int(head[19])
        rows = memory[begin : begin + int(head[12]) * self.size[1]].view("<u4").reshape(self.size[1], -1)
        return np.array(rows[::every, : self.size[0] : every]) & np.uint32(0xFFFFFF)

    def watch(self, deed: Sequence[str], room: tuple[int, int, int, int]) -> Painted:
        """Let xdotool do it and see when the `room` (x, y, width, height) of the screen changes. The end is what it
        looks like 1.6 s later; small changes, such as a counter that runs on, are not waited for. Counted from
        xdotool's own start."""
        x, y, width, height = (value // _GRID for value in room)
        began_s, seen = time.monotonic(), [self.look(_GRID)[y : y + height, x : x + width]]
        at_s = [0.0]
        hand = subprocess.Popen(("xdotool", *deed), env=self.environment)
        while time.monotonic() - began_s < _WATCH_S:
            picture = self.look(_GRID)[y : y + height, x : x + width]
            if not np.array_equal(picture, seen[-1]):
                seen.append(picture)
                at_s.append(time.monotonic() - began_s)
            time.sleep(_LOOK_S)
        hand.wait(10)
        return painted(seen, at_s)

    def keep(self, path: Path) -> None:
        """A screenshot as a small PNG."""
        whole = self._folder / "whole.png"
        grab = ("import", "-window", "root", str(whole))
        subprocess.run(grab, env=self.environment, check=True, timeout=60)
        write_small(whole, path, (_WIDEST, _MOST_BYTES))


def painted(seen: Sequence[Picture], at_s: Sequence[float]) -> Painted:
    """From pictures in their order: the first change, and the first picture that is alike to the last."""
    if len(seen) < 2:
        return Painted(0.0, 0.0)
    alike = (at for picture, at in zip(seen, at_s, strict=True) if float(np.mean(picture == seen[-1])) >= _ALIKE)
    return Painted(1000 * at_s[1], 1000 * max(next(alike), 0.0))
