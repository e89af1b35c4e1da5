"""The images of the part shown, one pane for each camera. With one camera it is that camera's image and nothing else.

A tap on a pane enlarges it, a tap on the enlarged one leads back to all; what is enlarged stays so from part to part.
GUI thread.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Box, Finding, VerdictKind
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.alert_button import AlertButton, worst
from station_app.gui.arrangement import Arrangement, place_panes
from station_app.gui.camera_pane import CameraPane, Role
from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.link import PreviewFrame
from station_app.gui.look import Look
from station_app.gui.millimetres import Spot
from station_app.gui.scaling import Scaler
from station_app.gui.touch_button import TapGuard, TouchButton

Alerts = tuple[tuple[str, VerdictKind], ...]


class CameraGrid(QWidget):
    """`arranged` says that another camera is enlarged, or none. `box_drawn` carries the camera and a rectangle in
    pixels of its frame, `box_erased` the rectangle that was taken back."""

    arranged = Signal()
    box_drawn = Signal(str, object)
    box_erased = Signal(object)
    thumbnail_ready = Signal(int, QImage)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None, *, is_live: bool = True) -> None:
        super().__init__(parent)
        self._look, self._guard = look, guard
        self._scaler = Scaler() if is_live else None
        self._arrangement = Arrangement()
        self._station_cameras: tuple[str, ...] = ()
        self._part_id, self._frames = 0, tuple[PreviewFrame, ...]()
        self._alerts: Alerts = ()
        self._drawing: tuple[bool, tuple[Box, ...], str] = (False, (), "")
        self.back = TouchButton(look, guard, self)
        self.more = AlertButton(look, guard, self)
        self.back.tapped.connect(self.show_all)
        self.more.tapped.connect(self._on_more)
        self.panes = [self._made_pane()]
        self.retranslate()
        self._place()

    @property
    def arrangement(self) -> Arrangement:
        return self._arrangement

    @property
    def shown(self) -> list[CameraPane]:
        """The panes of this page."""
        return self.panes[: max(1, len(self._arrangement.on_page))]

    @property
    def main(self) -> CameraPane | None:
        """The pane that can be zoomed and drawn in: the only one or the enlarged one, None in the grid."""
        if self._arrangement.is_grid:
            return None
        return next((p for p in self.shown if p.camera_id == self._arrangement.enlarged), self.panes[0])

    @property
    def canvas(self) -> ImageCanvas:
        """The image of the main pane, of the first one in the grid."""
        return (self.main or self.panes[0]).canvas

    @property
    def frames(self) -> tuple[PreviewFrame, ...]:
        """What is shown, all of one part."""
        return self._frames

    @property
    def has_heat(self) -> bool:
        return any(frame.heat_maps for frame in self._frames)

    def set_look(self, look: Look) -> None:
        self._look = look
        for pane in self.panes:
            pane.set_look(look)
        self.back.set_look(look)
        self.more.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.back.set_caption(self.tr("All cameras"), BY_DEED[Deed.ENLARGE].key_name)
        first, last = self._arrangement.next_page
        spoken = self.tr("Cameras {first}–{last}").format(first=first, last=last)
        self.more.set_caption(self.tr("More"), f"{first}–{last}", spoken=spoken)
        for pane in self.panes:
            pane.retranslate()

    def set_cameras(self, camera_ids: Sequence[str]) -> None:
        """The cameras that every part is seen by; a part of another recipe may bring others."""
        self._station_cameras = tuple(camera_ids)
        self._arrange(self._arrangement.of(self._all_cameras()))

    def show_frames(self, part_id: int, frames: Sequence[PreviewFrame]) -> None:
        """The frames of one part, the most telling first. Cameras without one say so."""
        self._part_id, self._frames = part_id, tuple(frames)
        arrangement = self._arrangement.of(self._all_cameras())
        if arrangement == self._arrangement:
            self._fill()
        else:
            self._arrange(arrangement)

    def set_alerts(self, alerts: Alerts) -> None:
        """The cameras that keep the part from an OK, each with the verdict that it calls for."""
        if alerts != self._alerts:
            self._alerts = alerts
            self._show_alerts()

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        for pane in self.panes:
            pane.canvas.set_findings(findings)

    def set_drawing(self, is_drawing: bool, drawn: tuple[Box, ...] = (), drawn_on: str = "") -> None:
        """Drawing is for the main pane, and once something is drawn for that camera alone."""
        if (is_drawing, drawn, drawn_on) != self._drawing:
            self._drawing = (is_drawing, drawn, drawn_on)
            self._show_drawing()

    def set_empty_text(self, text: str) -> None:
        for pane in self.panes:
            pane.canvas.set_empty_text(text)

    @Slot(float)
    def set_heat_opacity(self, opacity: float) -> None:
        for pane in self.panes:
            pane.canvas.set_heat_opacity(opacity)

    @Slot(bool)
    def set_marks_hidden(self, are_hidden: bool) -> None:
        for pane in self.panes:
            pane.canvas.set_marks_hidden(are_hidden)

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        """What can be done to the images. In the grid nothing zooms: there a camera is chosen."""
        canvas = self.canvas
        return {
            Deed.ZOOM_IN: canvas.zoom_in,
            Deed.ZOOM_OUT: canvas.zoom_out,
            Deed.ZOOM_FIT: canvas.zoom_fit,
            Deed.ENLARGE: self.toggle,
            Deed.PREVIOUS_CAMERA: partial(self.step, -1),
            Deed.NEXT_CAMERA: partial(self.step, 1),
        }

    @Slot()
    def show_all(self) -> None:
        self._choose(self._arrangement.with_all())

    def enlarge(self, camera_id: str) -> None:
        self._choose(self._arrangement.with_enlarged(camera_id))

    def toggle(self) -> None:
        """From an enlarged camera to all; from all to the one that has the most to say."""
        if self._arrangement.enlarged:
            self.show_all()
            return
        seen = [frame.camera_id for frame in self._frames]
        alerted = [camera_id for camera_id, _ in self._alerts if camera_id in seen]
        self.enlarge((alerted + seen + [*self._arrangement.on_page, ""])[0])

    def step(self, step: int) -> None:
        """The next camera enlarged, or the one before."""
        self._choose(self._arrangement.stepped(step))

    def stop(self) -> None:
        """Ends the worker."""
        if self._scaler is not None:
            self._scaler.stop()

    @Slot()
    def _on_more(self) -> None:
        self._choose(self._arrangement.turned())

    @Slot(str)
    def _on_tapped(self, camera_id: str) -> None:
        if self._arrangement.is_alone or not self._guard.admit():
            return
        if camera_id != self._arrangement.enlarged:
            self.enlarge(camera_id)
        elif not self._drawing[0]:
            self.show_all()

    def _all_cameras(self) -> tuple[str, ...]:
        return (*self._station_cameras, *(frame.camera_id for frame in self._frames))

    def _choose(self, arrangement: Arrangement) -> None:
        """What the operator wants to see."""
        self._arrange(arrangement)
        self.arranged.emit()

    def _arrange(self, arrangement: Arrangement) -> None:
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        while len(self.panes) < len(arrangement.on_page):
            self.panes.append(self._made_pane(like=self.panes[0].canvas))
        for pane, camera_id in zip(self.panes, arrangement.on_page, strict=False):
            pane.set_camera(camera_id, self._role(camera_id))
        self._place()
        self._fill()
        self._show_alerts()
        self._show_drawing()
        self.retranslate()

    def _role(self, camera_id: str) -> Role:
        if self._arrangement.is_alone:
            return Role.ALONE
        if not self._arrangement.enlarged:
            return Role.TILE
        return Role.MAIN if camera_id == self._arrangement.enlarged else Role.THUMB

    def _fill(self) -> None:
        """Each pane its camera's frame of the one part."""
        by_camera = {frame.camera_id: frame for frame in reversed(self._frames)}
        telling = self._frames[0] if self._frames else None
        for pane in self.shown:
            frame = by_camera.get(pane.camera_id)
            pane.show_frame(self._part_id, frame, is_telling=frame is telling)
        for pane in self.panes[len(self.shown) :]:
            pane.show_frame(0, None, is_telling=False)

    def _show_alerts(self) -> None:
        kinds = dict(self._alerts)
        seen = {pane.camera_id for pane in self.shown}
        for pane in self.shown:
            pane.set_kind(kinds.get(pane.camera_id))
        self.more.set_kind(worst(kind for camera_id, kind in self._alerts if camera_id not in seen))

    def _show_drawing(self) -> None:
        is_drawing, drawn, drawn_on = self._drawing
        for pane in self.panes:
            is_here = drawn_on in ("", pane.camera_id)
            pane.canvas.set_drawing(is_drawing and is_here and pane is self.main, drawn if is_here else ())

    def _made_pane(self, like: ImageCanvas | None = None) -> CameraPane:
        pane = CameraPane(self._look, self._scaler, self)
        if like is not None:
            pane.canvas.take_settings(like)
        pane.tapped.connect(self._on_tapped)
        pane.box_drawn.connect(self.box_drawn)
        pane.canvas.box_erased.connect(self.box_erased)
        pane.canvas.thumbnail_ready.connect(self.thumbnail_ready)
        return pane

    def paintEvent(self, event: QPaintEvent) -> None:
        """The gaps between panes: what frames the whole does not shine through."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.theme.background))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        places = place_panes(self._arrangement, self.width(), self.height(), self._look.mm)
        for number, pane in enumerate(self.panes):
            pane.setVisible(number < len(places.panes))
        for pane, spot in zip(self.panes, places.panes, strict=False):
            pane.setGeometry(_rect(spot))
        for button, place in ((self.back, places.back), (self.more, places.more)):
            button.setVisible(place is not None)
            button.setGeometry(_rect(place) if place is not None else QRect())


def _rect(spot: Spot) -> QRect:
    return QRect(spot.x, spot.y, spot.width, spot.height)
