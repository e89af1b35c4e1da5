"""Joins the engine's events, the records and the recipes' screen. Holds the state; owns no widget's inside. GUI thread.

Everything that is changed is asked of the engine; what is shown is read back from the records.
"""

from dataclasses import replace
from functools import partial
from typing import get_args

from PySide6.QtCore import QObject, Qt, Slot

from station_app.core.errors import StationError
from station_app.core.inspection import ImageQuality
from station_app.core.messages import CommandRefused, StationDescribed
from station_app.core.people import Signature
from station_app.core.quality_teaching import teach
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_messages import (
    ActivateRevision,
    ApproveRevision,
    RecipeCommand,
    RetireRevision,
    RevisionChanged,
    RevisionState,
    SaveDraft,
    TakeInFile,
)
from station_app.core.recipe_states import Revision
from station_app.gui.bridge import Batch
from station_app.gui.page_makers import PageTools
from station_app.gui.recipes.deeds_bar import RecipeDeed
from station_app.gui.recipes.recipes_screen import RecipesScreen
from station_app.gui.recipes.recipes_state import (
    RecipesState,
    Refusal,
    Standing,
    choosing,
    drafting,
    dropping,
    editing,
    reading,
    wishing,
)
from station_app.gui.recipes.record_questions import ask_history, ask_list, ask_picture, ask_quality

LIST, HISTORY, PICTURE, QUALITY = "list", "history", "picture", "quality"
_COMMANDS = frozenset(kind.__name__ for kind in get_args(RecipeCommand))
_FILE_DIFFERS = "recipe_file"


class RecipesDesk(QObject):
    """One person at the recipes' screen, which is its parent."""

    def __init__(self, screen: RecipesScreen, tools: PageTools) -> None:
        super().__init__(screen)
        self._screen, self._tools = screen, tools
        self._state = RecipesState()
        self._shown: tuple[RecipesState, Standing] | None = None
        self._pictured = ("", "")
        self._reader = tools.new_reader()
        self._reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        tools.desk.batch_taken.connect(self._on_batch_taken)
        screen.opened.connect(self._on_opened)
        screen.revision_chosen.connect(self._on_revision_chosen)
        screen.camera_chosen.connect(self._on_camera_chosen)
        screen.edited.connect(self._on_edited)
        screen.side.decided.connect(self._on_decided)
        screen.side.kept.connect(self._on_kept)
        screen.quality.teach_asked.connect(self._on_teach_asked)

    @property
    def state(self) -> RecipesState:
        return self._state

    @Slot(bool)
    def _on_opened(self, is_open: bool) -> None:
        if is_open:
            self._read_again()
            self._render()

    def _read_again(self) -> None:
        self._reader.ask(LIST, ask_list)
        if self._state.chosen[0]:
            self._ask_history()

    def _ask_history(self) -> None:
        recipe = self._state.chosen[0]
        self._reader.ask(HISTORY, partial(ask_history, recipe))

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        if kind == LIST and isinstance(answer, tuple):
            self._take_list(answer)
        elif kind == HISTORY and isinstance(answer, RecipeHistory):
            self._state = reading(self._state, answer)
            self._ask_picture()
        elif kind == PICTURE:
            self._screen.show_picture(answer)  # type: ignore[arg-type]
            return
        elif kind == QUALITY and isinstance(answer, tuple):
            self._take_quality(answer)
        self._render()

    @Slot(str, object)
    def _on_refused(self, _: str, error: StationError) -> None:
        self._state = replace(self._state, refusal=Refusal(error.what, error.remedy))
        self._render()

    def _take_list(self, revisions: tuple[Revision, ...]) -> None:
        self._state = replace(self._state, revisions=revisions)
        if not self._state.chosen[0]:
            loaded = self._tools.desk.state.station.recipe if self._tools.desk.state.station else ""
            usual = [r for r in revisions if r.state is RevisionState.ACTIVE]
            first = next((r for r in usual if r.recipe == loaded), next(iter(usual), None))
            if first is not None:
                self._choose(first.recipe, first.number)

    def _take_quality(self, seen: tuple[ImageQuality, ...]) -> None:
        recipe = self._state.recipe
        if recipe is not None:
            taught = teach(seen, recipe.camera(self._state.shown_camera).quality)
            self._state = replace(self._state, taught=taught, too_few=taught is None)

    @Slot(str, int)
    def _on_revision_chosen(self, recipe: str, number: int) -> None:
        self._state = wishing(self._state, recipe, number)
        self._ask_history()
        self._render()

    @Slot()
    def _on_kept(self) -> None:
        """The changes stay, and with them the revision that they are made to."""
        self._state = replace(self._state, wanted=None)
        self._render()

    def _choose(self, recipe: str, number: int) -> None:
        self._state = choosing(self._state, recipe, number)
        self._ask_history()

    @Slot(str)
    def _on_camera_chosen(self, camera_id: str) -> None:
        self._state = replace(self._state, camera_id=camera_id, taught=None, too_few=False)
        self._ask_picture()
        self._render()

    def _ask_picture(self) -> None:
        """Once for each camera of a recipe, while it is looked at."""
        recipe = self._state.recipe
        wanted = (recipe.name, self._state.shown_camera) if recipe is not None else ("", "")
        if recipe is not None and wanted != self._pictured:
            self._pictured = wanted
            self._screen.show_picture(None)
            self._reader.ask(PICTURE, partial(ask_picture, *wanted))

    @Slot()
    def _on_teach_asked(self) -> None:
        recipe = self._state.recipe
        if recipe is not None:
            self._reader.ask(QUALITY, partial(ask_quality, recipe.name, self._state.shown_camera))

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._state = editing(self._state, text)
        self._render()

    @Slot(object, object, str)
    def _on_decided(self, deed: RecipeDeed, signature: Signature | None, reason: str) -> None:
        self._state = replace(self._state, refusal=None)
        if deed is RecipeDeed.EDIT:
            self._state = drafting(self._state)
        elif deed is RecipeDeed.DROP:
            self._state = dropping(self._state)
            self._ask_history()
        else:
            command = self._command(deed, signature, reason)
            if command is not None:
                self._tools.orders.send(command)
        self._render()

    def _command(self, deed: RecipeDeed, signature: Signature | None, reason: str) -> RecipeCommand | None:
        recipe, number = self._state.chosen
        revision = self._state.revision
        match deed:
            case RecipeDeed.SAVE:
                return SaveDraft(recipe, self._state.edited, reason)
            case RecipeDeed.TAKE_FILE:
                return TakeInFile(recipe, reason)
            case RecipeDeed.APPROVE if signature is not None and revision is not None:
                return ApproveRevision(recipe, number, revision.sha256, signature, reason)
            case RecipeDeed.ACTIVATE if signature is not None:
                return ActivateRevision(recipe, number, signature, reason)
            case RecipeDeed.RETIRE if signature is not None:
                return RetireRevision(recipe, number, signature, reason)
            case _:
                return None

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            match news:
                case CommandRefused(kind, what, remedy) if kind in _COMMANDS:
                    self._state = replace(self._state, refusal=Refusal(what, remedy))
                case RevisionChanged() | StationDescribed() if self._screen.isVisible():
                    self._read_again()
                case _:
                    pass
        self._render()

    def _render(self) -> None:
        if not self._screen.isVisible():
            return
        station = self._tools.desk.state
        code = f"{_FILE_DIFFERS} {self._state.chosen[0]}"
        has_other_file = any(alarm.code == code for alarm in station.alarms)
        self._state = replace(self._state, session=station.session)
        standing = Standing(station.operator, station.is_connected, has_other_file)
        if (self._state, standing) != self._shown:
            self._shown = (self._state, standing)
            self._screen.show_state(self._state, standing)
