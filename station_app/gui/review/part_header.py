"""What is on the screen, its cameras, and whether all of it was looked at. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.review.review_state import ReviewState
from station_app.gui.review.review_texts import local_time
from station_app.gui.touch_button import TapGuard, TouchButton

_TAB_MM, _GAP_MM, _TAB_SHARE = 22.0, 1.0, 0.4


class PartHeader(Pane):
    """`camera_chosen` carries a camera's name. A part whose verdict is hidden has no name either: whoever knows the
    number could look it up."""

    camera_chosen = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._guard = guard
        self._state = ReviewState()
        self._missing: tuple[str, ...] = ()
        self._cameras: tuple[str, ...] = ()
        self.tabs: list[TouchButton] = []

    def set_look(self, look: Look) -> None:
        for tab in self.tabs:
            tab.set_look(look)
        super().set_look(look)
        self._place()

    def retranslate(self) -> None:
        self._say()

    def show_state(self, state: ReviewState) -> None:
        self._state = state
        self._say()

    def show_looked(self, missing: tuple[str, ...]) -> None:
        """The cameras that have not been looked at whole."""
        self._missing = missing
        self._say()

    def show_cameras(self, cameras: tuple[str, ...], here: str) -> None:
        """One tab for each camera, where there are several."""
        self._cameras = cameras if len(cameras) > 1 else ()
        while len(self.tabs) < len(self._cameras):
            tab = TouchButton(self._look, self._guard, self)
            tab.set_letters(2.6)
            tab.tapped.connect(self._on_tapped)
            self.tabs.append(tab)
        for number, tab in enumerate(self.tabs):
            tab.setVisible(number < len(self._cameras))
        for tab, camera_id in zip(self.tabs, self._cameras, strict=False):
            tab.setObjectName(camera_id)
            tab.set_caption(camera_id)
            tab.set_on(is_on=camera_id == here)
        self._place()

    def title(self) -> str:
        """The part's name; its place alone while it must not be known."""
        state, part = self._state, self._state.part
        if part is None or state.bar is not None:
            return ""
        if state.is_hidden:
            return self.tr("Part {number} of {total}").format(number=state.done + 1, total=max(state.total, 1))
        inspection = state.facts.inspection if state.facts is not None else None
        serial = f" · SN {inspection.serial}" if inspection is not None and inspection.serial else ""
        name = self.tr("Part {number}").format(number=part.part_id)
        return f"{name}{serial} · {part.recipe} · {local_time(part.inspected_at_ms)}"

    def cue(self) -> str:
        """Whether the whole part was looked at."""
        if self._state.part is None or self._state.bar is not None:
            return ""
        if not self._missing:
            return "✓ " + self.tr("Whole part looked at")
        if len(self._cameras) > 1:
            return self.tr("Not looked at whole: {cameras}").format(cameras=", ".join(self._missing))
        return self.tr("Not looked at whole yet")

    @Slot()
    def _on_tapped(self) -> None:
        self.camera_chosen.emit(self.sender().objectName())

    def _say(self) -> None:
        self.setAccessibleName(f"{self.title()} {self.cue()}")
        self._is_news((self.title(), self.cue(), self._cameras))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _tabs_width(self) -> int:
        return min(len(self._cameras) * self._look.mm.px(_TAB_MM), round(self.width() * _TAB_SHARE))

    def _place(self) -> None:
        if not self._cameras:
            return
        gap, count = self._look.mm.px(_GAP_MM), len(self._cameras)
        width = self._tabs_width() // count
        for number, tab in enumerate(self.tabs[:count]):
            x = self.width() - self._tabs_width() + number * width
            tab.setGeometry(x, 0, width - gap, self.height())

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        free = self.width() - self._tabs_width() - px(1)
        painter.fillRect(QRect(0, 0, free, self.height()), QColor(theme.face))
        room = QRect(px(2), px(0.5), free - px(4), self.height() - px(1))
        left = QRect(room.x(), room.y(), round(room.width() * 0.6), room.height())
        self._write(painter, left, self.title(), self._look.style(3.2, 1.9, is_bold=True, is_wrapped=True))
        right = QRect(left.right() + px(1), room.y(), room.right() - left.right() - px(1), room.height())
        self._write(painter, right, self.cue(), lettering.flush_right(self._look.style(2.6, 1.8, is_wrapped=True)))
