"""The queues, each with how many parts wait and how long the oldest has. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.review import Queue
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.review.review_state import ReviewState
from station_app.gui.review.review_texts import age, queue_name
from station_app.gui.touch_button import TapGuard, TouchButton

_ROW_MM, _GAP_MM = 15.0, 1.5


class QueueButton(TouchButton):
    """A name at the left, a count at the right, the age below."""

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget) -> None:
        super().__init__(look, guard, parent)
        self.count, self.age = "", ""

    def show_queue(self, name: str, count: str, oldest: str) -> None:
        if (name, count, oldest) != (self._caption, self.count, self.age):
            self.set_caption(name, spoken=" ".join(filter(None, (name, count, oldest))))
            self.count, self.age = count, oldest
            self.update()

    def _paint_texts(self, painter: QPainter) -> None:
        px, look = self._look.mm.px, self._look
        room = self.rect().adjusted(px(2), px(1), -px(2), -px(1))
        number, upper = px(16), round(room.height() * 0.58)
        name = QRect(room.x(), room.y(), room.width() - number, upper)
        count = QRect(room.right() - number, room.y(), number, upper)
        below = QRect(room.x(), room.y() + upper, room.width(), room.height() - upper)
        fits = [
            lettering.draw(painter, name, self._caption, look.style(3.2, 2.0, is_bold=True)),
            lettering.draw(painter, count, self.count, lettering.flush_right(look.style(3.6, 2.2, is_bold=True))),
            lettering.draw(painter, below, self.age, look.style(2.6, 1.8)),
        ]
        self.is_clipped = not all(fits)


class QueueList(QWidget):
    """`chosen` carries the queue that was tapped."""

    chosen = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state, self._now_ms = ReviewState(), 0
        self.buttons = {queue: QueueButton(look, guard, self) for queue in Queue}
        for queue, button in self.buttons.items():
            button.setObjectName(queue)
            button.tapped.connect(self._on_tapped)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.show_state(self._state, self._now_ms)

    def show_state(self, state: ReviewState, now_ms: int) -> None:
        self._state, self._now_ms = state, now_ms
        counts = {entry.queue: entry for entry in state.counts}
        for queue, button in self.buttons.items():
            entry = counts.get(queue)
            waiting = "" if entry is None else str(entry.waiting)
            button.show_queue(queue_name(queue), waiting, age(entry.oldest_ms if entry else None, now_ms))
            button.set_on(is_on=queue is state.queue)

    @Slot()
    def _on_tapped(self) -> None:
        self.chosen.emit(Queue(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, count = self._look.mm.px, len(self.buttons)
        gap = px(_GAP_MM)
        height = min(px(_ROW_MM), (self.height() - gap * (count - 1)) // count)
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(0, number * (height + gap), self.width(), height)
