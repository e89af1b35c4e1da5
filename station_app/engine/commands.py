"""What clients may ask of the engine, and how it answers. Any thread; one command after the other for each client."""

import logging
from collections.abc import Callable
from typing import Any, Protocol, get_args

from station_app.core import drift
from station_app.core.chart_messages import ChartCommand
from station_app.core.errors import ConfigError, StationError
from station_app.core.export_messages import NoteExport
from station_app.core.messages import (
    AcknowledgeAlarm,
    Command,
    CommandRefused,
    EngineState,
    Pause,
    RecordOverride,
    SelectRecipe,
    SetSerial,
    Shutdown,
    SignIn,
    Start,
    TriggerPart,
    UndoOverride,
)
from station_app.core.model_messages import ModelCommand
from station_app.core.people_messages import AddPerson, ChangePerson, SetSecret, SetUpAdministrator, SignInWith
from station_app.core.recipe_messages import RecipeCommand
from station_app.core.review_messages import ReviewCommand
from station_app.core.serial import CodeInput
from station_app.core.serial_messages import SetLot
from station_app.core.setup_messages import SetupCommand, TeachFlatField
from station_app.core.study_messages import StudyCommand
from station_app.core.sync_messages import SyncNow
from station_app.core.web_messages import StartRoll, StopRoll
from station_app.engine.books import Books
from station_app.engine.charting import Charting
from station_app.engine.engine_setup import EngineSetup
from station_app.engine.export_notes import ExportNotes
from station_app.engine.flat_teaching import FlatTeaching, Teachable
from station_app.engine.models import Models
from station_app.engine.overriding import Overriding
from station_app.engine.people_desk import PeopleDesk
from station_app.engine.permissions import Permissions
from station_app.engine.recipe_desk import Recipes
from station_app.engine.reviewing import Reviewing
from station_app.engine.roll import Rolls
from station_app.engine.studying import Studying
from station_app.engine.web_acquire import WebAcquireStage

log = logging.getLogger(__name__)


_ENDED_BY_A_PERSON = ("bug", drift.ALARM)
"""They tell of what has happened: nothing but a person can end the first, and the second has been heard for the day."""


class Steered(Protocol):
    """The engine, as far as commands reach. Each method raises StationError where it cannot do what is asked."""

    @property
    def state(self) -> EngineState: ...
    @property
    def web(self) -> WebAcquireStage | None: ...
    def teachable(self, camera_id: str) -> Teachable | None: ...
    def load(self, name: str) -> None: ...
    def start(self) -> None: ...
    def pause(self) -> None: ...
    def trigger(self, serial: str = "") -> int: ...
    def set_serial(self, serial: str, source: CodeInput) -> None: ...
    def shut_down(self) -> None: ...
    def set_up(self, command: SetupCommand) -> None: ...


class Commands:
    """Carries out commands; what cannot be done is told by `CommandRefused`."""

    def __init__(self, engine: Steered, books: Books, setup: EngineSetup, recipes: Recipes, models: Models) -> None:
        self._engine = engine
        self._books = books
        self._station = setup.station
        self._permissions = Permissions(books.crew, books.audit)
        self._rolls = Rolls(books)
        self._rooms = self._furnished(setup, recipes, models)

    def _furnished(self, setup: EngineSetup, recipes: Recipes, models: Models) -> dict[type, Callable[[Any], None]]:
        """Each room takes commands of its own; where two would, the later one does."""
        books, who = self._books, self._who
        people = PeopleDesk(books.crew, setup.roster).obey
        return {
            **dict.fromkeys((StartRoll, StopRoll), self._roll),
            **dict.fromkeys((RecordOverride, UndoOverride), Overriding(books).record),
            **dict.fromkeys(get_args(SetupCommand), self._engine.set_up),
            TeachFlatField: FlatTeaching(self._engine, books, setup.flat_fields).obey,
            **dict.fromkeys(get_args(ReviewCommand), Reviewing(books, who).obey),
            **dict.fromkeys(get_args(RecipeCommand), recipes.obey),
            **dict.fromkeys(get_args(ModelCommand), models.obey),
            **dict.fromkeys(get_args(StudyCommand), Studying(books).obey),
            **dict.fromkeys(get_args(ChartCommand), Charting(books, who).obey),
            NoteExport: ExportNotes(books, who).obey,
            SyncNow: books.sync.obey,
            **dict.fromkeys((SetUpAdministrator, AddPerson, ChangePerson, SetSecret), people),
            SignInWith: books.crew.sign_in_with,
        }

    def _who(self) -> str:
        return self._books.crew.session.name

    def obey(self, command: Command) -> None:
        try:
            self._carry_out(self._permissions.admit(command))
        except StationError as error:
            self._refuse(command, error.what, error.remedy)
        except Exception as error:
            # The dispatcher of commands: a bug is told, and the client's thread lives on.
            log.exception("a bug in %s", type(command).__name__)
            self._books.note_bug("command", error)
            self._refuse(command, "a fault in the program", "call support and send the log")

    def _carry_out(self, command: Command) -> None:
        room = self._rooms.get(type(command), self._steer)
        room(command)

    def _roll(self, command: StartRoll | StopRoll) -> None:
        self._rolls.obey(command, self._engine.web)

    def _steer(self, command: Command) -> None:
        match command:
            case Start():
                self._engine.start()
            case Pause():
                self._engine.pause()
            case TriggerPart(serial):
                self._trigger(serial)
            case SelectRecipe(name, operator):
                self._select(name, operator)
            case SetSerial() | SetLot():
                self._name(command)
            case SignIn(operator):
                self._books.crew.sign_in(operator.strip())
            case AcknowledgeAlarm(code, operator):
                self._acknowledge(code, operator)
            case Shutdown(operator):
                self._books.audit.note(operator, "shutdown_asked", self._station)
                self._engine.shut_down()

    def _name(self, command: SetSerial | SetLot) -> None:
        """What the next part, or the next parts, are called."""
        if isinstance(command, SetLot):
            self._books.lots.change(command.lot, command.operator)
        else:
            self._engine.set_serial(command.serial, command.source)

    def _trigger(self, serial: str) -> None:
        if self._engine.web is not None:
            remedy = "start the line: the web is taken as it comes"
            raise ConfigError("an endless web has no parts to trigger", remedy=remedy)
        if not self._engine.trigger(serial):
            raise ConfigError("the line is not running", remedy="start the line first")

    def _select(self, name: str, operator: str) -> None:
        if self._engine.state is EngineState.RUNNING:
            raise ConfigError("the line is running", remedy="pause the line first")
        crew = self._books.crew
        if operator.strip() and not crew.has_people:
            crew.sign_in(operator.strip())
        self._engine.load(name)

    def _acknowledge(self, code: str, operator: str) -> None:
        alarm = next((alarm for alarm in self._books.alarms.standing() if alarm.code == code), None)
        self._books.audit.note(operator, "alarm_acknowledged", code, alarm.what if alarm is not None else "")
        if code in _ENDED_BY_A_PERSON:
            self._books.alarms.clear(code)

    def _refuse(self, command: Command, what: str, remedy: str) -> None:
        self._books.publish(CommandRefused(type(command).__name__, what, remedy))
