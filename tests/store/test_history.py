"""Whatever is recorded, decided and taken back: every page of every selection is what a plain filter of a list says."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.history import EVERYTHING, HistoryFilter, HistoryRow
from station_app.core.inspection import (
    Box,
    CameraRecord,
    Disposition,
    Finding,
    Inspection,
    NoResultReason,
    Override,
    VerdictKind,
)
from station_app.store import audit, history_search
from station_app.store.connection import open_writer
from station_app.store.history import choices, decisions, newer, page, page_after
from station_app.store.inspections import record_inspection
from station_app.store.overrides import record_override
from station_app.store.schema import prepare_schema
from tests.store.records import inspection

LABELS = ("", "scratch", "dent")
MODELS = ("", "ab" * 32, "ac" * 32)
STEMS = ("", "SN", "SNX", "Z9", "7")
WHO = ("wang", "li")
START_MS = 1_700_000_000_000
LAST = 6_000
DECISIONS = [said for said in Disposition if said is not Disposition.UNDO]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "station.db"
    prepare_schema(path)
    with closing(open_writer(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return path


@pytest.fixture
def connection(empty: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the empty database in memory, as a screen would read it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy, closing(sqlite3.connect(empty)) as source:
        source.backup(copy)
        copy.row_factory = sqlite3.Row
        yield copy


@dataclass
class Line:
    """Records as the line makes them, and beside them the plain list that the history must equal."""

    connection: sqlite3.Connection
    rows: dict[int, HistoryRow] = field(default_factory=dict)
    said: dict[int, list[tuple[Disposition, str]]] = field(default_factory=dict)

    def record(self, made: Inspection) -> None:
        record_inspection(self.connection, made)
        models = " ".join(dict.fromkeys(camera.model_hash for camera in made.cameras if camera.model_hash))
        self.rows[made.part_id] = HistoryRow(
            made.part_id,
            made.inspected_at_ms,
            made.recipe,
            made.recipe_revision,
            made.verdict,
            made.reason,
            made.serial,
            made.lot,
            made.findings[0].label if made.findings else "",
            max((score for _, score in made.scores), default=None),
            models,
            None,
            "",
        )

    def decide(self, part_id: int, said: Disposition, who: str) -> None:
        stack = self.said.setdefault(part_id, [])
        if said is Disposition.UNDO and not stack:
            return
        record_override(self.connection, Override(part_id, said, who, 5))
        if said is Disposition.UNDO:
            stack.pop()
        else:
            stack.append((said, who))
        disposition, operator = stack[-1] if stack else (None, "")
        self.rows[part_id] = replace(self.rows[part_id], disposition=disposition, operator=operator)

    def chosen(self, where: HistoryFilter) -> list[HistoryRow]:
        return [row for _, row in sorted(self.rows.items(), reverse=True) if _fulfils(row, where)]


def _fulfils(row: HistoryRow, where: HistoryFilter) -> bool:
    exact = ("recipe", "verdict", "disposition", "label", "lot", "operator", "reason")
    return (
        all(getattr(where, name) in (None, "", getattr(row, name)) for name in exact)
        and (where.from_ms is None or row.inspected_at_ms >= where.from_ms)
        and (where.until_ms is None or row.inspected_at_ms < where.until_ms)
        and row.serial.startswith(where.serial)
        and (not where.model or any(model.startswith(where.model) for model in row.model.split(" ")))
    )


Story = tuple[list[Inspection], list[tuple[int, Disposition, str]]]


def _inspection(draw: Random, part_id: int) -> Inspection:
    verdict, label, stem = draw.choice(list(VerdictKind)), draw.choice(LABELS), draw.choice(STEMS)
    recipe, revision = draw.choice(("A17", "A18")), draw.randint(1, 2)
    return Inspection(
        part_id=part_id,
        # Mostly rising, and sometimes the clock is set back.
        inspected_at_ms=START_MS + part_id * 100 + draw.choice((0, 0, 0, 130, -50_000)),
        recipe=recipe,
        recipe_revision=revision,
        recipe_hash=f"{recipe} {revision}",
        verdict=verdict,
        reason=draw.choice(list(NoResultReason)) if verdict is VerdictKind.NO_RESULT else None,
        serial=f"{stem}{draw.randint(0, 99):02d}" if stem else "",
        findings=(Finding(label, 0.7, Box(1, 2, 3, 4)),) if label else (),
        scores=draw.choice(((), (("scratch", 0.1), ("dent", 0.7)))),
        cameras=tuple(CameraRecord("top", model_hash=draw.choice(MODELS)) for _ in range(draw.randint(0, 2))),
        lot=draw.choice(("", "L1", "L2")),
    )


def _story(seed: int, parts: int) -> Story:
    """Parts in any order of their ids, as several threads finish them, and what people say of them."""
    draw = Random(seed)
    ids = draw.sample(range(1, LAST), parts)
    said = (*DECISIONS, *[Disposition.UNDO] * 3)
    spoken = [(draw.choice(ids), draw.choice(said), draw.choice(WHO)) for _ in range(parts)]
    return [_inspection(draw, part_id) for part_id in ids], spoken


def _time(draw: Random) -> int:
    return START_MS + draw.randint(0, LAST) * 100


def _filter(seed: int) -> HistoryFilter:
    """A bar of which one to three members are set: with all of them nothing would ever be found."""
    draw = Random(seed)
    full = HistoryFilter(
        from_ms=_time(draw),
        until_ms=_time(draw),
        recipe=draw.choice(("A17", "A17", "A18", "B")),
        verdict=draw.choice(list(VerdictKind)),
        disposition=draw.choice(list(Disposition)),
        label=draw.choice(("scratch", "dent")),
        serial=draw.choice(("S", "SN", "SNX", "SN0", "SNX1", "SN07", "8")),
        lot=draw.choice(("L1", "L1", "L2", "L3")),
        model=draw.choice(("a", "ab", "ac" * 32, "b")),
        operator=draw.choice((*WHO, *WHO, "chen")),
        reason=draw.choice((NoResultReason.LATE, NoResultReason.CRASH)),
    )
    names = draw.sample([member.name for member in fields(HistoryFilter)], draw.randint(1, 3))
    return replace(EVERYTHING, **{name: getattr(full, name) for name in names})


SEEDS = st.integers(0, 2**32)
STORIES = st.builds(_story, SEEDS, st.integers(3, 250))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(STORIES, st.lists(SEEDS.map(_filter), min_size=12, max_size=12), st.integers(1, 9), st.booleans(), SEEDS)
def test_every_page_is_what_a_plain_filter_says(
    connection: sqlite3.Connection, story: Story, filters: list[HistoryFilter], size: int, is_large: bool, seed: int
) -> None:
    """The other half of the runs takes the ways that are meant for millions of parts."""
    limits = {"NEAR": 0, "FEW_SERIALS": 0, "MANY_SERIALS": 0, "LOOK_UP_ROWS": 0, "MOST_RANGES": 1, "FIRST_WINDOW": 2}
    usual = {name: getattr(history_search, name) for name in limits}
    connection.execute("BEGIN")
    try:
        line = _told(connection, *story)
        with patch.multiple(history_search, **(limits if is_large else usual)):
            for where in (EVERYTHING, *filters):
                _check_pages(line, where, size, Random(seed).randint(0, LAST))
    finally:
        connection.execute("ROLLBACK")


def _told(connection: sqlite3.Connection, made: list[Inspection], said: list[tuple[int, Disposition, str]]) -> Line:
    line = Line(connection)
    for one in made:
        line.record(one)
    for part_id, disposition, who in said:
        line.decide(part_id, disposition, who)
    return line


def _check_pages(line: Line, where: HistoryFilter, size: int, at: int) -> None:
    expected = line.chosen(where)
    seen: list[HistoryRow] = []
    while rows := page(line.connection, where, seen[-1].part_id if seen else None, size):
        assert len(rows) <= size
        seen += rows
    assert seen == expected
    later = [row for row in expected if row.part_id > at]
    assert list(page_after(line.connection, where, at, size)) == later[-size:]
    assert newer(line.connection, where, at) == len(later)
    assert newer(line.connection, where, at, most=2) == min(2, len(later))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(STORIES)
def test_all_that_occurs_can_be_chosen(connection: sqlite3.Connection, story: Story) -> None:
    connection.execute("BEGIN")
    try:
        rows = list(_told(connection, *story).rows.values())
        offered = choices(connection)
        assert offered.recipes == tuple(sorted({row.recipe for row in rows}))
        assert offered.labels == tuple(sorted({row.label for row in rows} - {""}))
        assert set(offered.lots) == {row.lot for row in rows} - {""}
        assert offered.models == tuple(sorted({word for row in rows for word in row.model.split(" ")} - {""}))
        assert offered.operators == tuple(sorted({row.operator for row in rows} - {""}))
        assert set(offered.reasons) == {row.reason for row in rows} - {None}
    finally:
        connection.execute("ROLLBACK")


def test_the_whole_chain_of_decisions_is_told_in_order(connection: sqlite3.Connection) -> None:
    record_inspection(connection, inspection(1))
    marked = Override(1, Disposition.MISSED_DEFECT, "wang", 5, "seen", "dent", (Box(1, 2, 3, 4),), None, 800, "top")
    record_override(connection, marked)
    record_override(connection, Override(1, Disposition.UNDO, "li", 6))
    told = decisions(connection, 1)
    assert [one.override_id for one in told] == [1, 2]
    assert told[0].override == marked
    assert told[1].override == Override(1, Disposition.UNDO, "li", 6, undoes=1)
    assert decisions(connection, 2) == ()


def test_a_pass_that_was_withheld_says_so(connection: sqlite3.Connection) -> None:
    for part_id in (1, 2, 12):
        record_inspection(connection, inspection(part_id))
    audit.append(connection, "station", "pass_withheld", "part 2", "recorded after the deadline")
    assert [(row.part_id, row.is_withheld) for row in page(connection, EVERYTHING)] == [
        (12, False),
        (2, True),
        (1, False),
    ]
