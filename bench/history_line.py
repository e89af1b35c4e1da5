"""A line of years for the bench of the history, written straight into the tables: ten million parts in minutes."""

import hashlib
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from station_app.store.connection import open_writer
from station_app.store.migrations.history import HISTORY_INDEXES
from station_app.store.migrations.history_fill import fill_history
from station_app.store.schema import prepare_schema

START_MS = 1_600_000_000_000
CHUNK = 100_000
_OTHER_INDEXES = {
    "inspections_serial": "inspections (serial) WHERE serial <> ''",
    "inspections_when": "inspections (recipe_id, verdict, inspected_at_ms)",
}


@dataclass(frozen=True)
class Line:
    """What the line made, by part id."""

    rows: int
    part_ms: int = 15_000
    recipes: tuple[str, ...] = ("A17-cover", "A18-cover", "B2-housing")
    labels: tuple[str, ...] = ("scratch", "dent", "burr", "crack", "hole", "stain")
    models: tuple[str, ...] = tuple(hashlib.sha256(f"model {n}".encode()).hexdigest() for n in range(5))

    def lot(self, part_id: int) -> str:
        return f"L{part_id * 2_000 // (self.rows + 1):05d}"

    def serial(self, part_id: int) -> str:
        """Three families that count and one that is random; long runs of each, and mixed within."""
        family = (part_id * 2_654_435_761 >> 8) % 8
        if family < 4:
            return f"SN{part_id:08d}"
        if family < 6:
            return f"2A17-{part_id // 3:07d}"
        if family == 6:
            return f"{part_id:07d}X"
        return hashlib.sha256(str(part_id).encode()).hexdigest()[:12].upper()

    def recipe(self, part_id: int) -> int:
        """One of the three a shift, the first most of the time; a new revision every twelfth of the history."""
        shift = part_id // 2_000
        kind = (0, 0, 0, 1, 1, 2)[shift % 6]
        return kind * 12 + part_id * 12 // (self.rows + 1)

    def model(self, part_id: int) -> str:
        return self.models[part_id * 5 // (self.rows + 1)]


def build(path: Path, line: Line, tell: Callable[[str], None]) -> None:
    """Write the database; under its name it is there when it is whole."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    prepare_schema(unfinished)
    with closing(open_writer(unfinished)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        for name in (*HISTORY_INDEXES, *_OTHER_INDEXES):
            connection.execute(f"DROP INDEX {name}")
        connection.execute("BEGIN")
        _write_recipes(connection, line)
        _write_parts(connection, line)
        _write_decisions(connection, line)
        tell("records written")
        fill_history(connection)
        tell("history filled")
        for name, columns in (HISTORY_INDEXES | _OTHER_INDEXES).items():
            connection.execute(f"CREATE INDEX {name} ON {columns}")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
    unfinished.replace(path)


def _write_recipes(connection: sqlite3.Connection, line: Line) -> None:
    rows = (
        (number * 12 + revision, f"{number * 12 + revision:064d}", name, revision + 1, "")
        for number, name in enumerate(line.recipes)
        for revision in range(12)
    )
    connection.executemany("INSERT INTO recipes VALUES (?, ?, ?, ?, ?)", rows)


def _write_parts(connection: sqlite3.Connection, line: Line) -> None:
    places = ", ".join("?" * 11)
    connection.executemany(f"INSERT INTO inspections VALUES ({places})", _parts(line))  # noqa: S608 - a constant


def _parts(line: Line) -> Iterator[tuple[object, ...]]:
    draw = random.Random(0)
    bodies = {model: _body(model) for model in line.models}
    for part_id in range(1, line.rows + 1):
        verdict, reason, label, score = _outcome(draw, line, part_id)
        yield (
            part_id,
            START_MS + part_id * line.part_ms + draw.randint(-2_000, 2_000),
            line.recipe(part_id),
            verdict,
            reason,
            line.serial(part_id),
            "",
            label,
            score,
            bodies[line.model(part_id)],
            line.lot(part_id),
        )


def _outcome(draw: random.Random, line: Line, part_id: int) -> tuple[str, str | None, str | None, float]:
    """92 % pass; the shares of labels and reasons are skewed, and the last label ended with the first half."""
    at = draw.random()
    if at < 0.92:
        return "PASS", None, None, draw.random() * 0.3
    if at < 0.98:
        known = line.labels if part_id < line.rows // 2 else line.labels[:-1]
        label = known[int(len(known) * draw.random() ** 3)]
        return ("FAIL" if at < 0.97 else "REVIEW"), None, label, 0.6 + draw.random() * 0.4
    reason = ("late", "quality", "overrun", "serial_missing", "crash")[int(5 * draw.random() ** 4)]
    return "NO_RESULT", "crash" if at > 0.99999 else reason, None, 0.0


def _body(model: str) -> str:
    """As `record_inspection` writes it."""
    quality = [120.0, 0.0, 0.0, 40.0]
    camera = {"camera_id": "top", "frame_id": 1, "source": "", "model_hash": model, "quality": quality}
    times = {"acquire_ms": 1.0, "queue_ms": 0.5, "inspect_ms": 20.0, "total_ms": 22.0, "code_ms": 0.0}
    scores = [["scratch", 0.1], ["dent", 0.02], ["stain", 0.03]]
    return json.dumps({"scores": scores, "cameras": [camera], "times": times})


def _write_decisions(connection: sqlite3.Connection, line: Line) -> None:
    """On 2 % of the parts, most of them agreed with; one in twenty is taken back. Of forty people few do most."""
    draw = random.Random(1)
    columns = "part_id, disposition, operator, decided_at_ms, reason, label, marks, undoes, viewed_ms"
    query = f"INSERT INTO overrides (id, {columns}) VALUES (?, ?, ?, ?, 0, '', '', '[]', ?, 900)"  # noqa: S608
    number = 0
    chosen = sorted(draw.sample(range(1, line.rows + 1), line.rows // 50))
    verdicts = connection.execute("SELECT part_id, verdict FROM inspections ORDER BY part_id")
    at = iter(chosen)
    wanted = next(at, 0)
    rows: list[tuple[object, ...]] = []
    for part_id, verdict in verdicts:
        if part_id != wanted:
            continue
        wanted = next(at, 0)
        number += 1
        wrong = "missed_defect" if verdict == "PASS" else "false_reject"
        said = draw.choices(("agree", wrong, "unsure"), (6, 3, 1))[0]
        who = f"operator {int(40 * draw.random() ** 2) + 1}"
        rows.append((number, part_id, said, who, None))
        if draw.random() < 0.05:
            rows.append((number + 1, part_id, "undo", who, number))
            number += 1
    connection.executemany(query, rows)
