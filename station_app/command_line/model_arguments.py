"""The words of `station-app models`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_model_command(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """`list`, `fetch`, `import`, `offer-info` and `keys`."""
    models = commands.add_parser("models", parents=[shared], help="models that come through a channel, and its keys")
    acts = models.add_subparsers(dest="act", metavar="ACT", required=True)
    acts.add_parser("list", parents=[shared], help="every package that was offered, and where it stands")
    acts.add_parser("fetch", parents=[shared], help="look at the channel of the station file now")
    brought = acts.add_parser("import", parents=[shared], help="look at a channel on a stick or a share")
    brought.add_argument("folder", type=Path, help="the folder that holds v1/channels")
    info = acts.add_parser("offer-info", parents=[shared], help="say what an offer's file says, and who signed it")
    info.add_argument("file", type=Path)
    _keys(acts.add_parser("keys", help="the keys whose offers this station takes"), shared)


def _keys(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="key_act", metavar="ACT", required=True)
    acts.add_parser("list", parents=[shared], help="every key, trusted or retired")
    add = acts.add_parser("add", parents=[shared], help="trust a key; the station must be closed")
    add.add_argument("public", help="its public key: 64 hex digits, or the .pub file of its maker")
    retire = acts.add_parser("retire", parents=[shared], help="trust a key no more, for good; likewise")
    retire.add_argument("key_id", help="16 hex digits, as station-app models keys list says")
    for act in (add, retire):
        act.add_argument("--by", default="", help="the administrator who does it; the password is asked for")
        act.add_argument("--reason", required=True, help="why; it is audited")
    make = acts.add_parser("make", help="a new key for a publisher of models: a file, and its public key beside it")
    make.add_argument("file", type=Path)
