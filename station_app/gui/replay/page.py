"""Recorded parts judged again by the revision that is looked at: joins the child process, the journals and the pieces.

GUI thread. It stands among the steps of a recipe, because a draft is what is put to the past before two people approve
it; the parts that flip are those of the records all the same.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog

from station_app.core.errors import StationError
from station_app.core.shifts import parse_start
from station_app.gui.flips.enlarged import EnlargedPane
from station_app.gui.look import Look
from station_app.gui.own_program import OwnProgram
from station_app.gui.page_makers import PageTools
from station_app.gui.recipes.recipe_words import state_name
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.wide_step import WideStep
from station_app.gui.replay.child import Ended, ReplayChild
from station_app.gui.replay.replay_state import Phase, ReplayState, asking, new_name, progressing
from station_app.gui.replay.results import Earlier, Result, ask_earlier, ask_kept, ask_result
from station_app.gui.replay.view import ReplayView
from station_app.gui.whatif.page import wall_clock
from station_app.gui.whatif.stretches import Stretch, bounds
from station_app.replay.request import Request, request_words

_EARLIER, _RESULT, _KEPT = "earlier", "result", "kept"
_PHASES = {Ended.DONE: Phase.DONE, Ended.STOPPED: Phase.STOPPED, Ended.FAILED: Phase.FAILED}


class ReplayPage(WideStep):
    """One replay at a time; it goes on while other screens are looked at, and ends with the window."""

    def __init__(
        self, look: Look, tools: PageTools, program: OwnProgram, clock: Callable[[], datetime] = wall_clock
    ) -> None:
        super().__init__(look)
        self._tools, self._program, self._clock = tools, program, clock
        self._recipes, self._stretch = RecipesState(), Stretch.SHIFT
        self.state, self.chosen = ReplayState(), ""
        self.earlier: tuple[Earlier, ...] = ()
        self.result: Result | None = None
        self._refused = ""
        self._child = ReplayChild(self)
        self._reader, pictures = tools.new_reader(), tools.new_reader()
        self.view = ReplayView(look, tools.guard, pictures, self)
        self.enlarged = EnlargedPane(look, pictures, self)
        self._dialog: QFileDialog | None = None
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        self._child.progressed.connect(self._on_progressed)
        self._child.ended.connect(self._on_ended)
        view = self.view
        view.stretch_chosen.connect(self._on_stretch_chosen)
        view.earlier_chosen.connect(self._on_earlier_chosen)
        view.start.tapped.connect(self._on_start)
        view.stop_it.tapped.connect(self._on_stop)
        view.go_on.tapped.connect(self._on_go_on)
        view.browse.tapped.connect(self._on_browse)
        view.wall.tapped.connect(self._on_part_tapped)

    def caption(self) -> str:
        return self.tr("Replay")

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.view.set_look(look)
        self.enlarged.set_look(look)

    def retranslate(self) -> None:
        self.view.retranslate()
        self.enlarged.retranslate()
        self._render()

    def stop(self) -> None:
        self._child.stop()

    def show_state(self, state: RecipesState) -> None:
        self._recipes = state
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        self._reader.ask(_EARLIER, partial(ask_earlier, self._program.folder))
        self._render()

    def hideEvent(self, event: QHideEvent) -> None:
        self.enlarged.close_part()

    @Slot(str, object)
    def _on_answered(self, _: str, answer: object) -> None:
        if isinstance(answer, Result):
            self.result = answer if answer.name == self.chosen else self.result
        elif isinstance(answer, Request):
            self._run(answer)
        elif isinstance(answer, tuple):
            self.earlier = answer
        self._render()

    @Slot(str, object)
    def _on_refused(self, kind: str, error: StationError) -> None:
        words = f"{error.what}: {error.remedy}"
        if kind == _KEPT:
            self.state = replace(self.state, phase=Phase.FAILED, why=words)
        else:
            self._refused = words
        self._render()

    @Slot(object)
    def _on_stretch_chosen(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._render()

    @Slot()
    def _on_start(self) -> None:
        recipe = self._recipes.recipe
        if recipe is None or self.state.is_busy:
            return
        station = self._tools.desk.state.station
        starts = tuple(parse_start(start) for start in station.shifts) if station is not None else ()
        from_ms, until_ms = bounds(self._stretch, starts, self._clock())
        name = new_name(recipe.name, recipe.revision, self._clock())
        package = self.view.package.text().strip()
        self._ask(Request(name, self._recipes.chosen[0], self._recipes.text, from_ms, until_ms, package))

    def _ask(self, request: Request) -> None:
        """Its files first; with them on the disk the child is started."""
        self.state, self.chosen, self.result = asking(request.name), request.name, None
        self._reader.ask(_KEPT, partial(ask_kept, request, self._program.folder))
        self._render()

    def _run(self, request: Request) -> None:
        self._child.start(self._program.command("replay", request_words(request, self._program.folder)))

    @Slot()
    def _on_go_on(self) -> None:
        request = self._request()
        if request is not None and not self.state.is_busy:
            self._ask(request)

    @Slot()
    def _on_stop(self) -> None:
        if self._child.is_running:
            self.state = replace(self.state, phase=Phase.ENDING)
            self._child.end()
            self._render()

    @Slot(int, int, int)
    def _on_progressed(self, done: int, total: int, flipped: int) -> None:
        phase = Phase.ENDING if self.state.phase is Phase.ENDING else Phase.RUNNING
        self.state = replace(progressing(self.state, done, total, flipped), phase=phase)
        self._render()

    @Slot(object, str)
    def _on_ended(self, ended: Ended, why: str) -> None:
        self.state = replace(self.state, phase=_PHASES[ended], why=why)
        self._reader.ask(_EARLIER, partial(ask_earlier, self._program.folder))
        if ended is not Ended.FAILED and self.chosen == self.state.name:
            self._ask_result()
        self._render()

    @Slot(int)
    def _on_earlier_chosen(self, row: int) -> None:
        self.chosen, self.result, self._refused = self.earlier[row].name, None, ""
        self._ask_result()
        self._render()

    def _ask_result(self) -> None:
        self._reader.ask(_RESULT, partial(ask_result, self.chosen, self._program.folder))

    @Slot()
    def _on_browse(self) -> None:
        self._dialog = QFileDialog(self, self.tr("Folder of another model package"), self.view.package.text())
        self._dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._dialog.fileSelected.connect(self.view.package.setText)
        self._dialog.open()

    @Slot(int)
    def _on_part_tapped(self, part_id: int) -> None:
        tiles = (tile for group in self.view.wall.pane.groups for tile in group.tiles)
        self.enlarged.show_part(part_id, next((tile.words for tile in tiles if tile.part_id == part_id), ""))

    def _request(self) -> Request | None:
        return next((one.request for one in self.earlier if one.name == self.chosen), None)

    def _render(self) -> None:
        if not self.isVisible():
            return
        view, is_busy = self.view, self.state.is_busy
        view.show_stretch(self._stretch)
        view.judge.say(self._refused or self._judge_words(), is_warning=bool(self._refused))
        view.start.setEnabled(self._recipes.recipe is not None and not is_busy)
        view.stop_it.setEnabled(self.state.phase in (Phase.PREPARING, Phase.RUNNING))
        view.go_on.setEnabled(not is_busy and self._request() is not None)
        view.progress.show_state(self.state)
        view.show_earlier(self.earlier, self.chosen)
        view.show_result(self.result)

    def _judge_words(self) -> str:
        revision, recipe = self._recipes.revision, self._recipes.recipe
        if revision is None or recipe is None:
            return ""
        state = self.tr("being changed") if self._recipes.is_editing else state_name(revision.state)
        words = self.tr("The parts of {recipe} in this time, judged by revision {number} ({state})")
        return words.format(recipe=revision.recipe, number=recipe.revision, state=state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.enlarged.isVisible():
            self.enlarged.close_part()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.view.setGeometry(self.rect())
        self.enlarged.setGeometry(self.rect())
