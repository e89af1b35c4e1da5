"""Draws one defect into a part and into its truth mask. All coordinates are in pixels of the part's own face."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.devices.rendering.plan import LABELS, PlannedDefect, hole_centre

Grey = NDArray[np.float32]
Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to draw: the shape of the change, the defect's middle in it, and pixels per pixel of a 960-line frame."""

    shape: tuple[int, ...]
    centre: tuple[float, float]
    scale: float


VISIBLE = 7.0
"""Change in grey levels from which a pixel counts as part of the defect in the truth."""


def draw_defect(face: Grey, truth: Mask, defect: PlannedDefect, scale: float, seed: int) -> None:
    """Change `face` in place; pixels of `truth` that the defect changes visibly become its label's number (1..6)."""
    random = np.random.default_rng(seed)
    if defect.label == "missing_hole":
        _mark_hole(face, truth, defect)
        return
    spot = Spot(face.shape, (defect.x * face.shape[1], defect.y * face.shape[0]), scale)
    change = _DRAWINGS[defect.label](spot, defect, random)
    before = np.clip(face, 0, 255)
    face += change
    visible = np.abs(np.clip(face, 0, 255) - before) > VISIBLE
    truth[visible] = LABELS.index(defect.label) + 1


def _mark_hole(face: Grey, truth: Mask, defect: PlannedDefect) -> None:
    """The hole itself was left out when the housing was drawn; here only its place becomes truth."""
    height, width = face.shape
    x, y = hole_centre(defect.hole)
    number = LABELS.index("missing_hole") + 1
    cv2.circle(truth, (round(x * width), round(y * height)), round(defect.size * height * 1.35), number, -1)


def _scratch(spot: Spot, defect: PlannedDefect, random: np.random.Generator) -> Grey:
    """A thin, slightly bent line with a varying depth and, on one flank, a bright burr."""
    length = defect.size * spot.shape[0]
    t = np.linspace(-0.5, 0.5, 24)
    bend = float(random.uniform(-0.12, 0.12)) * length
    along, across = t * length, bend * (t * 2) ** 2
    x = spot.centre[0] + along * np.cos(defect.angle) - across * np.sin(defect.angle)
    y = spot.centre[1] + along * np.sin(defect.angle) + across * np.cos(defect.angle)
    line = np.zeros(spot.shape, np.float32)
    width = max(1, round(spot.scale * float(random.uniform(1.0, 2.6))))
    points = np.round(np.stack([x, y], 1) * 8).astype(np.int32)
    for i in range(len(points) - 1):
        depth = defect.contrast * float(0.65 + 0.35 * np.cos(2 * np.pi * (t[i] * 0.8)))
        cv2.line(line, points[i].tolist(), points[i + 1].tolist(), depth, width, cv2.LINE_AA, 3)
    return _soften(line, 0.5 * spot.scale) - 0.25 * np.roll(_soften(line, 1.2 * spot.scale), width + 1, axis=0)


def _dent(spot: Spot, defect: PlannedDefect, random: np.random.Generator) -> Grey:
    """A shallow hollow: dark on the side that turns from the light, bright on the other."""
    dx, dy = _offsets(spot)
    radius = defect.size * spot.shape[0]
    squeeze = float(random.uniform(0.7, 1.0))
    u = (dx * np.cos(defect.angle) + dy * np.sin(defect.angle)) / radius
    v = (-dx * np.sin(defect.angle) + dy * np.cos(defect.angle)) / (radius * squeeze)
    bowl = np.exp(-1.4 * (u**2 + v**2))
    tilt: Grey = (abs(defect.contrast) * (-2.1 * (dy / radius) * bowl - 0.35 * bowl)).astype(np.float32)
    return tilt


def _stain(spot: Spot, defect: PlannedDefect, random: np.random.Generator) -> Grey:
    """A dried drop: an irregular outline, darkest along its rim."""
    inside = _blob(spot, spot.centre, defect.size * spot.shape[0], 0.32, random)
    soft = _soften(inside, 2.2 * spot.scale)
    rim = np.clip(soft - _soften(inside, 7 * spot.scale), 0, 1)
    stain: Grey = -abs(defect.contrast) * (0.75 * soft + 0.9 * rim)
    return stain


def _chip(spot: Spot, defect: PlannedDefect, random: np.random.Generator) -> Grey:
    """Material broken out of the edge: a dark, angular hole with a bright line of fracture."""
    radius = defect.size * spot.shape[0]
    angles = np.sort(random.uniform(0, 2 * np.pi, 7))
    if max(np.diff(angles, append=angles[0] + 2 * np.pi)) > 0.85 * np.pi:  # or the chip would lie beside its place
        angles = np.linspace(0, 2 * np.pi, 7, endpoint=False) + defect.angle
    reach = radius * random.uniform(0.6, 1.15, 7)
    points = np.stack([spot.centre[0] + reach * np.cos(angles), spot.centre[1] + reach * np.sin(angles)], 1)
    broken = np.zeros(spot.shape, np.float32)
    cv2.fillPoly(broken, [np.round(points * 8).astype(np.int32)], 1.0, cv2.LINE_AA, 3)
    edge = np.clip(_soften(broken, 1.5 * spot.scale) - broken, 0, 1)
    chip: Grey = -abs(defect.contrast) * 1.3 * broken + 60 * edge
    return chip


def _contamination(spot: Spot, defect: PlannedDefect, random: np.random.Generator) -> Grey:
    """A few specks or a fibre that lie on the part."""
    change = np.zeros(spot.shape, np.float32)
    for _ in range(int(random.integers(1, 5))):
        spread = random.normal(0, 1.6, 2) * defect.size * spot.shape[0]
        place = (spot.centre[0] + float(spread[0]), spot.centre[1] + float(spread[1]))
        radius = defect.size * spot.shape[0] * float(random.uniform(0.5, 1.0))
        change = np.maximum(change, _blob(spot, place, radius, 0.35, random))
    return defect.contrast * _soften(change, 0.7 * spot.scale)


def _blob(
    spot: Spot, centre: tuple[float, float], radius: float, roughness: float, random: np.random.Generator
) -> Grey:
    """1 inside an irregular round outline, 0 outside."""
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    waves = sum(random.normal(0, roughness / k) * np.cos(k * angles + random.uniform(0, 6.3)) for k in range(2, 7))
    reach = radius * np.clip(1 + waves, 0.35, 1.8)
    points = np.stack([centre[0] + reach * np.cos(angles), centre[1] + reach * np.sin(angles)], 1)
    blob = np.zeros(spot.shape, np.float32)
    cv2.fillPoly(blob, [np.round(points * 8).astype(np.int32)], 1.0, cv2.LINE_AA, 3)
    return blob


def _offsets(spot: Spot) -> tuple[Grey, Grey]:
    y, x = np.ogrid[: spot.shape[0], : spot.shape[1]]
    return (x - spot.centre[0]).astype(np.float32), (y - spot.centre[1]).astype(np.float32)


def _soften(image: Grey, sigma: float) -> Grey:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), max(sigma, 0.3)), np.float32)


_DRAWINGS: dict[str, Callable[[Spot, PlannedDefect, np.random.Generator], Grey]] = {
    "scratch": _scratch,
    "dent": _dent,
    "stain": _stain,
    "chip": _chip,
    "contamination": _contamination,
}
