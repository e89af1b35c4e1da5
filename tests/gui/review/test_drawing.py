"""Drawing, rubbing out, and every step back and forth."""

import math
import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box
from station_app.gui.review.drawing import (
    Drawing,
    chosen_at,
    covers,
    deleted,
    redone,
    relabelled,
    rubbed,
    undone,
    with_box,
    with_polygon,
    with_stroke,
)
from station_app.gui.review.runs import mask_of
from station_app.gui.review.strokes import is_within, lasso, stroke

FRAME = (200, 100)
points = st.tuples(st.floats(-30, 230), st.floats(-30, 130))
paths = st.lists(points, min_size=1, max_size=8)


@given(paths, st.floats(0.5, 20))
def test_a_stroke_stays_in_the_frame_and_holds_its_path(path: list[tuple[float, float]], radius: float) -> None:
    brush = stroke(path, radius, FRAME)
    if brush is None:
        assert all(not (0 <= x < FRAME[0] and 0 <= y < FRAME[1]) for x, y in path)
        return
    box, mask = brush.box, mask_of(brush)
    assert box.x >= 0 and box.y >= 0 and box.right <= FRAME[0] and box.bottom <= FRAME[1]
    for x, y in path:
        column, row = math.floor(x), math.floor(y)
        if 0 <= column < FRAME[0] and 0 <= row < FRAME[1]:
            assert mask[row - box.y, column - box.x]


def test_a_dot_is_a_disc_of_its_radius() -> None:
    brush = stroke([(50.0, 50.0)], 10.0, FRAME)
    assert brush is not None
    assert abs(mask_of(brush).sum() - np.pi * 100) < 40


def test_a_stroke_across_twenty_megapixels_is_cheap() -> None:
    """The path is short of what is held: a box around it, and not the frame."""
    began = time.process_time()
    brush = stroke([(2000.0 + i, 1500.0 + i / 3) for i in range(400)], 20.0, (5472, 3648))
    assert brush is not None and brush.box.width < 500
    assert time.process_time() - began < 5  # a stall of a minute would be a mistake in kind, not in speed


@given(st.lists(points, min_size=3, max_size=20))
def test_a_lasso_lies_in_the_frame(path: list[tuple[float, float]]) -> None:
    polygon = lasso(path, 1.0, FRAME)
    assert polygon is None or len(polygon) >= 3
    assert all(0 <= x < FRAME[0] and 0 <= y < FRAME[1] for x, y in polygon or ())


def test_a_lasso_keeps_the_corners_of_a_square() -> None:
    side = [*((x, 10) for x in range(10, 60)), *((60, y) for y in range(10, 60)), *((x, 60) for x in range(60, 10, -1))]
    polygon = lasso([(float(x), float(y)) for x, y in side], 1.0, FRAME)
    assert polygon is not None and len(polygon) <= 5
    assert is_within(polygon, 30, 30) and not is_within(polygon, 90, 30)


steps = st.lists(
    st.one_of(
        st.builds(lambda x: ("box", x), st.integers(0, 100)),
        st.builds(lambda path: ("paint", path), paths),
        st.builds(lambda path: ("rub", path), paths),
        st.just(("delete", None)),
        st.builds(lambda label: ("label", label), st.sampled_from(("dent", "stain"))),
        st.builds(lambda point: ("choose", point), points),
    ),
    max_size=12,
)


def _taken(drawing: Drawing, step: tuple[str, object]) -> Drawing:
    kind, value = step
    if kind == "box" and isinstance(value, int):
        return with_box(drawing, "scratch", "top", Box(value, 1, 9, 9))
    if kind in ("paint", "rub") and isinstance(value, list):
        brush = stroke(value, 4.0, FRAME)
        if brush is None:
            return drawing
        return with_stroke(drawing, "scratch", "top", brush) if kind == "paint" else rubbed(drawing, "top", brush)
    if kind == "choose" and isinstance(value, tuple):
        return chosen_at(drawing, "top", *value)
    return relabelled(drawing, str(value)) if kind == "label" else deleted(drawing)


@given(steps)
def test_undo_goes_all_the_way_back_and_redo_all_the_way_forth(taken: list[tuple[str, object]]) -> None:
    drawing = Drawing()
    states = [drawing.shapes]
    for step in taken:
        after = _taken(drawing, step)
        if after.past != drawing.past:
            states.append(after.shapes)
        drawing = after
        assert drawing.chosen is None or drawing.chosen < len(drawing.shapes)
    last = drawing
    for shapes in reversed(states[:-1]):
        drawing = undone(drawing)
        assert drawing.shapes == shapes
    assert undone(drawing) == drawing
    for shapes in states[1:]:
        drawing = redone(drawing)
        assert drawing.shapes == shapes
    assert redone(drawing).shapes == last.shapes


def test_a_new_step_forgets_what_was_taken_back() -> None:
    drawing = undone(with_box(Drawing(), "dent", "top", Box(1, 1, 5, 5)))
    assert redone(drawing).shapes
    assert not redone(undone(with_box(drawing, "dent", "top", Box(2, 2, 5, 5)))).shapes[1:]


def test_strokes_join_the_mask_that_is_chosen() -> None:
    first, second = stroke([(10, 10)], 5, FRAME), stroke([(40, 10)], 5, FRAME)
    assert first is not None and second is not None
    drawing = with_stroke(with_stroke(Drawing(), "dent", "top", first), "dent", "top", second)
    assert len(drawing.shapes) == 1
    assert len(with_stroke(drawing, "stain", "top", second).shapes) == 2
    assert len(with_stroke(drawing, "dent", "side", second).shapes) == 2


def test_the_rubber_leaves_other_cameras_and_other_kinds_alone() -> None:
    dot = stroke([(10, 10)], 5, FRAME)
    assert dot is not None
    drawing = with_box(with_stroke(Drawing(), "dent", "side", dot), "dent", "top", Box(5, 5, 10, 10))
    assert rubbed(drawing, "top", dot) == drawing
    assert [shape.box for shape in rubbed(drawing, "side", dot).shapes] == [Box(5, 5, 10, 10)]


def test_a_tap_chooses_the_newest_shape_under_it() -> None:
    drawing = with_box(Drawing(), "dent", "top", Box(0, 0, 50, 50))
    drawing = with_polygon(drawing, "stain", "top", ((10, 10), (40, 10), (10, 40)))
    assert chosen_at(drawing, "top", 12, 12).chosen == 1
    assert chosen_at(drawing, "top", 45, 45).chosen == 0
    assert chosen_at(drawing, "side", 12, 12).chosen is None
    assert relabelled(chosen_at(drawing, "top", 45, 45), "chip").shapes[0].label == "chip"
    assert [shape.label for shape in deleted(chosen_at(drawing, "top", 45, 45)).shapes] == ["stain"]
    assert not covers(drawing.shapes[1], 39, 39)
