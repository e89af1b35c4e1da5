"""`station-app lake`: the history of all stations becomes Parquet, or rows of PostgreSQL."""

import importlib.util
import sys
from argparse import Namespace
from collections.abc import Sequence

from station_app.command_line.store_arguments import remote_of
from station_app.core.errors import ConfigError
from station_app.lake.compact import compact
from station_app.lake.postgres import load


def run_lake(arguments: Namespace) -> int:
    """Print what was made; a StationError where something cannot be trusted or reached."""
    remote = remote_of(arguments)
    if not remote.folders("v1/"):
        _tell(f"NOTE no station has sent anything here ({remote.where}): name the folder or bucket above v1/")
    if arguments.what == "compact":
        _need("duckdb")
        made = compact(remote, _tell)
        sys.stdout.write(f"{made.parts} files written, {made.lines} lines\n")
        _warn(made.gaps)
    else:
        _need("psycopg")
        loaded = load(remote, arguments.postgres)
        sys.stdout.write(f"{loaded.batches} batches loaded, {loaded.lines} new lines\n")
        _warn(loaded.gaps)
    return 0


def _need(library: str) -> None:
    if importlib.util.find_spec(library) is None:
        raise ConfigError(f"this needs {library}", remedy='install the extra: pip install "station-app[lake]"')


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _warn(gaps: Sequence[str]) -> None:
    sys.stdout.writelines(f"MISSING {gap}: it is still at the station, or was lost on the way\n" for gap in gaps)
