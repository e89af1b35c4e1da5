"""A button that says what waits behind it: the symbol of the worst alert among what cannot be seen. GUI thread."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from station_app.core.inspection import VerdictKind
from station_app.gui.symbols import draw_verdict
from station_app.gui.touch_button import TouchButton

_URGENCY = (VerdictKind.NO_RESULT, VerdictKind.FAIL, VerdictKind.REVIEW)


class AlertButton(TouchButton):
    """A touch button with an alert in its corner while there is one; give it a hint, and its caption leaves room."""

    kind: VerdictKind | None = None

    def set_kind(self, kind: VerdictKind | None) -> None:
        if kind is not self.kind:
            self.kind = kind
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.kind is None:
            return
        px, colours = self._look.mm.px, self._look.theme.verdict(self.kind)
        corner = QRectF(self.width() - px(6), px(1), px(5), px(5))
        painter = QPainter(self)
        painter.fillRect(corner.adjusted(-px(0.6), -px(0.6), px(0.6), px(0.6)), QColor(colours.fill))
        draw_verdict(painter, self.kind, corner, QColor(colours.ink), QColor(colours.fill))
        painter.end()


def worst(kinds: Iterable[VerdictKind]) -> VerdictKind | None:
    """The most urgent of several alerts, None where there is none."""
    found = set(kinds)
    return next((kind for kind in _URGENCY if kind in found), None)
