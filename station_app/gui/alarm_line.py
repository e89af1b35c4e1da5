"""One line for what needs a person: what happened, what the station did, what you do. Empty is grey. GUI thread."""

from PySide6.QtCore import QRect, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.messages import AlarmRaised, Priority
from station_app.gui import lettering
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
        self._is_acknowledged = False
        self.button = TouchButton(look, guard, self)
        self.button.tapped.connect(self._on_tapped)
        self.button.set_letters(4)
        self.show_alarm(None, 0, is_acknowledged=False)

    def set_look(self, look: Look) -> None:
        self.button.set_look(look)
        super().set_look(look)
        self._place()

    def show_alarm(self, alarm: AlarmRaised | None, others: int, *, is_acknowledged: bool) -> None:
        """`others` is how many more alarms stand behind this one."""
        self._alarm, self._others, self._is_acknowledged = alarm, others, is_acknowledged
        self.button.setVisible(alarm is not None and not is_acknowledged)
        self.button.set_caption(self.tr("Acknowledge"))
        said = " ".join(alarm_lines(alarm)) if alarm else self.tr("No alarm")
        self.setAccessibleName(said)
        self._is_news((alarm, others, is_acknowledged, said))

    def retranslate(self) -> None:
        self.show_alarm(self._alarm, self._others, is_acknowledged=self._is_acknowledged)

    @Slot()
    def _on_tapped(self) -> None:
        if self._alarm is not None:
            self.acknowledged.emit(self._alarm.code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        self.button.setGeometry(self.width() - px(47), 0, px(44), self.height())

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        if self._alarm is None:
            painter.fillRect(self.rect(), QColor(theme.canvas))
            return
        colours = self._colours(self._alarm.priority)
        painter.fillRect(self.rect(), QColor(colours.fill))
        side = self.height() - px(4)
        shape = QRectF(px(4), px(2), side, side)
        draw_verdict(painter, VerdictKind.NO_RESULT, shape, QColor(colours.ink), QColor(colours.fill))
        left = px(4) + side + px(4)
        right = self.width() - px(51)
        self._paint_texts(painter, QRect(left, 0, right - left, self.height()), self._alarm, colours.ink)
        if self._is_acknowledged:
            seen = QRect(self.width() - px(47), 0, px(44), self.height())
            self._write(painter, seen, self.tr("Seen"), lettering.centred(self._look.style(3.5)), colours.ink)

    def _paint_texts(self, painter: QPainter, room: QRect, alarm: AlarmRaised, ink: str) -> None:
        px = self._look.mm.px
        what, did, act = alarm_lines(alarm)
        marks = [f"×{alarm.count}"] if alarm.count > 1 else []
        marks += [self.tr("+{count} alarms").format(count=self._others)] if self._others else []
        upper = QRect(room.x(), px(1), room.width(), room.height() // 2)
        head = "  ".join([what, *marks])
        self._write(painter, upper, head, self._look.style(4.2, 2.2, is_bold=True), ink)
        lower = QRect(room.x(), upper.bottom(), room.width(), room.height() - upper.height() - px(1))
        self._write(painter, lower, f"{did}  →  {act}" if act else did, self._look.style(3.6, 2.0), ink)

    def _colours(self, priority: Priority) -> Paint:
        theme = self._look.theme
        return theme.ng if priority is Priority.HIGH else theme.no_result
