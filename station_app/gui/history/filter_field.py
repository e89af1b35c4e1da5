"""The filter that is typed or scanned: it asks after a short pause, not at every letter. GUI thread."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.core.safe_pattern import LONGEST_TEXT
from station_app.gui import lettering
from station_app.gui.history.filter_box import filter_paint
from station_app.gui.look import Look
from station_app.gui.palette import palette_of
from station_app.gui.pane import Pane

PAUSE_MS = 300


class FilterField(Pane):
    """`written` carries the text once nothing was typed for a moment, or at once with Enter."""

    written = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._caption = ""
        self._told = ""
        self.field = QLineEdit(self)
        self.field.setFrame(False)
        self.field.setMaxLength(LONGEST_TEXT)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._tell)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._tell)

    @property
    def is_set(self) -> bool:
        return bool(self.field.text())

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.field.setFont(lettering.font(look.mm.font_px(2.7)))
        self._colour()
        self._place()

    def show_text(self, caption: str, text: str, hint: str) -> None:
        """What holds; what is being typed is left alone. `hint` is what the empty field says."""
        self._caption = caption
        self.field.setPlaceholderText(hint)
        self.setAccessibleName(f"{caption}: {text}" if text else caption)
        self.field.setAccessibleName(caption)
        if not self.pause.isActive():
            self._told = text
            self.field.setText(text)
        self._colour()
        self.update()

    @Slot(str)
    def _on_edited(self, _: str) -> None:
        self._colour()
        self.pause.start()

    @Slot()
    def _tell(self) -> None:
        self.pause.stop()
        text = self.field.text().strip()
        if text != self._told:
            self._told = text
            self.written.emit(text)

    def _colour(self) -> None:
        paint = filter_paint(self._look.theme, is_set=self.is_set)
        palette = palette_of(self._look.theme)
        palette.setColor(palette.ColorRole.Base, QColor(paint.fill))
        palette.setColor(palette.ColorRole.Text, QColor(paint.ink))
        self.field.setPalette(palette)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        top = round(self.height() * 0.42)
        self.field.setGeometry(px(1.2), top, max(1, self.width() - px(2.4)), max(1, self.height() - top - px(0.9)))

    def _paint(self, painter: QPainter) -> None:
        px = self._look.mm.px
        paint = filter_paint(self._look.theme, is_set=self.is_set)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(paint.frame), px(0.3)))
        painter.setBrush(QColor(paint.fill))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), px(1.2), px(1.2))
        upper = QRect(px(2), px(0.6), self.width() - px(4), round((self.height() - px(1.4)) * 0.42))
        self._write(painter, upper, self._caption, self._look.style(2.1, 1.6), paint.ink)
