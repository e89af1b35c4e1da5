"""The web in place of the image: read-outs, waterfall, map and defects of the roll, or light and flat field.

It shows what it is given and tells what was tapped; `WebDesk` decides. GUI thread.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.messages import EngineState
from station_app.gui.actions import Deed
from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.gui.web.defect_list import DefectList
from station_app.gui.web.flat_steps import FlatTeaching
from station_app.gui.web.light_page import LightPage
from station_app.gui.web.readouts import READOUTS_MM, Readouts
from station_app.gui.web.roll_map import RollMap
from station_app.gui.web.waterfall import Waterfall
from station_app.gui.web.web_paint import DefectOnLines
from station_app.gui.web.web_state import WebState, lines_of

_GAP_MM, _BUTTON_MM, _MAP_MM = 2.0, 20.0, 24.0
_LIST_SHARE = 0.34


class WebPane(QWidget):
    """`roll_asked` where a roll is to begin or to end, `lost_seen` where lost lines are acknowledged."""

    roll_asked = Signal()
    lost_seen = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None, *, is_live: bool = True) -> None:
        super().__init__(parent)
        self._look = look
        self._web, self._teaching, self._engine = WebState(), FlatTeaching(), EngineState.OFFLINE
        self._is_light = False
        self.waterfall = Waterfall(look, self, is_live=is_live)
        self.readouts, self.map, self.defects = Readouts(look, self), RollMap(look, self), DefectList(look, self)
        self.light = LightPage(look, guard, self)
        self.roll, self.freeze = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.seen, self.page = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.buttons = (self.roll, self.freeze, self.seen, self.page)
        taps = (self.roll_asked, self._on_freeze, self.lost_seen, self._on_page)
        for button, receiver in zip(self.buttons, taps, strict=True):
            button.set_letters(4.0)
            button.tapped.connect(receiver)
        self.waterfall.froze.connect(self._on_froze)
        self.retranslate()
        self.show_light(False)

    def set_look(self, look: Look) -> None:
        self._look = look
        for piece in (self.waterfall, self.readouts, self.map, self.defects, self.light, *self.buttons):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for piece in (self.waterfall, self.readouts, self.map, self.defects, self.light):
            piece.retranslate()
        self._name_buttons()

    def show_web(self, web: WebState, teaching: FlatTeaching, engine: EngineState) -> None:
        """Bring every piece up to date. Without rolls the waterfall has all the room."""
        had_rolls = self._web.has_rolls
        self._web, self._teaching, self._engine = web, teaching, engine
        if web.has_rolls != had_rolls:
            self.show_light(self._is_light)
            self._place()
        self.waterfall.show_scale(web.scale, web.origin)
        self.waterfall.show_defects(_defects_on_lines(web))
        self.readouts.show_web(web)
        self.map.show_roll(web.roll, web.width_mm)
        self.defects.show_roll(web.roll)
        self.light.show_web(web, teaching, engine)
        self._name_buttons()

    def show_light(self, is_light: bool) -> None:
        """Light and flat field instead of the web."""
        self._is_light = is_light
        self.waterfall.setVisible(not is_light)
        for piece in (self.map, self.defects):
            piece.setVisible(not is_light and self._web.has_rolls)
        self.light.setVisible(is_light)
        self._name_buttons()

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        """What the image's keys and tools do here."""
        return {
            Deed.ZOOM_IN: self.waterfall.zoom_in,
            Deed.ZOOM_OUT: self.waterfall.zoom_out,
            Deed.ZOOM_FIT: self.waterfall.zoom_fit,
        }

    def stop(self) -> None:
        """Ends the worker."""
        self.waterfall.stop()

    @property
    def _is_rolling(self) -> bool:
        return self._web.roll is not None and self._web.roll.is_running

    def _name_buttons(self) -> None:
        self.roll.set_caption(self.tr("Stop roll") if self._is_rolling else self.tr("Start roll"))
        self.roll.setEnabled(self._web.is_live and self._web.has_rolls)
        self.freeze.set_caption(self.tr("Live") if self.waterfall.is_frozen else self.tr("Freeze"))
        self.freeze.setEnabled(not self._is_light)
        self.seen.set_caption(self.tr("Lost lines seen"))
        self.seen.setEnabled(self._web.newly_lost > 0)
        self.page.set_caption(self.tr("Back to the web") if self._is_light else self.tr("Light and flat field"))

    @Slot()
    def _on_freeze(self) -> None:
        self.waterfall.freeze(not self.waterfall.is_frozen)

    @Slot(bool)
    def _on_froze(self, _: bool) -> None:
        self._name_buttons()

    @Slot()
    def _on_page(self) -> None:
        self.show_light(not self._is_light)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width, height = self._look.mm.px, self.width(), self.height()
        gap, button, head = px(_GAP_MM), px(_BUTTON_MM), px(READOUTS_MM)
        self.readouts.setGeometry(0, 0, width, head)
        body = QRect(0, head + gap, width, height - head - button - 2 * gap)
        self.light.setGeometry(body)
        listed = round((width - gap) * _LIST_SHARE)
        self.defects.setGeometry(width - listed, body.y(), listed, body.height())
        mapped = px(_MAP_MM)
        left = width - listed - gap
        self.map.setGeometry(0, body.bottom() + 1 - mapped, left, mapped)
        fall = QRect(0, body.y(), left, body.height() - mapped - gap)
        self.waterfall.setGeometry(fall if self._web.has_rolls else body)
        each = (width - gap * (len(self.buttons) - 1)) // len(self.buttons)
        for index, piece in enumerate(self.buttons):
            piece.setGeometry(index * (each + gap), height - button, each, button)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.theme.background))
        painter.end()


def _defects_on_lines(web: WebState) -> tuple[DefectOnLines, ...]:
    """The roll's newest defects where they lie on the web; none of a roll that is not the one before the camera."""
    roll, scale = web.roll, web.scale
    if roll is None or scale is None:
        return ()
    numbered = [*enumerate(roll.defects, 1)][-_MOST_MARKS:]
    placed = [(number, defect, lines_of(defect, roll, scale)) for number, defect in numbered]
    return tuple(
        DefectOnLines(
            lines,
            (defect.left_mm / scale.mm_per_pixel, (defect.left_mm + defect.width_mm) / scale.mm_per_pixel),
            number,
        )
        for number, defect, lines in placed
        if lines is not None
    )


_MOST_MARKS = 200
"""More than can lie on what the waterfall holds, without looking through a whole roll ten times a second."""
