"""What is worth showing, and no more than a screen can show."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.engine import showing
from station_app.engine.inspect import Concluded
from station_app.engine.preview import PreviewReader
from station_app.engine.showing import Showing
from tests.engine.fakes import BAD, GOOD, noisy
from tests.engine.stands import InspectStand


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Showing]:
    made = Showing(tmp_path / "preview", 48 * 64)
    yield made
    made.close()


def inspected(*greys: int) -> Concluded:
    return InspectStand(("top", "side")).examine_greys(*greys)


def test_the_camera_that_saw_the_worst_is_shown(shown: Showing) -> None:
    sequence = shown.show(inspected(GOOD, BAD))
    reader = PreviewReader(str(shown.path))
    preview = reader.newest()
    reader.close()
    assert preview is not None
    assert (preview.sequence, preview.camera_id) == (sequence, "side")
    assert (preview.pixels == noisy(BAD, seed=BAD)).all()


def test_passes_in_quick_succession_are_thinned_and_rejects_are_not(
    shown: Showing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "INTERVAL_S", 3600.0)
    good, bad = inspected(GOOD, GOOD + 1), inspected(GOOD, BAD)
    shown.show(bad)
    assert shown.show(good) == 0
    assert shown.show(bad) > 0


def test_a_part_without_a_frame_is_not_shown(shown: Showing) -> None:
    concluded = inspected(GOOD, BAD)
    concluded.part.examined[:] = [
        replace(entry, shot=replace(entry.shot, frame=None)) for entry in concluded.part.examined
    ]
    assert shown.show(concluded) == 0


def test_a_part_that_is_concluded_after_the_end_is_not_shown(tmp_path: Path) -> None:
    made = Showing(tmp_path / "preview", 48 * 64)
    made.close()
    assert made.show(inspected(GOOD, BAD)) == 0
