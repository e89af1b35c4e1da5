"""Where parts lie is measured beside the line and recorded, where a reference says what is right."""

from collections.abc import Callable
from typing import cast

import pytest

from station_app.core.reference import PartPlaced, Placement
from station_app.core.setup_messages import SaveReference
from station_app.engine import placing
from station_app.engine.placing import MOST_WAITING, Placing
from station_app.engine.references import LoadedReferences
from tests.engine.fakes import FakeLedger
from tests.engine.line import Line
from tests.engine.test_setup_checks import knock, open_checked, run_parts, wall  # noqa: F401 - fixtures

HERE = Placement(1.0, 2.0, 0.1, 0.8)


class Referred:
    """References of which each camera has one."""

    def of(self, camera_id: str) -> object:
        return camera_id


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part is due."""
    monkeypatch.setattr(placing, "EVERY_S", 0.0)


@pytest.mark.usefixtures("always")
def test_a_knocked_camera_shows_in_where_its_parts_lie(open_checked: Callable[[None], Line]) -> None:  # noqa: F811
    line = open_checked(None)
    line.engine.obey(SaveReference("top", "wang"))
    run_parts(line, 3)
    knock(line, mount_x_px=30)
    run_parts(line, 3)
    line.engine.close()
    told = {entry.part_id: entry.placement for entry in cast(FakeLedger, line.ledger).placed}
    assert {1, 2, 4} <= set(told)  # one whose record comes later than the last measurement may miss
    assert all(abs(told[part].shift_x) < 8 for part in (1, 2))
    assert abs(told[4].shift_x) == pytest.approx(30, abs=8)


@pytest.mark.usefixtures("always")
def test_without_a_reference_nothing_is_measured(open_checked: Callable[[None], Line]) -> None:  # noqa: F811
    line = open_checked(None)
    run_parts(line, 3)
    line.engine.close()
    assert cast(FakeLedger, line.ledger).placed == []


def _placing(ledger: FakeLedger) -> Placing:
    return Placing(ledger, cast(LoadedReferences, Referred()))


def test_a_camera_is_measured_now_and_then() -> None:
    measured = _placing(FakeLedger())
    assert measured.wants("top")
    measured.take(1, "top", HERE)
    assert not measured.wants("top")
    assert measured.wants("side")


def test_what_waits_for_its_part_is_bounded_and_the_newest_stays() -> None:
    ledger = FakeLedger()
    measured = _placing(ledger)
    for part_id in range(1, 3 * MOST_WAITING):
        measured.take(part_id, "top", HERE)
    last = 3 * MOST_WAITING - 1
    ledger.records[last] = ledger.records[last - 1] = None  # type: ignore[assignment] # only whether they are there
    measured.flush()
    assert ledger.placed[-2:] == [PartPlaced(last - 1, "top", HERE), PartPlaced(last, "top", HERE)]
