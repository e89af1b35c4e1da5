"""One camera's view of the part: its image, and around it, where there are several cameras, its name and its alert.

A camera that keeps the part from an OK is framed in that verdict's paint and carries its symbol. GUI thread.
"""

from enum import Enum, auto

from PySide6.QtCore import QRect, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Box, VerdictKind
from station_app.gui import lettering, texts
from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.link import PreviewFrame
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.scaling import Scaler
from station_app.gui.symbols import draw_verdict
from station_app.gui.theme import Paint

_FRAME_MM = 1.6


class Role(Enum):
    """How a pane is shown: the only one, one of a grid, the enlarged one, or small beside that."""

    ALONE = auto()
    TILE = auto()
    MAIN = auto()
    THUMB = auto()

    @property
    def is_still(self) -> bool:
        """Whether a finger on it chooses the camera and does not move its image."""
        return self in (Role.TILE, Role.THUMB)


_HEADER_MM = {Role.ALONE: 0.0, Role.TILE: 7.0, Role.MAIN: 7.0, Role.THUMB: 5.5}
_NAME_MM = {Role.ALONE: 0.0, Role.TILE: 3.5, Role.MAIN: 3.5, Role.THUMB: 2.6}


class CameraPane(Pane):
    """`tapped` carries the camera; `box_drawn` the camera and a rectangle in pixels of its frame."""

    tapped = Signal(str)
    box_drawn = Signal(str, object)

    def __init__(self, look: Look, scaler: Scaler | None, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._camera_id = ""
        self._kind: VerdictKind | None = None
        self._role = Role.ALONE
        self.canvas = ImageCanvas(look.theme, look.mm, self, scaler=scaler)
        self.canvas.tapped.connect(self._on_tapped)
        self.canvas.box_drawn.connect(self._on_box_drawn)

    @property
    def camera_id(self) -> str:
        return self._camera_id

    @property
    def kind(self) -> VerdictKind | None:
        """The verdict that this camera calls for, where that is no PASS."""
        return self._kind

    @property
    def role(self) -> Role:
        return self._role

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.canvas.set_look(look.theme, look.mm)
        self._place()

    def set_camera(self, camera_id: str, role: Role) -> None:
        """Which camera this is, and how it stands on the screen."""
        self._camera_id, self._role = camera_id, role
        self.canvas.set_still(is_still=role.is_still, is_glance=role is Role.THUMB)
        self._place()
        self.retranslate()

    def set_kind(self, kind: VerdictKind | None) -> None:
        if kind is not self._kind:
            self._kind = kind
            self.retranslate()

    def show_frame(self, part_id: int, frame: PreviewFrame | None, *, is_telling: bool) -> None:
        """The camera's frame of this part, None where it has none; the most telling one makes the part's thumbnail."""
        self.canvas.gives_thumbnail = is_telling
        if frame is None:
            self.canvas.show_frame(part_id, None)
        else:
            self.canvas.show_frame(part_id, frame.pixels, frame.heat_maps, frame.camera_id)
        self.retranslate()

    def retranslate(self) -> None:
        name = self.tr("Camera {name}").format(name=self._camera_id)
        said = [texts.verdict_word(self._kind).replace("\n", " ")] if self._kind is not None else []
        said += [] if self.canvas.has_image else [self.tr("no image")]
        self.setAccessibleName(": ".join([name, ", ".join(said)]) if said else name)
        self.update()

    @Slot()
    def _on_tapped(self) -> None:
        self.tapped.emit(self._camera_id)

    @Slot(object)
    def _on_box_drawn(self, box: Box) -> None:
        self.box_drawn.emit(self._camera_id, box)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Kept, so that the release comes here as well."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._role is not Role.ALONE and self.rect().contains(event.position().toPoint()):
            self._on_tapped()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        self.canvas.setGeometry(
            self.rect() if self._role is Role.ALONE else self._room().adjusted(0, self._top(), 0, 0)
        )

    def _room(self) -> QRect:
        """What the frame leaves; it keeps its place also while there is none, so that no image moves."""
        edge = self._look.mm.px(_FRAME_MM)
        return self.rect().adjusted(edge, edge, -edge, -edge)

    def _top(self) -> int:
        return self._look.mm.px(_HEADER_MM[self._role])

    def _paint(self, painter: QPainter) -> None:
        if self._role is Role.ALONE:
            return
        theme, px = self._look.theme, self._look.mm.px
        has_alert = self._kind is not None
        colours = (
            theme.verdict(self._kind) if self._kind is not None else Paint(theme.face, theme.ink, theme.background)
        )
        painter.fillRect(self.rect(), QColor(colours.frame))
        room = self._room()
        header = QRect(room.x(), room.y(), room.width(), self._top())
        painter.fillRect(header, QColor(colours.fill))
        left = px(1.2)
        if self._kind is not None:
            side = header.height() - px(0.8)
            symbol = QRectF(header.x() + px(0.6), header.y() + (header.height() - side) / 2, side, side)
            draw_verdict(painter, self._kind, symbol, QColor(colours.ink), QColor(colours.fill))
            left += side + px(0.6)
        self._paint_name(painter, header.adjusted(left, 0, -px(1), 0), colours.ink, is_bold=has_alert)

    def _paint_name(self, painter: QPainter, room: QRect, ink: str, *, is_bold: bool) -> None:
        """A camera's name is the station's own: one that is too long is cut, which is no fault of a translation."""
        painter.setPen(QColor(ink))
        style = self._look.style(_NAME_MM[self._role], 2.0, is_bold=is_bold or self._role is Role.MAIN)
        lettering.draw(painter, room, self._camera_id, style)
