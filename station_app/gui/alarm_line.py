"""One line for what needs a person: what happened, what the station did, what you do. Empty is grey. GUI thread."""

from PySide6.QtCore import QRect, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.messages import AlarmRaised, Priority
from station_app.gui import lettering
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.alarm_texts import alarm_lines
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.symbols import draw_verdict
from station_app.gui.theme import Paint
from station_app.gui.touch_button import TapGuard, TouchButton


class AlarmLine(Pane):
    """Always there and always the same size, so that an alarm never moves anything else."""

    acknowledged = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._alarm: AlarmRaised | None = None
        self._others = 0
        self._is_acknowledged = self._is_connected = False
        self.button = TouchButton(look, guard, self)
        self.button.tapped.connect(self._on_tapped)
        self.button.set_letters(4)
        self.show_alarm(None, 0, is_acknowledged=False, is_connected=False)

    def set_look(self, look: Look) -> None:
        self.button.set_look(look)
        super().set_look(look)
        self._place()

    def show_alarm(self, alarm: AlarmRaised | None, others: int, *, is_acknowledged: bool, is_connected: bool) -> None:
        """`others` is how many more alarms stand behind this one. Without a connection nobody knows of any."""
        self._alarm, self._others = alarm, others
        self._is_acknowledged, self._is_connected = is_acknowledged, is_connected
        self.button.setVisible(alarm is not None and not is_acknowledged)
        self.button.set_caption(self.tr("Acknowledge"), BY_DEED[Deed.ACKNOWLEDGE].key_name)
        said = " ".join(alarm_lines(alarm)) if alarm else self._nothing()
        self.setAccessibleName(said)
        self._is_news((alarm, others, is_acknowledged, said))

    def _nothing(self) -> str:
        return self.tr("No alarm") if self._is_connected else self.tr("Alarms are not known")

    def retranslate(self) -> None:
        self.show_alarm(
            self._alarm, self._others, is_acknowledged=self._is_acknowledged, is_connected=self._is_connected
        )

    @Slot()
    def _on_tapped(self) -> None:
        if self._alarm is not None:
            self.acknowledged.emit(self._alarm.code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        self.button.setGeometry(self.width() - px(53), px(0.8), px(50), self.height() - px(1.6))

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        if self._alarm is None:
            room = self.rect().adjusted(px(4), 0, -px(4), 0)
            self._write(painter, room, self._nothing(), self._look.style(3.2, 2.0), theme.muted)
            return
        colours = self._colours(self._alarm.priority)
        painter.fillRect(self.rect(), QColor(colours.fill))
        side = self.height() - px(4)
        shape = QRectF(px(4), px(2), side, side)
        draw_verdict(painter, VerdictKind.NO_RESULT, shape, QColor(colours.ink), QColor(colours.fill))
        left = px(4) + side + px(4)
        right = self.width() - px(57)
        self._paint_texts(painter, QRect(left, 0, right - left, self.height()), self._alarm, colours.ink)
        if self._is_acknowledged:
            seen = QRect(self.width() - px(53), 0, px(50), self.height())
            self._write(painter, seen, self.tr("Seen"), lettering.centred(self._look.style(3.5)), colours.ink)

    def _paint_texts(self, painter: QPainter, room: QRect, alarm: AlarmRaised, ink: str) -> None:
        px = self._look.mm.px
        what, did, act = alarm_lines(alarm)
        marks = [f"×{alarm.count}"] if alarm.count > 1 else []
        marks += [self.tr("(and {count} more)").format(count=self._others)] if self._others else []
        half = (room.height() - px(1.6)) // 2
        upper = QRect(room.x(), px(0.8), room.width(), half)
        head = "  ".join([what, *marks])
        self._write(painter, upper, head, self._look.style(3.8, 2.2, is_bold=True), ink)
        lower = QRect(room.x(), upper.y() + half, room.width(), half)
        self._write(painter, lower, f"{did}  →  {act}" if act else did, self._look.style(3.4, 2.0), ink)

    def _colours(self, priority: Priority) -> Paint:
        theme = self._look.theme
        return theme.ng if priority is Priority.HIGH else theme.no_result
