"""What is worth showing, and no more than a screen can show."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.engine import showing
from station_app.engine.inspect import Concluded
from station_app.engine.preview import Preview, PreviewReader
from station_app.engine.showing import Showing
from tests.engine.fakes import BAD, GOOD, noisy
from tests.engine.stands import InspectStand


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Showing]:
    made = Showing(tmp_path / "preview", 2 * 48 * 64, 2)
    yield made
    made.close()


def inspected(*greys: int) -> Concluded:
    return InspectStand(("top", "side")).examine_greys(*greys)


def newest(shown: Showing) -> Preview:
    reader = PreviewReader(str(shown.path))
    preview = reader.newest()
    reader.close()
    assert preview is not None
    return preview


def test_all_cameras_of_a_part_are_shown_and_first_the_one_that_saw_the_worst(shown: Showing) -> None:
    sequence = shown.show(inspected(GOOD, BAD))
    preview = newest(shown)
    assert preview.sequence == sequence
    assert [frame.camera_id for frame in preview.frames] == ["side", "top"]
    for frame, grey in zip(preview.frames, (BAD, GOOD), strict=True):
        assert (frame.pixels == noisy(grey, seed=grey)).all()


def test_a_camera_that_gave_no_frame_is_not_shown_for_the_part_before(shown: Showing) -> None:
    shown.show(inspected(GOOD, BAD))
    concluded = inspected(GOOD, BAD)
    top, side = concluded.part.examined
    concluded.part.examined[:] = [replace(top, shot=replace(top.shot, frame=None)), side]
    shown.show(concluded)
    assert [frame.camera_id for frame in newest(shown).frames] == ["side"]


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
