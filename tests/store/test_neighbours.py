"""The nearest known parts: what looks alike is near, only known parts with an image of the same recipe are compared."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.core.inspection import Pixels
from station_app.core.review import Answer, Queue, Review
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from station_app.store.neighbours import Neighbours, describe
from tests.store.records import ROOMY, inspection

SHAPE = (144, 192)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[StationLedger]:
    opened = StationLedger(tmp_path, ROOMY)
    yield opened
    opened.close()


def picture(column: int, light: int = 0) -> Pixels:
    """A dark part with a bright bar; `light` is that of the lamp."""
    pixels = np.full(SHAPE, 60 + light, np.uint8)
    pixels[:, column : column + 24] = 180 + light
    return pixels


def record(ledger: StationLedger, part_id: int, pixels: Pixels, answer: Answer | None, score: float = 0.1) -> None:
    made = replace(inspection(part_id), scores=(("scratch", score),))
    ledger.record(made).result()
    ledger.keep_image(made, "top", pixels)
    ledger.keep_thumbnail(part_id, pixels)
    if answer is not None:
        ledger.review(Review(part_id, Queue.NEAR, answer, "li", 1, is_blind=False)).result()


def ids(neighbours: Neighbours) -> tuple[list[int], list[int]]:
    return [n.part_id for n in neighbours.good], [n.part_id for n in neighbours.bad]


def test_the_most_alike_comes_first(ledger: StationLedger, tmp_path: Path) -> None:
    for part_id, (column, answer) in enumerate(
        ((0, Answer.GOOD), (40, Answer.GOOD), (90, Answer.GOOD), (48, Answer.BAD), (140, Answer.BAD)), start=1
    ):
        record(ledger, part_id, picture(column), answer)
    record(ledger, 6, picture(44, light=30), None)
    found = StationArchive(tmp_path).nearest_known(6)
    assert ids(found) == ([2, 1, 3], [4, 5]) or ids(found) == ([2, 3, 1], [4, 5])
    distances = [neighbour.distance for neighbour in found.good]
    assert distances == sorted(distances) and distances[0] < 0.7 * distances[1]
    assert ids(StationArchive(tmp_path).nearest_known(6, size=1)) == ([2], [4])


def test_scores_count_beside_the_picture(ledger: StationLedger, tmp_path: Path) -> None:
    record(ledger, 1, picture(40), Answer.GOOD, score=0.25)
    record(ledger, 2, picture(40), Answer.GOOD, score=0.05)
    record(ledger, 3, picture(40), None, score=0.24)
    found = StationArchive(tmp_path).nearest_known(3).good
    assert [neighbour.part_id for neighbour in found] == [1, 2]
    assert [neighbour.distance for neighbour in found] == pytest.approx([0.01, 0.19])


def test_a_part_is_not_its_own_neighbour_and_doubtful_parts_are_none(ledger: StationLedger, tmp_path: Path) -> None:
    record(ledger, 1, picture(40), Answer.GOOD)
    record(ledger, 2, picture(40), Answer.UNSURE)
    record(ledger, 3, picture(40), None)
    ledger.record(replace(inspection(4), recipe="B2", recipe_hash="ef" * 32)).result()
    ledger.keep_thumbnail(4, picture(40))
    archive = StationArchive(tmp_path)
    assert ids(archive.nearest_known(1)) == ([], [])
    assert ids(archive.nearest_known(3)) == ([1], [])
    assert archive.nearest_known(4) == archive.nearest_known(99) == Neighbours()


def test_without_a_small_picture_there_is_nothing_to_compare(ledger: StationLedger, tmp_path: Path) -> None:
    record(ledger, 1, picture(40), Answer.BAD)
    ledger.record(inspection(2)).result()
    assert StationArchive(tmp_path).nearest_known(2) == Neighbours()
    assert StationArchive(tmp_path / "nowhere").nearest_known(2) == Neighbours()


@pytest.mark.parametrize("shape", [(144, 192), (144, 192, 3), (400, 20)])
def test_any_picture_is_described_at_unit_length(shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
    described = describe(cv2.imencode(".jpg", pixels)[1].tobytes())
    assert described is not None and described.shape == (256,)
    assert np.linalg.norm(described) == pytest.approx(1.0)


def test_no_picture_and_a_single_grey_are_no_error() -> None:
    grey = describe(cv2.imencode(".jpg", np.full(SHAPE, 90, np.uint8))[1].tobytes())
    assert grey is not None and not grey.any()
    assert describe(b"") is None and describe(b"no picture") is None
