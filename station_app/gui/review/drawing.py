"""What the reviewer has drawn, with every step back and forth. Pure."""

from dataclasses import dataclass, replace

from station_app.core.inspection import Box, Polygon
from station_app.core.review import Brush, DefectDrawn
from station_app.gui.review.runs import is_on, united, without
from station_app.gui.review.strokes import is_within

_MOST_STEPS = 200
Shapes = tuple[DefectDrawn, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`chosen` is the number of the shape that delete and label speak about, None where none is."""

    shapes: Shapes = ()
    chosen: int | None = None
    past: tuple[Shapes, ...] = ()
    future: tuple[Shapes, ...] = ()

    def of(self, camera_id: str) -> tuple[tuple[int, DefectDrawn], ...]:
        """The shapes on one camera's frame, with their numbers."""
        return tuple((n, shape) for n, shape in enumerate(self.shapes) if shape.camera_id == camera_id)


def with_box(drawing: Drawing, label: str, camera_id: str, box: Box) -> Drawing:
    return _added(drawing, DefectDrawn(label, camera_id, box=box))


def with_polygon(drawing: Drawing, label: str, camera_id: str, polygon: Polygon) -> Drawing:
    return _added(drawing, DefectDrawn(label, camera_id, polygon=polygon))


def with_stroke(drawing: Drawing, label: str, camera_id: str, stroke: Brush) -> Drawing:
    """The stroke joins the mask that is chosen, where it has this label and lies on this camera; else it is a new
    one."""
    number = drawing.chosen
    if number is not None:
        shape = drawing.shapes[number]
        if shape.brush is not None and (shape.label, shape.camera_id) == (label, camera_id):
            joined = replace(shape, brush=united(shape.brush, stroke))
            return _stepped(drawing, _replaced(drawing.shapes, number, joined), number)
    return _added(drawing, DefectDrawn(label, camera_id, brush=stroke))


def rubbed(drawing: Drawing, camera_id: str, stroke: Brush) -> Drawing:
    """The rubber takes painted pixels away; boxes and polygons are deleted as wholes."""
    kept: list[DefectDrawn] = []
    for shape in drawing.shapes:
        if shape.brush is None or shape.camera_id != camera_id:
            kept.append(shape)
        elif (rest := without(shape.brush, stroke)) is not None:
            kept.append(shape if rest is shape.brush else replace(shape, brush=rest))
    shapes = tuple(kept)
    if shapes == drawing.shapes:
        return drawing
    is_whole = len(shapes) == len(drawing.shapes)
    return _stepped(drawing, shapes, drawing.chosen if is_whole else None)


def deleted(drawing: Drawing) -> Drawing:
    """Without the chosen shape."""
    number = drawing.chosen
    if number is None:
        return drawing
    return _stepped(drawing, drawing.shapes[:number] + drawing.shapes[number + 1 :], None)


def relabelled(drawing: Drawing, label: str) -> Drawing:
    """Another label for the chosen shape."""
    number = drawing.chosen
    if number is None or drawing.shapes[number].label == label:
        return drawing
    return _stepped(drawing, _replaced(drawing.shapes, number, replace(drawing.shapes[number], label=label)), number)


def chosen_at(drawing: Drawing, camera_id: str, x: float, y: float) -> Drawing:
    """The newest shape under the finger becomes the chosen one; none where there is none."""
    hit = [number for number, shape in drawing.of(camera_id) if covers(shape, x, y)]
    return replace(drawing, chosen=hit[-1] if hit else None)


def covers(shape: DefectDrawn, x: float, y: float) -> bool:
    """Whether the frame's point (x, y) lies on the shape."""
    if shape.box is not None:
        return shape.box.x <= x < shape.box.right and shape.box.y <= y < shape.box.bottom
    if shape.polygon is not None:
        return is_within(shape.polygon, x, y)
    return shape.brush is not None and is_on(shape.brush, int(x), int(y))


def undone(drawing: Drawing) -> Drawing:
    if not drawing.past:
        return drawing
    future = (drawing.shapes, *drawing.future)
    return Drawing(drawing.past[-1], None, drawing.past[:-1], future)


def redone(drawing: Drawing) -> Drawing:
    if not drawing.future:
        return drawing
    return Drawing(drawing.future[0], None, (*drawing.past, drawing.shapes), drawing.future[1:])


def _added(drawing: Drawing, shape: DefectDrawn) -> Drawing:
    return _stepped(drawing, (*drawing.shapes, shape), len(drawing.shapes))


def _replaced(shapes: Shapes, number: int, shape: DefectDrawn) -> Shapes:
    return (*shapes[:number], shape, *shapes[number + 1 :])


def _stepped(drawing: Drawing, shapes: Shapes, chosen: int | None) -> Drawing:
    past = (*drawing.past, drawing.shapes)[-_MOST_STEPS:]
    return Drawing(shapes, chosen, past)
