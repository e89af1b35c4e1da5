"""How long the window's event loop stands still: shared by the benchmarks of its screens."""

import time

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

TICK_MS = 2


def turn(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    QApplication.sendPostedEvents()


def watched_turn(seconds: float) -> tuple[list[float], float]:
    """The gaps between ticks of the event loop in ms, and the share of one core that this process took meanwhile."""
    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1e3)
        last[0] = now

    timer = QTimer()
    timer.setInterval(TICK_MS)
    timer.timeout.connect(tick)
    timer.start()
    before_cpu, before = time.process_time(), time.perf_counter()
    turn(seconds)
    share = (time.process_time() - before_cpu) / (time.perf_counter() - before)
    timer.stop()
    return gaps, share
