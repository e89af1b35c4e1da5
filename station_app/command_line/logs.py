"""Where the programs write what happened: rotating files in the data folder, and warnings on standard error."""

import faulthandler
import logging
import logging.handlers
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from station_app.core.errors import StorageError

FOLDER = "logs"
FILE_BYTES = 10 << 20
FILES_KEPT = 5
_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s [%(threadName)s] %(message)s"

log = logging.getLogger(__name__)


def open_logs(data_dir: Path, program: str) -> None:
    """Log to `logs/PROGRAM.log` from now on. StorageError where the data folder cannot be written."""
    folder = data_dir / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            folder / f"{program}.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
        )
        crash = (folder / f"{program}-crash.log").open("a", encoding="utf-8")
    except OSError as error:
        remedy = "give this user the right to write there, or choose another folder with --data-dir"
        raise StorageError(f"no log can be written: {error.strerror}", where=str(folder), remedy=remedy) from error
    file.setFormatter(_utc_format())
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(file)
    root.addHandler(_console())
    # A file and not standard error: a windowed program on Windows has none.
    faulthandler.enable(crash)
    sys.excepthook = _on_bug
    threading.excepthook = _on_thread_bug


def _utc_format() -> logging.Formatter:
    form = logging.Formatter(_FORMAT, datefmt="%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    return form


def _console() -> logging.Handler:
    console = logging.StreamHandler()
    console.setLevel(logging.WARNING)
    console.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    return console


def _on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("a bug in the program", exc_info=(kind, error, trace))


def _on_thread_bug(happened: threading.ExceptHookArgs) -> None:
    if happened.exc_value is not None:
        log.critical("a bug in thread %s", happened.thread, exc_info=happened.exc_value)
