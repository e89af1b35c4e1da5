"""`station-app demo`: the shipped line without a window, its verdicts against the known truth, and its screen."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from station_app.app import Options, camera_sources
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.batch import inspect_parts, outcomes_of, report_of
from station_app.command_line.line_run import LineRun
from station_app.command_line.logs import open_logs
from station_app.command_line.truth import rendered_truth
from station_app.config import DEMO_CONFIG
from station_app.core.errors import ConfigError, StorageError
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.source import open_source
from station_app.engine.triggers import TriggerKind, TriggerSetup

PICTURE = "operator-screen.png"


def run_demo(arguments: Namespace) -> int:
    """Inspect rendered parts as fast as it goes; 1 where not every part has a verdict on record."""
    data_dir = data_dir_of(arguments)
    open_logs(data_dir, "demo")
    return show_demo(data_dir, arguments.parts, arguments.picture or data_dir / PICTURE)


def show_demo(data_dir: Path, parts: int, picture: Path) -> int:
    """The demo of so many parts; the operator's screen goes to `picture`."""
    if parts < 1:
        raise ConfigError(f"{parts} parts cannot be inspected", where="--parts", remedy="give a number from 1")
    trigger = TriggerSetup(TriggerKind.FREE, limit=parts)
    options = Options(data_dir=data_dir, config=DEMO_CONFIG, trigger=trigger)
    camera = open_source(next(iter(camera_sources(options).values())))
    assert isinstance(camera, RenderedCamera), "the demo's camera is rendered"
    run = inspect_parts(options, parts)
    _tell(report_of(run, outcomes_of(run, rendered_truth(camera.spec))))
    _save_picture(run, picture)
    _tell((f"records: {data_dir}", f"the operator's screen: {picture}"))
    return 0 if len(run.inspections) == parts else 1


def _save_picture(run: LineRun, picture: Path) -> None:
    from station_app.gui.snapshot import save_operator_screen

    try:
        save_operator_screen(picture, run.described, run.parts, run.preview)
    except OSError as error:
        what = f"the picture of the screen cannot be saved: {error}"
        raise StorageError(what, where=str(picture), remedy="name another file with --picture") from error


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
