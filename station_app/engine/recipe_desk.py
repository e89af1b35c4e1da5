"""Carries out what people do to recipes' revisions, each in the name of who signs or is signed in. Any thread. Who may
do what was asked before, by `permissions`.

The line never changes its recipe by itself: another active revision waits until the recipe is loaded the next time,
and an alarm of low priority says so.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from station_app.core.errors import ConfigError
from station_app.core.messages import Priority
from station_app.core.people import Act, Person, Signature
from station_app.core.recipe import Recipe
from station_app.core.recipe_deeds import RevisionDeed, SavedText, SaveText, Sign, Signed, Turn
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
from station_app.core.recipe_toml import parse_recipe
from station_app.engine.books import Books
from station_app.engine.engine_setup import EngineSetup
from station_app.engine.recipe_shelf import RecipeShelf, understood

FILE_DIFFERS = "recipe_file"
"""First word of the alarm that a recipe's file says something else than its active revision; the second is its name."""
NEWER_WAITS = "recipe_waiting"
"""The same of the alarm that another revision is active than the loaded one."""


class Recipes(Protocol):
    """The recipes of a station, as far as the engine uses them."""

    def read(self, name: str) -> Recipe:
        """The recipe that the line is to load. ConfigError where there is none."""
        ...

    def note_loaded(self, name: str, revision: int) -> None:
        """This revision is loaded now."""
        ...

    def obey(self, command: RecipeCommand) -> None:
        """Do it and tell what has changed. StationError, in one sentence, where it cannot be."""
        ...


class UnmanagedRecipes:
    """Recipes that are read as they are: of a recipe that was given by hand there are no revisions."""

    def __init__(self, read: Callable[[str], Recipe]) -> None:
        self.read = read

    def note_loaded(self, name: str, revision: int) -> None:
        """There is nothing to compare it with."""

    def obey(self, command: RecipeCommand) -> None:
        what = "the recipe was given by hand, and has no revisions here"
        raise ConfigError(what, remedy="start the station with its recipe folder")


class RecipeDesk:
    """One for an engine. `on_choice_changed` is told when recipes or their codes may be others."""

    def __init__(
        self,
        shelf: RecipeShelf,
        books: Books,
        on_choice_changed: Callable[[], None],
    ) -> None:
        self._shelf, self._books = shelf, books
        self._crew, self._on_choice_changed = books.crew, on_choice_changed
        self._lock = threading.Lock()
        self._loaded = ("", 0)

    def read(self, name: str) -> Recipe:
        return self._shelf.read(name, follows_file=not self._crew.session.has_people)

    def note_loaded(self, name: str, revision: int) -> None:
        """This revision is loaded now: say what differs from it, and nothing of the one before."""
        with self._lock:
            before, self._loaded = self._loaded[0], (name, revision)
        for code in (f"{FILE_DIFFERS} {before}", f"{NEWER_WAITS} {before}"):
            self._books.alarms.clear(code)
        if self._shelf.differs(name):
            self._books.alarms.raise_alarm(
                f"{FILE_DIFFERS} {name}",
                f"the file of recipe {name} differs from its active revision {revision}, which is loaded",
                remedy="take the file in as a draft, or put the file back",
                priority=Priority.LOW,
            )
        self._tell_waiting(name)

    def obey(self, command: RecipeCommand) -> None:
        _refuse_unsayable(command)
        match command:
            case SaveDraft(recipe, text):
                self._save(recipe, text, command.reason)
            case TakeInFile(recipe):
                self._save(recipe, self._shelf.file_text(recipe), command.reason)
            case ApproveRevision():
                self._approve(command)
            case ActivateRevision():
                self._activate(command)
            case RetireRevision(recipe, number):
                person = self._verified(command.signature)
                self._do(Turn(recipe, number, RevisionState.RETIRED, person.name, command.reason, _now_ms()))

    def _save(self, name: str, text: str, reason: str) -> None:
        author = self._crew.session.name
        recipe = parse_recipe(text, f"recipe {name}, draft")
        history = self._shelf.history(name)
        _refuse_other_name(history, recipe)
        saved = SavedText(
            name, recipe.revision, text, author, reason, _now_ms(), self._shelf.look(recipe, is_proving=True)
        )
        self._do(SaveText(saved), recipe)

    def _approve(self, command: ApproveRevision) -> None:
        person = self._verified(command.signature)
        self._refuse_unfit(command.recipe, command.revision)
        signed = Signed(person.name, person.role, command.sha256, command.reason, _now_ms())
        self._do(Sign(command.recipe, command.revision, signed))

    def _activate(self, command: ActivateRevision) -> None:
        person = self._verified(command.signature)
        self._refuse_unfit(command.recipe, command.revision)
        name, number, reason = command.recipe, command.revision, command.reason
        self._do(Turn(name, number, RevisionState.ACTIVE, person.name, reason, _now_ms()))
        self._on_choice_changed()
        self._tell_waiting(name)

    def _do(self, deed: RevisionDeed, recipe: Recipe | None = None) -> None:
        changed = self._shelf.revise(deed, recipe)
        name = _name_of(deed)
        for revision in changed:
            told = (revision.recipe, revision.number, revision.state, revision.sha256, name)
            self._books.publish(RevisionChanged(*told))

    def _tell_waiting(self, name: str) -> None:
        """Whether another revision is active than the loaded one."""
        with self._lock:
            loaded, revision = self._loaded
        active = self._shelf.active(name)
        if name != loaded or active is None:
            return
        if active.number == revision:
            self._books.alarms.clear(f"{NEWER_WAITS} {name}")
            return
        self._books.alarms.raise_alarm(
            f"{NEWER_WAITS} {name}",
            f"revision {active.number} of recipe {name} is active, and the line still runs revision {revision}",
            remedy="choose the recipe again when the line may pause",
            priority=Priority.LOW,
        )

    def _refuse_unfit(self, name: str, number: int) -> None:
        """The packages are looked at once more: what was right when the text was saved may have been changed since."""
        saved = self._shelf.history(name).text_of(number)
        reports = self._shelf.look(parse_recipe(saved.text), is_proving=True) if saved is not None else ()
        faults = [fault for report in reports for fault in report.faults]
        if faults:
            where = f"recipe {name}, revision {number}"
            remedy = "put the right package in its place, or change the recipe"
            raise ConfigError(f"its model package does not fit: {'; '.join(faults)}", where=where, remedy=remedy)

    def _verified(self, signature: Signature) -> Person:
        return self._crew.verify(signature, Act.APPROVE_RECIPE)


def open_recipes(setup: EngineSetup, books: Books, on_choice_changed: Callable[[], None]) -> Recipes:
    """Managed where the set-up has a shelf for them."""
    if setup.shelf is None:
        return UnmanagedRecipes(setup.read_recipe)
    return RecipeDesk(setup.shelf, books, on_choice_changed)


def _refuse_other_name(history: RecipeHistory, recipe: Recipe) -> None:
    """Parts are recorded under the name in the text: a recipe keeps it."""
    known = (history.active, *reversed(history.texts))
    recipes = (understood(saved.text) for saved in known if saved is not None)
    name = next((known.name for known in recipes if known is not None), history.recipe)
    if recipe.name != name:
        raise ConfigError(f"the text is of recipe {recipe.name}, not of {name}", remedy=f'write name = "{name}"')


def _refuse_unsayable(command: RecipeCommand) -> None:
    """A reason is needed, and nothing may hold half a character, which no record can keep."""
    if not command.reason.strip():
        raise ConfigError("there is no reason", remedy="say why")
    text = command.text if isinstance(command, SaveDraft) else ""
    try:
        f"{command.recipe}{command.reason}{text}".encode()
    except UnicodeEncodeError as error:
        raise ConfigError("the words hold half a character", remedy="write them again") from error


def _name_of(deed: RevisionDeed) -> str:
    match deed:
        case Sign(_, _, signed):
            return signed.name
        case Turn():
            return deed.name
        case _:
            return deed.saved.author


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
