"""A study is planned: title, trials, parts with their standard, appraisers; and what such a plan cannot answer.

GUI thread.
"""

from dataclasses import replace

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.core.people import Person
from station_app.gui import lettering
from station_app.gui.charts.words import percent
from station_app.gui.history.filter_bar import FilterBar
from station_app.gui.history.small_pictures import SmallPictures
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.palette import palette_of
from station_app.gui.sentences import sentence
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.studies.appraiser_table import AppraiserTable
from station_app.gui.studies.part_tiles import PartTiles
from station_app.gui.studies.studies_state import TRIALS, PlanChoice, StudiesState
from station_app.gui.studies.study_words import weakness_words
from station_app.gui.touch_button import TapGuard, TouchButton

_ROW_MM, _HEAD_MM, _FOOT_MM, _GAP_MM = 10.0, 6.0, 20.0, 1.5
_PEOPLE_MM, _BUTTON_MM = 82.0, 34.0
_LONGEST = 120


class PlanPage(Page):
    """`planned` carries another choice; `offer_asked` says that the filter changed."""

    planned = Signal(object)
    offer_asked = Signal()
    start_asked = Signal()
    left = Signal()

    def __init__(self, look: Look, guard: TapGuard, pictures: SmallPictures, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state, self._people = StudiesState(), tuple[Person, ...]()
        self._pictures = pictures
        self.title, self.bar = QLineEdit(self), FilterBar(look, guard, self)
        self.title.setMaxLength(_LONGEST)
        self.trials = {count: TouchButton(look, guard, self) for count in TRIALS}
        self.model, self.start, self.cancel = (TouchButton(look, guard, self) for _ in range(3))
        self.bad, self.good = PartTiles(look, pictures, self), PartTiles(look, pictures, self)
        self.heads = {is_bad: WhyPane(look, self, 2.8) for is_bad in (True, False)}
        self.people, self.note = AppraiserTable(look, self), WhyPane(look, self, 2.8)
        self._connect()
        for button in self._buttons():
            button.set_letters(2.8)
        self.retranslate()

    def _connect(self) -> None:
        for count, button in self.trials.items():
            button.setObjectName(str(count))
            button.tapped.connect(self._on_trials)
        self.title.textChanged.connect(self._on_title)
        self.model.tapped.connect(self._on_model)
        self.start.tapped.connect(self.start_asked)
        self.cancel.tapped.connect(self.left)
        self.bad.toggled.connect(self._on_part)
        self.good.toggled.connect(self._on_part)
        self.people.toggled.connect(self._on_appraiser)
        self.bar.changed.connect(self._on_filter)

    def _buttons(self) -> tuple[TouchButton, ...]:
        return (*self.trials.values(), self.model, self.start, self.cancel)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in self._buttons():
            button.set_look(look)
        for pane in (*self.heads.values(), self.note):
            pane.set_look(look)
        self.bar.set_look(look)
        self.people.set_look(look)
        for tiles in (self.bad, self.good):
            tiles.set_look(look)
        self.title.setPalette(palette_of(look.theme))
        self.title.setFont(lettering.font(look.mm.font_px(3.2)))
        self.title.setTextMargins(look.mm.px(2), 0, look.mm.px(2), 0)
        self._place()

    def retranslate(self) -> None:
        self.title.setPlaceholderText(self.tr("Title of the study"))
        self.title.setAccessibleName(self.tr("Title of the study"))
        for count, button in self.trials.items():
            button.set_caption(self.tr("{count} trials").format(count=count))
        self.model.set_caption(self.tr("Model beside the people"))
        self.start.set_caption(self.tr("Start study"))
        self.cancel.set_caption(self.tr("Back to the list"))
        self.bar.retranslate()
        self.show_state(self._state, self._people)

    def show_state(self, state: StudiesState, people: tuple[Person, ...]) -> None:
        """Bring everything up to what is chosen."""
        self._state, self._people = state, people
        plan = state.plan
        if self.title.text() != plan.title:
            self.title.setText(plan.title)
        for count, button in self.trials.items():
            button.set_on(is_on=count == plan.trials)
        self.model.set_on(is_on=plan.includes_model)
        self.bad.show_parts(plan.bad, plan.chosen)
        self.good.show_parts(plan.good, plan.chosen)
        self._pictures.want(tuple(part.part_id for part in (*plan.bad, *plan.good)), self.bad.side_px)
        self.people.show_people(people, plan)
        self.start.setEnabled(plan.can_start and not state.is_waiting)
        self._show_words(plan)

    def _show_words(self, plan: PlanChoice) -> None:
        bad, good = plan.bad_count, len(plan.parts) - plan.bad_count
        self.heads[True].say(self.tr("Bad: {count} of {offered} chosen").format(count=bad, offered=len(plan.bad)))
        self.heads[False].say(self.tr("Good: {count} of {offered} chosen").format(count=good, offered=len(plan.good)))
        refusal = self._state.refusal
        if refusal is not None:
            self.note.say(f"{sentence(refusal.what)} – {sentence(refusal.remedy)}", is_warning=True)
            return
        if not plan.bad and not plan.good:
            self.note.say(self.tr("No settled part with a stored image is found: review parts first"), is_warning=True)
            return
        share = percent(bad / len(plan.parts)) if plan.parts else "–"
        showings = len(plan.parts) * plan.trials
        text = self.tr("{parts} parts, {share} bad, {showings} showings for each appraiser.")
        words = text.format(parts=len(plan.parts), share=share, showings=showings)
        self.note.say(" ".join((words, *map(weakness_words, plan.weak))), is_warning=bool(plan.weak))

    @Slot(str)
    def _on_title(self, title: str) -> None:
        if title != self._state.plan.title:
            self.planned.emit(replace(self._state.plan, title=title))

    @Slot()
    def _on_trials(self) -> None:
        self.planned.emit(replace(self._state.plan, trials=int(self.sender().objectName())))

    @Slot()
    def _on_model(self) -> None:
        self.planned.emit(replace(self._state.plan, includes_model=not self._state.plan.includes_model))

    @Slot(int)
    def _on_part(self, part_id: int) -> None:
        self.planned.emit(replace(self._state.plan, chosen=self._state.plan.chosen ^ {part_id}))

    @Slot(str, bool)
    def _on_appraiser(self, name: str, is_assisted: bool) -> None:
        plan = self._state.plan
        if is_assisted:
            self.planned.emit(replace(plan, assisted=plan.assisted ^ {name}))
        else:
            self.planned.emit(replace(plan, alone=plan.alone ^ {name}))

    @Slot()
    def _on_filter(self) -> None:
        self._place()
        self.offer_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        gap, row, button = px(_GAP_MM), px(_ROW_MM), px(_BUTTON_MM)
        x = width
        for piece in reversed((*self.trials.values(), self.model)):
            x -= button
            piece.setGeometry(x, 0, button - gap, row)
        self.title.setGeometry(0, 0, x - gap, row)
        y = row + gap
        self.bar.setGeometry(0, y, width, self.bar.height_px())
        y += self.bar.height_px() + gap
        foot = self.height() - px(_FOOT_MM)
        self._place_parts(QRect(0, y, width - px(_PEOPLE_MM) - gap, max(1, foot - gap - y)))
        self.people.setGeometry(width - px(_PEOPLE_MM), y, px(_PEOPLE_MM), max(1, foot - gap - y))
        self.cancel.setGeometry(0, foot, button, px(_FOOT_MM))
        self.start.setGeometry(width - button, foot, button, px(_FOOT_MM))
        self.note.setGeometry(button + gap, foot, max(1, width - 2 * (button + gap)), px(_FOOT_MM))

    def _place_parts(self, room: QRect) -> None:
        gap, head = self._look.mm.px(_GAP_MM), self._look.mm.px(_HEAD_MM)
        half = (room.width() - gap) // 2
        for column, (is_bad, tiles) in enumerate(((True, self.bad), (False, self.good))):
            left = room.x() + column * (half + gap)
            self.heads[is_bad].setGeometry(left, room.y(), half, head)
            tiles.setGeometry(left, room.y() + head, half, max(1, room.height() - head))
