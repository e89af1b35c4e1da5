"""`station-app demo-loop`: the whole loop once, on real boards or rendered parts, with every stage told."""

import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError
from station_app.loop_demo.loop import LoopOptions, run_loop
from station_app.loop_demo.world import BOARDS, open_world

_NAMED_STORES = ("folder:", "s3://", "az://", "gs://")


def run_demo_loop(arguments: Namespace) -> int:
    """0 where the loop closed and everything that must be refused was; StationError where not."""
    world = open_world(_pictures(arguments.data), is_quick=arguments.quick)
    options = LoopOptions(
        work=(arguments.work or Path(tempfile.gettempdir()) / "station-demo-loop").resolve(),
        store=_store(arguments),
        threads=arguments.threads,
        seed=arguments.seed,
    )
    run_loop(world, options, _tell)
    return 0


def _pictures(named: Path | None) -> Path | None:
    """The folder that was named. ConfigError where it does not hold the boards."""
    if named is not None and not (named / BOARDS).is_dir():
        remedy = f"name a folder that holds {BOARDS}, or leave --data out: parts are rendered then"
        raise ConfigError(f"there is no {BOARDS} in this folder", where=str(named), remedy=remedy)
    return named


def _store(arguments: Namespace) -> StoreSetup | None:
    if not arguments.store:
        return None
    if not arguments.store.startswith(_NAMED_STORES):
        remedy = "write folder:DIR, s3://BUCKET/PREFIX, az://... or gs://..."
        raise ConfigError("this is no store", where=arguments.store, remedy=remedy)
    return StoreSetup(arguments.store, settings=arguments.settings, allow_http=arguments.allow_http)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
