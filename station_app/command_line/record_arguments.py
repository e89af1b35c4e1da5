"""The words of the commands that read the records, and of the way out of the station."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.command_line.store_arguments import add_access

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_TIME = "local time, 2026-11-24 or 2026-11-24T06:00"


def add_record_commands(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """`export`, `report`, `replay` and `sync`."""
    _export(commands.add_parser("export", parents=[shared], help="take records out: CSV, workbook, evidence pack"))
    _report(commands.add_parser("report", parents=[shared], help="the report of a shift or any period, as PDF"))
    _replay(commands.add_parser("replay", parents=[shared], help="judge a past time again from its stored images"))
    _sync(commands.add_parser("sync", help="records on their way out: doctor, status, now, send"), shared)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=("csv", "xlsx", "pack"))
    parser.add_argument("out", type=Path, help="file to write")
    parser.add_argument("--part", type=int, default=0, help="the part of an evidence pack")
    parser.add_argument("--by", default="", help="who takes it out, told in the file")
    _period(parser)
    for name in ("recipe", "verdict", "decision", "label", "serial", "lot", "model", "operator", "reason"):
        parser.add_argument(f"--{name}", default="", help="only parts of this one")


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, help="PDF to write")
    parser.add_argument("--recipe", default="", help="only parts of this recipe")
    # The word before the command holds where none is said behind it.
    parser.add_argument("--language", choices=("en", "zh_CN"), default=argparse.SUPPRESS, help="of the report")
    parser.add_argument("--by", default="", help="who makes it, told on every page")
    _period(parser)


def _replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="of the replay: its file is replays/NAME.jsonl in the data folder")
    parser.add_argument("--recipe", required=True, help="name of a recipe, or path of a recipe file, to judge by")
    parser.add_argument("--package", type=Path, help="another model package than the recipe's, for every camera")
    parser.add_argument("--packages", type=Path, help="folder of model packages", metavar="DIR")
    parser.add_argument("--of", default="", help="recorded recipe whose parts are judged (default: the same name)")
    parser.add_argument("--json", action="store_true", help="progress and summary as JSON lines")
    parser.add_argument("--gently", action="store_true", help="give way to the line that runs on this computer")
    _period(parser)


def _sync(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    acts.add_parser("status", parents=[shared], help="what waits, and what was received; also beside a running engine")
    acts.add_parser("now", parents=[shared], help="ask the running engine to try now, also what was set aside")
    acts.add_parser("send", parents=[shared], help="send all that waits and end; the station must be closed")
    acts.add_parser("claim", parents=[shared], help="say that this is the station, where a copy has used its name")
    words = "write a few small objects, and say what the store can do"
    _sync_doctor(acts.add_parser("doctor", parents=[shared], help=words))


def _sync_doctor(parser: argparse.ArgumentParser) -> None:
    stores = "folder:DIR, s3://BUCKET/PREFIX, az://... or gs://... (default: the station's own)"
    parser.add_argument("store", nargs="?", default="", help=stores)
    add_access(parser)
    parser.add_argument("--prefix", default="", help="below which it tries (default: the station's own, or v1/doctor)")


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="since", default="", help=_TIME)
    parser.add_argument("--until", default="", help=f"{_TIME}; not included")
