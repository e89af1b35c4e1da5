"""Rendered parts with what a good model would report about them: the pictures of the documentation show real scenes."""

import itertools
from dataclasses import replace
from functools import cache

import cv2
import numpy as np

from station_app.core.inspection import Box, Finding, HeatMap, Pixels
from station_app.devices.rendering.plan import PartPlan, PlannedDefect, RenderSpec, plan_part
from station_app.devices.rendering.render import render_part

SPEC = RenderSpec(width=1632, height=1224, defect_rate=1.0)
_CELLS = 64
_DIVISION = 3
_MARGIN = 10


@cache
def good_part(number: int) -> Pixels:
    """A part without any defect."""
    return render_part(SPEC, replace(plan_part(SPEC, number), defects=())).pixels


@cache
def bad_part(number: int) -> tuple[Pixels, tuple[Finding, ...], HeatMap]:
    """A part with its defects, where they are, and a coarse map that glows there."""
    plan = plan_part(SPEC, number)
    rendered = render_part(SPEC, plan)
    findings = tuple(_finding(plan, defect) for defect in plan.defects)
    return rendered.pixels, findings, _heat(rendered.truth)


@cache
def number_with(*labels: str) -> int:
    """The first part that has just these defects."""
    numbers = itertools.count(1)
    return next(n for n in numbers if sorted(d.label for d in plan_part(SPEC, n).defects) == sorted(labels))


def _finding(plan: PartPlan, defect: PlannedDefect) -> Finding:
    """What a part with this defect alone differs in."""
    truth = render_part(SPEC, replace(plan, defects=(defect,))).truth
    contours, _ = cv2.findContours((truth > 0).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea)
    x, y, width, height = cv2.boundingRect(np.vstack(contours))
    box = Box(max(0, x - _MARGIN), max(0, y - _MARGIN), width + 2 * _MARGIN, height + 2 * _MARGIN)
    polygon = tuple((int(x), int(y)) for x, y in largest.reshape(-1, 2))
    return Finding(defect.label, 0.94, box, "top", _zone(box), polygon)


def _zone(box: Box) -> str:
    column = (box.x + box.width // 2) * _DIVISION // SPEC.width
    row = (box.y + box.height // 2) * _DIVISION // SPEC.height
    return f"{'ABC'[row]}{column + 1}"


def _heat(truth: Pixels) -> HeatMap:
    coarse = cv2.resize((truth > 0).astype(np.float32), (_CELLS, _CELLS), interpolation=cv2.INTER_AREA)
    glow = cv2.GaussianBlur(np.minimum(coarse * 4, 1), (7, 7), 0)
    scores = np.asarray(np.minimum(glow * 1.5, 1) * 255, np.uint8)
    return HeatMap(scores, Box(0, 0, truth.shape[1], truth.shape[0]))
