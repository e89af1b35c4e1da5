"""The figures beside the charts, each with what it stands on, and the tables under them: a page that scrolls.
GUI thread."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from station_app.gui import lettering
from station_app.gui.charts.sheet import Fact, Sheet, Table
from station_app.gui.look import Look
from station_app.gui.palette import palette_of

_CAPTION_MM, _FIGURE_MM, _NOTE_MM = 2.4, 3.6, 2.2


class FactsPane(QScrollArea):
    """It takes no keyboard; a wheel or a finger scrolls it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._sheet = look, Sheet()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._words)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_look(look)

    @property
    def words(self) -> str:
        return self._words.text()

    def set_look(self, look: Look) -> None:
        self._look = look
        palette = palette_of(look.theme)
        palette.setColor(palette.ColorRole.Window, QColor(look.theme.background))
        self.setPalette(palette)
        self._words.setFont(lettering.font(look.mm.font_px(_NOTE_MM)))
        self._words.setMargin(look.mm.px(1.5))
        self.show_sheet(self._sheet)

    def show_sheet(self, sheet: Sheet) -> None:
        self._sheet = sheet
        facts = "".join(self._fact(fact) for fact in sheet.facts)
        tables = "".join(self._table(table) for table in sheet.tables)
        self._words.setText(facts + tables)
        self.setAccessibleName("; ".join(f"{fact.caption}: {fact.figure}" for fact in sheet.facts))

    def _fact(self, fact: Fact) -> str:
        mm, theme = self._look.mm, self._look.theme
        # The sign goes with the colour: neither stands alone.
        figure = f" ▲ {fact.figure} " if fact.is_alarming else fact.figure
        ink = f"{theme.ng.ink};background-color:{theme.ng.fill}" if fact.is_alarming else theme.ink
        note = f"<br>{_sized(escape(fact.note), mm.font_px(_NOTE_MM), theme.muted)}" if fact.note else ""
        caption = _sized(escape(fact.caption), mm.font_px(_CAPTION_MM), theme.muted)
        return f"<p>{caption}<br><b>{_sized(escape(figure), mm.font_px(_FIGURE_MM), ink)}</b>{note}</p>"

    def _table(self, table: Table) -> str:
        mm, theme = self._look.mm, self._look.theme
        head, *rows = ("".join(f"<td>{escape(cell)}&nbsp;&nbsp;</td>" for cell in row) for row in table.rows)
        body = f"<tr><b>{head}</b></tr>" + "".join(f"<tr>{row}</tr>" for row in rows)
        title = _sized(escape(table.title), mm.font_px(_CAPTION_MM), theme.muted)
        size = f"font-size:{mm.font_px(_NOTE_MM)}px;color:{theme.ink}"
        return f"<p>{title}</p><table cellpadding='{mm.px(0.4)}' style='{size}'>{body}</table>"


def _sized(text: str, size_px: int, ink: str) -> str:
    return f"<span style='font-size:{size_px}px;color:{ink}'>{text}</span>"
