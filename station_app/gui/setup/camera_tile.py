"""One camera in the list: its name, whether it is connected, and how many of its measures differ. GUI thread."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.sentences import sentence
from station_app.gui.setup.cameras import CameraStatus
from station_app.gui.symbols import draw_verdict
from station_app.gui.touch_button import TapGuard, TouchButton


class CameraTile(TouchButton):
    """A thick frame marks the camera that is looked at; what is wrong is amber with the triangle."""

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, guard, parent)
        self._status = CameraStatus("", is_live=False)
        self._is_chosen = False

    @property
    def status(self) -> CameraStatus:
        return self._status

    def show_status(self, status: CameraStatus, *, is_chosen: bool) -> None:
        self._status, self._is_chosen = status, is_chosen
        self.setObjectName(status.camera_id)
        self.setAccessibleName(f"{status.camera_id}: {', '.join(filter(None, (self.line(), self.comparison())))}")
        self.update()

    def retranslate(self) -> None:
        self.show_status(self._status, is_chosen=self._is_chosen)

    def line(self) -> str:
        """Whether it is connected, and why not."""
        if self._status.is_live:
            return self.tr("connected")
        said, source = self.tr("not connected"), "not connected"
        # The engine's own words, where the language is its own: as in an alarm.
        return sentence(self._status.reason) if self._status.reason and said == source else said

    def comparison(self) -> str:
        """Against its reference."""
        outside = self._status.outside
        if outside is None or not self._status.is_live:
            return ""
        return self.tr("differing: {count}").format(count=outside) if outside else self.tr("as reference")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, theme = self._look.mm.px, self._look.theme
        line = px(1.2) if self._is_chosen else px(0.3)
        painter.setPen(QPen(QColor(theme.ink if self._is_chosen else theme.line), line))
        painter.setBrush(QColor(theme.face_pressed if self.isDown() else theme.face))
        inset = line // 2 + 1
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), px(1.2), px(1.2))
        self._paint_words(painter, self.rect().adjusted(px(2.5), px(1.5), -px(2), -px(1.5)))
        painter.end()

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        """The camera's name is the station's own: one that is too long is cut, which is no fault of a translation."""
        look, ink = self._look, QColor(self._look.theme.ink)
        upper = QRect(room.x(), room.y(), room.width(), round(room.height() * 0.48))
        lower = QRect(room.x(), upper.bottom() + 1, room.width(), room.height() - upper.height())
        painter.setPen(ink)
        lettering.draw(painter, upper, self._status.camera_id, look.style(3.8, 2.4, is_bold=True))
        is_wrong = not self._status.is_live or bool(self._status.outside)
        if is_wrong:
            lower = self._paint_warning(painter, lower)
            painter.setPen(QColor(look.theme.no_result.ink))
        words = self.comparison() if self._status.is_live and self.comparison() else self.line()
        # The engine's reason is as long as it is: the header of the picture says all of it.
        is_cut = not lettering.draw(painter, lower, words, look.style(2.8, 2.0, is_wrapped=True))
        self.is_clipped = is_cut and not self._status.reason

    def _paint_warning(self, painter: QPainter, room: QRect) -> QRect:
        """An amber field with the triangle; the rest of the room for the words."""
        px, paint = self._look.mm.px, self._look.theme.no_result
        painter.fillRect(room, QColor(paint.fill))
        side = min(px(4.5), room.height() - px(1))
        shape = QRectF(room.x() + px(0.8), room.y() + (room.height() - side) / 2, side, side)
        draw_verdict(painter, VerdictKind.NO_RESULT, shape, QColor(paint.ink), QColor(paint.fill))
        return room.adjusted(side + px(2), 0, -px(1), 0)
