"""Every stored image of a part, by camera."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from station_app.store.archive import StationArchive
from station_app.store.ledger import IMAGES, StationLedger
from tests.store.records import ROOMY, inspection

GREYS = {"left": 40, "top": 90, "右侧": 140}


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Path]:
    """A part with three images, one without, in a folder."""
    ledger = StationLedger(tmp_path, ROOMY)
    for part_id in (1, 2):
        ledger.record(inspection(part_id)).result()
    for camera_id, grey in GREYS.items():
        ledger.keep_image(inspection(1), camera_id, np.full((12, 16), grey, np.uint8))
    yield tmp_path
    ledger.close()


def test_every_camera_s_image_comes_back_with_its_name(stored: Path) -> None:
    images = StationArchive(stored).images(1)
    assert {camera_id: int(pixels.mean()) for camera_id, pixels in images} == GREYS
    assert len(images) == len(GREYS)


def test_a_part_without_images_and_one_without_a_record_have_none(stored: Path) -> None:
    archive = StationArchive(stored)
    assert (archive.images(2), archive.images(77)) == ((), ())


def test_a_damaged_image_leaves_those_of_the_other_cameras(stored: Path, caplog: pytest.LogCaptureFixture) -> None:
    damaged = max((stored / IMAGES).rglob("*.tif"), key=lambda path: path.name)
    damaged.write_bytes(b"damaged")
    images = StationArchive(stored).images(1)
    assert len(images) == len(GREYS) - 1
    assert "the image is damaged" in caplog.text


def test_without_a_database_there_are_no_images(tmp_path: Path) -> None:
    assert StationArchive(tmp_path).images(1) == ()
