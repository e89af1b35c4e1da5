"""`station-app replay`: a past time judged again from its stored images. Stopped, it goes on where it was."""

import json
import os
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from station_app.app import Options, config_of, open_inspectors
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.period import utc_ms
from station_app.command_line.replay_words import summary_lines
from station_app.config import read_recipe, read_recipe_file
from station_app.core.errors import ConfigError
from station_app.core.history import HistoryFilter
from station_app.core.recipe import ModelReference, Recipe
from station_app.inference.inspector import Inspector
from station_app.inference.package import load_package
from station_app.replay.journal import Journal, Subject
from station_app.replay.judge import Judge
from station_app.replay.recorded import extent, parts_of, truth_of
from station_app.replay.request import REPLAYS
from station_app.replay.running import Progress, replay
from station_app.replay.summary import summarise
from station_app.store.archive import StationArchive

CANCELLED = 130
GENTLE = 10
"""The line goes first, then the window."""
_TELL_EVERY_S = 0.5


@dataclass(slots=True)
class _Teller:
    """Tells how far it is, now and then, and whether to go on."""

    is_json: bool
    is_over: bool = False
    _told_s: float = 0.0

    def __call__(self, progress: Progress) -> bool:
        if time.monotonic() - self._told_s >= _TELL_EVERY_S or progress.done == progress.total:
            self._told_s = time.monotonic()
            words = f"{progress.done} of {progress.total}, {progress.flipped} told something else"
            self._say({"progress": asdict(progress)}, words)
        return not self.is_over

    def _say(self, table: dict[str, object], words: str) -> None:
        sys.stdout.write(f"{json.dumps(table)}\n" if self.is_json else f"\r{words}")
        sys.stdout.flush()

    def stop(self, *_: object) -> None:
        """Told by a signal: the part that is judged now is the last."""
        self.is_over = True


def run_replay(arguments: Namespace) -> int:
    """Judge again, print what comes of it; 130 where it was stopped before its end. StationError as of the rooms."""
    folder = data_dir_of(arguments)
    if arguments.gently and sys.platform == "linux":
        os.nice(GENTLE)  # of every thread that is started from here on
    recipe = _recipe(arguments, folder)
    teller = _Teller(arguments.json)
    options = Options(folder, config=arguments.config, packages=arguments.packages)
    with ExitStack() as opened:
        for number in (signal.SIGINT, signal.SIGTERM):
            opened.callback(signal.signal, number, signal.signal(number, teller.stop))
        inspectors = open_inspectors(options, recipe)
        for inspector in inspectors.values():
            opened.enter_context(inspector)
        _replay(arguments, StationArchive(folder), folder / REPLAYS, (recipe, inspectors), teller)
    return CANCELLED if teller.is_over else 0


def _replay(
    arguments: Namespace,
    archive: StationArchive,
    replays: Path,
    judging: tuple[Recipe, dict[str, Inspector]],
    teller: Callable[[Progress], bool],
) -> None:
    recipe, inspectors = judging
    of = arguments.of or recipe.name
    from_ms, until_ms = utc_ms(arguments.since, "--from") or 0, utc_ms(arguments.until, "--until") or _forever()
    where = HistoryFilter(from_ms=from_ms, until_ms=until_ms, recipe=of)
    providers = sorted({inspector.provider for inspector in inspectors.values()})
    packages = tuple(sorted(inspector.package.sha256 for inspector in inspectors.values()))
    subject = Subject(of, from_ms, until_ms, recipe.sha256, packages, " ".join(providers))
    total, last = archive.read(lambda reader: extent(reader, where))
    outcomes = replay(
        parts_of(archive, where, last),
        total,
        lambda part_id: dict(archive.images(part_id)),
        Judge(recipe, inspectors),
        Journal(replays / f"{_plain(arguments.name)}.jsonl", subject),
        teller,
    )
    truth = archive.read(partial(truth_of, recipe=of, from_ms=from_ms, until_ms=until_ms))
    summary = summarise(outcomes, *truth)
    if arguments.json:
        sys.stdout.write(f"{json.dumps({'summary': asdict(summary)})}\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in ("", *summary_lines(summary)))


def _recipe(arguments: Namespace, folder: Path) -> Recipe:
    if arguments.recipe.endswith(".toml") or "/" in arguments.recipe:
        recipe = read_recipe_file(Path(arguments.recipe))
    else:
        recipe = read_recipe(config_of(Options(folder, config=arguments.config)).recipes, arguments.recipe)
    if arguments.package is None:
        return recipe
    package = load_package(arguments.package)
    model = ModelReference(str(arguments.package.resolve()), package.sha256)
    return replace(recipe, cameras=tuple(replace(setup, model=model) for setup in recipe.cameras))


def _plain(name: str) -> str:
    if not name or name != Path(name).name or name.startswith("."):
        raise ConfigError(f"{name!r} is no name for a replay", where="NAME", remedy="use letters, digits and dashes")
    return name


def _forever() -> int:
    """Rounded up to the next midnight in UTC, so that a replay without an end can be resumed the same day."""
    day_ms = 86_400_000
    return (time.time_ns() // 1_000_000 // day_ms + 1) * day_ms
