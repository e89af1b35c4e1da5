"""What the screen of models asks of a station with a million parts in shadow, against a bare look-up by primary key.

    python -m bench.shadow_records --folder DIR [--rows 1000000]

The file is built once and used again: every part was looked at in shadow, 1 % of the pairs differ, people judged 2 % of
the parts, half of those that differ. Every question is asked on a connection opened for it, as the screens do.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.history_line import START_MS
from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.recipe import CameraSetup, ModelReference, Recipe, Thresholds
from station_app.core.shadow import is_discordant
from station_app.core.trial_record import TrialAsked
from station_app.store.connection import open_reader, open_writer
from station_app.store.inspections import register_recipe
from station_app.store.migrations.history_fill import fill_history
from station_app.store.schema import prepare_schema
from station_app.store.shadow_results import shadow_results_of
from station_app.store.shadow_view import Trial, discordant_page, pair_counts, shadow_view
from station_app.store.trial_record import trial_record

PACKAGE, CHAMPION = "b" * 64, "a" * 64
MODEL = ModelReference("champion", CHAMPION)
RECIPE = Recipe("A17", 1, (CameraSetup("top", MODEL),), (("scratch", Thresholds(0.4, 0.6)),))
CANDIDATE = replace(RECIPE, revision=2)
TRIAL = Trial(PACKAGE, "A17", "top")
ASKED = 50


def build(path: Path, rows: int) -> None:
    """Written straight into the tables."""
    prepare_schema(path)
    with closing(open_writer(path)) as connection:
        connection.execute("BEGIN")
        register_recipe(connection, RECIPE)
        register_recipe(connection, CANDIDATE)
        connection.execute(
            "INSERT INTO shadow_runs SELECT 1, 'top', ?, c.id, ?, r.id FROM recipes c, recipes r"
            " WHERE c.revision = 2 AND r.revision = 1",
            (PACKAGE, CHAMPION),
        )
        connection.executemany("INSERT INTO inspections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _inspections(rows))
        fill_history(connection)
        connection.executemany("INSERT INTO shadow_results VALUES (1, ?, ?, ?, NULL, ?, ?, ?, ?, ?)", _results(rows))
        connection.execute(
            "INSERT INTO shadow_counts SELECT run, deciding, verdict, count(*) FROM shadow_results GROUP BY 1, 2, 3"
        )
        connection.execute("INSERT INTO standings SELECT NULL, value, 'op' FROM json_each(?)", (_words(),))
        connection.execute(
            "INSERT INTO decided SELECT h.part_id, 1 + h.part_id % 3, h.combination, 0 FROM history h"
            " WHERE h.part_id % 50 = 7 OR h.part_id % 200 = 0"
        )
        connection.execute("COMMIT")


def _words() -> str:
    return json.dumps([Disposition.AGREE, Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT])


def _verdicts(part_id: int) -> tuple[VerdictKind, VerdictKind]:
    champion = VerdictKind.FAIL if part_id % 20 == 0 else VerdictKind.PASS
    candidate = VerdictKind.PASS if part_id % 100 == 0 else champion
    return champion, candidate


def _inspections(rows: int) -> Iterator[tuple[object, ...]]:
    times = {"acquire_ms": 1.0, "queue_ms": 0.1, "inspect_ms": 20.0, "total_ms": 22.0, "code_ms": 0.0}
    for part_id in range(1, rows + 1):
        score = part_id * 7919 % 1000 / 1000
        body = json.dumps({"scores": [["scratch", score]], "cameras": [], "times": times})
        champion, _ = _verdicts(part_id)
        yield (part_id, START_MS + part_id * 1000, 1, champion, None, f"SN{part_id:08d}", "", None, score, body, "")


def _results(rows: int) -> Iterator[tuple[object, ...]]:
    for part_id in range(1, rows + 1):
        champion, candidate = _verdicts(part_id)
        score = part_id * 104_729 % 1000 / 1000
        scores = json.dumps([["scratch", score]])
        differs = is_discordant(champion, candidate)
        yield (part_id, champion, candidate, "scratch", score, scores, 18.0, differs)


def questions(rows: int) -> Iterator[tuple[str, Callable[..., object]]]:
    middle = rows // 2
    yield "bare look-up by primary key", _bare
    yield "counts side by side", partial(pair_counts, trial=TRIAL)
    yield "counts, people's word, both tests", partial(shadow_view, trial=TRIAL)
    yield "newest page of differing parts", partial(discordant_page, trial=TRIAL)
    yield "a page of them deep inside", partial(discordant_page, trial=TRIAL, before=middle)
    yield "the results of one part", partial(shadow_results_of, part_id=middle)
    asked = TrialAsked(RECIPE.sha256, RECIPE.sha256, PACKAGE, "top", START_MS + (rows - 20_000) * 1000, 2**62)
    yield "the record of a trial of 20,000 parts (engine, in the background)", partial(trial_record, asked=asked)


def _bare(reader: object) -> object:
    return reader.execute("SELECT part_id FROM inspections WHERE part_id = 77").fetchall()  # type: ignore[attr-defined]


def measure(path: Path, question: Callable[..., object]) -> tuple[float, float, float]:
    """Median, 95th percentile and largest, in milliseconds on the clock."""
    took = []
    for _ in range(ASKED):
        started = time.perf_counter()
        with closing(open_reader(path)) as reader:
            question(reader)
        took.append((time.perf_counter() - started) * 1e3)
    took.sort()
    return statistics.median(took), took[int(0.95 * ASKED)], took[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    path = options.folder / f"shadow-{options.rows}.db"
    if not path.exists():
        build(path, options.rows)
    print(f"{options.rows:,} parts, {path.stat().st_size / 1e6:.0f} MB")
    for name, question in questions(options.rows):
        print("{}: {:.1f} / {:.1f} / {:.1f} ms".format(name, *measure(path, question)))


if __name__ == "__main__":
    main()
