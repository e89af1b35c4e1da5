"""The words of `lake`: the history of all stations, away from them."""

import argparse
from typing import TYPE_CHECKING

from station_app.command_line.store_arguments import add_store

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_lake_commands(commands: "Commands") -> None:
    """`lake compact` and `lake load`."""
    lake = commands.add_parser("lake", help="gather the history that stations have sent")
    words = lake.add_subparsers(dest="what", required=True, metavar="WHAT")
    add_store(words.add_parser("compact", help="make Parquet of what has come, in the same store"))
    load = words.add_parser("load", help="load what has come into PostgreSQL")
    add_store(load)
    load.add_argument(
        "--postgres",
        required=True,
        metavar="ADDRESS",
        help="as libpq takes it, such as service=plant; the password belongs into ~/.pgpass or PGPASSWORD",
    )
