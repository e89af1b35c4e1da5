"""The history screen on a large database: from the tap to the painted picture, and how long the window stands still.

    python -m bench.screens [--parts 200000] [--folder DATA] [--rounds 20]

Runs without a display (offscreen) unless QT_QPA_PLATFORM says otherwise. The records are written by the store, into
DATA where it is given (and kept there), else into a folder that goes. The yardstick is the repaint of an empty page of
the same size in the same run.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bench.event_loop import TICK_MS, turn
from station_app.core.history import HistoryFilter
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.gui.application import OpenStation, make_application, open_station
from station_app.gui.look import Look
from station_app.gui.millimetres import Millimetres
from station_app.gui.page import Page
from station_app.gui.screens import ScreenName
from station_app.gui.theme import LIGHT
from station_app.store.archive import StationArchive
from station_app.store.ledger import DATABASE
from tests.gui.fake_engine import STATION, FakeEngine, FakeLink
from tests.gui.history.recorded import keep_pictures, write_records

if TYPE_CHECKING:  # the first opening pays for these, as it does in the station
    from station_app.gui.history.history_screen import HistoryScreen
    from station_app.gui.history.parts_tab import PartsTab

SIZE, PX_PER_MM, GOAL_MS, PICTURED = (1920, 1080), 4.03, 300.0, 60
_PATIENCE_S = 30.0


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Gaps:
    """The longest time between two ticks of the event loop since the last look."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()
        self._longest_ms = 0.0
        self._timer = QTimer()
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._since.start()
        self._timer.start()

    def taken_ms(self) -> float:
        longest, self._longest_ms = self._longest_ms, 0.0
        return longest

    def _tick(self) -> None:
        self._longest_ms = max(self._longest_ms, self._since.nsecsElapsed() / 1e6)
        self._since.restart()


def wait_for(is_there: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not is_there():
        QApplication.processEvents()
        if time.monotonic() > until:
            raise TimeoutError("the screen does not show what was asked for")


def to_painted(act: Callable[[], object], is_there: Callable[[], bool], seen: QWidget) -> float:
    """Milliseconds from the act until what it asked for is on the screen; that it is there does not count from before
    the act."""
    before = time.perf_counter()
    act()
    wait_for(is_there)
    seen.repaint()
    return (time.perf_counter() - before) * 1e3


def bare_ms(rounds: int) -> float:
    """The repaint of a page that holds nothing."""
    page = Page(Look(LIGHT, Millimetres(PX_PER_MM)))
    page.resize(*SIZE)
    page.show()
    turn(0.2)
    times = []
    for _ in range(max(50, rounds)):
        before = time.perf_counter()
        page.repaint()
        times.append((time.perf_counter() - before) * 1e3)
    page.deleteLater()
    return statistics.median(times)


@contextmanager
def opened(folder: Path) -> Iterator[OpenStation]:
    engine = FakeEngine(replace(STATION, shifts=("06:00", "14:00", "22:00")))
    station = open_station(
        lambda: FakeLink(engine), lambda: StationArchive(folder), language="en", px_per_mm=PX_PER_MM, guard_ms=0
    )
    station.window.resize(*SIZE)
    station.window.show()
    turn(0.5)
    yield station
    engine.die()
    station.window.close()
    station.close()


class Measured:
    """One history screen under the watch."""

    def __init__(self, station: OpenStation, bare: float) -> None:
        self._station, self._bare, self._gaps = station, bare, Gaps()
        self._cpu_s = time.process_time()

    @property
    def screen(self) -> "HistoryScreen":
        return cast("HistoryScreen", self._station.workplace.pages[ScreenName.HISTORY])

    @property
    def tab(self) -> "PartsTab":
        return cast("PartsTab", self.screen.tab)

    def tell(self, name: str, times: list[float]) -> None:
        ranked, cpu_s = sorted(times), time.process_time()
        p95, median = ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))], statistics.median(ranked)
        say(
            f"{name:24} median {median:6.1f} ms, p95 {p95:6.1f} ms ({p95 / self._bare:5.1f} x an empty repaint),"
            f" {(cpu_s - self._cpu_s) / len(times) * 1e3:5.1f} ms of CPU each,"
            f" longest stand-still {self._gaps.taken_ms():5.1f} ms{'' if p95 <= GOAL_MS else '  OVER THE GOAL'}"
        )
        self._cpu_s = time.process_time()

    def open(self) -> float:
        """The first time, with the loading and the making of the screen."""
        name = ScreenName.HISTORY
        return to_painted(
            lambda: self._station.ways.go(name),
            lambda: name in self._station.workplace.pages and bool(self.tab.list.rows.rows),
            self._station.window,
        )

    def open_again(self) -> float:
        self._station.ways.go(ScreenName.RUN)
        turn(0.05)
        return self.open()

    def filter(self, rest: HistoryFilter) -> float:
        """From the choice to the painted list of it."""
        from station_app.gui.history.filter_choice import FilterChoice

        model, resets = self.tab.list.table.parts, [0]

        def count() -> None:
            resets[0] += 1

        model.modelReset.connect(count)
        bar = self.screen.bar
        taken = to_painted(lambda: bar.set_choice(FilterChoice(rest=rest)), lambda: resets[0] > 0, self._station.window)
        model.modelReset.disconnect(count)
        return taken

    def scroll(self, step: int) -> float:
        """One screenful further; it is there when its rows are in memory, ahead of the end."""
        table = self.tab.list.table
        bar, page = table.verticalScrollBar(), table.viewport().height()

        def has_room() -> bool:
            rows = self.tab.list.rows
            if step > 0:
                return bar.value() + page <= bar.maximum() or not rows.has_older
            return bar.value() >= page or not rows.has_newer

        before = time.perf_counter()
        wait_for(has_room)
        bar.setValue(bar.value() + step * page)
        QApplication.processEvents()
        table.viewport().repaint()
        return (time.perf_counter() - before) * 1e3

    def detail(self, number: int) -> float:
        """From the tap on a row to its facts and its image."""
        tab, part_id = self.tab, self.tab.list.rows.rows[number].part_id
        taken = to_painted(
            lambda: tab.open_part(part_id),
            lambda: bool(tab.detail.facts.sections) and tab.detail.images.canvas.is_scaled,
            self._station.window,
        )
        tab.close_part()
        QApplication.processEvents()
        return taken

    def end(self) -> float:
        model = self.tab.list.table.parts
        return to_painted(
            self.tab.list.show_oldest,
            lambda: bool(model.window.rows) and model.window.rows[-1].part_id == 1,
            self._station.window,
        )


_FILTERS = (
    HistoryFilter(verdict=VerdictKind.FAIL),
    HistoryFilter(verdict=VerdictKind.FAIL, label="dent"),
    HistoryFilter(verdict=VerdictKind.NO_RESULT, reason=NoResultReason.LATE),
    HistoryFilter(serial="2A17-00012"),
    HistoryFilter(serial="2A17-0199"),
    HistoryFilter(lot="L0100"),
    HistoryFilter(recipe="B02-plate", verdict=VerdictKind.REVIEW, label="stain"),
    HistoryFilter(operator="王芳"),
    HistoryFilter(serial="nothing begins so"),
    HistoryFilter(),
)


def measure(folder: Path, rounds: int) -> None:
    bare = bare_ms(rounds)
    say(f"{'an empty page repainted':24} median {bare:6.1f} ms")
    with opened(folder) as station:
        watched = Measured(station, bare)
        watched.tell("first opening", [watched.open()])
        watched.tell("opening again", [watched.open_again() for _ in range(rounds)])
        times = [watched.filter(rest) for _ in range(max(1, rounds // 4)) for rest in _FILTERS]
        watched.tell("filter changed", times)
        turn(0.5)
        watched.tell("one screenful down", [watched.scroll(1) for _ in range(rounds * 5)])
        watched.tell("one screenful up", [watched.scroll(-1) for _ in range(rounds * 5)])
        watched.tell("to the oldest", [watched.end()])
        watched.tab.list.show_newest()
        turn(0.5)
        watched.tell("a part with its image", [watched.detail(number) for number in range(min(rounds, PICTURED))])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, default=200_000)
    parser.add_argument("--folder", type=Path, help="where the records are, or are written and stay")
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    make_application()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        if not (folder / DATABASE).exists():
            write_records(folder, chosen.parts)
            keep_pictures(folder, range(max(1, chosen.parts - PICTURED), chosen.parts + 1))
        measure(folder, chosen.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
