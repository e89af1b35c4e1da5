"""`station-app`: the window, and the engine behind it. Without a display: the demo, in words."""

import os
import signal
import socket
import sys
from argparse import Namespace
from pathlib import Path
from types import FrameType

from station_app.command_line.arguments import DEMO_PARTS, data_dir_of
from station_app.command_line.engine_process import EngineProcess
from station_app.command_line.importing import importing
from station_app.command_line.logs import open_logs

NICENESS = 5
"""The line goes first."""


def run_station(arguments: Namespace) -> int:
    """Open the window until it is closed; the exit status. StationError where it cannot open."""
    data_dir = data_dir_of(arguments)
    if not has_display():
        return _demo_instead(data_dir)
    signal.signal(signal.SIGTERM, _end_early)
    open_logs(data_dir, "window")
    engine = EngineProcess(data_dir, _engine_words(arguments, data_dir))
    engine.start()  # before anything heavy is imported: the two starts overlap
    if sys.platform == "linux":
        os.nice(NICENESS)  # of this thread and those it starts: the one that starts an engine again is not among them
    try:
        return _show(arguments, data_dir, engine)
    finally:
        engine.stop()


def _end_early(_: int, __: FrameType | None) -> None:
    """Told to end before the window is there, which from then on hears for itself: what was started is ended."""
    raise SystemExit(0)


def has_display(environment: "os._Environ[str] | dict[str, str]" = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can be shown here. A local X server is asked, since Qt would abort on one that is gone."""
    if platform in ("win32", "darwin") or environment.get("WAYLAND_DISPLAY"):
        return True
    if environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "vnc", "linuxfb", "eglfs")):
        return True
    display = environment.get("DISPLAY", "")
    if not display.startswith(":"):
        return bool(display)
    number = display[1:].split(".")[0]
    return any(_answers(f"{start}/tmp/.X11-unix/X{number}") for start in ("", "\0"))


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(2.0)
        return asked.connect_ex(address) == 0


def _demo_instead(data_dir: Path) -> int:
    from station_app.command_line.demo import PICTURE, show_demo

    sys.stdout.write(f"There is no display here, so {DEMO_PARTS} parts are inspected without a window.\n\n")
    open_logs(data_dir, "demo")
    return show_demo(data_dir, DEMO_PARTS, data_dir / PICTURE)


def _show(arguments: Namespace, data_dir: Path, engine: EngineProcess) -> int:
    with importing():
        from station_app.command_line.watched_client import WatchedClient
        from station_app.config import find_config, read_config
        from station_app.gui.application import run
        from station_app.store.archive import StationArchive

    config = read_config(find_config(data_dir, arguments.config))

    def link() -> WatchedClient:
        return WatchedClient(data_dir, engine)

    def archive() -> StationArchive:
        return StationArchive(data_dir)

    return run(
        link,
        archive,
        language=arguments.language or config.language,
        fullscreen=arguments.fullscreen,
        px_per_mm=config.pixels_per_mm or None,
        export_folder=config.export_folder,
    )


def _engine_words(arguments: Namespace, data_dir: Path) -> tuple[str, ...]:
    words = ["--data-dir", str(data_dir.absolute())]
    if arguments.config:
        words += ["--config", str(arguments.config.absolute())]
    return tuple(words)
