"""`station-app engine`: the line without a window, as a service runs it, until it is told to end."""

import logging
import signal
from argparse import Namespace
from types import FrameType

from station_app.app import OpenStation, open_plc, open_server, open_station
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.broadcast import Broadcast
from station_app.command_line.choices import station_options
from station_app.command_line.logs import open_logs
from station_app.command_line.metrics import open_metrics
from station_app.command_line.recent_parts import RecentParts
from station_app.command_line.running_mark import RunningMark
from station_app.core.errors import StationError

log = logging.getLogger(__name__)


def run_engine(arguments: Namespace) -> int:
    """Open the records, let clients in, load the recipe, run. StationError where the records cannot be opened."""
    options = station_options(arguments)
    open_logs(data_dir_of(arguments), "engine")
    mark = RunningMark(options.data_dir)
    recent = RecentParts()
    told = Broadcast(mark, recent)
    station = open_station(options, told)
    try:
        metrics = open_metrics(station.config, told)
        server = open_server(options, station.engine, recent.parts)
        told.add(server.publish)
        plc = open_plc(station)
        try:
            if plc is not None:
                told.add(plc.hear)
                plc.start()
            _serve(station, is_to_run=mark.was_running if arguments.after_crash else station.config.is_autostart)
        finally:
            station.engine.close()
            if plc is not None:
                plc.stop()
            server.close()
            if metrics is not None:
                metrics.close()
    finally:
        station.ledger.close()
    return 0


def _serve(station: OpenStation, *, is_to_run: bool) -> None:
    engine = station.engine

    def on_signal(number: int, _: FrameType | None) -> None:
        log.info("ending on signal %d", number)
        engine.ended.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    try:
        engine.load(station.recipe)
        if is_to_run:
            engine.start()
    except StationError as error:
        # The engine stays, FAULTED and with an alarm that says this: a person can choose another recipe.
        log.error("%s", error)
    while not engine.ended.wait(1.0):  # a wait without end would never let a signal in
        pass
