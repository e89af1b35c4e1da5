"""Where the pieces of the review screen go. Pure; depends on the room and on nothing that is written in it."""

from dataclasses import dataclass

from station_app.gui.millimetres import Millimetres, Spot

_LEFT_SHARE, _LEFT_MM = 0.2, (56.0, 92.0)
_RIGHT_SHARE, _RIGHT_MM = 0.26, (82.0, 116.0)
_HEADER_MM, _ROW_MM, _NEAR_MM, _SPLIT_MM = 9.0, 9.0, 20.0, 9.0
_SESSION_MM, _ANSWER_MM, _GAP_MM = 24.0, 95.0, 1.5


@dataclass(frozen=True, slots=True)
class ReviewPlaces:
    """Left the queues, in the middle the image, right the answer and below it what is known."""

    queues: Spot
    session: Spot
    keys: Spot
    header: Spot
    canvas: Spot
    tools: Spot
    near: Spot
    split: Spot
    answer: Spot
    known: Spot


def place_review(width: int, height: int, mm: Millimetres) -> ReviewPlaces:
    px, gap = mm.px, mm.px(_GAP_MM)
    left, right = _share(width, _LEFT_SHARE, _LEFT_MM, mm), _share(width, _RIGHT_SHARE, _RIGHT_MM, mm)
    x, right_x = left + 2 * gap, width - right
    middle = right_x - 2 * gap - x
    header, row, near, split = px(_HEADER_MM), px(_ROW_MM), px(_NEAR_MM), px(_SPLIT_MM)
    session, answer = px(_SESSION_MM), px(_ANSWER_MM)
    split_y = height - split
    near_y = split_y - gap - near
    tools_y = near_y - gap - (2 * row + gap)
    return ReviewPlaces(
        queues=Spot(0, 0, left, height - session - row - 2 * gap),
        session=Spot(0, height - session - row - gap, left, session),
        keys=Spot(0, height - row, left, row),
        header=Spot(x, 0, middle, header),
        canvas=Spot(x, header + gap, middle, tools_y - header - 2 * gap),
        tools=Spot(x, tools_y, middle, 2 * row + gap),
        near=Spot(x, near_y, middle, near),
        split=Spot(x, split_y, middle, split),
        answer=Spot(right_x, 0, right, answer),
        known=Spot(right_x, answer + gap, right, height - answer - gap),
    )


def _share(whole: int, share: float, bounds_mm: tuple[float, float], mm: Millimetres) -> int:
    return min(max(round(whole * share), mm.px(bounds_mm[0])), mm.px(bounds_mm[1]))
