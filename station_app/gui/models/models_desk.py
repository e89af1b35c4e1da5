"""Joins the engine's events, the records and the models' screen. Holds the state; owns no widget's inside. GUI thread.

Everything that is changed is asked of the engine; what is shown is told by it, or read back from the records.
"""

from dataclasses import replace
from functools import partial
from typing import get_args

from PySide6.QtCore import QObject, Qt, Slot

from station_app.core.errors import StationError
from station_app.core.messages import CommandRefused, OverrideRecorded
from station_app.core.model_messages import (
    FetchModels,
    ModelCommand,
    ModelsReported,
    PromoteModel,
    RollBackModel,
    StartShadow,
    StopShadow,
)
from station_app.core.sync_messages import SyncNow
from station_app.gui.bridge import Batch
from station_app.gui.models.deeds import ModelDeed
from station_app.gui.models.models_screen import ModelsScreen
from station_app.gui.models.models_state import ModelsState, Place, choosing, key_of, reporting, siding, turning
from station_app.gui.models.record_questions import ask_discordant, ask_package, ask_shadow
from station_app.gui.models.records import DiscordantPage, PackageRecord, ShadowReport, Side
from station_app.gui.page_makers import PageTools
from station_app.gui.recipes.recipes_state import Refusal
from station_app.gui.screen_state import ScreenState

PACKAGE, SHADOW, PARTS = "package", "shadow", "parts"
_COMMANDS = frozenset(kind.__name__ for kind in (*get_args(ModelCommand), SyncNow))


class ModelsDesk(QObject):
    """One person at the models' screen, which is its parent."""

    def __init__(self, screen: ModelsScreen, tools: PageTools) -> None:
        super().__init__(screen)
        self._screen, self._tools = screen, tools
        self._state = ModelsState()
        self._is_open = False
        self._shown: tuple[ModelsState, ScreenState] | None = None
        self._reader = tools.new_reader()
        self._reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        tools.desk.batch_taken.connect(self._on_batch_taken)
        tools.desk.rendered.connect(self._on_rendered)
        self._connect(screen)

    def _connect(self, screen: ModelsScreen) -> None:
        screen.opened.connect(self._on_opened)
        screen.place_asked.connect(self._on_place_asked)
        screen.packages.chosen.connect(self._on_chosen)
        screen.packages.fetch_asked.connect(self._on_fetch_asked)
        screen.packages.panel.asked.connect(self._on_deed_asked)
        screen.packages.panel.rolled_back.connect(self._on_rolled_back)
        screen.trial.asked.connect(self._on_back_asked)
        screen.shadow.side_chosen.connect(self._on_side_chosen)
        screen.shadow.turned.connect(self._on_turned)
        screen.promotion.signed.connect(self._on_signed)
        screen.sync.asked.connect(self._on_sync_asked)

    @property
    def state(self) -> ModelsState:
        return self._state

    @Slot(bool)
    def _on_opened(self, is_open: bool) -> None:
        self._is_open = is_open
        if is_open:
            self._take_report()
            self._read()
            self._render()

    def _take_report(self) -> None:
        """What the desk of the station has heard so far: this screen may be younger than the last report."""
        before = self._state.chosen
        self._state = reporting(self._state, self._tools.desk.state.loop.models)
        if self._state.chosen != before:
            self._read()

    def _read(self) -> None:
        """Ask the records for what is seen of the chosen package."""
        key, place = self._state.chosen, self._state.place
        if key is None or not self._is_open:
            return
        self._reader.ask(PACKAGE, partial(ask_package, key))
        if place is Place.SHADOW:
            self._reader.ask(SHADOW, partial(ask_shadow, key))
            self._reader.ask(PARTS, partial(ask_discordant, key, self._state.side, self._state.before))

    @Slot(str, object)
    def _on_answered(self, _: str, answer: object) -> None:
        match answer:
            case PackageRecord() if answer.key == self._state.chosen:
                self._state = replace(self._state, package=answer)
            case ShadowReport() if answer.key == self._state.chosen:
                self._state = replace(self._state, shadow=answer)
            case DiscordantPage() if self._is_wanted(answer):
                self._state = replace(self._state, page=answer)
            case _:
                return
        self._render()

    def _is_wanted(self, page: DiscordantPage) -> bool:
        state = self._state
        return (page.key, page.side, page.before) == (state.chosen, state.side, state.before)

    @Slot(str, object)
    def _on_refused(self, _: str, error: StationError) -> None:
        self._state = replace(self._state, refusal=Refusal(error.what, error.remedy))
        self._render()

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            match news:
                case CommandRefused(kind, what, remedy) if kind in _COMMANDS:
                    self._state = replace(self._state, refusal=Refusal(what, remedy))
                case ModelsReported():
                    self._take_report()
                    self._read()
                case OverrideRecorded() if self._state.place is Place.SHADOW:
                    self._read()
                case _:
                    pass
        self._render()

    @Slot(object)
    def _on_rendered(self, _: ScreenState) -> None:
        self._render()

    def _render(self) -> None:
        if not self._is_open:
            return
        station = self._tools.desk.state
        if not station.is_connected:
            self._state = reporting(self._state, ())
        self._state = replace(
            self._state, session=station.session, operator=station.operator, is_connected=station.is_connected
        )
        if (self._state, station) != self._shown:
            self._shown = (self._state, station)
            self._screen.show_state(self._state, station)

    @Slot(object)
    def _on_place_asked(self, place: Place) -> None:
        self._state = replace(self._state, place=place, refusal=None)
        self._read()
        self._render()

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self._state = choosing(self._state, key_of(self._state.models[row]))
        self._read()
        self._render()

    @Slot(object)
    def _on_side_chosen(self, side: Side) -> None:
        self._state = siding(self._state, side)
        self._read()
        self._render()

    @Slot(bool)
    def _on_turned(self, is_older: bool) -> None:
        self._state = turning(self._state, is_older=is_older)
        self._read()
        self._render()

    @Slot(str)
    def _on_fetch_asked(self, folder: str) -> None:
        self._send(FetchModels(self._state.operator, folder))

    @Slot(object)
    def _on_deed_asked(self, deed: ModelDeed) -> None:
        key = self._state.chosen
        if deed is ModelDeed.PROMOTE:
            self._state = replace(self._state, refusal=None)
            self._render()
            self._screen.promote()
        elif key is not None:
            command = StartShadow if deed is ModelDeed.START_SHADOW else StopShadow
            self._send(command(*key, self._state.operator))

    @Slot()
    def _on_back_asked(self) -> None:
        """From wherever the press came: the package that decides is shown, and asked about."""
        model = self._state.deciding
        if model is None:
            return
        self._screen.promotion.close_page()
        if key_of(model) != self._state.chosen:
            self._state = choosing(self._state, key_of(model))
        self._state = replace(self._state, place=Place.PACKAGES)
        self._read()
        self._render()
        self._screen.packages.panel.ask_to_roll_back()

    @Slot(str)
    def _on_rolled_back(self, reason: str) -> None:
        if self._state.chosen is not None:
            self._send(RollBackModel(*self._state.chosen, reason, self._state.operator))

    @Slot(object)
    def _on_signed(self, command: PromoteModel) -> None:
        self._send(command)

    @Slot()
    def _on_sync_asked(self) -> None:
        self._send(SyncNow(self._state.operator))

    def _send(self, command: ModelCommand | SyncNow) -> None:
        self._state = replace(self._state, refusal=None)
        self._tools.orders.send(command)
        self._render()
