"""The report of a study to be read: sentences, tables and pictures on one page that scrolls. GUI thread."""

from html import escape

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.palette import palette_of
from station_app.gui.studies.report_section import Section

_TEXT_MM, _HEADING_MM, _PICTURE_MM, _ACROSS = 2.5, 3.6, 46.0, 4
Captioned = tuple[tuple[QImage, str], ...]


class ReportView(QTextBrowser):
    """It takes no keyboard; a wheel or a finger scrolls it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[tuple[Section, ...], Captioned] = ((), ())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.setPalette(palette_of(look.theme))
        self.document().setDefaultFont(lettering.font(look.mm.font_px(_TEXT_MM)))
        self.document().setDocumentMargin(look.mm.px(3))
        self._fill()

    def show_report(self, sections: tuple[Section, ...], pictures: Captioned) -> None:
        """Another report, or the same in another language."""
        if (sections, pictures) != self._shown:
            self._shown = (sections, pictures)
            self._fill()

    def _fill(self) -> None:
        sections, pictures = self._shown
        document = self.document()
        document.clear()
        for number, (image, _) in enumerate(pictures):
            document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"picture:{number}"), image)
        self.setHtml("".join(map(self._section, sections)) + self._pictures(pictures))

    def _section(self, section: Section) -> str:
        theme, size = self._look.theme, self._look.mm.font_px(_HEADING_MM)
        heading = f"<p><b><span style='font-size:{size}px'>{escape(section.heading)}</span></b></p>"
        amber = f"background-color:{theme.no_result.fill};color:{theme.no_result.ink}"
        warnings = "".join(
            f"<p><span style='{amber}'>&nbsp;▲ {escape(text)}&nbsp;</span></p>" for text in section.warnings
        )
        lines = "".join(f"<p>{escape(line)}</p>" for line in section.lines)
        return heading + warnings + lines + (self._table(section) if section.heads else "")

    def _table(self, section: Section) -> str:
        whole = sum(share for _, share in section.heads)
        widths = [round(100 * share / whole) for _, share in section.heads]
        texts = [escape(text) for text, _ in section.heads]
        cells = (f"<th width='{width}%' align='left'>{text}</th>" for width, text in zip(widths, texts, strict=True))
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in section.rows)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        style = f"border-collapse:collapse;border-color:{self._look.theme.line};border-style:solid"
        shape = f"width='100%' border='1' cellpadding='{self._look.mm.px(0.8)}' style='{style}'"
        return f"<table {shape}><tr>{''.join(cells)}</tr>{body}</table>"

    def _pictures(self, pictures: Captioned) -> str:
        width = self._look.mm.px(_PICTURE_MM)
        cells = [
            f"<td><img src='picture:{number}' width='{width}'><br>{escape(caption)}</td>"
            for number, (_, caption) in enumerate(pictures)
        ]
        rows = ("".join(cells[start : start + _ACROSS]) for start in range(0, len(cells), _ACROSS))
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<p></p><table cellpadding='{self._look.mm.px(1)}'>{body}</table>" if cells else ""
