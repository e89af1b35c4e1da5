"""Where the audit chain stood, and room for two signatures."""

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from station_app.gui import lettering
from station_app.gui.charts.words import local_time
from station_app.gui.paper.sheet import DOTS_PER_MM, Sheet
from station_app.gui.shift_report.contents import ReportContents
from station_app.gui.theme import LIGHT

_SIGNATURE_MM, _GAP_MM = 26.0, 12.0


def write_proof(sheet: Sheet, contents: ReportContents) -> None:
    translate, head = QCoreApplication.translate, contents.signed_head
    sheet.need(_SIGNATURE_MM + 40.0)
    sheet.heading(translate("Report", "Audit chain"))
    sheet.fact(translate("Report", "Newest row, SHA-256"), contents.chain_head or "–")
    if head is None:
        sheet.text(translate("Report", "The station has not signed the chain yet."))
    else:
        said = translate("Report", "Row {number}, {hash}, signed {time} with the key {key}").format(
            number=head.number,
            hash=head.sha256,
            time=local_time(head.signed_at_ms / 1000),
            key=head.public_key,
        )
        sheet.fact(translate("Report", "Newest head that the station signed"), said)
    sheet.paint(_SIGNATURE_MM, _signatures)


def _signatures(painter: QPainter, place: QRectF) -> None:
    gap, below = _GAP_MM * DOTS_PER_MM, 6 * DOTS_PER_MM
    width = (place.width() - gap) / 2
    names = (
        QCoreApplication.translate("Report", "Shift lead: name, date, signature"),
        QCoreApplication.translate("Report", "Quality: name, date, signature"),
    )
    for number, name in enumerate(names):
        left, line = place.x() + number * (width + gap), place.bottom() - below
        painter.setPen(QPen(QColor(LIGHT.ink), 2))
        painter.drawLine(round(left), round(line), round(left + width), round(line))
        painter.setPen(QColor(LIGHT.muted))
        room = QRectF(left, line + 4, width, below - 4).toRect()
        lettering.draw(painter, room, name, lettering.Style(28, 18))
