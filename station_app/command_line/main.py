"""From the words typed to one command's exit status: 0 done, 1 the world failed or something is wrong, 2 misuse."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from station_app.command_line.arguments import build_parser
from station_app.command_line.importing import importing
from station_app.core.errors import StationError

INTERRUPTED = 130
Run = Callable[[Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; what the world did wrong becomes one sentence on standard error."""
    arguments = build_parser().parse_args(words)
    try:
        with importing():
            run = _COMMANDS[arguments.command or "station"]()
        return run(arguments)
    except StationError as error:
        sys.stderr.write(f"station-app: {error}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (`| head`); nothing more can be told to it.
        sys.stderr.close()
        return 0


def _station() -> Run:
    from station_app.command_line.station import run_station

    return run_station


def _engine() -> Run:
    from station_app.command_line.engine import run_engine

    return run_engine


def _demo() -> Run:
    from station_app.command_line.demo import run_demo

    return run_demo


def _run() -> Run:
    from station_app.command_line.batch import run_batch

    return run_batch


def _export() -> Run:
    from station_app.command_line.export import run_export

    return run_export


def _report() -> Run:
    from station_app.command_line.shift_report import run_report

    return run_report


def _replay() -> Run:
    from station_app.command_line.replay import run_replay

    return run_replay


def _sync() -> Run:
    from station_app.command_line.sync import run_sync

    return run_sync


def _verify() -> Run:
    from station_app.command_line.records import run_verify

    return run_verify


def _backup() -> Run:
    from station_app.command_line.records import run_backup

    return run_backup


def _restore() -> Run:
    from station_app.command_line.records import run_restore

    return run_restore


def _models() -> Run:
    from station_app.command_line.models import run_models

    return run_models


def _audit() -> Run:
    from station_app.command_line.audit import run_audit

    return run_audit


def _people() -> Run:
    from station_app.command_line.people import run_people

    return run_people


def _doctor() -> Run:
    from station_app.command_line.doctor import run_doctor

    return run_doctor


def _cameras() -> Run:
    from station_app.command_line.cameras import run_cameras

    return run_cameras


def _recipe() -> Run:
    from station_app.command_line.recipe import run_recipe

    return run_recipe


def _study() -> Run:
    from station_app.command_line.study import run_study

    return run_study


def _demo_loop() -> Run:
    from station_app.command_line.demo_loop import run_demo_loop

    return run_demo_loop


def _train() -> Run:
    from station_app.command_line.train import run_train

    return run_train


def _dataset() -> Run:
    from station_app.command_line.dataset import run_dataset

    return run_dataset


def _retrain() -> Run:
    from station_app.command_line.retrain import run_retrain

    return run_retrain


def _lake() -> Run:
    from station_app.command_line.lake import run_lake

    return run_lake


_COMMANDS: dict[str, Callable[[], Run]] = {
    "station": _station,
    "engine": _engine,
    "demo": _demo,
    "run": _run,
    "export": _export,
    "report": _report,
    "replay": _replay,
    "sync": _sync,
    "models": _models,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "audit": _audit,
    "people": _people,
    "doctor": _doctor,
    "cameras": _cameras,
    "recipe": _recipe,
    "study": _study,
    "train": _train,
    "demo-loop": _demo_loop,
    "dataset": _dataset,
    "retrain": _retrain,
    "lake": _lake,
}
