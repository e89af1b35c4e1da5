"""What fills the window: the operator's screen, and over it, when asked for, the rail and another screen.

Top strip and alarm line are the operator's own and stay in sight always; so does the line, at a glance. The operator's
screen stands under the others and goes on, so that nothing is lost while nobody looks at it. Layout only; GUI thread.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.line_glance import LineGlance
from station_app.gui.look import Look
from station_app.gui.millimetres import arrange, fitted
from station_app.gui.operator_screen import OperatorScreen
from station_app.gui.page import Page
from station_app.gui.pane import Pane
from station_app.gui.rail import RAIL_MM, Rail
from station_app.gui.screen_state import ScreenState
from station_app.gui.screens import ScreenName
from station_app.gui.state_strip import StateStrip
from station_app.gui.theme import LIGHT, Theme
from station_app.gui.touch_button import TapGuard
from station_app.gui.waiting import Waiting

_GLANCE_MM = 12.0
_STATE_SHARE = 0.42


class Cover(QWidget):
    """An opaque cover over the operator's screen, in the colour of its background."""

    colour = LIGHT.background

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colour))
        painter.end()


class Workplace(QWidget):
    """`here` is the screen that is open. On RUN the rail, when open, covers the image's tools and nothing else."""

    def __init__(
        self,
        operator: OperatorScreen,
        pages: Mapping[ScreenName, Page],
        px_per_mm: float,
        guard: TapGuard,
        makers: Mapping[ScreenName, Callable[[Look], Page]] | None = None,
    ) -> None:
        """`makers` build, when they are first opened, the screens that are not among `pages`."""
        super().__init__()
        self.operator, self.pages, self._makers = operator, dict(pages), dict(makers or {})
        self._px_per_mm, self._theme = px_per_mm, operator.theme
        self.here, self.is_rail_open = ScreenName.RUN, False
        operator.setParent(self)
        self._cover = Cover(self)
        look = self._look()
        self.rail, self.glance = Rail(look, guard, self._cover), LineGlance(look, guard, self._cover)
        self.engine = StateStrip(look, guard, self._cover, is_at_line=False)
        for page in self.pages.values():
            page.setParent(self._cover)
        self.show_screen(ScreenName.RUN, is_rail_open=False)

    def show_screen(self, here: ScreenName, *, is_rail_open: bool) -> None:
        """Open a screen; away from RUN the rail is always open."""
        was_here, self.here, self.is_rail_open = self.here, here, is_rail_open or here is not ScreenName.RUN
        self._make(here)
        is_away = here is not ScreenName.RUN
        self.rail.show_here(here)
        for piece in (self.engine, self.glance):
            piece.setVisible(is_away)
        for name, page in self.pages.items():
            page.setVisible(name is here)
        self.operator.top.menu.setEnabled(not is_away)
        self._place()
        (self.pages.get(here) or self.operator).setFocus(Qt.FocusReason.OtherFocusReason)
        if here is not was_here:
            for name in (was_here, here):
                if name in self.pages:
                    self.pages[name].set_open(is_open=name is here)

    def _make(self, name: ScreenName) -> None:
        if name in self.pages or name not in self._makers:
            return
        page = self.pages[name] = self._makers[name](self._look())
        page.setParent(self._cover)

    def show_line(self, state: ScreenState, waiting: Waiting) -> None:
        """What is always seen of the line."""
        page = self.pages.get(self.here)
        is_hidden = page is not None and page.hides_verdicts
        self.engine.show_state(state)
        self.glance.show_line(state, waiting, is_hidden=is_hidden)
        self.rail.set_alert(None if is_hidden else waiting.worst)
        self.rail.show_rights(state.session)
        self._place_cover()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.operator.set_theme(theme)
        self._apply_look()

    def set_px_per_mm(self, px_per_mm: float) -> None:
        """The window moved to another monitor."""
        self._px_per_mm = px_per_mm
        self.operator.set_px_per_mm(px_per_mm)
        self._apply_look()

    def _look(self) -> Look:
        return Look(self._theme, fitted(max(1, self.width()), max(1, self.height()), self._px_per_mm))

    def _apply_look(self) -> None:
        look = self._look()
        self._cover.colour = look.theme.background
        self._cover.update()
        for piece in self._pieces():
            piece.set_look(look)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.operator.setGeometry(self.rect())
        self._apply_look()

    def _pieces(self) -> tuple[Rail | Pane | Page, ...]:
        return (self.rail, self.glance, self.engine, *self.pages.values())

    def _place(self) -> None:
        """The pieces keep their places under a question, which only shortens the cover."""
        px = self._look().mm.px
        room = self._room()
        rail, gap, line = px(RAIL_MM), px(2), px(_GLANCE_MM)
        self._place_cover()
        self.rail.setGeometry(0, 0, rail, room.height())
        left, inner = rail + gap, max(1, room.width() - rail - 2 * gap)
        state = round(inner * _STATE_SHARE)
        self.engine.setGeometry(left, gap // 2, state, line)
        self.glance.setGeometry(left + state + gap, gap // 2, inner - state - gap, line)
        top = gap // 2 + line + gap
        for page in self.pages.values():
            page.setGeometry(left, top, inner, max(1, room.height() - top - gap))

    def _room(self) -> QRect:
        """All below the alarm line; on RUN only where the tools are."""
        places = arrange(self.width(), self.height(), self._look().mm)
        top = places.alarm.y + places.alarm.height
        if self.here is ScreenName.RUN:
            return QRect(0, places.tools.y, self._look().mm.px(RAIL_MM), places.tools.height)
        return QRect(0, top, self.width(), self.height() - top)

    def _place_cover(self) -> None:
        """A question of the operator's screen stands below the cover, which makes room for it."""
        room = self._room()
        if self.here is not ScreenName.RUN and self.operator.question.isVisibleTo(self.operator):
            room.setBottom(self.operator.question.y() - self._look().mm.px(2))
        self._cover.setGeometry(room)
        self._cover.setVisible(self.is_rail_open)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for piece in self._pieces():
                piece.retranslate()
        super().changeEvent(event)
