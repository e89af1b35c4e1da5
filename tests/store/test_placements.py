"""Where parts lay: on record once, summed by the hour, and named where a line drifts."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from station_app.core.charts import FrozenLimits
from station_app.core.history import EVERYTHING
from station_app.core.reference import PartPlaced, Placement
from station_app.store import rollups
from station_app.store.archive import StationArchive
from station_app.store.drift_figures import drift_figures
from station_app.store.drift_signs import drift_signs
from station_app.store.frozen_limits import record_limits
from station_app.store.inspections import record_inspection
from station_app.store.part_figures import HOUR_MS
from station_app.store.placements import differing_positions, record_placements
from tests.gui.charts.recorded import FIRST_HOUR, part, writing

RECIPE = "A17"


def placed(part_id: int, shift_x: float = 0.0, match: float = 0.8) -> PartPlaced:
    return PartPlaced(part_id, "top", Placement(shift_x, -1.0, 0.25, match))


def test_a_placement_waits_for_its_part_and_counts_once(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        assert record_placements(connection, [placed(1)]) == (placed(1),)
        record_inspection(connection, part(1, 0))
        assert record_placements(connection, [placed(1, 3.0), placed(2)]) == (placed(2),)
        assert record_placements(connection, [placed(1, 99.0)]) == ()
        assert not list(differing_positions(connection))
    archive = StationArchive(tmp_path)
    (camera,) = archive.read(lambda reader: rollups.hour_positions(reader, rollups.scope_of(reader, EVERYTHING)))
    assert (camera.camera_id, camera.frames.tolist(), camera.means.tolist()) == ("top", [1], [[3.0, -1.0, 0.25]])


def test_a_picture_of_something_else_is_on_record_and_in_no_sum(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_inspection(connection, part(1, 0))
        record_placements(connection, [placed(1, match=0.1)])
        assert connection.execute("SELECT match FROM placements").fetchall() == [(0.1,)]
        assert connection.execute("SELECT count(*) FROM hour_positions").fetchone() == (0,)


@pytest.mark.parametrize("change", ["DELETE FROM placements", "UPDATE placements SET shift_x = 0"])
def test_a_placement_is_never_changed(tmp_path: Path, change: str) -> None:
    with writing(tmp_path) as connection:
        record_inspection(connection, part(1, 0))
        record_placements(connection, [placed(1)])
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(change)


def test_sums_that_the_records_do_not_bear_out_are_told(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        record_inspection(connection, part(1, 0))
        record_placements(connection, [placed(1)])
        connection.execute("UPDATE hour_positions SET frames = 2")
        assert list(differing_positions(connection)) == [("top", FIRST_HOUR)]


def test_a_line_that_was_moved_is_told_to_lie_elsewhere(tmp_path: Path) -> None:
    _record_moved(tmp_path, 0.4)
    archive = StationArchive(tmp_path)
    figures = archive.read(lambda reader: drift_figures(reader, EVERYTHING))
    assert {"top/right", "top/down", "top/turn"} <= {signal.name for signal in figures.signals}
    signs = archive.read(lambda reader: drift_signs(reader, RECIPE, (FIRST_HOUR + 80) * HOUR_MS - 1))
    assert "top/right" in signs
    assert not {"top/down", "top/turn"} & set(signs)


def test_a_line_that_lies_as_before_is_not(tmp_path: Path) -> None:
    _record_moved(tmp_path, 0.0)
    archive = StationArchive(tmp_path)
    assert archive.read(lambda reader: drift_signs(reader, RECIPE, (FIRST_HOUR + 80) * HOUR_MS - 1)) == ()


def _record_moved(folder: Path, shift: float) -> None:
    """Eighty hours of parts that lie within 2 px, from hour 60 on further right; the first forty are the reference."""
    rng = np.random.default_rng(5)
    with writing(folder) as connection:
        for hour in range(80):
            for number in range(60):
                part_id = hour * 60 + number + 1
                record_inspection(connection, part(part_id, hour, score=float(rng.uniform(0.1, 0.3))))
                right, down, turn = rng.normal((shift if hour >= 60 else 0.0, 0, 0), (0.5, 0.5, 0.05))
                lies = Placement(right, down, turn, 0.8)
                record_placements(connection, [PartPlaced(part_id, "top", lies)])
        period = (FIRST_HOUR * HOUR_MS, (FIRST_HOUR + 40) * HOUR_MS)
        record_limits(connection, FrozenLimits("drift", RECIPE, *period, "as set up", "li", 1))
