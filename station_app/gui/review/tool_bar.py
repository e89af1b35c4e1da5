"""Two rows below the image: what a finger draws, and how the image is seen. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.review.keys import ReviewDeed, deed_caption, key_name
from station_app.gui.review.review_texts import tool_name
from station_app.gui.review.small_button import SmallButton
from station_app.gui.review.tools import Tool
from station_app.gui.touch_button import TapGuard

_DRAWING = (ReviewDeed.UNDO, ReviewDeed.REDO, ReviewDeed.DELETE)
_SEEING = (
    ReviewDeed.ZOOM_OUT,
    ReviewDeed.ZOOM_IN,
    ReviewDeed.FIT,
    ReviewDeed.FULL,
    ReviewDeed.DARKER,
    ReviewDeed.BRIGHTER,
    ReviewDeed.FLATTER,
    ReviewDeed.STRONGER,
)
_GAP_MM = 1.0


class ToolBar(QWidget):
    """`tool_chosen` carries a tool, `asked` a deed."""

    tool_chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.tools = {tool: SmallButton(look, guard, self) for tool in Tool}
        self.deeds = {deed: SmallButton(look, guard, self) for deed in (*_DRAWING, *_SEEING)}
        for tool, button in self.tools.items():
            button.setObjectName(tool)
            button.tapped.connect(self._on_tool)
        for deed, button in self.deeds.items():
            button.setObjectName(deed)
            button.tapped.connect(self._on_deed)
        self.show_tool(Tool.HAND)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in (*self.tools.values(), *self.deeds.values()):
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for tool, button in self.tools.items():
            button.set_caption(tool_name(tool))
        for deed, button in self.deeds.items():
            sign = key_name(deed) if deed in (ReviewDeed.ZOOM_IN, ReviewDeed.ZOOM_OUT) else ""
            button.set_caption(sign or deed_caption(deed), spoken=deed_caption(deed))

    def show_tool(self, tool: Tool) -> None:
        for each, button in self.tools.items():
            button.set_on(is_on=each is tool)

    def show_steps(self, *, can_draw: bool, can_undo: bool, can_redo: bool, has_chosen: bool) -> None:
        """What of the drawing can be done now."""
        for tool, button in self.tools.items():
            button.setEnabled(can_draw or tool is Tool.HAND)
        self.deeds[ReviewDeed.UNDO].setEnabled(can_draw and can_undo)
        self.deeds[ReviewDeed.REDO].setEnabled(can_draw and can_redo)
        self.deeds[ReviewDeed.DELETE].setEnabled(can_draw and has_chosen)

    @Slot()
    def _on_tool(self) -> None:
        self.tool_chosen.emit(Tool(self.sender().objectName()))

    @Slot()
    def _on_deed(self) -> None:
        self.asked.emit(ReviewDeed(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        gap = self._look.mm.px(_GAP_MM)
        height = (self.height() - gap) // 2
        rows = ([*self.tools.values(), *(self.deeds[d] for d in _DRAWING)], [self.deeds[d] for d in _SEEING])
        for row, buttons in enumerate(rows):
            width = (self.width() - gap * (len(buttons) - 1)) // len(buttons)
            for number, button in enumerate(buttons):
                button.setGeometry(number * (width + gap), row * (height + gap), width, height)
