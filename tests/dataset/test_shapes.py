"""Shapes as masks and as COCO, cut to the image."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Pixels
from station_app.dataset.choosing import Candidate
from station_app.dataset.shapes import MODEL, OPERATOR, REVIEWER, mask_of, shapes_of
from tests.dataset.events import HEIGHT, WIDTH, Part, Station, finding
from tests.dataset.test_choosing import choice

BOXES = st.tuples(st.integers(-20, 80), st.integers(-20, 60), st.integers(0, 40), st.integers(0, 40))


def candidate_of(part: Part) -> Candidate:
    (made,) = choice(part.station).candidates
    return made


def decoded(run_lengths: dict[str, list[int]]) -> Pixels:
    """COCO's run lengths by their definition, written here once more."""
    height, width = run_lengths["size"]
    flat = np.zeros(height * width, np.uint8)
    at = 0
    for turn, count in enumerate(run_lengths["counts"]):
        flat[at : at + count] = turn % 2 * 255
        at += count
    assert at == flat.size
    return flat.reshape(width, height).T


@given(BOXES, st.randoms(use_true_random=False))
def test_a_brush_is_cut_to_the_image_and_kept_to_the_pixel(box: tuple[int, int, int, int], random: object) -> None:
    left, top, width, height = box
    painted = np.random.default_rng(abs(hash(box))).integers(0, 2, (height, width)).astype(bool)
    runs: list[int] = []
    value, flat = False, painted.reshape(-1).tolist()
    while flat or not runs:
        count = next((at for at, on in enumerate(flat) if on is not value), len(flat))
        runs.append(count)
        flat, value = flat[count:], not value
    expected = np.zeros((HEIGHT + 200, WIDTH + 200), np.uint8)
    expected[top + 100 : top + 100 + height, left + 100 : left + 100 + width][painted] = 255
    inside = expected[100 : 100 + HEIGHT, 100 : 100 + WIDTH]
    part = Station().part(1)
    part.review("bad", label="dent", drawn=[{"camera": "top", "label": "", "brush": {"box": list(box), "runs": runs}}])

    shapes = shapes_of(candidate_of(part), WIDTH, HEIGHT)

    assert np.array_equal(mask_of(shapes, WIDTH, HEIGHT), inside)
    assert len(shapes) == bool(inside.any())
    for shape in shapes:
        assert np.array_equal(decoded(shape.segmentation), inside)
        assert shape.area == np.count_nonzero(inside)
        rows, columns = np.nonzero(inside)
        assert tuple(shape.box) == (
            columns.min(),
            rows.min(),
            columns.max() - columns.min() + 1,
            rows.max() - rows.min() + 1,
        )


@given(BOXES)
def test_a_box_is_cut_to_the_image(box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    expected = np.zeros((HEIGHT, WIDTH), np.uint8)
    expected[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = 255
    part = Station().part(1)
    part.review("bad", label="dent", drawn=[{"camera": "top", "label": "dent", "box": list(box)}])

    shapes = shapes_of(candidate_of(part), WIDTH, HEIGHT)

    assert np.array_equal(mask_of(shapes, WIDTH, HEIGHT), expected)


def test_a_finding_that_somebody_agreed_with_is_a_box_and_no_mask() -> None:
    part = Station().part(1, findings=[finding("scratch", (10, 20, 200, 15)), finding("dent")])
    part.decide("agree")

    (shape,) = shapes_of(candidate_of(part), WIDTH, HEIGHT)

    assert (shape.source, shape.label, tuple(shape.box), shape.segmentation) == (
        MODEL,
        "scratch",
        (10, 20, 54, 15),
        [],
    )
    assert not mask_of([shape], WIDTH, HEIGHT).any()


def test_a_reviewer_who_calls_it_bad_has_not_agreed_with_the_models_box() -> None:
    part = Station().part(1)
    part.review("bad", label="scratch")

    assert shapes_of(candidate_of(part), WIDTH, HEIGHT) == ()


def test_the_reviewers_hand_counts_before_the_operators() -> None:
    part = Station().part(1, "PASS")
    part.decide("missed_defect", label="dent", camera="top", marks=[[1, 1, 4, 4]])
    (rough,) = shapes_of(candidate_of(part), WIDTH, HEIGHT)
    part.review("bad", label="dent", drawn=[{"camera": "top", "label": "dent", "polygon": [[5, 5], [9, 5], [9, 9]]}])
    (fine,) = shapes_of(candidate_of(part), WIDTH, HEIGHT)

    assert (rough.source, tuple(rough.box)) == (OPERATOR, (1, 1, 4, 4))
    assert (fine.source, tuple(fine.box)) == (REVIEWER, (5, 5, 5, 5))
    assert fine.segmentation == [[5.0, 5.0, 9.0, 5.0, 9.0, 9.0]]


def test_what_was_drawn_on_another_camera_is_not_on_this_one() -> None:
    part = Station().part(1, cameras=("side", "top"))
    part.review(
        "bad",
        label="dent",
        drawn=[
            {"camera": "side", "label": "dent", "box": [0, 0, 5, 5]},
            {"camera": "top", "label": "dent", "box": [8, 8, 5, 5]},
        ],
    )

    shown = {each.image.camera: shapes_of(each, WIDTH, HEIGHT) for each in choice(part.station).candidates}

    assert [tuple(shape.box) for shape in shown["side"]] == [(0, 0, 5, 5)]
    assert [tuple(shape.box) for shape in shown["top"]] == [(8, 8, 5, 5)]
