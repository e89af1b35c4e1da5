"""Opens the rendered web that a text names: `web:texture=steel,seed=7,width=2048,part=fixed,lines=1024,...`."""

import math
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np

from station_app.core.lines import LengthTolerance, LineScale
from station_app.devices.linescan.flat_field_file import read_flat_field
from station_app.devices.linescan.line_camera import LineScanCamera, LineSetup, MakeCutter
from station_app.devices.linescan.parts import ByEdges, EdgeRule, EveryLines, PartCutter
from station_app.devices.linescan.presence import ByBackground, Presence, by_sensor
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb
from station_app.devices.rendering.web_plan import LEAST_WIDTH, SheetSpec, Texture, WebSpec
from station_app.devices.rendering.web_render import BELT
from station_app.devices.source_text import SourceText

MOST_LINES = 8192
"""The longest picture of a part."""
_ROOM = 1.25
"""Longest part that a picture has room for, over the usual length of a sheet."""
_KEYS = (
    *("texture", "seed", "width", "rate", "shading", "flat"),
    *("part", "lines", "metres", "pitch", "wrong", "bounce", "debounce", "head", "tail", "least_mm", "most_mm"),
    *("strip", "mm_line", "mm_px", "speed", "loss", "jitter"),
)


class PartMode(StrEnum):
    """FIXED: one part directly after the other. LEVEL: by the part sensor. BACKGROUND: by what the lines look like.

    WEB: no parts, a picture for every so many metres.
    """

    FIXED = "fixed"
    LEVEL = "level"
    BACKGROUND = "background"
    WEB = "web"


def open_web(source: SourceText, camera_id: str) -> LineScanCamera:
    """The line-scan camera above the web that the text describes. ConfigError where it cannot be obeyed."""
    if source.target:
        raise source.error(f"{source.target.lstrip(',')!r} is no option", "write key=value, separated by commas")
    source.check_keys(*_KEYS)
    mode = source.choice("part", PartMode, PartMode.FIXED)
    scale = LineScale(source.number("mm_line", 0.1, 1e-4, 100.0), source.number("mm_px", 0.1, 1e-4, 100.0))
    spec, rig = _spec(source, mode), _rig(source, scale)
    flat = source.word("flat")
    setup = LineSetup(
        scale,
        _tolerance(source, mode),
        rig.counts_per_line,
        read_flat_field(Path(flat)) if flat else None,
        is_watching_drift=bool(flat) and spec.sheets is None,
    )
    web = RenderedWeb(spec, rig, f"web-{spec.seed}-{camera_id}")
    return LineScanCamera(web, _cutter(source, mode, scale), setup)


def _tolerance(source: SourceText, mode: PartMode) -> LengthTolerance | None:
    """None where neither limit is given: then no length is measured."""
    if not (source.word("least_mm") or source.word("most_mm")):
        return None
    if mode is PartMode.WEB:
        raise source.error("a web without parts has no length to measure", "leave out least_mm and most_mm")
    least, most = source.number("least_mm", 0.0, 0.0, 1e9), source.number("most_mm", math.inf, 0.0, math.inf)
    if least > most:
        raise source.error(f"no length is allowed from {least:g} to {most:g} mm", "give a larger most_mm")
    return LengthTolerance(least, most)


def _spec(source: SourceText, mode: PartMode) -> WebSpec:
    has_sheets = mode in (PartMode.LEVEL, PartMode.BACKGROUND)
    return WebSpec(
        texture=source.choice("texture", Texture, Texture.STEEL),
        seed=source.integer("seed", 7, 0, 2**31),
        width=source.integer("width", 2048, LEAST_WIDTH, 16384),
        flaw_rate=source.number("rate", 0.05, 0.0, 1.0),
        is_shaded=source.flag("shading", False),
        sheets=_sheets(source) if has_sheets else None,
    )


def _sheets(source: SourceText) -> SheetSpec:
    lines = source.integer("lines", 1000, 16, round(MOST_LINES / _ROOM))
    pitch = source.integer("pitch", lines * 3 // 2, 1, 4 * MOST_LINES)
    if lines > 0.75 * pitch:
        raise source.error(f"sheets of {lines} lines leave no belt at a pitch of {pitch}", "give a larger pitch")
    return SheetSpec(pitch, lines, source.number("wrong", 0.0, 0.0, 1.0), source.flag("bounce", False))


def _rig(source: SourceText, scale: LineScale) -> LineRig:
    return LineRig(
        strip_lines=source.integer("strip", 64, 1, 1024),
        mm_per_line=scale.mm_per_line,
        jitter_counts=source.integer("jitter", 0, 0, 100),
        speed_mm_s=source.number("speed", 0.0, 0.0, 1e6),
        loss=source.number("loss", 0.0, 0.0, 0.5),
    )


def _cutter(source: SourceText, mode: PartMode, scale: LineScale) -> MakeCutter:
    if mode is PartMode.FIXED:
        return partial(EveryLines, source.integer("lines", 1000, 1, MOST_LINES))
    if mode is PartMode.WEB:
        metres = source.number("metres", 0.1, 1e-6, 1e3)
        lines = scale.lines(1000 * metres)
        if lines > MOST_LINES:
            longest = scale.metres(MOST_LINES)
            raise source.error(f"{metres:g} m are {lines} lines", f"give at most {longest:g} metres")
        return partial(EveryLines, lines)
    rule = EdgeRule(
        most_body=math.ceil(_ROOM * source.integer("lines", 1000, 16, round(MOST_LINES / _ROOM))),
        debounce=source.integer("debounce", 4, 1, 1000),
        head=source.integer("head", 0, 0, 1000),
        tail=source.integer("tail", 0, 0, 1000),
    )
    return _by_edges(rule, by_sensor if mode is PartMode.LEVEL else _belt(source))


def _by_edges(rule: EdgeRule, presence: Presence) -> Callable[[int], PartCutter]:
    def begin(first_line: int) -> PartCutter:
        return ByEdges(rule, presence)

    return begin


def _belt(source: SourceText) -> ByBackground:
    width = source.integer("width", 2048, LEAST_WIDTH, 16384)
    presence = ByBackground(np.zeros(0, np.uint8))
    return ByBackground(np.full(-(-width // presence.step), BELT, np.uint8))
