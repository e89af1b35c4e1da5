"""The words of `station-app retrain`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

STEPS = {
    "materialise": "the dataset, out of the records that stations have sent",
    "train": "a candidate, from the champion and the dataset",
    "evaluate": "champion and candidate on the golden set and on parts of the line",
    "gate": "whether the candidate may be offered; exit status 1 where not",
    "sign": "the package to offer, with figures, card and a signed statement",
    "register": "the package in MLflow, as challenger",
    "publish": "the package into the model channel, as a signed offer",
}


def add_retrain_commands(parser: argparse.ArgumentParser) -> None:
    """One act each; all but the last three read a plan."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    _plan(acts.add_parser("run", help="all steps in their order; those that are done already are skipped"))
    for name, what in STEPS.items():
        _plan(acts.add_parser(name, help=f"only this step: {what}"))
    promoted = acts.add_parser("promoted", help="tell MLflow that a plant has made a package its champion")
    rolled_back = acts.add_parser("rolled-back", help="tell MLflow that a plant has gone back to the champion before")
    for act in (promoted, rolled_back):
        _plan(act)
        act.add_argument("--package", default="", help="package hash (default: the plan's own package)", metavar="HASH")
    _tools(acts)


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", type=Path, help="retrain.toml")
    parser.add_argument("--work", type=Path, help="work folder (default: the plan's)", metavar="DIR")


def _tools(acts: "Commands") -> None:
    key = acts.add_parser("key", help="make a key that signs offers; the .pub beside it is for the stations")
    key.add_argument("file", type=Path, help="file to write, for its owner alone")
    coreml = acts.add_parser("coreml", help="a model package as Core ML, to check parts on a phone")
    coreml.add_argument("package", type=Path, help="folder or zip of a model package")
    coreml.add_argument("--out", type=Path, required=True, help="FILE.mlpackage to write")
    wrap = acts.add_parser("wrap", help="a model package out of an ONNX file of any origin")
    wrap.add_argument("model", type=Path, help="FILE.onnx")
    wrap.add_argument("--manifest", type=Path, required=True, help="manifest.json without files and golden")
    wrap.add_argument("--golden", type=Path, required=True, help="folder of images of the input's size, at least one")
    wrap.add_argument("--out", type=Path, required=True, help="folder of the new model package")
