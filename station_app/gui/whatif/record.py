"""Reads what is on record for trying thresholds. Runs on a reader's thread, never on the GUI thread."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from station_app.gui.link import PartArchive
from station_app.store.score_table import KnownParts, ScoreTable, known_parts, score_table

BARS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """The parts of one recipe and stretch of time; `bars` holds for each label how many parts have a score of it in
    each two-hundredth from 0 to 1."""

    recipe: str
    table: ScoreTable
    known: KnownParts
    bars: dict[str, tuple[int, ...]]


def ask_record(recipe: str, from_ms: int, until_ms: int, archive: PartArchive) -> Record:
    """The blind sample is that of the parts that were read, where there were too many for all."""
    table = archive.read(partial(score_table, recipe=recipe, from_ms=from_ms, until_ms=until_ms))
    known = archive.read(partial(known_parts, recipe=recipe, from_ms=table.from_ms, until_ms=until_ms))
    edges = np.linspace(0, 1, BARS + 1)
    bars = {label: tuple(np.histogram(scores, edges)[0].tolist()) for label, scores in table.scores.items()}
    return Record(recipe, table, known, bars)
