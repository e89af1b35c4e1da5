"""The words of `station-app dataset`."""

import argparse
import os
from pathlib import Path

from station_app.command_line.store_arguments import add_access


def add_dataset_commands(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    make = acts.add_parser("materialise", help="from what stations have sent to a folder that the usual libraries open")
    _source(make)
    _choice(make)
    check = acts.add_parser("verify", help="check every file of a dataset, and print its version")
    check.add_argument("folder", type=Path)


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", help="a folder, folder:DIR, s3://BUCKET/PREFIX, az://... or gs://...")
    add_access(parser)


def _choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="the folder to write", metavar="DIR")
    parser.add_argument("--profile", choices=("supervised", "anomaly"), default="supervised", help="default supervised")
    parser.add_argument("--recipe", default="", help="only parts of this recipe")
    parser.add_argument("--camera", default="", help="only images of this camera")
    parser.add_argument("--golden", type=Path, help="groups that stay out, one a line, or a samples.csv")
    parser.add_argument("--registry", type=Path, help="the labels' numbers (default: labels.json beside DIR)")
    parser.add_argument("--cache", type=Path, help="images already made (default: .dataset-images beside DIR)")
    parser.add_argument("--cap-share", type=float, default=0.3, help="of a label, from one person alone; default 0.3")
    parser.add_argument(
        "--trust-operators", action="store_true", help="a rejected part is good on one operator's word alone"
    )
    parser.add_argument("--allow-gaps", action="store_true", help="go on where records or images are missing")
    parser.add_argument(
        "--without", action="append", default=[], help="leave a station out; may be repeated", metavar="PLANT/STATION"
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="for images; default: all cores")
