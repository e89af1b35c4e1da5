"""The middle of the set-up screen: headline, tools, the live picture, and what is laid over it. GUI thread.

A test shot's findings are only ever drawn on its own picture.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Pixels
from station_app.core.setup_messages import ShotJudged
from station_app.gui.actions import Deed
from station_app.gui.link import PreviewImage
from station_app.gui.look import Look
from station_app.gui.overlay import Overlay, OverlayKind
from station_app.gui.scaling import Scaler
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.headlines import headline_for
from station_app.gui.setup.live_canvas import LiveCanvas
from station_app.gui.setup.live_tools import LiveTools
from station_app.gui.setup.overlay_bar import OverlayBar
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.setup.view_header import ViewHeader
from station_app.gui.touch_button import TapGuard

_REMEMBERED = 3
"""Pictures kept: a test shot's may come before what is said about it."""


class LiveView(QObject):
    """The pieces, placed by the screen. `live_asked` says that the test shot was looked at long enough."""

    live_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget, scaler: Scaler | None) -> None:
        super().__init__(parent)
        self.header, self.tools = ViewHeader(look, guard, parent), LiveTools(look, guard, parent)
        self.canvas = LiveCanvas(look, parent, scaler)
        self.overlays = OverlayBar(look, guard, parent)
        self._recent: deque[PreviewImage] = deque(maxlen=_REMEMBERED)
        self._shot: ShotJudged | None = None
        self._has_shot_picture = False
        self._reference: Pixels | None = None
        self._is_frozen = False
        self._state = (ScreenState(), SetupState())
        self.tools.zoomed.connect(self._on_zoomed)
        self.tools.frozen.connect(self._on_frozen)
        self.tools.lined.connect(self._on_lined)
        self.overlays.changed.connect(self._on_overlay_changed)
        self.header.live_asked.connect(self.live_asked)
        self.retranslate()

    @property
    def is_frozen(self) -> bool:
        return self._is_frozen

    def set_look(self, look: Look) -> None:
        self.header.set_look(look)
        self.tools.set_look(look)
        self.overlays.set_look(look)
        self.canvas.set_look(look.theme, look.mm)

    def retranslate(self) -> None:
        self.header.retranslate()
        self.tools.retranslate()
        self.overlays.retranslate()
        self.show_state(*self._state)

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        canvas = self.canvas
        return {
            Deed.ZOOM_IN: canvas.zoom_in,
            Deed.ZOOM_OUT: canvas.zoom_out,
            Deed.ZOOM_FIT: canvas.zoom_fit,
        }

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        is_other = setup.chosen != self._state[1].chosen
        self._state = (station, setup)
        if is_other or (self._recent and not self._can_see()):
            self._forget()
        if setup.shot is not self._shot:
            self._shot, self._has_shot_picture = setup.shot, False
            self.canvas.set_findings(())
            self._show_newest()
        self.header.show_headline(headline_for(station, setup, is_frozen=self._is_frozen))
        self.canvas.set_empty_text(self._empty_text())

    def show_picture(self, picture: PreviewImage) -> None:
        """A new picture of the watched camera; it waits while another one stands."""
        if not self._can_see():
            return
        self._recent.append(picture)
        if self._shot is not None or not self._is_frozen:
            self._show_newest()

    def set_reference(self, reference: Pixels | None) -> None:
        """What may be laid over; None where there is none."""
        if reference is not self._reference:
            self._reference = reference
            self.overlays.set_possible(is_possible=reference is not None)
            self._on_overlay_changed()

    def _forget(self) -> None:
        """Another camera, or none any more: a picture that stands may not look like a live one."""
        self._recent.clear()
        self._shot = None
        self.canvas.set_findings(())
        self._on_frozen(False)
        self.canvas.show_frame(0, None)

    def _show_newest(self) -> None:
        """The newest picture, or the test shot's own while its result stands."""
        shot = self._shot
        if shot is None:
            self._show(self._recent[-1] if self._recent else None)
            return
        own = next((picture for picture in self._recent if picture.sequence == shot.sequence), None)
        if own is not None and not self._has_shot_picture:
            self._has_shot_picture = True
            self.canvas.set_findings(shot.findings)
            self._show(own)
        elif not self._has_shot_picture:
            self.canvas.show_frame(0, None)

    def _show(self, picture: PreviewImage | None) -> None:
        frame = picture.frames[0] if picture is not None and picture.frames else None
        if frame is not None:
            self.canvas.show_frame(0, frame.pixels, frame.heat_maps, frame.camera_id)

    def _can_see(self) -> bool:
        station, setup = self._state
        return station.is_connected and bool(setup.chosen) and setup.chosen not in setup.lost

    def _empty_text(self) -> str:
        setup = self._state[1]
        if not self._can_see():
            return self.tr("No picture")
        if setup.shot is not None:
            return self.tr("The picture of this test shot is not here")
        return self.tr("The first picture appears here")

    @Slot(object)
    def _on_zoomed(self, deed: Deed) -> None:
        self.deeds()[deed]()

    @Slot(bool)
    def _on_frozen(self, is_frozen: bool) -> None:
        self._is_frozen = is_frozen
        self.tools.set_frozen(is_frozen=is_frozen)
        if not is_frozen:
            self._show_newest()
        self.show_state(*self._state)

    @Slot(bool)
    def _on_lined(self, has_lines: bool) -> None:
        self.canvas.set_lines(has_lines=has_lines)

    @Slot()
    def _on_overlay_changed(self) -> None:
        kind, reference = self.overlays.kind, self._reference
        if reference is None or kind is OverlayKind.NONE:
            self.canvas.set_overlay(None)
        else:
            self.canvas.set_overlay(Overlay(reference, kind, self.overlays.opacity))
