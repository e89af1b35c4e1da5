"""The studies, and what can be done with the chosen one. It decides nothing. GUI thread."""

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.people_messages import SessionChanged
from station_app.core.study import StudySummary
from station_app.gui.charts.facts_pane import FactsPane
from station_app.gui.charts.sheet import Fact, Sheet
from station_app.gui.charts.words import percent
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.people.row_table import RowTable
from station_app.gui.recipes.sign_pane import HEIGHT_MM as SIGN_MM
from station_app.gui.recipes.sign_pane import SignPane
from station_app.gui.screen_state import NOBODY
from station_app.gui.sentences import sentence
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.studies.studies_state import StudiesState, may_run
from station_app.gui.studies.study_words import appraiser_words, state_words, time_words
from station_app.gui.touch_button import TapGuard, TouchButton

_SHARES = (6, 26, 12, 12, 14, 14)
_SIDE_SHARE, _BUTTON_MM, _NOTE_MM, _GAP_MM = 0.36, 13.0, 14.0, 2.0


class ListDeed(StrEnum):
    """In the order of the buttons."""

    JUDGE = "judge"
    REPORT = "report"
    CLOSE = "close"
    PLAN = "plan"


class ListPage(Page):
    """`chosen` carries a study's number, `asked` a deed, `close_asked` the reason for closing the chosen one."""

    chosen = Signal(int)
    asked = Signal(object)
    close_asked = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state, self._session = StudiesState(), NOBODY
        self.table, self.card = RowTable(look, _SHARES, self), FactsPane(look, self)
        self.note, self.reason = WhyPane(look, self), SignPane(look, guard, self)
        self.reason.hide()
        self.buttons = {deed: TouchButton(look, guard, self) for deed in ListDeed}
        for deed, button in self.buttons.items():
            button.setObjectName(deed)
            button.set_letters(3.2)
            button.tapped.connect(self._on_tapped)
        self.table.chosen.connect(self._on_chosen)
        self.reason.signed.connect(self._on_reason)
        self.reason.dropped.connect(self._place)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.table.set_look(look)
        self.card.set_look(look)
        for pane in (self.note, self.reason):
            pane.set_look(look)
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        captions = {
            ListDeed.JUDGE: self.tr("Judge parts"),
            ListDeed.REPORT: self.tr("Report"),
            ListDeed.CLOSE: self.tr("Close study"),
            ListDeed.PLAN: self.tr("New study"),
        }
        for deed, button in self.buttons.items():
            button.set_caption(captions[deed])
        self.reason.retranslate()
        self.show_state(self._state, self._session)

    def show_state(self, state: StudiesState, session: SessionChanged) -> None:
        """Bring the list and the side up to what is known."""
        self._state, self._session = state, session
        heads = (
            self.tr("No."),
            self.tr("Title"),
            self.tr("State"),
            self.tr("Parts (bad)"),
            self.tr("Answered"),
            self.tr("Started"),
        )
        ids = [study.study_id for study in state.studies]
        chosen = ids.index(state.chosen) if state.chosen in ids else -1
        self.table.show_rows(heads, tuple(_row(study) for study in state.studies), chosen)
        self.card.show_sheet(self._sheet(state.study))
        self._show_buttons(state.study)
        refusal = state.refusal
        if refusal is not None:
            self.note.say(f"{sentence(refusal.what)} – {sentence(refusal.remedy)}", is_warning=True)
        else:
            self.note.say(self._hint(state.study))

    def _sheet(self, study: StudySummary | None) -> Sheet:
        if study is None:
            return Sheet()
        share = percent(study.bad_parts / study.parts) if study.parts else ""
        made = self.tr("{parts} parts, {bad} of them bad ({share}); {trials} trials")
        figures = made.format(parts=study.parts, bad=study.bad_parts, share=share, trials=study.trials)
        started = self.tr("Started by {name}, {time}").format(
            name=study.started_by, time=time_words(study.started_at_ms)
        )
        facts = [Fact(state_words(study), study.title, f"{figures}. {started}")]
        facts += [
            Fact(appraiser_words(entry.appraiser), f"{entry.answered} / {entry.showings}") for entry in study.progress
        ]
        if study.closing is not None:
            closed = self.tr("Closed by {name}, {time}")
            words = closed.format(name=study.closing.person, time=time_words(study.closing.closed_at_ms))
            facts.append(Fact(words, study.closing.reason))
        return Sheet(facts=tuple(facts))

    def _show_buttons(self, study: StudySummary | None) -> None:
        runs, name = may_run(self._session), self._session.name
        waits = study.waiting_for(name) if study is not None else 0
        self.buttons[ListDeed.JUDGE].setEnabled(waits > 0)
        self.buttons[ListDeed.REPORT].setEnabled(study is not None and runs and not waits)
        self.buttons[ListDeed.CLOSE].setEnabled(study is not None and runs and study.closing is None)
        self.buttons[ListDeed.PLAN].setEnabled(runs)

    def _hint(self, study: StudySummary | None) -> str:
        if study is None:
            return self.tr("There is no study yet")
        if not self._session.name:
            return self.tr("Sign in to judge parts")
        if may_run(self._session) and study.waiting_for(self._session.name):
            return self.tr("The report opens when you have judged all of your own parts: it would tell you the answers")
        return ""

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.chosen.emit(self._state.studies[row].study_id)

    @Slot()
    def _on_tapped(self) -> None:
        deed = ListDeed(self.sender().objectName())
        study = self._state.study
        if deed is ListDeed.CLOSE and study is not None:
            left = study.showings - study.answered
            text = self.tr("{left} showings have no answer yet. Close all the same?") if left else self.tr("Close it?")
            self.reason.ask(text.format(left=left), self.tr("Close study"), is_signature=False)
            self._place()
        else:
            self.asked.emit(deed)

    @Slot(object, str)
    def _on_reason(self, _: object, reason: str) -> None:
        self.close_asked.emit(reason)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @Slot()
    def _place(self) -> None:
        px = self._look.mm.px
        gap, button, note = px(_GAP_MM), px(_BUTTON_MM), px(_NOTE_MM)
        side = round(self.width() * _SIDE_SHARE)
        x, y = self.width() - side, self.height()
        self.table.setGeometry(0, 0, x - gap, self.height())
        half = (side - gap) // 2
        for number, piece in enumerate(reversed(self.buttons.values())):
            column, row = 1 - number % 2, number // 2
            piece.setGeometry(x + column * (half + gap), y - (row + 1) * (button + gap) + gap, half, button)
        y -= 2 * (button + gap) + note
        self.note.setGeometry(x, y, side, note)
        if not self.reason.isHidden():
            y -= px(SIGN_MM) + gap
            self.reason.setGeometry(x, y, side, px(SIGN_MM))
        self.card.setGeometry(x, 0, side, max(1, y - gap))


def _row(study: StudySummary) -> tuple[str, ...]:
    parts = f"{study.parts} ({study.bad_parts})"
    answered = f"{study.answered}/{study.showings}"
    started = time_words(study.started_at_ms)
    return str(study.study_id), study.title, state_words(study), parts, answered, started
