"""What a camera's text says about lines, whoever takes them: scale, encoder, ways to cut, lengths, flat field."""

import math
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np

from station_app.core.lines import LengthTolerance, LineScale
from station_app.core.lines_encoder import EncoderScale
from station_app.devices.linescan.flat_field import FlatField
from station_app.devices.linescan.flat_field_file import read_flat_field
from station_app.devices.linescan.line_camera import MakeCutter
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import ByEdges, EdgeRule, EveryLines, PartCutter
from station_app.devices.linescan.presence import ByBackground, Presence, by_sensor
from station_app.devices.linescan.stretches import Stretches
from station_app.devices.source_text import SourceText

MOST_LINES = 8192
"""The longest part, and the longest stretch of a web."""
ROOM = 1.25
"""Longest part that a picture has room for, over the usual length of a sheet."""
LINE_KEYS = (
    *("part", "lines", "metres", "overlap", "debounce", "head", "tail", "least_mm", "most_mm", "flat"),
    *("mm_line", "mm_px", "wheel_mm", "counts", "divider", "multiplier", "line_rate"),
)
_OVERLAP = 8
"""A stretch shows an eighth of the one before again, unless the text says otherwise."""


class PartMode(StrEnum):
    """FIXED: one part directly after the other. LEVEL: by the part sensor. BACKGROUND: by what the lines look like.

    WEB: no parts, an endless web in stretches of so many metres.
    """

    FIXED = "fixed"
    LEVEL = "level"
    BACKGROUND = "background"
    WEB = "web"

    @property
    def has_edges(self) -> bool:
        return self in (PartMode.LEVEL, PartMode.BACKGROUND)


def part_mode(source: SourceText) -> PartMode:
    return source.choice("part", PartMode, PartMode.FIXED)


def sheet_lines(source: SourceText) -> int:
    """How long a part usually is, where it is cut by its edges."""
    return source.integer("lines", 1000, 16, round(MOST_LINES / ROOM))


def line_setup(source: SourceText, taught: Path | None, counts_per_line: float = 1.0) -> LineSetup:
    """Everything but the cutter. `taught` is where the flat field lies that was taught at the station; it is used
    where it is there and the text names none. `counts_per_line` holds where the text describes no encoder."""
    mode, encoder = part_mode(source), _encoder(source)
    scale = _scale(source, encoder)
    stretch_lines, overlap = _stretch(source, scale) if mode is PartMode.WEB else (0, 0)
    flat = _flat_field(source, taught)
    return LineSetup(
        scale,
        _tolerance(source, mode),
        counts_per_line if encoder is None else encoder.counts_per_line,
        flat,
        is_watching_drift=flat is not None and not mode.has_edges,
        line_rate_max_hz=source.number("line_rate", math.inf, 1.0, math.inf),
        stretch_lines=stretch_lines,
        overlap=overlap,
        may_teach=not source.word("flat"),
    )


def make_cutter(source: SourceText, setup: LineSetup, belt: int) -> MakeCutter:
    """How parts are cut; `belt` is the grey level of the empty belt."""
    mode = part_mode(source)
    if mode is PartMode.FIXED:
        return partial(EveryLines, source.integer("lines", 1000, 1, MOST_LINES))
    if mode is PartMode.WEB:
        return partial(Stretches, setup.stretch_lines, setup.overlap)
    rule = EdgeRule(
        most_body=math.ceil(ROOM * sheet_lines(source)),
        debounce=source.integer("debounce", 4, 1, 1000),
        head=source.integer("head", 0, 0, 1000),
        tail=source.integer("tail", 0, 0, 1000),
    )
    return _by_edges(rule, by_sensor if mode is PartMode.LEVEL else ByBackground(np.array([belt], np.uint8)))


def _by_edges(rule: EdgeRule, presence: Presence) -> Callable[[int], PartCutter]:
    def begin(first_line: int) -> PartCutter:
        return ByEdges(rule, presence)

    return begin


def _encoder(source: SourceText) -> EncoderScale | None:
    """The measuring wheel, None where the text has none."""
    if not source.word("wheel_mm"):
        needless = [key for key in ("counts", "divider", "multiplier") if source.word(key)]
        if needless:
            raise source.error(f"{needless[0]}= describes no encoder alone", "give wheel_mm= and counts= as well")
        return None
    if source.word("mm_line"):
        raise source.error("the encoder makes the scale along the web", "leave out mm_line, or wheel_mm")
    return EncoderScale(
        source.number("wheel_mm", 200.0, 1e-3, 1e5),
        source.integer("counts", 2000, 1, 10_000_000),
        source.integer("divider", 1, 1, 1_000_000),
        source.integer("multiplier", 1, 1, 1_000_000),
    )


def _scale(source: SourceText, encoder: EncoderScale | None) -> LineScale:
    mm_per_pixel = source.number("mm_px", 0.1, 1e-4, 100.0)
    if encoder is not None:
        return encoder.scale(mm_per_pixel)
    return LineScale(source.number("mm_line", 0.1, 1e-4, 100.0), mm_per_pixel)


def _stretch(source: SourceText, scale: LineScale) -> tuple[int, int]:
    metres = source.number("metres", 0.1, 1e-6, 1e3)
    lines = scale.lines(1000 * metres)
    if lines > MOST_LINES:
        longest = scale.metres(MOST_LINES)
        raise source.error(f"{metres:g} m are {lines} lines", f"give at most {longest:g} metres")
    return lines, source.integer("overlap", lines // _OVERLAP, 0, lines - 1)


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


def _flat_field(source: SourceText, taught: Path | None) -> FlatField | None:
    named = source.word("flat")
    if named:
        return read_flat_field(Path(named))
    return read_flat_field(taught) if taught is not None and taught.exists() else None
