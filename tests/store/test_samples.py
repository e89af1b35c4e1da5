"""Parts are drawn with their record: by secret and plan alone, counted once, and never against the record."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.errors import StorageError
from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.review import Answer, SampleDrawn
from station_app.quality.review_plan import ReviewPlan
from station_app.quality.sampling import BlindReview, Draw
from station_app.quality.strata import Stratum, tally
from station_app.store.connection import open_reader
from station_app.store.image_rows import choose_to_shed
from station_app.store.inspections import load_inspection
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.samples import sample_of, strata
from station_app.store.sampling_secret import SECRET, open_secret
from station_app.store.verification import verify
from tests.store.records import RECIPE, ROOMY, inspection
from tests.store.reviewed_line import EVERY, NONE, START_MS, ReviewedLine

OFTEN = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HALF = ReviewPlan((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
LONG_MS = 10**9
SCORES = st.floats(0, 1)


def drawn(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute("SELECT * FROM samples ORDER BY part_id")]


@OFTEN
@given(st.data(), st.dictionaries(st.integers(1, 10**6), SCORES, max_size=20))
def test_a_draw_does_not_depend_on_the_order(
    connection: sqlite3.Connection, data: st.DataObject, parts: dict[int, float]
) -> None:
    samples = []
    for order in (list(parts), data.draw(st.permutations(list(parts)))):
        connection.execute("BEGIN")
        line = ReviewedLine(connection, HALF)
        for part_id in order:
            line.inspect(part_id, parts[part_id])
        samples.append(drawn(connection))
        connection.execute("ROLLBACK")
    assert samples[0] == samples[1]


PARTS = st.lists(
    st.tuples(SCORES, st.booleans(), st.integers(1, 40), st.sampled_from([None, *Answer]), st.booleans()), max_size=25
)


@OFTEN
@given(PARTS, st.booleans())
def test_the_strata_equal_a_tally_of_the_records(
    connection: sqlite3.Connection, parts: list[tuple[float, bool, int, Answer | None, bool]], is_rejected: bool
) -> None:
    """Reviews that are undone, and parts without a result, count as they should: not at all."""
    connection.execute("BEGIN")
    try:
        line = ReviewedLine(connection, HALF)
        draws: list[Draw] = []
        reviews: list[BlindReview] = []
        for part_id, (score, has_result, minutes, answer, is_undone) in enumerate(parts, start=1):
            said = line.sampling.of(line.inspect(part_id, score, has_result=has_result, minutes=minutes))
            if said is None or said.is_rejected is not is_rejected:
                continue
            draws.append(said.draw)
            if said.draw.is_drawn and answer is not None:
                number = line.review(part_id, answer)
                event = Answer.GOOD if is_rejected else Answer.BAD
                if is_undone:
                    line.undo(number)
                elif answer is not Answer.UNSURE:
                    reviews.append(BlindReview(said.draw, answer is event))
        kept = strata(connection, START_MS, START_MS + LONG_MS, RECIPE.name, is_rejected=is_rejected)
        assert kept == tally(draws, reviews)
        assert strata(connection, START_MS, START_MS + LONG_MS, "another", is_rejected=is_rejected) == ()
    finally:
        connection.execute("ROLLBACK")


def test_a_period_is_made_of_whole_quarters_of_an_hour(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection, EVERY)
    line.clock_ms = 0
    for part_id in range(1, 61):
        line.inspect(part_id)  # one a minute, from the first minute on

    def parts(from_minute: int, until_minute: int) -> int:
        counts = strata(connection, from_minute * 60_000, until_minute * 60_000, "", is_rejected=False)
        return sum(stratum.parts for stratum in counts)

    assert (parts(0, 60), parts(0, 15), parts(15, 30), parts(14, 16)) == (59, 14, 15, 29)


def test_a_drawn_part_tells_how_it_was_drawn(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection, replace(EVERY, rejected=(0.25, 1.0, 1.0)))
    line.inspect(1, 0.29)
    line.inspect(2, 0.3)
    line.inspect(3, has_result=False)
    assert sample_of(connection, 1) == SampleDrawn(1, False, 2, 1.0, True)
    assert sample_of(connection, 2) == SampleDrawn(2, True, 2, 1.0, True)
    assert sample_of(connection, 3) is None


def test_overrides_change_no_estimate(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection)
    line.inspect(1)
    before = strata(connection, 0, 2**60, "", is_rejected=False)
    line.override(1, Disposition.MISSED_DEFECT)
    assert strata(connection, 0, 2**60, "", is_rejected=False) == before == (Stratum(1, 1, 0, 0, 1.0),)
    line.review(1, Answer.BAD, "li")
    assert strata(connection, 0, 2**60, "", is_rejected=False) == (Stratum(1, 1, 1, 1, 1.0),)


def test_parts_drawn_with_another_probability_are_a_stratum_of_their_own(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection, EVERY)
    line.inspect(1)
    line.follow(replace(EVERY, passed=(0.5, 1.0, 1.0)), first_part=2)
    line.inspect(2)
    counts = strata(connection, 0, 2**60, "", is_rejected=False)
    assert sorted((stratum.probability, stratum.parts) for stratum in counts) == [(0.5, 1), (1.0, 1)]


def test_the_secret_is_the_stations_own_and_stays(tmp_path: Path) -> None:
    secret = open_secret(tmp_path)
    assert (tmp_path / SECRET).stat().st_mode & 0o777 == 0o600
    assert open_secret(tmp_path) == secret
    assert len(secret) == 64
    for damaged in (secret[:10].encode(), b"", b"\xff" * 64):
        (tmp_path / SECRET).write_bytes(damaged)
        (tmp_path / "sampling.secret.new").write_text("of a start that was cut short")
        another = open_secret(tmp_path)
        assert another != secret and open_secret(tmp_path) == another
    assert len(list(tmp_path.glob("sampling.secret-damaged-*"))) == 3
    (tmp_path / SECRET).unlink()
    (tmp_path / SECRET).mkdir()
    with pytest.raises(StorageError, match="cannot be read"):
        open_secret(tmp_path)


def _audited(folder: Path) -> list[tuple[str, str]]:
    with closing(open_reader(folder / DATABASE)) as reader:
        rows = reader.execute("SELECT subject, details FROM audit WHERE action = 'sampling_plan' ORDER BY id")
        return [tuple(row) for row in rows]


def test_a_change_of_the_plan_is_audited_and_holds_for_the_parts_after_it(tmp_path: Path) -> None:
    for plan in (EVERY, EVERY, NONE):
        ledger = StationLedger(tmp_path, ROOMY, plan=plan)
        ledger.register(RECIPE).result()
        first = ledger.next_part_id()
        ledger.record(inspection(first)).result()
        ledger.close()
    (begun, changed) = _audited(tmp_path)
    assert begun[0] == "from part 1" and begun[1].startswith("none -> {")
    assert changed[0] == "from part 3" and '"passed": [1e-09' in changed[1].split(" -> ")[1]
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert [row[0] for row in drawn(reader)] == [1, 2]
    assert verify(tmp_path) == ()
    (tmp_path / SECRET).unlink()
    StationLedger(tmp_path, ROOMY, plan=NONE).close()
    assert _audited(tmp_path)[-1][1].endswith(", with a new secret")
    secret = (tmp_path / SECRET).read_bytes()
    assert all(secret not in path.read_bytes() for path in tmp_path.glob("station.db*"))


def test_the_image_of_a_drawn_pass_is_wanted_and_is_evidence(tmp_path: Path) -> None:
    for plan, is_evidence in ((EVERY, True), (NONE, False)):
        folder = tmp_path / str(is_evidence)
        ledger = StationLedger(folder, ROOMY, plan=plan)
        ledger.register(RECIPE).result()
        part = inspection(1)
        ledger.record(part).result()
        assert ledger.wants_images(part) is is_evidence
        ledger.keep_image(part, "top", np.zeros((4, 4), np.uint8))
        ledger.close()
        with closing(open_reader(folder / DATABASE)) as reader:
            assert (choose_to_shed(reader) == ()) is is_evidence
        assert verify(folder) == ()


def test_the_image_of_a_part_near_a_threshold_is_wanted(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY, plan=replace(NONE, near_band=0.05))
    ledger.register(RECIPE).result()
    near, far = (replace(inspection(1), scores=(("scratch", score),)) for score in (0.28, 0.1))
    assert ledger.wants_images(near) and not ledger.wants_images(far)
    assert not ledger.wants_images(replace(near, verdict=VerdictKind.NO_RESULT))
    ledger.close()


@pytest.mark.parametrize("table", ["sample_counts", "samples", "waiting"])
def test_a_draw_that_cannot_be_written_leaves_no_half_record(connection: sqlite3.Connection, table: str) -> None:
    """Then the part has no record, and is not told as passed."""
    line = ReviewedLine(connection, replace(EVERY, near_band=1.0))
    trigger = f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
    connection.execute(trigger)
    connection.execute("BEGIN")
    connection.execute("SAVEPOINT item")
    with pytest.raises(sqlite3.IntegrityError):
        line.inspect(1)
    connection.execute("ROLLBACK TO item")
    connection.execute("COMMIT")
    assert load_inspection(connection, 1) is None
    counted = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("hourly", "sample_counts")]
    assert Counter(counted) == {0: 2}
