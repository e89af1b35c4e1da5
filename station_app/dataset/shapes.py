"""Defects as they were drawn, cut to the image: as masks, as COCO says them, and as boxes. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from station_app.core.inspection import Box, Finding, Pixels
from station_app.core.review import Brush, DefectDrawn
from station_app.dataset.choosing import Candidate
from station_app.dataset.standing import UNNAMED, Voice, Vote

REVIEWER, OPERATOR, MODEL = "reviewer", "operator", "model"
_ON = 255
_NO_KIND = frozenset(("", "good", "ok", UNNAMED))


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One defect in an image. `source` is who says so. `drawn` is what a person drew; None for a finding of the model
    that a person has agreed with as a whole: it is a box and never a part of a mask. `segmentation` is COCO's:
    polygons, or run lengths by columns; empty for the model's. `area` in pixels."""

    label: str
    box: Box
    area: int
    source: str
    segmentation: Any
    drawn: DefectDrawn | None


def shapes_of(candidate: Candidate, width: int, height: int) -> tuple[Shape, ...]:
    """What people drew on this image, by one person's hand: the best informed one's who drew anything. Where nobody
    drew, the findings that somebody agreed with."""
    if not candidate.label:
        return ()
    camera = candidate.image.camera
    for vote in _best_first(candidate):
        drawn = [shape for shape in vote.drawn if _is_on(shape.camera_id, candidate)]
        shapes = [_drawn(shape, candidate.label, _source(vote), width, height) for shape in drawn]
        if any(shapes):
            return tuple(shape for shape in shapes if shape)
    if any(vote.is_bad and not vote.names_kind for vote in candidate.standing.votes):
        found = (each for each in candidate.part.prediction.findings if each.camera_id in ("", camera))
        same = (each for each in found if each.label.casefold() == candidate.label.casefold())
        return tuple(filter(None, (_found(each, width, height) for each in same)))
    return ()


def mask_of(shapes: Iterable[Shape], width: int, height: int) -> Pixels:
    """All that people drew in one mask: 255 is defect. Empty where nobody drew anything."""
    whole = np.zeros((height, width), np.uint8)
    for shape in shapes:
        if shape.drawn is not None:
            whole |= _mask(shape.drawn, width, height)
    return whole


def clipped(box: Box, width: int, height: int) -> Box | None:
    """The part of the box inside the image, None where there is none."""
    left, top = max(box.x, 0), max(box.y, 0)
    right, bottom = min(box.right, width), min(box.bottom, height)
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None


def outlines(mask: Pixels) -> list[list[tuple[int, int]]]:
    """The outer contours of a mask, for programs that know no run lengths."""
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [[(int(x), int(y)) for x, y in contour[:, 0]] for contour in found if len(contour) >= 3]


def _best_first(candidate: Candidate) -> Sequence[Vote]:
    """Adjudicators, then reviewers, then the line; of each the newest first."""
    bad = [vote for vote in candidate.standing.votes if vote.is_bad]
    ranks = {Voice.ADJUDICATION: 0, Voice.REVIEW: 1, Voice.LINE: 2}
    newest_first = sorted(bad, key=lambda vote: vote.place, reverse=True)
    return sorted(newest_first, key=lambda vote: ranks[vote.voice])


def _source(vote: Vote) -> str:
    return OPERATOR if vote.voice is Voice.LINE else REVIEWER


def _is_on(camera: str, candidate: Candidate) -> bool:
    return camera == candidate.image.camera or (not camera and len(candidate.part.cameras) == 1)


def _drawn(shape: DefectDrawn, label: str, source: str, width: int, height: int) -> Shape | None:
    mask = _mask(shape, width, height)
    area = int(np.count_nonzero(mask))
    if not area:
        return None
    if shape.brush is not None:
        segmentation: Any = _run_lengths(mask)
    else:
        corners = ((min(max(x, 0), width), min(max(y, 0), height)) for x, y in _corners(shape))
        segmentation = [[float(number) for corner in corners for number in corner]]
    named = " ".join(shape.label.split())
    kind = label if named.casefold() in _NO_KIND else named
    return Shape(kind, Box(*cv2.boundingRect(mask)), area, source, segmentation, shape)


def _found(finding: Finding, width: int, height: int) -> Shape | None:
    box = clipped(finding.box, width, height)
    return None if box is None else Shape(finding.label, box, box.width * box.height, MODEL, [], None)


def _mask(shape: DefectDrawn, width: int, height: int) -> Pixels:
    mask = np.zeros((height, width), np.uint8)
    if shape.brush is not None:
        _paint(mask, shape.brush)
    elif shape.box is not None:
        inside = clipped(shape.box, width, height)
        if inside is not None:
            mask[inside.y : inside.bottom, inside.x : inside.right] = _ON
    else:
        cv2.fillPoly(mask, [np.array(shape.polygon, np.int32)], (_ON,))
    return mask


def _paint(mask: Pixels, brush: Brush) -> None:
    box = brush.box
    inside = clipped(box, mask.shape[1], mask.shape[0])
    if inside is None:
        return
    runs = np.array(brush.runs, np.int64)
    on = np.repeat(np.arange(len(runs)) % 2 == 1, runs).reshape(box.height, box.width)
    part = on[inside.y - box.y : inside.bottom - box.y, inside.x - box.x : inside.right - box.x]
    mask[inside.y : inside.bottom, inside.x : inside.right][part] = _ON


def _corners(shape: DefectDrawn) -> Iterator[tuple[int, int]]:
    if shape.box is None:
        yield from shape.polygon or ()
        return
    left, top, right, bottom = shape.box.x, shape.box.y, shape.box.right, shape.box.bottom
    yield from ((left, top), (right, top), (right, bottom), (left, bottom))


def _run_lengths(mask: Pixels) -> dict[str, object]:
    """COCO's uncompressed run lengths: off and on by turns, column by column, beginning with off."""
    column_by_column = mask.T.reshape(-1) > 0
    counts = [] if not column_by_column[0] else [0]
    changes = np.flatnonzero(np.diff(column_by_column)) + 1
    counts += np.diff([0, *changes.tolist(), column_by_column.size]).tolist()
    return {"size": list(mask.shape), "counts": counts}
