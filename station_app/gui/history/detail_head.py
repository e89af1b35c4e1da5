"""Above a part's image: the way back, its neighbours, which part it is, and the comparison. GUI thread."""

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Inspection
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.history.columns import local_time
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.symbols import draw_verdict
from station_app.gui.touch_button import TapGuard, TouchButton

HEAD_MM = 10.0
_BUTTON_MM, _GAP_MM = 31.0, 1.5


class PartTitle(Pane):
    """The verdict by shape, word and paint, and the part's number, serial and time."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._part: Inspection | None = None
        self._missing, self._is_seen = "", True

    def show_part(self, part: Inspection | None, missing: str = "") -> None:
        """`missing` is said where there is no part."""
        self._part, self._missing = part, missing
        self.setAccessibleName(self.words())
        self._is_news((part.part_id if part is not None else 0, self.words()))

    def set_seen(self, *, is_seen: bool) -> None:
        """Whether the image of this part is what is seen now; another's title steps back."""
        if is_seen != self._is_seen:
            self._is_seen = is_seen
            self.update()

    def words(self) -> str:
        part = self._part
        if part is None:
            return self._missing
        name = f"SN {part.serial}" if part.serial else self.tr("Part {number}").format(number=part.part_id)
        return f"{verdict_name(part.verdict)} · {name} · {local_time(part.inspected_at_ms):%Y-%m-%d %H:%M:%S}"

    def _paint(self, painter: QPainter) -> None:
        px, theme, part = self._look.mm.px, self._look.theme, self._part
        room = self.rect().adjusted(px(2), 0, -px(2), 0)
        if part is None:
            self._write(painter, room, self.words(), self._look.style(3.4, 2.0), theme.muted)
            return
        paint = theme.verdict(part.verdict) if self._is_seen else theme.disabled
        painter.fillRect(self.rect(), QColor(paint.fill))
        side = self.height() - px(2)
        shape = QRectF(px(1), px(1), side, side)
        draw_verdict(painter, part.verdict, shape, QColor(paint.ink), QColor(paint.fill))
        words = QRect(side + px(4), 0, self.width() - side - px(6), self.height())
        self._write(painter, words, self.words(), self._look.style(3.6, 1.8, is_bold=True), paint.ink)


class DetailHead(QWidget):
    """Four ways and the title between them."""

    left = Signal()
    older_asked = Signal()
    newer_asked = Signal()
    compare_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.back, self.older, self.newer, self.compare = (TouchButton(look, guard, self) for _ in range(4))
        for button, signal in (
            (self.back, self.left),
            (self.older, self.older_asked),
            (self.newer, self.newer_asked),
            (self.compare, self.compare_asked),
        ):
            button.set_letters(2.8)
            button.tapped.connect(signal)
        self.title = PartTitle(look, self)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in (self.back, self.older, self.newer, self.compare):
            button.set_look(look)
        self.title.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.back.set_caption(self.tr("Back"), BY_DEED[Deed.CANCEL].key_name)
        self.older.set_caption(self.tr("Older"), BY_DEED[Deed.LOOK_BACK].key_name)
        self.newer.set_caption(self.tr("Newer"), BY_DEED[Deed.LOOK_FORWARD].key_name)
        self.compare.set_caption(self.tr("Compare with …"))
        self.title.retranslate()

    def show_ways(self, *, has_older: bool, has_newer: bool) -> None:
        self.older.setEnabled(has_older)
        self.newer.setEnabled(has_newer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, height, x = self._look.mm.px, self.height(), 0
        gap, width = px(_GAP_MM), px(_BUTTON_MM)
        for button in (self.back, self.older, self.newer):
            button.setGeometry(x, 0, width, height)
            x += width + gap
        self.compare.setGeometry(self.width() - width, 0, width, height)
        self.title.setGeometry(x, 0, max(1, self.width() - width - gap - x), height)
