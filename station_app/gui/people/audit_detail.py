"""One row of the audit chain in full: who, what, when, why, and before and after side by side. GUI thread."""

from html import escape

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from station_app.core.audit_view import AuditRow
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.palette import palette_of
from station_app.gui.pane import Pane
from station_app.gui.people.audit_state import Piece, marked
from station_app.gui.people.audit_texts import action_name, moment

_LINE_MM, _HEAD_MM, _GAP_MM, _NAME_MM = 7.0, 6.0, 1.5, 26.0


class AuditDetail(Pane):
    """Above the facts, below the two texts; the words in which they differ are marked."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._row: AuditRow | None = None
        self.before, self.after = QTextEdit(self), QTextEdit(self)
        for text in (self.before, self.after):
            text.setReadOnly(True)
            text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            text.setFrameShape(QFrame.Shape.NoFrame)
            text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for text in (self.before, self.after):
            text.setPalette(palette_of(look.theme))
            text.setFont(lettering.font(look.mm.font_px(2.8)))
        self._place()
        self.show_row(self._row)

    def retranslate(self) -> None:
        self.show_row(self._row)

    def show_row(self, row: AuditRow | None) -> None:
        self._row = row
        before, after = marked(row.change.before, row.change.after) if row is not None else ((), ())
        self.before.setHtml(self._html(before))
        self.after.setHtml(self._html(after))
        self.before.setAccessibleName(self.tr("Before"))
        self.after.setAccessibleName(self.tr("After"))
        for text in (self.before, self.after):
            text.setVisible(row is not None)
        self.setAccessibleName(", ".join(value for _, value in self.facts()) or self.tr("No row is chosen"))
        self.update()

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is written above, name and value."""
        row = self._row
        if row is None:
            return ()
        found = (
            (self.tr("Row"), f"{row.number}, {row.sha256[:16]}"),
            (self.tr("When"), moment(row.at_ms)),
            (self.tr("Who"), row.who),
            (self.tr("What"), action_name(row.action)),
            (self.tr("Of what"), row.subject),
            (self.tr("Details"), row.details),
            (self.tr("Why"), row.change.why),
        )
        return tuple((name, value or "–") for name, value in found)

    def _html(self, pieces: tuple[Piece, ...]) -> str:
        """Changed words in the colours of what needs attention, and underlined: colour never stands alone."""
        paint = self._look.theme.no_result
        style = f"background-color: {paint.fill}; color: {paint.ink}; text-decoration: underline"
        texts = (f'<span style="{style}">{escape(p.text)}</span>' if p.is_changed else escape(p.text) for p in pieces)
        body = "".join(texts) or escape(self.tr("nothing"))
        return f'<div style="white-space: pre-wrap">{body}</div>'

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        gap = px(_GAP_MM)
        top, half = px(_LINE_MM) * 7 + px(_HEAD_MM), (self.width() - gap) // 2
        height = max(1, self.height() - top)
        self.before.setGeometry(0, top, half, height)
        self.after.setGeometry(half + gap, top, half, height)

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        if self._row is None:
            room = self.rect().adjusted(px(3), px(2), -px(3), -px(2))
            words = self.tr("Choose a row to see what it changed")
            self._write(painter, room, words, self._look.style(3.2, 2.0, is_wrapped=True), theme.muted)
            return
        line, name = px(_LINE_MM), px(_NAME_MM)
        for number, (what, value) in enumerate(self.facts()):
            room = QRect(px(1.5), number * line, name, line)
            self._write(painter, room, what, self._look.style(2.8, 1.8), theme.muted)
            value_room = QRect(name + px(2), number * line, self.width() - name - px(3), line)
            self._write(painter, value_room, value, self._look.style(2.8, 1.5, is_wrapped=True))
        heads = ((self.before, self.tr("Before")), (self.after, self.tr("After")))
        for text, words in heads:
            room = QRect(text.x() + px(1.5), text.y() - px(_HEAD_MM), text.width() - px(2), px(_HEAD_MM))
            self._write(painter, room, words, self._look.style(2.8, 1.8, is_bold=True))
