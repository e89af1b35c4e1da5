"""The recipes that the line may load: of each the active revision, as it is recorded.

A file of the recipe folder that has no recorded revision yet is taken in as it is, and active: so stations from before
revisions were managed go on as they are. Any thread.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol, TypeVar

from station_app.core.audit_view import Change
from station_app.core.errors import ConfigError, StationError, StorageError
from station_app.core.recipe import Recipe
from station_app.core.recipe_deeds import Commission, PackageReport, RevisionDeed, SavedText, SaveText, recipe_of
from station_app.core.recipe_differences import after_text, before_text, differences
from station_app.core.recipe_edit import with_revision
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_states import Revision, next_number
from station_app.core.recipe_toml import parse_recipe
from station_app.engine.audit_trail import STATION

T = TypeVar("T")

COMMISSIONED = "commissioned from file"


class RevisionRecords(Protocol):
    """Where revisions are kept. All but the future's own raise StorageError where the disk does not answer."""

    def revise(self, deed: RevisionDeed, change: Change) -> "Future[tuple[Revision, ...]]":
        """Record the deed; gives the revisions that it changed, or ConfigError where the rules refuse it."""
        ...

    def recipe_history(self, recipe: str) -> RecipeHistory: ...

    def managed_recipes(self) -> tuple[str, ...]:
        """Every recipe that has a recorded revision."""
        ...


@dataclass(frozen=True, slots=True)
class RecipeFiles:
    """The recipe folder: `names` of its files, and of one of them the text and where it lies. `read` raises ConfigError
    where there is none."""

    names: Callable[[], tuple[str, ...]]
    read: Callable[[str], tuple[str, str]]


class PackageLook(Protocol):
    """Whether the model packages that a recipe names fit it."""

    def __call__(self, recipe: Recipe, *, is_proving: bool) -> tuple[PackageReport, ...]:
        """One report for each camera; with `is_proving` each package is run as well, which may take seconds."""
        ...


class RecipeShelf:
    """Keeps in memory what is active: nobody but the engine changes that."""

    def __init__(self, records: RevisionRecords, files: RecipeFiles, look: PackageLook) -> None:
        """Takes in every file that is new. What cannot be read or taken in now says so when it is to be loaded: the
        other recipes run all the same."""
        self._records, self._files, self.look = records, files, look
        self._lock = threading.Lock()
        self._revising = threading.Lock()
        self._active: dict[str, SavedText] = {}
        self._managed: set[str] = set()
        for name in records.managed_recipes():
            self._managed.add(name)
            with suppress(StorageError):
                self._note(self.history(name))
        for name in files.names():
            self._take_in_if_new(name)

    def names(self) -> tuple[str, ...]:
        """The recipes to choose from: what is active, and files that wait to be seen for the first time."""
        with self._lock:
            new = set(self._files.names()) - self._managed
            return tuple(sorted({*self._active, *new}))

    def codes(self) -> tuple[tuple[str, str], ...]:
        """Each printed text that selects a recipe, with that recipe."""
        with self._lock:
            active = sorted(self._active.items())
        recipes = ((name, understood(saved.text)) for name, saved in active)
        return tuple((code, name) for name, recipe in recipes if recipe is not None for code in recipe.codes)

    def read(self, name: str, *, follows_file: bool) -> Recipe:
        """The active revision of this recipe. With `follows_file` a file that says something else is taken in and
        active first: for stations at which nobody can approve. ConfigError where there is none, or it is wrong."""
        self._take_in_if_new(name, must_be=True)
        if follows_file and self.differs(name):
            self._commission(name)
        if self.active(name) is None:
            self._note(self.history(name))  # where it is damaged, that is said
        active = self.active(name)
        if active is None:
            remedy = "have a draft of it approved and made active"
            raise ConfigError("no revision of this recipe is active", where=f"recipe {name}", remedy=remedy)
        return parse_recipe(active.text, _where(active))

    def active(self, name: str) -> SavedText | None:
        with self._lock:
            return self._active.get(name)

    def differs(self, name: str) -> bool:
        """Whether the recipe's file says something else than the active revision, whatever its number, or cannot be
        read."""
        active = self.active(name)
        if active is None or name not in self._files.names():
            return False
        try:
            text, _ = self._files.read(name)
            return replace(parse_recipe(text), revision=1) != replace(parse_recipe(active.text), revision=1)
        except ConfigError:
            return True

    def file_text(self, name: str) -> str:
        """The recipe's file as it is now, under the next free number. ConfigError where there is none, or it is
        wrong."""
        text, where = self._files.read(name)
        parse_recipe(text, where)
        return with_revision(text, next_number(self.history(name).revisions))

    def history(self, name: str) -> RecipeHistory:
        return self._records.recipe_history(name)

    def revise(self, deed: RevisionDeed, after: Recipe | None = None) -> tuple[Revision, ...]:
        """Record the deed and follow it; `after` is the recipe of its text, where it brings one. ConfigError where the
        rules refuse it, StorageError where the disk does."""
        name = recipe_of(deed)
        active = self.active(name)
        changes = differences(understood(active.text) if active else None, after) if after is not None else ()
        reason = deed.saved.reason if isinstance(deed, Commission | SaveText) else ""
        change = Change(before_text(changes), after_text(changes), reason)
        with self._revising:  # what is noted last is what was recorded last
            changed = self._records.revise(deed, change).result()
            self._note(self.history(name))
        return changed

    def follow(self, name: str, record: Callable[[], T]) -> T:
        """Let `record` change revisions of this recipe, and follow it. StationError where that is refused."""
        with self._revising:
            recorded = record()
            self._note(self.history(name))
        return recorded

    def _take_in_if_new(self, name: str, *, must_be: bool = False) -> None:
        with self._lock:
            is_managed = name in self._managed
        if is_managed:
            return
        try:
            self._commission(name)
        except StationError:
            if must_be:
                raise

    def _commission(self, name: str) -> None:
        """Its package is run when the line loads it: a start does not wait for all of them."""
        text, where = self._files.read(name)
        recipe, free = parse_recipe(text, where), next_number(self.history(name).revisions)
        if recipe.revision < free:
            text = with_revision(text, free)
            recipe = replace(recipe, revision=free)
        now_ms = time.time_ns() // 1_000_000
        saved = SavedText(
            name, recipe.revision, text, STATION, COMMISSIONED, now_ms, self.look(recipe, is_proving=False)
        )
        self.revise(Commission(saved), recipe)

    def _note(self, history: RecipeHistory) -> None:
        active = history.active
        with self._lock:
            self._managed.add(history.recipe)
            self._active.pop(history.recipe, None)
            if active is not None:
                self._active[history.recipe] = active


@lru_cache(maxsize=512)
def understood(text: str) -> Recipe | None:
    """The recipe of a recorded text: the station is described often. None where another version of the program has
    recorded what this one does not understand: whoever loads it is told, and the other recipes run all the same."""
    try:
        return parse_recipe(text)
    except ConfigError:
        return None


def _where(saved: SavedText) -> str:
    return f"recipe {saved.recipe}, revision {saved.number}"
