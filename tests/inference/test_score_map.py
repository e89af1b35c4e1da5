"""How maps become scores and blobs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from station_app.inference.score_map import MAX_BLOBS, POOLED_PIXELS, Scores, find_blobs, map_scores

MAPS = npst.arrays(
    np.float32, npst.array_shapes(min_dims=3, max_dims=3, max_side=9), elements=st.floats(0, 1, width=32)
)


def plane(*spots: tuple[int, int, int, int, float], size: int = 20) -> Scores:
    """A map of 0.1 with rectangles: left, top, width, height, score."""
    scores = np.full((size, size), 0.1, np.float32)
    for x, y, width, height, score in spots:
        scores[y : y + height, x : x + width] = score
    return scores


@given(MAPS)
def test_a_maps_score_is_the_mean_of_its_four_highest_pixels(scores: Scores) -> None:
    expected = [float(np.sort(entry.ravel())[-POOLED_PIXELS:].mean(dtype=float)) for entry in scores]
    assert map_scores(scores) == pytest.approx(expected)


@given(MAPS, st.floats(0.05, 1))
def test_a_label_above_its_threshold_always_shows_where(scores: Scores, threshold: float) -> None:
    for entry, score in zip(scores, map_scores(scores), strict=True):
        blobs = find_blobs(entry, threshold, score)
        assert bool(blobs) == (score >= threshold)
        assert all(blob.score <= score + 1e-6 for blob in blobs)


def test_one_hot_pixel_does_not_reject_a_part() -> None:
    noisy = plane((3, 3, 1, 1, 0.9))
    assert map_scores(noisy[None])[0] == pytest.approx(0.3)


def test_a_blob_has_its_score_box_and_outline() -> None:
    (blob,) = find_blobs(plane((3, 5, 4, 2, 0.8)), 0.5, 0.8)
    assert blob.score == pytest.approx(0.8)
    assert (blob.left, blob.top, blob.right, blob.bottom) == (3, 5, 7, 7)
    assert set(blob.corners) == {(3, 5), (7, 5), (7, 7), (3, 7)}


def test_diagonal_neighbours_are_one_blob() -> None:
    diagonal = plane(*((i, i, 1, 1, 0.9) for i in range(5)))
    (blob,) = find_blobs(diagonal, 0.5, 0.9)
    assert (blob.left, blob.top, blob.right, blob.bottom) == (0, 0, 5, 5)


def test_blobs_come_strongest_first_and_not_without_end() -> None:
    spots = [(x, y, 2, 2, 0.5 + (x + y) / 400) for x in range(0, 60, 4) for y in range(0, 60, 4)]
    blobs = find_blobs(plane(*spots, size=64), 0.4, 0.9)
    assert len(blobs) == MAX_BLOBS
    assert [blob.score for blob in blobs] == sorted((blob.score for blob in blobs), reverse=True)


def test_scattered_pixels_that_ask_for_review_together_show_the_strongest_place() -> None:
    scattered = plane((1, 1, 1, 1, 0.9), (8, 1, 1, 1, 0.95), (1, 8, 1, 1, 0.9), (8, 8, 1, 1, 0.9))
    (score,) = map_scores(scattered[None])
    (blob,) = find_blobs(scattered, 0.5, score)
    assert (blob.left, blob.top) == (8, 1)
