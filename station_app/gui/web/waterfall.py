"""The waterfall: the newest lines of a web, scrolling upwards, with what was lost, what was found, and two rulers.

The GUI thread only draws a ready picture one to one; scaling is the worker's. While a new view is on its way, the last
picture is stretched to it. Drawing on it, and its marks, are in `web_paint`.
"""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from station_app.core.lines import LineScale, LineSpan
from station_app.gui import lettering
from station_app.gui.image_canvas import ZOOM_STEP
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.web import web_paint
from station_app.gui.web.line_history import LineHistory, LinesPicture
from station_app.gui.web.lines_worker import DrawnLines, LinesWorker, Wanted, draw, take
from station_app.gui.web.view import WebView, whole_web
from station_app.gui.web.web_paint import DefectOnLines

RULER_MM = (13.0, 5.5)
"""Width of the ruler along the web, height of that across it."""


class Waterfall(Pane):
    """Live or frozen; `froze` says which, also where a finger that moved along the web froze it. Without a worker
    (`is_live`=False) it scales for itself, at once."""

    froze = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None, *, is_live: bool = True) -> None:
        super().__init__(look, parent)
        self._worker = LinesWorker() if is_live else None
        self._history = LineHistory()  # without a worker only
        self._scale: LineScale | None = None
        self._origin = 0
        self._columns = 0
        self._view: WebView | None = None
        self._drawn: DrawnLines | None = None
        self._is_frozen = self._are_marks_hidden = False
        self._defects: tuple[DefectOnLines, ...] = ()
        self._trouble = ""
        self._dragged_to: QPointF | None = None
        self.retranslate()
        self.grabGesture(Qt.GestureType.PinchGesture)
        if self._worker is not None:
            self._worker.drawn.connect(self._on_drawn, Qt.ConnectionType.QueuedConnection)

    @property
    def is_frozen(self) -> bool:
        return self._is_frozen

    @property
    def view(self) -> WebView | None:
        """What is looked at, None before the first picture."""
        return self._view

    @property
    def drawn(self) -> DrawnLines | None:
        """The newest picture of the worker's."""
        return self._drawn

    def stop(self) -> None:
        """Ends the worker."""
        if self._worker is not None:
            self._worker.stop()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._resize()

    def show_scale(self, scale: LineScale | None, origin: int) -> None:
        """How large a pixel is, and the line from which metres are counted. Another scale begins anew."""
        if scale != self._scale:
            self._scale, self._view, self._drawn = scale, None, None
            self._make_view()
        if origin != self._origin:
            self._origin = origin
            self.update()

    def show_defects(self, defects: tuple[DefectOnLines, ...]) -> None:
        if defects != self._defects:
            self._defects = defects
            self.update()

    def show_trouble(self, trouble: str) -> None:
        """Why there is no live picture; "" while there is."""
        if trouble != self._trouble:
            self._trouble = trouble
            self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(f"{self.tr('Web')}: {self._trouble}" if self._trouble else self.tr("Web"))
        self.update()

    def add_picture(self, picture: LinesPicture) -> None:
        """The newest lines; while frozen nothing is taken, so that what is looked at stays."""
        if self._is_frozen:
            return
        if picture.pixels.shape[1] != self._columns:
            self._columns, self._view = picture.pixels.shape[1], None
            self._make_view()
        self._take(picture)

    def clear(self) -> None:
        """The lines so far are of another run."""
        self._drawn = None
        self._take(None)
        self.update()

    def freeze(self, is_frozen: bool) -> None:
        if is_frozen == self._is_frozen:
            return
        self._is_frozen = is_frozen
        if is_frozen and self._view is not None and self._drawn is not None:
            self._view = self._view.ending(self._drawn.view.end)
        self._look_again()
        self.update()
        self.froze.emit(is_frozen)

    def set_marks_hidden(self, are_hidden: bool) -> None:
        self._are_marks_hidden = are_hidden
        self.update()

    @Slot()
    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP, self._middle())

    @Slot()
    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP, self._middle())

    @Slot()
    def zoom_fit(self) -> None:
        if self._view is not None:
            self._look_at(self._view.fitted())

    def room(self) -> QRect:
        """Where the lines are: what the rulers leave."""
        px = self._look.mm.px
        return self.rect().adjusted(px(RULER_MM[0]), px(RULER_MM[1]), 0, 0)

    def _middle(self) -> QPointF:
        return QPointF(self.room().width() / 2, self.room().height() / 2)

    def _take(self, picture: LinesPicture | None) -> None:
        if self._worker is None:
            take(self._history, picture)
            self._look_again()
        elif picture is None:
            self._worker.clear()
        else:
            self._worker.add(picture)

    def _make_view(self) -> None:
        if self._view is None and self._scale is not None and self._columns:
            room = self.room()
            self._look_at(whole_web(self._columns, self._scale, room.width(), room.height()))

    def _resize(self) -> None:
        if self._view is not None:
            self._look_at(self._view.sized(self.room().width(), self.room().height()))

    def _zoom(self, factor: float, about: QPointF) -> None:
        """About a point of the lines; along a live web about its newest line, which stays at the bottom."""
        if self._view is not None and self._is_frozen:
            self._look_at(self._held(self._view.zoomed(factor, about.x(), about.y())))
        elif self._view is not None:
            self._look_at(self._view.zoomed(factor, about.x(), self._view.height))

    def _look_at(self, view: WebView) -> None:
        self._view = view
        self._look_again()
        self.update()

    def _look_again(self) -> None:
        if self._view is None:
            return
        wanted = Wanted(self._view, not self._is_frozen, self.devicePixelRatioF())
        if self._worker is None:
            self._on_drawn(draw(self._history, wanted))
        else:
            self._worker.look(wanted)

    @Slot(object)
    def _on_drawn(self, drawn: DrawnLines) -> None:
        """A picture of a live web that comes after it was frozen would move it on."""
        if self._view is None or (self._is_frozen and drawn.view != self._view):
            return
        self._drawn = drawn
        self._view = self._view.ending(drawn.view.end)
        self.update()

    def _held(self, view: WebView) -> WebView:
        """No view from which all lines have gone: at least the lowest or the uppermost of them is in it."""
        held = self._drawn.held if self._drawn is not None else LineSpan(0, 0)
        lines_seen = view.height / view.px_per_line
        return view.ending(min(max(view.end, min(held.start + lines_seen, held.end)), held.end))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_to = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_to is None or self._view is None:
            return
        moved, self._dragged_to = event.position() - self._dragged_to, event.position()
        if abs(moved.y()) > abs(moved.x()) and not self._is_frozen:
            self.freeze(True)  # a web that runs on would pull itself out from under the finger
        moved_view = self._view.panned(moved.x(), moved.y() if self._is_frozen else 0.0)
        self._look_at(self._held(moved_view) if self._is_frozen else moved_view)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_to = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        corner = self.room().topLeft()
        self._zoom(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position() - QPointF(corner))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._dragged_to = None
                spot = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self._zoom(pinch.scaleFactor(), spot - QPointF(self.room().topLeft()))
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize()

    def _paint(self, painter: QPainter) -> None:
        room = self.room()
        painter.fillRect(self.rect(), QColor(self._look.theme.face))
        painter.fillRect(room, QColor(self._look.theme.canvas))
        if self._drawn is not None and self._view is not None:
            painter.save()
            painter.setClipRect(room)
            painter.translate(room.topLeft())
            self._paint_lines(painter, self._drawn, self._view)
            painter.restore()
            web_paint.paint_rulers(painter, self._look, room, self._view, self._origin)
        self._paint_words(painter, room)

    def _paint_lines(self, painter: QPainter, drawn: DrawnLines, view: WebView) -> None:
        if drawn.image is not None:
            if drawn.view == view:
                painter.drawImage(drawn.spot.x, drawn.spot.y, drawn.image)
            else:
                painter.drawImage(_stretched(drawn, view), drawn.image)
        web_paint.paint_unknown(painter, self._look, view, drawn.unknown)
        web_paint.paint_lost(painter, self._look, view, drawn.lost)
        if not self._are_marks_hidden:
            web_paint.paint_defects(painter, self._look, view, self._defects)

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        px, theme = self._look.mm.px, self._look.theme
        said = self._trouble or ("" if self._drawn is not None else self.tr("Waiting for the first lines"))
        if said:
            height = px(10) if self._drawn is not None else room.height()
            band = QRect(room.x(), room.y(), room.width(), height)
            if self._drawn is not None:
                painter.fillRect(band, QColor(theme.no_result.fill))
            ink = theme.no_result.ink if self._drawn is not None else theme.ink
            style = lettering.centred(self._look.style(4.5, 2.2, is_bold=bool(self._trouble), is_wrapped=True))
            self._write(painter, band.adjusted(px(2), px(1), -px(2), -px(1)), said, style, ink)
        if self._is_frozen:
            tag = QRect(room.right() - px(34), room.bottom() - px(9), px(33), px(8))
            painter.fillRect(tag, QColor(theme.ink))  # as a look back: what is seen is not the line's now
            style = lettering.centred(self._look.style(3.6, 2.0, is_bold=True))
            self._write(painter, tag.adjusted(px(1), 0, -px(1), 0), self.tr("Frozen"), style, theme.background)


def _stretched(drawn: DrawnLines, view: WebView) -> QRectF:
    """Where the last picture lies in the new view."""
    old, spot = drawn.view, drawn.spot
    left, top = view.to_x(old.to_column(spot.x)), view.to_y(old.to_line(spot.y))
    right, bottom = view.to_x(old.to_column(spot.x + spot.width)), view.to_y(old.to_line(spot.y + spot.height))
    return QRectF(left, top, right - left, bottom - top)
