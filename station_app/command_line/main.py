"""From the words typed to one command's exit status: 0 done, 1 the world failed or something is wrong, 2 misuse."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from station_app.command_line.arguments import build_parser
from station_app.core.errors import StationError

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; what the world did wrong becomes one sentence on standard error."""
    arguments = build_parser().parse_args(words)
    try:
        return _COMMANDS[arguments.command or "station"](arguments)
    except StationError as error:
        sys.stderr.write(f"station-app: {error}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (`| head`); nothing more can be told to it.
        sys.stderr.close()
        return 0


def _station(arguments: Namespace) -> int:
    from station_app.command_line.station import run_station

    return run_station(arguments)


def _engine(arguments: Namespace) -> int:
    from station_app.command_line.engine import run_engine

    return run_engine(arguments)


def _demo(arguments: Namespace) -> int:
    from station_app.command_line.demo import run_demo

    return run_demo(arguments)


def _run(arguments: Namespace) -> int:
    from station_app.command_line.batch import run_batch

    return run_batch(arguments)


def _verify(arguments: Namespace) -> int:
    from station_app.command_line.records import run_verify

    return run_verify(arguments)


def _backup(arguments: Namespace) -> int:
    from station_app.command_line.records import run_backup

    return run_backup(arguments)


def _restore(arguments: Namespace) -> int:
    from station_app.command_line.records import run_restore

    return run_restore(arguments)


def _doctor(arguments: Namespace) -> int:
    from station_app.command_line.doctor import run_doctor

    return run_doctor(arguments)


def _cameras(arguments: Namespace) -> int:
    from station_app.command_line.cameras import run_cameras

    return run_cameras(arguments)


def _recipe(arguments: Namespace) -> int:
    from station_app.command_line.recipe import run_recipe

    return run_recipe(arguments)


def _train(arguments: Namespace) -> int:
    from station_app.command_line.train import run_train

    return run_train(arguments)


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "station": _station,
    "engine": _engine,
    "demo": _demo,
    "run": _run,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "doctor": _doctor,
    "cameras": _cameras,
    "recipe": _recipe,
    "train": _train,
}
