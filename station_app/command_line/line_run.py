"""Runs the whole line in this process for a number of parts and reads back what was recorded of each."""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from station_app.app import OpenStation, Options, open_station
from station_app.command_line.broadcast import Broadcast
from station_app.core.inspection import Inspection
from station_app.core.messages import EngineState, Event, PartInspected, StateChanged, StationDescribed
from station_app.engine.preview import Preview, PreviewReader
from station_app.store.archive import StationArchive

STALLED_S = 30.0
"""Without a verdict for so long, beyond the recipe's own deadline, the run is given up."""


class PartsAwaited:
    """Hears the engine's events and knows when enough parts have their verdict. Any thread."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._parts: list[PartInspected] = []
        self._is_faulted = False
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            if isinstance(event, PartInspected):
                self._parts.append(event)
            elif isinstance(event, StateChanged):
                self._is_faulted = event.state is EngineState.FAULTED
            self._changed.notify_all()

    @property
    def parts(self) -> tuple[PartInspected, ...]:
        with self._changed:
            return tuple(self._parts)

    def wait(self, stalled_s: float) -> None:
        """Until all are there, the engine gave up, or nothing came for `stalled_s`."""
        with self._changed:
            while not self._is_done() and self._has_moved(len(self._parts), stalled_s):
                pass

    def _has_moved(self, before: int, stalled_s: float) -> bool:
        return self._changed.wait_for(lambda: self._is_done() or len(self._parts) != before, stalled_s)

    def _is_done(self) -> bool:
        return len(self._parts) >= self._wanted or self._is_faulted


@dataclass(frozen=True, slots=True)
class LineRun:
    """What a run left: its events in order, the records behind them, the station and its newest picture."""

    parts: tuple[PartInspected, ...]
    inspections: tuple[Inspection, ...]
    described: StationDescribed
    preview: Preview | None
    seconds: float


@contextmanager
def loaded_station(options: Options, awaited: PartsAwaited) -> Iterator[OpenStation]:
    """A station with its recipe loaded, closed in the end. StationError where that cannot be."""
    station = open_station(options, Broadcast(awaited))
    try:
        station.engine.load(station.recipe)
        yield station
    finally:
        station.close()


def run_line(station: OpenStation, awaited: PartsAwaited, archive: StationArchive) -> LineRun:
    """Start, wait for the parts, pause, and read the records. Interrupted, it reports what there is."""
    engine = station.engine
    started = time.monotonic()
    engine.start()
    with contextlib.suppress(KeyboardInterrupt):  # the parts so far are recorded and will be reported
        awaited.wait(STALLED_S)
    seconds = time.monotonic() - started
    engine.pause()
    described = engine.describe()
    with closing(PreviewReader(described.preview)) as reader:
        preview = reader.newest()
    ids = tuple(part.part_id for part in awaited.parts)
    return LineRun(awaited.parts, archive.inspections(ids), described, preview, seconds)
