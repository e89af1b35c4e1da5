"""Opens the rendered web that a text names: `web:texture=steel,seed=7,width=2048,part=fixed,lines=1024,...`."""

from pathlib import Path

from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.line_text import (
    LINE_KEYS,
    MOST_LINES,
    line_setup,
    make_cutter,
    part_mode,
    sheet_lines,
)
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb
from station_app.devices.rendering.web_plan import LEAST_WIDTH, SheetSpec, Texture, WebSpec
from station_app.devices.rendering.web_render import BELT
from station_app.devices.source_text import SourceText

_KEYS = (
    *("texture", "seed", "width", "rate", "shading", "pitch", "wrong", "bounce"),
    *("strip", "speed", "loss", "jitter"),
)


def open_web(source: SourceText, camera_id: str, taught: Path | None = None) -> LineScanCamera:
    """The line-scan camera above the web that the text describes. ConfigError where it cannot be obeyed. `taught` is
    where its flat field lies, where one was taught at the station."""
    if source.target:
        raise source.error(f"{source.target.lstrip(',')!r} is no option", "write key=value, separated by commas")
    source.check_keys(*_KEYS, *LINE_KEYS)
    setup = line_setup(source, taught, LineRig().counts_per_line)
    spec = _spec(source)
    web = RenderedWeb(spec, _rig(source, setup), f"web-{spec.seed}-{camera_id}")
    return LineScanCamera(web, make_cutter(source, setup, BELT), setup)


def _spec(source: SourceText) -> WebSpec:
    return WebSpec(
        texture=source.choice("texture", Texture, Texture.STEEL),
        seed=source.integer("seed", 7, 0, 2**31),
        width=source.integer("width", 2048, LEAST_WIDTH, 16384),
        flaw_rate=source.number("rate", 0.05, 0.0, 1.0),
        is_shaded=source.flag("shading", False),
        sheets=_sheets(source) if part_mode(source).has_edges else None,
    )


def _sheets(source: SourceText) -> SheetSpec:
    lines = sheet_lines(source)
    pitch = source.integer("pitch", lines * 3 // 2, 1, 4 * MOST_LINES)
    if lines > 0.75 * pitch:
        raise source.error(f"sheets of {lines} lines leave no belt at a pitch of {pitch}", "give a larger pitch")
    return SheetSpec(pitch, lines, source.number("wrong", 0.0, 0.0, 1.0), source.flag("bounce", False))


def _rig(source: SourceText, setup: LineSetup) -> LineRig:
    usual = LineRig()
    return LineRig(
        strip_lines=source.integer("strip", usual.strip_lines, 1, 1024),
        mm_per_line=setup.scale.mm_per_line,
        counts_per_line=setup.counts_per_line,
        jitter_counts=source.integer("jitter", 0, 0, 100),
        speed_mm_s=source.number("speed", 0.0, 0.0, 1e6),
        line_rate_max_hz=min(usual.line_rate_max_hz, setup.line_rate_max_hz),
        loss=source.number("loss", 0.0, 0.0, 0.5),
    )
