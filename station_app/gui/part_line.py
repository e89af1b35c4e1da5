"""Which part is shown and what was answered about it. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Disposition
from station_app.core.web_messages import StretchInspected
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.screen_state import PartOnScreen


class PartLine(Pane):
    """Serial number at the left; at the right the answer, called done only once it is on disk."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._part: PartOnScreen | None = None
        self._is_looking_back = self._is_connected = False
        self._stretch: StretchInspected | None = None

    def show_part(
        self,
        part: PartOnScreen | None,
        *,
        is_looking_back: bool,
        is_connected: bool = True,
        stretch: StretchInspected | None = None,
    ) -> None:
        """`stretch` is what the part is of a roll, where it is one."""
        self._part, self._is_looking_back, self._is_connected = part, is_looking_back, is_connected
        self._stretch = stretch
        self.setAccessibleName(" ".join(self._texts()))
        self._is_news((self._texts(), is_looking_back))

    def retranslate(self) -> None:
        connected = self._is_connected
        self.show_part(self._part, is_looking_back=self._is_looking_back, is_connected=connected, stretch=self._stretch)

    def _texts(self) -> tuple[str, str]:
        part = self._part
        if part is None:
            return "", ""
        serial = part.inspected.serial
        name = texts.serial_name(serial) if serial else self.tr("Part {number}").format(number=part.part_id)
        if part.inspected.lot:
            name = self.tr("{name} · lot {lot}").format(name=name, lot=part.inspected.lot)
        if self._stretch is not None:
            name = f"{self._stretch.roll} · {self._stretch.from_metres:.2f}–{self._stretch.to_metres:.2f} m"
        if self._is_looking_back:
            name = self.tr("Looking back: {name}").format(name=name)
        elif not self._is_connected:
            name = self.tr("Last known: {name}").format(name=name)
        if part.pending is not None:
            return name, self.tr("Recording…")
        if part.standing is None or part.standing is Disposition.UNDO:
            return name, ""
        return name, texts.recorded_words(part.standing, part.inspected.verdict, part.operator)

    def _paint(self, painter: QPainter) -> None:
        px, (name, answer) = self._look.mm.px, self._texts()
        theme = self._look.theme
        fill, ink = (theme.ink, theme.background) if self._is_looking_back else (theme.face, theme.ink)
        painter.fillRect(self.rect(), QColor(fill))
        room = self.rect().adjusted(px(3), px(1), -px(3), -px(1))
        left = QRect(room.x(), room.y(), round(room.width() * (0.52 if answer else 1.0)), room.height())
        self._write(painter, left, name, self._look.style(6, 2.0, is_bold=True), ink)
        right = QRect(left.right() + px(2), room.y(), room.right() - left.right() - px(2), room.height())
        style = self._look.style(4, 1.9, is_bold=True, is_wrapped=True)
        self._write(painter, right, answer, lettering.flush_right(style), ink)
