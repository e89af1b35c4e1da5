"""What the alarm about drift is raised for, on recorded parts."""

from pathlib import Path

import numpy as np

from station_app.core.charts import FrozenLimits
from station_app.core.drift import MODEL, SPREAD
from station_app.store.archive import StationArchive
from station_app.store.drift_signs import drift_signs
from station_app.store.frozen_limits import record_limits
from station_app.store.inspections import record_inspection
from station_app.store.part_figures import HOUR_MS
from tests.gui.charts.recorded import FIRST_HOUR, part, writing

HOURS, REFERENCE_HOURS, PARTS = 80, 40, 60
RECIPE = "A17"


def _recorded(folder: Path, level: float, spread: float = 0.1, *, is_frozen: bool = True) -> None:
    """Two days of parts: those of the reference about 0.2, from hour 60 on about `level`."""
    rng = np.random.default_rng(2)
    with writing(folder) as connection:
        for hour in range(HOURS):
            middle, wide = (0.2, 0.1) if hour < 60 else (level, spread)
            for number, score in enumerate(rng.uniform(middle - wide, middle + wide, PARTS)):
                record_inspection(connection, part(hour * PARTS + number + 1, hour, score=float(score)))
        if is_frozen:
            period = (FIRST_HOUR * HOUR_MS, (FIRST_HOUR + REFERENCE_HOURS) * HOUR_MS)
            record_limits(connection, FrozenLimits("drift", RECIPE, *period, "new lamp", "li", 1))


def _signs(folder: Path, hour: int, recipe: str = RECIPE) -> tuple[str, ...]:
    now_ms = (FIRST_HOUR + hour) * HOUR_MS - 1
    return StationArchive(folder).read(lambda reader: drift_signs(reader, recipe, now_ms))


def test_a_shift_of_scores_and_light_is_named_and_was_not_there_before(tmp_path: Path) -> None:
    _recorded(tmp_path, 0.3)
    assert _signs(tmp_path, 60) == ()
    now = _signs(tmp_path, HOURS)
    assert {"score", "top/mean"} <= set(now)  # its frames are as bright as its scores are high
    assert MODEL not in now
    assert _signs(tmp_path, HOURS, "B2") == ()


def test_nothing_is_said_without_a_frozen_reference(tmp_path: Path) -> None:
    _recorded(tmp_path, 0.3, is_frozen=False)
    assert _signs(tmp_path, HOURS) == ()


def test_scores_that_spread_about_the_same_mean_are_a_shift(tmp_path: Path) -> None:
    _recorded(tmp_path, 0.2, spread=0.19)
    assert SPREAD in _signs(tmp_path, HOURS)


def test_a_line_that_stood_for_a_week_has_not_drifted(tmp_path: Path) -> None:
    _recorded(tmp_path, 0.3)
    assert _signs(tmp_path, HOURS + 9 * 24) == ()
