"""Why: the findings with their numbers and zones, or for a part without result what happened and what to do next.

No score is shown: it would be taken for a certainty that it is not. GUI thread.
"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Finding, VerdictKind
from station_app.core.messages import PartInspected
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.pane import Pane
from station_app.gui.web.web_state import WebState

_MOST_ROWS = 5
_INSET_MM = 3.0
Outage = tuple[str, str, str]
"""Cause, what the screen does, what you do."""


def findings_shown(part: PartInspected | None) -> tuple[Finding, ...]:
    """The findings that may be marked: on a PASS none, since a box on an OK part contradicts its word."""
    if part is None or part.verdict is VerdictKind.PASS:
        return ()
    return part.findings


class FindingList(Pane):
    """Numbered rows that match the tags on the image."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._part: PartInspected | None = None
        self._outage: Outage | None = None
        self._cameras, self._web = 1, WebState()

    def show_part(
        self, part: PartInspected | None, outage: Outage | None, *, cameras: int = 1, web: WebState | None = None
    ) -> None:
        """`outage` is said in place of the part's findings where there is no engine. With several `cameras` each names
        its own findings; those of a line-scan camera lie so many mm from the part's front edge."""
        self._part, self._outage, self._cameras, self._web = part, outage, cameras, web or WebState()
        self.setAccessibleName("; ".join(self.lines()))
        self._is_news((part.verdict if part else None, self.lines()))

    def retranslate(self) -> None:
        self.show_part(self._part, self._outage, cameras=self._cameras, web=self._web)

    def lines(self) -> tuple[str, ...]:
        """What is written, row by row."""
        if self._outage is not None:
            return self._outage
        if self._part is None:
            return ()
        if self._part.verdict is VerdictKind.NO_RESULT:
            cause, *steps = texts.no_result_lines(self._part.reason)
            return (f"{cause}{self._cameras_at_fault(self._part)}", *steps)
        findings = findings_shown(self._part)
        if not findings:
            return (self.tr("No defect found"),) if self._part.verdict is VerdictKind.PASS else ()
        return tuple(self._line(finding) for finding in findings)

    def _cameras_at_fault(self, part: PartInspected) -> str:
        """The cameras that gave no result, unless none did."""
        faulty = [camera_id for camera_id, kind in part.alerts if kind is VerdictKind.NO_RESULT]
        return f" · {', '.join(faulty)}" if 0 < len(faulty) < self._cameras else ""

    def _line(self, finding: Finding) -> str:
        name = texts.label_name(finding.label)
        if finding.region:
            name = self.tr("{label} · zone {region}").format(label=name, region=finding.region)
        name = f"{name} · {finding.camera_id}" if self._cameras > 1 and finding.camera_id else name
        scale = self._web.scale_of(finding.camera_id)
        if scale is None:
            return name
        along, across = scale.mm(finding.box.y), scale.across_mm(finding.box.x)
        words = self.tr("{finding} · {along} mm along, {across} mm across")
        return words.format(finding=name, along=f"{along:.1f}", across=f"{across:.1f}")

    def _paint(self, painter: QPainter) -> None:
        px = self._look.mm.px
        if self._outage is not None or (self._part is not None and self._part.verdict is VerdictKind.NO_RESULT):
            self._paint_steps(painter, self.lines())
        elif findings_shown(self._part):
            self._paint_rows(painter, self.lines())
        elif self._part is not None:
            row = QRect(px(_INSET_MM), 0, self.width() - px(2 * _INSET_MM), min(self.height(), px(14)))
            self._write(painter, row, "".join(self.lines()), self._look.style(6, 3), self._look.theme.muted)

    def _paint_rows(self, painter: QPainter, lines: tuple[str, ...]) -> None:
        px = self._look.mm.px
        capacity = max(1, min(_MOST_ROWS, self.height() // px(8)))
        shown = lines if len(lines) <= capacity else lines[: capacity - 1]
        height, left = min(px(14), self.height() // max(1, min(capacity, len(lines)))), px(_INSET_MM)
        for number, line in enumerate(shown):
            self._paint_row(painter, QRect(left, number * height, self.width() - left, height), str(number + 1), line)
        if len(shown) < len(lines):
            rest = self.tr("and {count} more").format(count=len(lines) - len(shown))
            row = QRect(left + px(12), len(shown) * height, self.width() - left - px(12), height)
            self._write(painter, row, rest, self._look.style(5, 3), self._look.theme.muted)

    def _paint_row(self, painter: QPainter, row: QRect, number: str, line: str) -> None:
        px = self._look.mm.px
        side = min(px(8), row.height() - px(1))
        tag = QRect(row.x(), row.y() + (row.height() - side) // 2, side, side)
        painter.fillRect(tag, QColor(DEFECT_COLOUR))
        bold = self._look.style(4.5, 2.6, is_bold=True)
        self._write(painter, tag, number, lettering.centred(bold), "#FFFFFF")
        text = QRect(row.x() + px(12), row.y(), row.width() - px(12), row.height())
        self._write(painter, text, line, self._look.style(7, 2.6, is_bold=True))

    def _paint_steps(self, painter: QPainter, lines: tuple[str, ...]) -> None:
        """Cause, what the station did, and on blue what you do: blue means that a person must act."""
        px, theme = self._look.mm.px, self._look.theme
        height = min(px(20), self.height() // 3)
        for number, line in enumerate(lines):
            row = QRect(0, number * height, self.width(), height - px(1))
            is_act = number == 2
            if is_act:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.action.fill))
                painter.drawRoundedRect(QRectF(row), px(1.2), px(1.2))
            room = row.adjusted(px(_INSET_MM), px(0.5), -px(_INSET_MM), -px(0.5))
            style = self._look.style(5.5, 2.0, is_bold=number != 1, is_wrapped=True)
            self._write(painter, room, line, style, theme.action.ink if is_act else theme.ink)
