"""Other thresholds are counted on the parts of the time that was asked for, and on their settled blind sample."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.inspection import VerdictKind
from station_app.core.review import Answer, Queue, Review
from station_app.quality.review_plan import ReviewPlan
from station_app.store.archive import StationArchive
from station_app.store.connection import open_writer
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.review_writing import record_review
from station_app.store.score_table import known_parts, score_table
from tests.store.records import RECIPE, ROOMY, inspection

ALL = ReviewPlan(passed=(1.0, 1.0, 1.0), rejected=(1.0, 1.0, 1.0), second_share=0.0, seeded_share=0.0)
KINDS = (VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.PASS, VerdictKind.NO_RESULT, VerdictKind.PASS)
START_MS = inspection(0).inspected_at_ms
EVER = (0, 2**50)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Five parts, two of them reviewed blind."""
    ledger = StationLedger(tmp_path, ROOMY, plan=ALL)
    ledger.register(RECIPE).result()
    for part_id, kind in enumerate(KINDS, 1):
        ledger.record(replace(inspection(part_id, kind), scores=(("scratch", part_id / 10), ("dent", 0.05)))).result()
    ledger.record(replace(inspection(6), recipe="B9", recipe_hash="ff" * 32)).result()
    ledger.close()
    with closing(open_writer(tmp_path / DATABASE)) as connection:
        for part_id, answer in ((1, Answer.BAD), (2, Answer.GOOD)):
            record_review(connection, Review(part_id, Queue.BLIND, answer, "ann", 1, is_blind=True))
        connection.commit()
    yield tmp_path


def test_every_part_with_a_result_has_its_scores(folder: Path) -> None:
    table = StationArchive(folder).read(lambda reader: score_table(reader, "A17", *EVER))
    assert table.part_ids.tolist() == [1, 2, 3, 5] and table.no_result == 1 and not table.is_cut
    assert table.scores["scratch"].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.5])
    assert table.scores["dent"].tolist() == pytest.approx([0.05] * 4)


def test_only_the_time_that_was_asked_for_counts(folder: Path) -> None:
    second, fourth = START_MS + 2 * 60_000, START_MS + 4 * 60_000
    table = StationArchive(folder).read(lambda reader: score_table(reader, "A17", second, fourth))
    assert table.part_ids.tolist() == [2, 3] and table.no_result == 0


def test_of_too_many_parts_the_newest_count(folder: Path) -> None:
    table = StationArchive(folder).read(lambda reader: score_table(reader, "A17", *EVER, most=2))
    assert table.part_ids.tolist() == [3, 5] and table.is_cut
    assert table.no_result == 1, "part 4 lies between them"


def test_a_recipe_that_nobody_knows_has_no_parts(folder: Path) -> None:
    table = StationArchive(folder).read(lambda reader: score_table(reader, "C1", *EVER))
    assert not len(table.part_ids) and table.scores == {}


def test_the_settled_blind_sample_stands_for_its_strata(folder: Path) -> None:
    known = StationArchive(folder).read(lambda reader: known_parts(reader, "A17", *EVER))
    assert [(part.part_id, part.is_bad) for part in known.parts] == [(1, True), (2, False)]
    assert sum(known.sizes) == 4, "every part with a result lies in one stratum"
    assert known.parts[0].stratum != known.parts[1].stratum, "one was told OK and the other NG"
