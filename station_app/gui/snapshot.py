"""A picture of the operator's screen after some events, drawn without a display: for the demo and the documentation."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from station_app.core.messages import Event, StationDescribed
from station_app.gui.application import make_application
from station_app.gui.language import NAMES, Language, other_language
from station_app.gui.link import PreviewImage
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.screen_state import ScreenState, after
from station_app.gui.theme import ThemeName

_SCREEN_WIDTH_MM = {1920: 476.6, 1366: 345.4}
"""The two screens that the layout is made for: 21.5 inches full HD, 15.6 inches."""


def save_operator_screen(
    path: Path,
    description: StationDescribed,
    events: Sequence[Event],
    preview: PreviewImage | None,
    size: tuple[int, int] = (1920, 1080),
    *,
    language: str = "en",
) -> None:
    """Write a PNG of the screen that stands after `events`; OSError where `path` cannot be written."""
    if QApplication.instance() is None and not _has_window_system():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    spoken = Language(application)
    spoken.switch(language)
    screen = draw_screen(state_after(description, events), preview, size)
    screen.top.set_other_language(NAMES[other_language(spoken.current)])
    saved = screen.grab().save(str(path), "PNG")
    screen.deleteLater()
    spoken.switch("en")
    if not saved:
        raise OSError(f"{path} cannot be written")


def state_after(description: StationDescribed, events: Sequence[Event]) -> ScreenState:
    """What the screen knows after these events."""
    state = after(ScreenState(), description)
    for event in events:
        state = after(state, event)
    return state


def draw_screen(
    state: ScreenState, preview: PreviewImage | None, size: tuple[int, int], theme: ThemeName = ThemeName.LIGHT
) -> OperatorScreen:
    """The screen as it would stand, without threads and unseen; the part shown is that of the preview."""
    width, height = size
    screen = OperatorScreen(width / _SCREEN_WIDTH_MM.get(width, 476.6), is_live=False)
    screen.resize(width, height)
    screen.ensurePolished()
    part = state.find(preview.part_id) if preview is not None else None
    screen.set_theme(theme.theme)
    if preview is not None:
        screen.images.show_frames(preview.part_id, preview.frames)
    screen.show_view(state, View(part or state.newest))
    return screen


def _has_window_system() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
