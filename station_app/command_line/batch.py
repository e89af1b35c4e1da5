"""`station-app run`: the main job on a folder of images or any camera, without a window, and its report."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from station_app.app import Options, camera_sources
from station_app.command_line.choices import station_options, with_limit
from station_app.command_line.line_run import LineRun, PartsAwaited, loaded_station, run_line
from station_app.command_line.logs import open_logs
from station_app.command_line.report import Outcome, part_line, summary
from station_app.command_line.truth import TruthOf, nothing_known, rendered_truth, table_truth
from station_app.core.errors import ConfigError
from station_app.devices.camera import Camera
from station_app.devices.folder_camera import FolderCamera
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.source import open_source
from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.store.archive import StationArchive


def run_batch(arguments: Namespace) -> int:
    """Inspect, print, and tell by the status whether every part has a record. StationError as of the rooms below."""
    options = station_options(arguments)
    open_logs(options.data_dir, "run")
    source = open_source(next(iter(camera_sources(options).values())))
    truth_of = _truth(source, arguments.truth)
    parts = arguments.parts or _all_parts(source)
    trigger = options.trigger or TriggerSetup(TriggerKind.FREE)
    run = inspect_parts(replace(options, trigger=with_limit(trigger, parts)), parts)
    outcomes = outcomes_of(run, truth_of)
    if not arguments.quiet:
        _tell(part_line(outcome) for outcome in outcomes)
    _tell(report_of(run, outcomes))
    return 0 if len(run.inspections) == len(run.parts) == parts else 1


def inspect_parts(options: Options, parts: int) -> LineRun:
    """Run the line for so many parts. StationError where it cannot be set up."""
    awaited = PartsAwaited(parts)
    with loaded_station(options, awaited) as station:
        return run_line(station, awaited, StationArchive(options.data_dir))


def outcomes_of(run: LineRun, truth_of: TruthOf) -> tuple[Outcome, ...]:
    """Each record beside the truth of the image that it was made from."""
    sources = (next((c.source for c in i.cameras if c.source), "") for i in run.inspections)
    return tuple(Outcome(i, truth_of(source)) for i, source in zip(run.inspections, sources, strict=True))


def report_of(run: LineRun, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The summary's lines."""
    station = run.described
    model = f"{station.model}, package {station.model_hash[:12]}, on {station.provider}"
    return tuple(summary(outcomes, run.seconds, model))


def _truth(source: Camera, table: Path | None) -> TruthOf:
    if isinstance(source, RenderedCamera) and table is None:
        return rendered_truth(source.spec)
    if table is None:
        return nothing_known
    if not isinstance(source, FolderCamera):
        raise ConfigError("a truth table needs a folder of images", where="--truth", remedy="use --camera folder:DIR")
    return table_truth(table, source.folder)


def _all_parts(source: Camera) -> int:
    if isinstance(source, FolderCamera) and not source.is_looping:
        return len(source.list_names())
    raise ConfigError("this camera never ends", where="command line", remedy="say how many parts with --parts")


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
