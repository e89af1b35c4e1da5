"""Opens a line-scan camera whose strips come through an SDK: `lines:basler:40012345,height=64,part=web,metres=0.5`."""

from collections.abc import Callable
from pathlib import Path

from station_app.devices.camera import Camera
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_text import LINE_KEYS, PartMode, line_setup, make_cutter, part_mode
from station_app.devices.linescan.strip_source import StripSource
from station_app.devices.source_text import SourceText

_KINDS = ("basler", "gige", "genicam", "rendered")
_FREE = "off"
_SOFTWARE = "software"


def open_strips(source: SourceText, open_area: Callable[[SourceText], Camera], taught: Path | None) -> LineScanCamera:
    """The line-scan camera above the strips of the camera that the text names. ConfigError where it cannot be obeyed.

    What is about lines is read here, and everything else is the inner camera's. That one is opened by `open_area`, for
    strips, and runs free unless the text says what triggers it.
    """
    kind, _, target = source.target.partition(":")
    if kind not in _KINDS:
        offer = ", ".join(_KINDS)
        raise source.error(f"strips do not come from {kind or 'nowhere'!r}", f"write lines: and one of: {offer}")
    mode = part_mode(source)
    if mode is PartMode.LEVEL:
        raise source.error("the part sensor does not come with the strips", "cut by part=background")
    if mode is PartMode.BACKGROUND and not source.word("belt"):
        raise source.error("the grey level of the empty belt is not given", "give belt=, from 0 to 255")
    own = (*LINE_KEYS, "belt")
    outer = SourceText(source.text, source.kind, "", tuple(option for option in source.options if option[0] in own))
    outer.check_keys(*own)
    setup = line_setup(outer, taught)
    trigger = source.word("trigger") or (_SOFTWARE if kind == "rendered" else _FREE)
    camera = open_area(_inner(source, kind, target, trigger, own))
    strips = StripSource(camera, is_free_running=trigger != _SOFTWARE)
    return LineScanCamera(strips, make_cutter(outer, setup, source.integer("belt", 0, 0, 255)), setup)


def _inner(source: SourceText, kind: str, target: str, trigger: str, own: tuple[str, ...]) -> SourceText:
    """The text of the camera alone. A rendered one takes its frames as they are asked for, and knows no triggers."""
    options = tuple(option for option in source.options if option[0] not in (*own, "trigger"))
    if kind != "rendered":
        options = (*options, ("trigger", trigger))
    return SourceText(source.text, kind, target, options)
