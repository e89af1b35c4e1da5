"""Thresholds tried on the recorded parts: joins the records, what is tried and the pieces. GUI thread.

The records are read and counted off this thread; the figures follow the finger by some 20 ms.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

from station_app.core.errors import StationError
from station_app.core.recipe_edit import with_thresholds
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import next_number
from station_app.core.shifts import parse_start
from station_app.gui.charts.words import joined
from station_app.gui.flips.enlarged import EnlargedPane
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.wide_step import WideStep
from station_app.gui.whatif import tried as moves
from station_app.gui.whatif.counting import Counting
from station_app.gui.whatif.question import Answer, Question
from station_app.gui.whatif.record import Record, ask_record
from station_app.gui.whatif.stretches import Stretch, bounds
from station_app.gui.whatif.tried import Line, Tried, trying
from station_app.gui.whatif.view import WhatIfView

_RECORD = "record"


def wall_clock() -> datetime:
    return datetime.now()  # noqa: DTZ005 - the clock on the wall


class WhatIfPage(WideStep):
    """Begins with the thresholds of the revision that is chosen, against those that are active."""

    def __init__(self, look: Look, tools: PageTools, clock: Callable[[], datetime] = wall_clock) -> None:
        super().__init__(look)
        self._tools, self._clock = tools, clock
        self._state, self._tried = RecipesState(), Tried()
        self._stretch = Stretch.DAY
        self._record: Record | None = None
        self._question: Question | None = None
        self.answer: Answer | None = None
        self._refused, self._is_reading = "", False
        self._reader, pictures = tools.new_reader(), tools.new_reader()
        self.counting = Counting(tools.new_reader(), self)
        self.counting.counted.connect(self._on_counted)
        self._reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        self.view = WhatIfView(look, tools.guard, pictures, self)
        self.enlarged = EnlargedPane(look, pictures, self)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        view = self.view
        view.label_chosen.connect(self._on_label_chosen)
        view.stretch_chosen.connect(self._on_stretch_chosen)
        view.graph.moved.connect(self._on_moved)
        view.graph.stepped.connect(self._on_stepped)
        view.graph.line_chosen.connect(self._on_line_chosen)
        for editor in view.editors.values():
            editor.stepped.connect(self._on_stepped)
            editor.typed.connect(self._on_typed)
        view.reset.tapped.connect(self._on_reset)
        view.take.tapped.connect(self._on_take)
        view.wall.tapped.connect(self._on_part_tapped)

    @property
    def tried(self) -> Tried:
        return self._tried

    @property
    def record(self) -> Record | None:
        return self._record

    def caption(self) -> str:
        return self.tr("Try thresholds")

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.view.set_look(look)
        self.enlarged.set_look(look)

    def retranslate(self) -> None:
        self.view.retranslate()
        self.enlarged.retranslate()
        self._render()

    def show_state(self, state: RecipesState) -> None:
        before, self._state = self._state, state
        if (state.text, state.active) != (before.text, before.active):
            shown = state.recipe.labels if state.recipe is not None else {}
            active = state.active.labels if state.active is not None else shown
            self._tried = trying(shown, active, self._tried.label)
            self._count()
        if state.chosen[0] != before.chosen[0]:
            self._forget()
            self._read()
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        self._read()
        self._count()
        self._render()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not kept: these are the scores of up to 200,000 parts."""
        self._reader.forget(_RECORD)
        self._forget()
        self.enlarged.close_part()

    def _forget(self) -> None:
        self.counting.forget()
        self._record = self._question = self.answer = None

    def _read(self) -> None:
        if not self.isVisible() or not self._state.chosen[0]:
            return
        station = self._tools.desk.state.station
        starts = tuple(parse_start(start) for start in station.shifts) if station is not None else ()
        from_ms, until_ms = bounds(self._stretch, starts, self._clock())
        self._refused, self._is_reading = "", True
        self._reader.ask(_RECORD, partial(ask_record, self._state.chosen[0], from_ms, until_ms))

    @Slot(str, object)
    def _on_answered(self, _: str, record: Record) -> None:
        if record.recipe == self._state.chosen[0] and self.isVisible():
            self._record, self._is_reading = record, False
            self._count()
            self._render()

    @Slot(str, object)
    def _on_refused(self, _: str, error: StationError) -> None:
        self._refused, self._is_reading = f"{error.what}: {error.remedy}", False
        self._render()

    def _count(self) -> None:
        if self._record is None or not self.isVisible():
            return
        limits = tuple(self._tried.active.items())
        if self._question is None or (self._question.table, self._question.limits) != (self._record.table, limits):
            self._question = Question(self._record.table, self._record.known, limits)
        self.counting.ask(self._question, self._tried.wanted)

    @Slot(object)
    def _on_counted(self, answer: Answer) -> None:
        if self.isVisible():
            self.answer = answer
            self.view.show_answer(answer)

    def _render(self) -> None:
        if self.isVisible():
            self.view.show_stretch(self._stretch)
            self.view.show_answer(self.answer)
            self.view.note.say(self._note(), is_warning=bool(self._refused))
            self._render_tried()

    def _render_tried(self) -> None:
        bars = self._record.bars.get(self._tried.label, ()) if self._record is not None else ()
        self.view.show_tried(self._tried, bars)
        self.view.reset.setEnabled(self._tried.is_changed)
        self.view.take.setEnabled(self._may_take())

    def _note(self) -> str:
        if self._refused:
            return self._refused
        if self._record is None:
            return self.tr("Reading…") if self._is_reading else ""
        table, known = self._record.table, self._record.known
        words = self.tr("{parts} parts with a result on record, {none} without; the truth of {known} is known")
        counts = {"parts": len(table.part_ids), "none": table.no_result, "known": len(known.parts)}
        told = words.format(**{name: f"{count:,}" for name, count in counts.items()})
        return joined(told, self.tr("the newest of more") if table.is_cut else "")

    def _may_take(self) -> bool:
        """Whether there is anything that would come into a draft, and this person may make one."""
        recipe = self._state.recipe
        return recipe is not None and self._state.may_edit and self._tried.wanted != recipe.labels

    def _try(self, tried: Tried) -> None:
        if tried != self._tried:
            self._tried = tried
            self._count()
            self._render_tried()

    @Slot(int)
    def _on_label_chosen(self, row: int) -> None:
        self._try(moves.choosing(self._tried, list(self._tried.wanted)[row]))
        self.view.graph.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_stretch_chosen(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._read()
        self._render()

    @Slot(object, float)
    def _on_moved(self, line: Line, value: float) -> None:
        self._try(moves.moving(self._tried, line, value))

    @Slot(object, int, float)
    def _on_stepped(self, line: Line, steps: int, size: float) -> None:
        self._try(moves.stepping(self._tried, line, steps, size))

    @Slot(object)
    def _on_line_chosen(self, line: Line) -> None:
        self._try(moves.moving(self._tried, line, self._tried.value(line)))

    @Slot(object, str)
    def _on_typed(self, line: Line, text: str) -> None:
        self._try(moves.typed(self._tried, line, text) or self._tried)

    @Slot()
    def _on_reset(self) -> None:
        self._try(moves.resetting(self._tried))

    @Slot()
    def _on_take(self) -> None:
        recipe, revision = self._state.recipe, self._state.revision
        if recipe is None or revision is None:
            return
        is_draft = self._state.is_editing or revision.state is RevisionState.DRAFT
        number = recipe.revision if is_draft else next_number(self._state.history.revisions)
        self.edited.emit(with_thresholds(self._state.text, self._tried.wanted, number))
        self.done.emit()

    @Slot(int)
    def _on_part_tapped(self, part_id: int) -> None:
        tiles = (tile for group in self.view.wall.pane.groups for tile in group.tiles)
        self.enlarged.show_part(part_id, next((tile.words for tile in tiles if tile.part_id == part_id), ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.enlarged.isVisible():
            self.enlarged.close_part()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.view.setGeometry(self.rect())
        self.enlarged.setGeometry(self.rect())
