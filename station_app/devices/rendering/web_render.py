"""From the plan of a web to its lines, and to their truth: texture, flaws, sheets, light, noise."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan
from station_app.devices.rendering.web_plan import Flaw, FlawShape, Texture, WebSpec, flaws_on, sheets_on

Grey = NDArray[np.float32]

PERIOD = 1024
"""Lines after which the texture repeats; the noise never does."""
_CHUNK = 64
_ROOM = 128
BELT = 14
_WHITE = 0.7 * 255
_NOISE = {Texture.STEEL: 2.5, Texture.TEXTILE: 3.0, Texture.FILM: 1.6}


class Scene(StrEnum):
    """What is before the camera: the web, the cap on the lens, or a white target."""

    WEB = "web"
    DARK = "dark"
    WHITE = "white"


def render_lines(spec: WebSpec, span: LineSpan, scene: Scene = Scene.WEB) -> Pixels:
    """The lines as the camera sees them: n x width mono8, the same for the same lines however they are cut."""
    first = span.start // _CHUNK
    chunks = range(first, (span.end - 1) // _CHUNK + 1)
    lines = np.concatenate([_chunk(spec, number, scene) for number in chunks])
    top = span.start - first * _CHUNK
    return lines[top : top + span.length]


def render_truth(spec: WebSpec, span: LineSpan) -> Pixels:
    """255 where there is a flaw: n x width."""
    truth = np.zeros((span.length, spec.width), np.uint8)
    for flaw in flaws_on(spec, span):
        rows, own = _rows(flaw, span)
        truth[rows, flaw.left : flaw.left + flaw.width][flaw_mask(flaw)[own]] = 255
    _lay_on_belt(spec, span, truth, 0)
    return truth


@lru_cache(maxsize=256)
def flaw_mask(flaw: Flaw) -> NDArray[np.bool_]:
    """The pixels of a flaw, length x width: one connected region that reaches all four sides."""
    if flaw.shape is FlawShape.LINE:
        return _line_mask(flaw.length, flaw.width)
    y = (np.arange(flaw.length) - (flaw.length - 1) / 2)[:, None] / (flaw.length / 2)
    x = (np.arange(flaw.width) - (flaw.width - 1) / 2)[None] / (flaw.width / 2)
    mask = x**2 + y**2 <= 1
    mask[flaw.length // 2, :] = True
    mask[:, flaw.width // 2] = True
    return mask


def _line_mask(length: int, width: int) -> NDArray[np.bool_]:
    if width > length:
        return _line_mask(width, length).T
    thickness = min(2, width)
    left = np.rint(np.linspace(0, width - thickness, length)).astype(int)[:, None]
    column = np.arange(width)[None]
    return (column >= left) & (column < left + thickness)


def _chunk(spec: WebSpec, number: int, scene: Scene) -> Pixels:
    span = LineSpan(number * _CHUNK, (number + 1) * _CHUNK)
    look = _look(spec.texture, spec.width, spec.seed)
    if scene is Scene.DARK:
        lit = np.zeros((_CHUNK, spec.width), np.uint8)
    elif scene is Scene.WHITE:
        lit = np.full((_CHUNK, spec.width), round(_WHITE), np.uint8)
    else:
        at = span.start % PERIOD
        lit = look.base[at : at + _CHUNK].copy()
        _draw_flaws(spec, span, lit)
        _lay_on_belt(spec, span, lit, BELT)
    top, left = np.random.default_rng((spec.seed, 43, number)).integers(_ROOM, size=2).tolist()
    noise = look.noise[top : top + _CHUNK, left : left + spec.width]
    if not spec.is_shaded:
        return np.asarray(cv2.add(lit, noise, dtype=cv2.CV_8U), np.uint8)
    gain, dark = _shading(spec.width, spec.seed)
    return np.asarray(np.clip(np.rint(lit * gain + dark + noise), 0, 255), np.uint8)


def _draw_flaws(spec: WebSpec, span: LineSpan, lit: Pixels) -> None:
    for flaw in flaws_on(spec, span):
        rows, own = _rows(flaw, span)
        place = lit[rows, flaw.left : flaw.left + flaw.width]
        changed = np.clip(place.astype(np.int16) + flaw.contrast, 0, 255).astype(np.uint8)
        np.copyto(place, changed, where=flaw_mask(flaw)[own])


def _rows(flaw: Flaw, span: LineSpan) -> tuple[slice, slice]:
    """The rows of a flaw within the lines of `span`, and the same rows within the flaw."""
    start, end = max(flaw.start, span.start), min(flaw.span.end, span.end)
    return slice(start - span.start, end - span.start), slice(start - flaw.start, end - flaw.start)


def _lay_on_belt(spec: WebSpec, span: LineSpan, lit: Pixels, belt: int) -> None:
    """Leave of the web only what lies on a sheet, where there are sheets."""
    if spec.sheets is None:
        return
    is_belt = np.ones(span.length, np.bool_)
    for sheet in sheets_on(spec, span):
        is_belt[max(0, sheet.start - span.start) : max(0, sheet.end - span.start)] = False
    lit[is_belt] = belt


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A texture, `PERIOD` x width, and noise with some room to be cut from."""

    base: Pixels
    noise: NDArray[np.int16]


@lru_cache(maxsize=2)
def _look(texture: Texture, width: int, seed: int) -> _Look:
    random = np.random.default_rng((seed, 815))
    shape = (_CHUNK + _ROOM, width + _ROOM)
    noise = np.rint(random.normal(0, _NOISE[texture], shape)).astype(np.int16)
    base = _WEAVES[texture](random, width)
    return _Look(np.clip(base, 0, 255).astype(np.uint8), noise)


@lru_cache(maxsize=2)
def _shading(width: int, seed: int) -> tuple[Grey, Grey]:
    """What every column does to the light, and its level in the dark."""
    random = np.random.default_rng((seed, 99))
    across = np.linspace(-1, 1, width, dtype=np.float32)
    gain = (1.0 - 0.45 * across**2) * random.normal(1, 0.03, width)
    return gain.astype(np.float32), random.uniform(3, 9, width).astype(np.float32)


def _steel(random: np.random.Generator, width: int) -> Grey:
    return 140 + _smooth(random, width, (1, 257), 9.0) + _smooth(random, width, (63, 63), 3.0)


def _textile(random: np.random.Generator, width: int) -> Grey:
    warp = np.sin(np.arange(width, dtype=np.float32) * (2 * np.pi / 8))[None]
    weft = np.sin(np.arange(PERIOD, dtype=np.float32) * (2 * np.pi / 8))[:, None]
    return np.asarray(128 + 16 * warp * weft + 8 * weft + _smooth(random, width, (33, 3), 4.0), np.float32)


def _film(random: np.random.Generator, width: int) -> Grey:
    return 196 + _smooth(random, width, (129, 129), 4.0)


_WEAVES = {Texture.STEEL: _steel, Texture.TEXTILE: _textile, Texture.FILM: _film}


def _smooth(random: np.random.Generator, width: int, size: tuple[int, int], amplitude: float) -> Grey:
    """Noise averaged over `size` (across, along) pixels, that goes on over the end of the period without a seam."""
    rough = random.normal(0, 1, (PERIOD, width)).astype(np.float32)
    along = size[1]
    wrapped = np.concatenate([rough[-along:], rough, rough[:along]])
    soft = np.asarray(cv2.blur(wrapped, size), np.float32)[along : along + PERIOD]
    return soft * np.float32(amplitude / max(float(soft.std()), 1e-6))
