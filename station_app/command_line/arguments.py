"""The words that `station-app` understands, and their help. No command is imported here."""

import argparse
import os
from pathlib import Path

from station_app import __version__
from station_app.command_line.dataset_arguments import add_dataset_commands
from station_app.command_line.lake_arguments import add_lake_commands
from station_app.command_line.model_arguments import add_model_command
from station_app.command_line.record_arguments import add_record_commands
from station_app.command_line.retrain_arguments import add_retrain_commands

DATA_DIR_VARIABLE = "STATION_DATA_DIR"
DEMO_PARTS = 50
AUDIT_ROWS = 100


def build_parser() -> argparse.ArgumentParser:
    """One sub-command each; without any, the station opens."""
    shared = _shared_options()
    parser = argparse.ArgumentParser(
        prog="station-app",
        description="Inspection station: cameras in, recorded verdicts out. Without a command the station opens.",
        parents=[_shared_options(is_top=True)],
    )
    parser.add_argument("--version", action="version", version=f"station-app {__version__}")
    _window_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    station = commands.add_parser("station", parents=[shared], help="open the station: engine and window")
    _window_options(station, is_top=False)
    engine = commands.add_parser("engine", parents=[shared], help="run the line without a window, as a service does")
    _source_options(engine)
    engine.add_argument("--after-crash", action="store_true", help="run only if the line ran when the engine died")
    demo = commands.add_parser("demo", parents=[shared], help="inspect rendered parts and compare with their truth")
    demo.add_argument("--parts", type=int, default=DEMO_PARTS, help=f"how many (default {DEMO_PARTS})")
    demo.add_argument("--picture", type=Path, help="where to save the operator's screen (default: the data folder)")
    run = commands.add_parser("run", parents=[shared], help="inspect a folder of images, or any camera, then report")
    _source_options(run)
    _run_options(run)
    add_record_commands(commands, shared)
    add_model_command(commands, shared)
    add_lake_commands(commands)
    commands.add_parser("verify", parents=[shared], help="check everything that was recorded")
    commands.add_parser("backup", parents=[shared], help="copy the database, checked, while the line runs")
    commands.add_parser("restore", parents=[shared], help="set a damaged database aside and take the newest backup")
    _audit_options(commands.add_parser("audit", parents=[shared], help="who did what, and whether that was changed"))
    _people_options(commands.add_parser("people", parents=[shared], help="accounts, for who has the data folder"))
    commands.add_parser("doctor", parents=[shared], help="check this computer and set-up; say what to do")
    commands.add_parser("cameras", help="list every camera that answers now, and what to write in the station file")
    recipe = commands.add_parser("recipe", parents=[shared], help="write a recipe for a package, or list revisions")
    _recipe_options(recipe)
    study = commands.add_parser("study", parents=[shared], help="agreement studies: list them, print a report")
    _study_options(study, shared)
    _train_options(commands.add_parser("train", help="train a model package from labelled images"))
    _loop_options(
        commands.add_parser("demo-loop", help="the whole loop once: a line, people, retraining, a better model")
    )
    add_dataset_commands(commands.add_parser("dataset", help="make a frozen dataset of records, or check one"))
    add_retrain_commands(commands.add_parser("retrain", help="from records that came back to a model that is offered"))
    return parser


def default_data_dir() -> Path:
    """`STATION_DATA_DIR`, else where this system keeps a user's data."""
    named = os.environ.get(DATA_DIR_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("inspection-station", appauthor=False)


def data_dir_of(arguments: argparse.Namespace) -> Path:
    """The folder of all records."""
    return arguments.data_dir or default_data_dir()


def _shared_options(*, is_top: bool = False) -> argparse.ArgumentParser:
    """Options of nearly every command. A sub-command's absent option must not undo the one given before it."""
    usual = None if is_top else argparse.SUPPRESS
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data-dir", type=Path, default=usual, help=f"folder of all records (or {DATA_DIR_VARIABLE})", metavar="DIR"
    )
    shared.add_argument("--config", type=Path, default=usual, help="station file (TOML)", metavar="FILE")
    return shared


def _window_options(parser: argparse.ArgumentParser, *, is_top: bool = True) -> None:
    usual = None if is_top else argparse.SUPPRESS
    parser.add_argument("--language", choices=("en", "zh_CN"), default=usual, help="of the screen")
    parser.add_argument("--fullscreen", action="store_true", default=False if is_top else argparse.SUPPRESS)


def _source_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--recipe", help="name of a recipe, or path of a recipe file", default="")
    parser.add_argument("--package", type=Path, help="model package to inspect with, by its own thresholds")
    parser.add_argument("--packages", type=Path, help="folder of model packages", metavar="DIR")
    parser.add_argument(
        "--camera", action="append", default=[], metavar="[ID=]SOURCE", help="folder:DIR, rendered:, opencv:DEVICE ..."
    )
    parser.add_argument("--trigger", help="software, free, plc or timer:RATE", default="")


def _run_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--truth", type=Path, help="folder (or CSV) that says what the images really are")
    parser.add_argument("--parts", type=int, default=0, help="how many (default: the whole folder)")
    parser.add_argument("--quiet", action="store_true", help="only the summary, not a line a part")


def _audit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", default="", help="only what this person did", metavar="NAME")
    parser.add_argument("--action", default="", help="only acts of this kind, such as override")
    parser.add_argument("--since", default="", help="only since this day or time (local)", metavar="YYYY-MM-DD[THH:MM]")
    parser.add_argument("--count", type=int, default=AUDIT_ROWS, help=f"how many at most (default {AUDIT_ROWS})")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--verify", action="store_true", help="check the whole chain and its signed heads instead")
    other.add_argument("--head", action="store_true", help="print the newest signed head, to be kept elsewhere")
    other.add_argument(
        "--against", type=Path, help="check the chain against a head that was kept elsewhere", metavar="FILE"
    )


def _people_options(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    acts.add_parser("list", help="every account")
    reset = acts.add_parser("reset-admin", help="a new password for an administrator; the station must be closed")
    reset.add_argument("name", help="the account; made where there is none of that name")
    reset.add_argument("--reason", required=True, help="why; it is audited")


def _recipe_options(parser: argparse.ArgumentParser) -> None:
    words = "folder or zip of a model package; or list, show NAME [REVISION], diff NAME REVISION [WITH]"
    parser.add_argument("words", nargs="+", help=words, metavar="PACKAGE|WORDS")
    parser.add_argument("--out", type=Path, help="recipe file to write for the package")
    parser.add_argument("--name", default="", help="name of the recipe (default: the file's)")
    parser.add_argument("--camera", default="top", help="camera of the station that the recipe uses")


def _study_options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    acts.add_parser("list", parents=[shared], help="every study with its progress")
    report = acts.add_parser("report", parents=[shared], help="write a study's report as PDF")
    report.add_argument("number", type=int, help="number of the study")
    report.add_argument("out", type=Path, help="the PDF to write")
    report.add_argument("--language", choices=("en", "zh_CN"), default="en", help="of the report")


def _loop_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder with deeppcb (default: parts are rendered)", metavar="DIR")
    parser.add_argument("--work", type=Path, help="each run gets a folder in it (default: in the temporary folder)")
    parser.add_argument(
        "--store", default="", help="where records go (default: SeaweedFS of STATION_WEED, or a folder)"
    )
    parser.add_argument("--settings", type=Path, help="TOML file with endpoint, region and keys, for its owner alone")
    parser.add_argument("--allow-http", action="store_true", help="without TLS: on this computer alone")
    parser.add_argument("--quick", action="store_true", help="fewer parts and steps")
    parser.add_argument("--seed", type=int, default=0, help="decides what people say, default 0")
    parser.add_argument("--threads", type=int, default=1, help="processor cores to train with, default 1")


def _train_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dataset", help="folder with a split.csv, or rendered:PARTS")
    parser.add_argument("--out", type=Path, required=True, help="folder of the new model package")
    parser.add_argument("--task", default="segmentation", help="segmentation")
    parser.add_argument("--name", default="")
    parser.add_argument("--version", default="1.0.0")
    for name, usual in (("batch", 16), ("crop", 256), ("reduce", 1), ("width", 16), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"default {usual}")
    parser.add_argument("--tile", type=int, default=0, help="the station's tile, in reduced pixels (default: the crop)")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--steps", type=int, help="default 1000, with --from 400")
    parser.add_argument("--rate", type=float, help="learning rate, default 0.002, with --from 0.001")
    parser.add_argument("--pretrained", action="store_true", help="start from an ImageNet encoder")
    parser.add_argument("--fixtured", action="store_true", help="the parts stand in a fixture: mirror none")
    parser.add_argument("--from", dest="start", type=Path, metavar="PACKAGE", help="go on from this package's weights")
    parser.add_argument("--replay", default="", metavar="DATASET", help="what that package was trained on")
    parser.add_argument("--replay-share", type=float, default=0.5, help="of every batch, default 0.5")
    parser.add_argument("--drawn", type=float, default=0.0, help="share of good crops with a drawn defect, default 0")
    parser.add_argument("--novelty", type=float, default=0.0, help="weight of being unlike all good images, default 0")
    parser.add_argument("--overkill", type=float, default=0.05, help="default 0.05")
    parser.add_argument("--no-test", action="store_true", help="leave the test split unseen")
    parser.add_argument("--test", type=Path, metavar="PACKAGE", help="only the one look at the test split, for this")
    parser.add_argument("--test-look", type=int, default=1, help="which look at this test split it is, default 1")
    parser.add_argument("--test-note", default="", help="what has changed since the last look")
