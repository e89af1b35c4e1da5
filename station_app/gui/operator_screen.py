"""The operator's screen: its pieces, where they stand, and one way in, `show`. It decides nothing. GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Box
from station_app.core.messages import PartInspected, StationDescribed
from station_app.gui import texts
from station_app.gui.actions import Deed
from station_app.gui.alarm_line import AlarmLine
from station_app.gui.answer_bar import AnswerBar
from station_app.gui.answers import offered
from station_app.gui.camera_grid import CameraGrid
from station_app.gui.counters_pane import CountersPane
from station_app.gui.filmstrip import Filmstrip
from station_app.gui.finding_list import FindingList, findings_shown
from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.look import Look
from station_app.gui.millimetres import Spot, arrange, fitted
from station_app.gui.part_line import PartLine
from station_app.gui.question import Question, QuestionPane
from station_app.gui.screen_state import PartOnScreen, ScreenState
from station_app.gui.serial_entry import has_numbers
from station_app.gui.state_strip import StateStrip
from station_app.gui.theme import LIGHT, Theme
from station_app.gui.tools import Tools
from station_app.gui.top_strip import TopStrip
from station_app.gui.touch_button import TapGuard
from station_app.gui.verdict_panel import VerdictPanel
from station_app.gui.web.web_pane import WebPane
from station_app.gui.web.web_state import WebState


@dataclass(frozen=True, slots=True)
class View:
    """What to show besides the state: which part, what is being asked, what has been drawn, and on which camera."""

    part: PartOnScreen | None = None
    is_looking_back: bool = False
    question: Question | None = None
    is_drawing: bool = False
    drawn: tuple[Box, ...] = ()
    drawn_on: str = ""


class OperatorScreen(QWidget):
    """All pieces have fixed places; texts shrink into them. `web_chosen` says whether the web stands for the image."""

    web_chosen = Signal(bool)

    def __init__(
        self, px_per_mm: float, parent: QWidget | None = None, *, is_live: bool = True, guard: TapGuard | None = None
    ) -> None:
        super().__init__(parent)
        self._px_per_mm = px_per_mm
        self._theme: Theme = LIGHT
        self._state, self._view = ScreenState(), View()
        guard = guard or TapGuard(self)
        look = self._look()
        self.top, self.alarm = TopStrip(look, guard, self), AlarmLine(look, guard, self)
        self.tools, self.verdict = Tools(look, guard, self), VerdictPanel(look, self)
        self.images = CameraGrid(look, guard, self, is_live=is_live)
        self.web = WebPane(look, guard, self, is_live=is_live)
        self.is_web_chosen, self._web = False, WebState()
        self.part, self.findings = PartLine(look, self), FindingList(look, self)
        self.engine = StateStrip(look, guard, self)
        self.strip, self.counters = Filmstrip(look, guard, self), CountersPane(look, self)
        self.bar, self.question = AnswerBar(look, guard, self), QuestionPane(look, guard, self)
        self.question.hide()
        self.web.hide()
        self.tools.slider.changed.connect(self.images.set_heat_opacity)
        self.tools.marks_hidden.connect(self.set_marks_hidden)
        self.tools.switched.connect(self._on_switched)
        self.images.thumbnail_ready.connect(self.strip.set_picture)
        self.show_view(self._state, self._view)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def canvas(self) -> ImageCanvas:
        """The image that zooming and drawing are for."""
        return self.images.canvas

    @property
    def is_web_shown(self) -> bool:
        """Whether the web stands where else the image is."""
        return self.web.isVisibleTo(self)

    def show_web(self, *, is_shown: bool) -> None:
        """The station has a web, which from now on can be chosen instead of the image."""
        self.is_web_chosen = is_shown
        self.tools.set_web(is_web=is_shown)
        self._show_web()
        self.web_chosen.emit(is_shown)

    def know_web(self, web: WebState) -> None:
        """What is known of the web, for the words about its parts."""
        is_news = (web.cameras, web.roll) != (self._web.cameras, self._web.roll)
        self._web = web
        if is_news:
            self.show_view(self._state, self._view)

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        """What can be done to the images, or to the web where it is shown."""
        return {**self.images.deeds(), **(self.web.deeds() if self.is_web_shown else {})}

    @Slot(bool)
    def set_marks_hidden(self, are_hidden: bool) -> None:
        self.images.set_marks_hidden(are_hidden)
        self.web.waterfall.set_marks_hidden(are_hidden)

    def stop(self) -> None:
        """Ends the workers."""
        self.images.stop()
        self.web.stop()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._apply_look()

    def set_px_per_mm(self, px_per_mm: float) -> None:
        """The window moved to another monitor."""
        self._px_per_mm = px_per_mm
        self._apply_look()

    def show_view(self, state: ScreenState, view: View) -> None:
        """Bring every piece up to `state`. Pieces compare for themselves what has changed."""
        is_framed, had_numbers = self._is_framed(), has_numbers(self._state)
        self._state, self._view = state, view
        if has_numbers(state) != had_numbers:
            self._place(self._look())
        if self._is_framed() != is_framed:
            self.update()  # of the whole screen, so only when the frame comes or goes
        part = view.part.inspected if view.part else None
        self.top.show_state(state)
        others = max(0, len(state.alarms) - 1)
        is_seen = state.alarm is not None and state.alarm.code in state.acknowledged
        self.alarm.show_alarm(state.alarm, others, is_acknowledged=is_seen, is_connected=state.is_connected)
        is_known, is_starting = state.is_connected or view.is_looking_back, state.is_starting
        outage = None if is_known else texts.outage_lines(state.failure, is_starting=is_starting)
        self.verdict.show_verdict(part.verdict if part else None, is_connected=is_known, is_starting=is_starting)
        cameras, web = _cameras(state.station, part), self._web
        stretch = web.stretch(part.part_id) if part is not None else None
        is_looking_back, is_connected = view.is_looking_back, state.is_connected
        self.part.show_part(view.part, is_looking_back=is_looking_back, is_connected=is_connected, stretch=stretch)
        self.findings.show_part(part, outage, cameras=len(cameras), web=web)
        self.engine.show_state(state)
        self._show_images(cameras, part)
        self.counters.show_counters(state.counters, is_connected=state.is_connected)
        self.strip.show_parts(state.strip, part.part_id if part else None)
        answers = offered(view.part, state.last_answered, is_connected=state.is_connected)
        self.bar.show_allowed(answers, part.verdict if part else None)
        self.bar.show_engine(state.engine, is_connected=state.is_connected)
        self._show_question(view.question)

    def _show_images(self, cameras: tuple[str, ...], part: PartInspected | None) -> None:
        view, images = self._view, self.images
        images.set_cameras(cameras)
        images.set_alerts(part.alerts if part is not None else ())
        images.set_findings(findings_shown(part))
        images.set_drawing(view.is_drawing, view.drawn, view.drawn_on)
        images.set_empty_text(self._empty_text())
        self.tools.slider.setEnabled(images.has_heat)
        self._show_web()

    def _show_web(self) -> None:
        """A part that is looked back at, or drawn on, is seen on its image."""
        is_shown = self.is_web_chosen and not any(self._is_framed())
        self.web.setVisible(is_shown)
        self.images.setVisible(not is_shown)
        self.tools.set_zoomable(is_shown or not self.images.arrangement.is_grid)

    @Slot()
    def _on_switched(self) -> None:
        self.show_web(is_shown=not self.is_web_chosen)

    def _is_framed(self) -> tuple[bool, bool]:
        return self._view.is_looking_back, self._view.is_drawing

    def _show_question(self, question: Question | None) -> None:
        is_asked = question is not None
        was_asked = self.question.isVisibleTo(self)
        is_new = question is not None and self.question.ask(question)
        for piece in (self.strip, self.counters, self.bar):
            piece.setVisible(not is_asked)
        self.question.setVisible(is_asked)
        if question is not None and question.field and is_new:
            self.question.focus_field()
        elif was_asked and (is_new or not is_asked):
            self.question.forget()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty_text(self) -> str:
        if self._state.failure:
            return self._state.failure[:1].upper() + self._state.failure[1:]
        if self._view.part is None:
            return self.tr("The first part appears here")
        if not self.images.arrangement.is_alone:
            return self.tr("No image")
        return self.tr("No image of this part is stored here")

    def _look(self) -> Look:
        return Look(self._theme, fitted(max(1, self.width()), max(1, self.height()), self._px_per_mm))

    def _apply_look(self) -> None:
        look = self._look()
        for pane in (self.top, self.alarm, self.verdict, self.part, self.findings, self.engine, self.counters):
            pane.set_look(look)
        for group in (self.tools, self.images, self.web, self.strip, self.bar, self.question):
            group.set_look(look)
        self._place(look)
        self.update()  # what lies between the pieces is the screen's own
        self.show_view(self._state, self._view)

    def _place(self, look: Look) -> None:
        places = arrange(self.width(), self.height(), look.mm, has_serial=has_numbers(self._state))
        self.top.setGeometry(_rect(places.top))
        self.alarm.setGeometry(_rect(places.alarm))
        self.tools.setGeometry(_rect(places.tools))
        self.images.setGeometry(_rect(places.image))
        self.web.setGeometry(_rect(places.image))
        self.verdict.setGeometry(_rect(places.verdict))
        self.part.setGeometry(_rect(places.part))
        self.findings.setGeometry(_rect(places.findings))
        self.engine.setGeometry(_rect(places.state))
        self.strip.setGeometry(_rect(places.strip))
        self.counters.setGeometry(_rect(places.counters))
        self.bar.setGeometry(_rect(places.bar))
        self.question.setGeometry(_rect(places.question))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._apply_look()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for pane in (self.top, self.alarm, self.verdict, self.part, self.findings, self.engine, self.counters):
                pane.retranslate()
            for group in (self.tools, self.images, self.web, self.strip, self.bar):
                group.retranslate()
            self.show_view(self._state, self._view)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.background))
        if self._view.is_looking_back or self._view.is_drawing:
            line = self._look().mm.px(1.2)
            colour = self._theme.action.fill if self._view.is_drawing else self._theme.ink
            painter.fillRect(self.images.geometry().adjusted(-line, -line, line, line), QColor(colour))
        painter.end()


def _cameras(station: StationDescribed | None, part: PartInspected | None) -> tuple[str, ...]:
    """The cameras that the part should have been seen by. Those of another recipe are known by what they saw alone."""
    if station is not None and (part is None or part.recipe == station.recipe):
        return station.camera_ids
    return tuple(dict.fromkeys(finding.camera_id for finding in part.findings)) if part is not None else ()


def _rect(spot: Spot) -> QRect:
    return QRect(spot.x, spot.y, spot.width, spot.height)
