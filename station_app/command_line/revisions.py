"""`station-app recipe list`, `show` and `diff`: the recorded revisions of recipes, read and never changed.

Changing needs who is signed in and who signs: that is done at the screen.
"""

import sys
from argparse import Namespace
from functools import partial

from station_app.command_line.arguments import data_dir_of
from station_app.core.errors import ConfigError
from station_app.core.recipe_deeds import SavedText
from station_app.core.recipe_differences import FieldChange, differences
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_states import Revision
from station_app.core.recipe_toml import parse_recipe
from station_app.store.archive import StationArchive
from station_app.store.revisions import all_revisions, recipe_history

WORDS = ("list", "show", "diff")
USAGE = "station-app recipe list | show NAME [REVISION] | diff NAME REVISION [WITH] | PACKAGE --out FILE"


def run_revisions(arguments: Namespace) -> int:
    """Print what was asked for. ConfigError where there is no such recipe or revision."""
    archive = StationArchive(data_dir_of(arguments))
    match arguments.words:
        case ["list"]:
            lines = [_row(revision) for revision in archive.read(all_revisions)]
        case ["show", name, *numbers] if len(numbers) <= 1:
            lines = [_saved(_history(archive, name), *numbers).text.rstrip("\n")]
        case ["diff", name, number, *others] if len(others) <= 1:
            history = _history(archive, name)
            lines = _difference(_saved(history, *others), _saved(history, number))
        case _:
            raise ConfigError("these words make no question", where="command line", remedy=USAGE)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _history(archive: StationArchive, name: str) -> RecipeHistory:
    history = archive.read(partial(recipe_history, recipe=name))
    if not history.revisions:
        remedy = "station-app recipe list says which there are"
        raise ConfigError(f"no revision of a recipe {name!r} is recorded", where="command line", remedy=remedy)
    return history


def _saved(history: RecipeHistory, number: str = "") -> SavedText:
    """The revision of this number; the active one where none is given."""
    saved = history.text_of(int(number)) if number.isdecimal() else history.active if not number else None
    if saved is None:
        known = ", ".join(str(revision.number) for revision in history.revisions)
        what = f"there is no revision {number} of {history.recipe}" if number else f"{history.recipe} has none active"
        raise ConfigError(what, where="command line", remedy=f"choose one of: {known}")
    return saved


def _row(revision: Revision) -> str:
    signed = ", ".join(f"{signed.name} ({signed.role})" for signed in revision.signatures)
    end = f"  {signed}" if signed else ""
    return f"{revision.recipe:<24}{revision.number:>6}  {revision.state:<10}{revision.sha256[:12]}{end}"


def _difference(before: SavedText, after: SavedText) -> list[str]:
    changes = differences(parse_recipe(before.text), parse_recipe(after.text))
    head = f"{before.recipe}: revision {before.number} -> revision {after.number}"
    return [head, *(_change(change) for change in changes)] if changes else [head, "no difference"]


def _change(change: FieldChange) -> str:
    before, after = ("-" if side is None else side for side in (change.before, change.after))
    return f"{'.'.join(change.path)}: {before} -> {after}"
