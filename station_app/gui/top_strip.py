"""Who, what and where at a glance: station, recipe, model, clock, operator, provider, sync, language, light.

GUI thread.
"""

import time

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.messages import EngineState
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.loop_state import is_sync_abnormal
from station_app.gui.models.model_words import trial_words
from station_app.gui.pane import Pane
from station_app.gui.role_texts import who_is_here, who_is_here_spoken
from station_app.gui.screen_state import ScreenState
from station_app.gui.symbols import draw_verdict
from station_app.gui.sync.sync_words import glance_words
from station_app.gui.theme import DIM
from station_app.gui.touch_button import TapGuard, TouchButton

_MENU_MM = 20.0
_SHARES = {"station": 16, "recipe": 18, "model": 17, "clock": 14, "operator": 21, "provider": 10}
_SYNC_SHARE = 11
"""The cell of sync is there only where a store is set up."""
_SWITCH_MM = 22.0
_GAP_MM = 0.8


class TopStrip(Pane):
    """Texts fed by the state; menu, recipe, operator, language and theme are buttons."""

    menu_asked = Signal()
    recipe_asked = Signal()
    operator_asked = Signal()
    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ScreenState()
        self._other_language = "中文"
        self.recipe, self.operator = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.language, self.theme = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.menu = TouchButton(look, guard, self)
        self.buttons = (self.menu, self.recipe, self.operator, self.language, self.theme)
        asked = (self.menu_asked, self.recipe_asked, self.operator_asked, self.language_asked, self.theme_asked)
        for button, signal in zip(self.buttons, asked, strict=True):
            button.set_letters(3.6)
            button.tapped.connect(signal)
        self.recipe.set_label()
        self.operator.set_label()
        self.show_state(self._state)

    def set_look(self, look: Look) -> None:
        for button in self.buttons:
            button.set_look(look)
        super().set_look(look)
        self._place()
        self.retranslate()

    def set_other_language(self, name: str) -> None:
        """The language that the switch leads to, in its own words."""
        self._other_language = name
        self.retranslate()

    def show_state(self, state: ScreenState) -> None:
        self._state = state
        station = state.station
        name = f"{station.recipe} r{station.recipe_revision}" if station and station.recipe else self.tr("No recipe")
        self.recipe.set_caption(name, spoken=self.tr("Choose recipe, now {name}").format(name=name))
        self.recipe.setEnabled(state.is_connected and state.engine is not EngineState.RUNNING)
        self._show_who()
        self.operator.setEnabled(state.is_connected)
        self.menu.set_caption(self.tr("Menu"))
        self.language.set_caption(self._other_language)
        self.theme.set_caption(self.tr("Light") if self._look.theme is DIM else self.tr("Dim"))
        said = self._texts()
        self.setAccessibleName(", ".join(filter(None, said.values())))
        self._is_news((said, self._is_sync_abnormal()))
        self._place()

    def _is_sync_abnormal(self) -> bool:
        return is_sync_abnormal(self._state.loop.sync, self._state.alarms)

    def _show_who(self) -> None:
        session = self._state.session
        if session.has_people and session.name:
            self.operator.set_caption(who_is_here(session), spoken=who_is_here_spoken(session))
        else:
            self.operator.set_caption(self._state.operator or self.tr("Sign in"))

    def retranslate(self) -> None:
        self.show_state(self._state)

    def _texts(self) -> dict[str, str]:
        state, station = self._state, self._state.station
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(state.clock_ms / 1000)) if state.clock_ms else ""
        sync = glance_words(state.loop.sync, state.clock_ms)
        return {
            "station": station.station if station else self.tr("Station"),
            "model": self._model_words(),
            "clock": stamp if state.is_connected else "",
            "provider": _short(station.provider) if station else "",
            **({"sync": sync} if sync else {}),
        }

    def _model_words(self) -> str:
        """The champion, and which package decides a share of the parts beside it."""
        station = self._state.station
        if station is None or not station.model:
            return self.tr("No model")
        trials = [trial_words(model) for model in self._state.loop.canaries(station.recipe)]
        return " · ".join((f"{station.model} ✓ {station.model_hash[:8]}", *trials))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _cells(self) -> dict[str, QRect]:
        px = self._look.mm.px
        menu = px(_MENU_MM) + 2 * px(_GAP_MM)
        room, x = self.width() - menu - 2 * px(_SWITCH_MM) - px(1), menu
        cells = {"menu": QRect(0, 0, menu, self.height())}
        shares = {**_SHARES, "sync": _SYNC_SHARE} if "sync" in self._texts() else _SHARES
        for name, share in shares.items():
            width = room * share // sum(shares.values())
            cells[name] = QRect(x, 0, width, self.height())
            x += width
        cells["language"] = QRect(self.width() - 2 * px(_SWITCH_MM), 0, px(_SWITCH_MM), self.height())
        cells["theme"] = QRect(self.width() - px(_SWITCH_MM), 0, px(_SWITCH_MM), self.height())
        return cells

    def _place(self) -> None:
        cells, gap = self._cells(), self._look.mm.px(_GAP_MM)
        for name in ("menu", "recipe", "operator", "language", "theme"):
            getattr(self, name).setGeometry(cells[name].adjusted(gap, gap, -gap, -gap))

    def _paint(self, painter: QPainter) -> None:
        px, theme, cells = self._look.mm.px, self._look.theme, self._cells()
        painter.fillRect(self.rect(), QColor(theme.face))
        for name, text in self._texts().items():
            room, ink = cells[name].adjusted(px(2), 0, -px(2), 0), theme.ink
            if name == "sync" and self._is_sync_abnormal():
                room, ink = self._paint_warning(painter, cells[name]), theme.no_result.ink
            least = 1.6 if name == "sync" else 2.0
            style = self._look.style(3.6, least, is_bold=name == "station", is_wrapped=True)
            self._write(painter, room, text, lettering.centred(style), ink)
        for name in list(cells)[1:]:
            painter.fillRect(QRect(cells[name].x(), px(3), 1, self.height() - px(6)), QColor(theme.line))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(theme.line))

    def _paint_warning(self, painter: QPainter, cell: QRect) -> QRect:
        """Amber with the triangle: never colour alone. Returns the room that is left for words."""
        px, paint = self._look.mm.px, self._look.theme.no_result
        painter.fillRect(cell.adjusted(px(0.8), px(0.8), -px(0.8), -px(0.8)), QColor(paint.fill))
        side = px(4)
        shape = QRectF(cell.x() + px(1.5), (cell.height() - side) / 2, side, side)
        draw_verdict(painter, VerdictKind.NO_RESULT, shape, QColor(paint.ink), QColor(paint.fill))
        return cell.adjusted(side + px(2), 0, -px(1), 0)


def _short(provider: str) -> str:
    """ONNX Runtime's own name without the word that all of them share."""
    return provider.removesuffix("ExecutionProvider")
