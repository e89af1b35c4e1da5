"""What the recipes' screen knows, and what follows from it. Pure; no Qt."""

from dataclasses import dataclass, replace
from functools import lru_cache

from station_app.core.errors import ConfigError
from station_app.core.people import Act, may
from station_app.core.people_messages import SessionChanged
from station_app.core.quality_teaching import Taught
from station_app.core.recipe import Recipe
from station_app.core.recipe_deeds import SavedText
from station_app.core.recipe_differences import FieldChange, differences
from station_app.core.recipe_edit import with_revision
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revision, next_number
from station_app.core.recipe_toml import parse_recipe
from station_app.gui.screen_state import NOBODY

NOTHING_READ = RecipeHistory("")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the engine did not do what was asked."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds beside the recipes: who is signed in, whether the engine answers, and whether the chosen recipe's file
    says something else than its active revision."""

    operator: str = ""
    is_connected: bool = False
    has_other_file: bool = False


@dataclass(frozen=True, slots=True)
class RecipesState:
    """`chosen` is a recipe and a revision of it; `edited` the text that a person is changing, "" where nobody is.
    `camera_id` is the one whose regions and limits are shown; `taught` what its good parts teach. `wanted` is the
    revision that somebody chose while changes were not saved: it is opened when they may be dropped."""

    revisions: tuple[Revision, ...] = ()
    chosen: tuple[str, int] = ("", 0)
    history: RecipeHistory = NOTHING_READ
    edited: str = ""
    camera_id: str = ""
    taught: Taught | None = None
    too_few: bool = False
    refusal: Refusal | None = None
    session: SessionChanged = NOBODY
    wanted: tuple[str, int] | None = None

    @property
    def listed(self) -> tuple[Revision, ...]:
        """By recipe, the newest revision first."""
        return tuple(sorted(self.revisions, key=lambda revision: (revision.recipe, -revision.number)))

    @property
    def revision(self) -> Revision | None:
        """The chosen one, as it is recorded."""
        return self.history.revision_of(self.chosen[1]) if self.history.recipe == self.chosen[0] else None

    @property
    def saved(self) -> SavedText | None:
        return self.history.text_of(self.chosen[1]) if self.history.recipe == self.chosen[0] else None

    @property
    def text(self) -> str:
        """What is shown: the text being changed, else the recorded one."""
        return self.edited or (self.saved.text if self.saved is not None else "")

    @property
    def recipe(self) -> Recipe | None:
        """What the shown text means, None where nothing is chosen."""
        return read(self.text)

    @property
    def active(self) -> Recipe | None:
        active = self.history.active
        return read(active.text) if active is not None and self.history.recipe == self.chosen[0] else None

    @property
    def number(self) -> int:
        """Of the shown text, which may be a draft that nobody has saved yet."""
        recipe = self.recipe
        return recipe.revision if recipe is not None else self.chosen[1]

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """Against the active revision, field by field."""
        return differences(self.active, self.recipe) if self.recipe is not None else ()

    @property
    def is_editing(self) -> bool:
        return bool(self.edited)

    @property
    def is_dirty(self) -> bool:
        """Whether something is shown that is not recorded."""
        return self.is_editing and (self.saved is None or self.edited != self.saved.text)

    @property
    def is_changed(self) -> bool:
        """Whether a person would lose something: more was done than begun to change."""
        return self.is_editing and self.edited != drafting(replace(self, edited="")).edited

    @property
    def may_edit(self) -> bool:
        """As far as is known here: the engine decides."""
        return may(self.session.role, Act.EDIT_RECIPE)

    @property
    def shown_camera(self) -> str:
        ids = [setup.camera_id for setup in self.recipe.cameras] if self.recipe is not None else []
        return self.camera_id if self.camera_id in ids else next(iter(ids), "")


@lru_cache(maxsize=64)
def read(text: str) -> Recipe | None:
    """What a text means; None of an empty one. A recorded text was parsed before it was recorded."""
    try:
        return parse_recipe(text) if text else None
    except ConfigError:
        return None


def choosing(state: RecipesState, recipe: str, number: int) -> RecipesState:
    """Another revision is looked at; what was changed and not saved is dropped."""
    blank = replace(state, edited="", taught=None, too_few=False, refusal=None, wanted=None)
    fresh = replace(blank, chosen=(recipe, number))
    return fresh if state.history.recipe == recipe else replace(fresh, history=RecipeHistory(recipe), camera_id="")


def wishing(state: RecipesState, recipe: str, number: int) -> RecipesState:
    """Another revision is wanted: what was changed and not saved is asked about first."""
    if not state.is_changed:
        return choosing(state, recipe, number)
    return state if (recipe, number) == state.chosen else replace(state, wanted=(recipe, number))


def dropping(state: RecipesState) -> RecipesState:
    """What was changed and not saved is dropped; then comes what was wanted."""
    return choosing(state, *(state.wanted or state.chosen))


def drafting(state: RecipesState) -> RecipesState:
    """Begin to change: the draft that is chosen, else a copy of what is chosen under the next number."""
    saved, revision = state.saved, state.revision
    if saved is None or revision is None:
        return state
    if revision.state is RevisionState.DRAFT:
        return replace(state, edited=saved.text, refusal=None)
    return replace(state, edited=with_revision(saved.text, next_number(state.history.revisions)), refusal=None)


def reading(state: RecipesState, history: RecipeHistory) -> RecipesState:
    """The records of a recipe came. A draft that is saved as it stands is shown as recorded."""
    if history.recipe != state.chosen[0]:
        return state
    now = replace(state, history=history)
    number = now.number
    saved = history.text_of(number)
    if now.is_editing and saved is not None and saved.text == now.edited:
        now = replace(now, edited="", chosen=(history.recipe, number))
    return now


def editing(state: RecipesState, text: str) -> RecipesState:
    """The text was changed."""
    return replace(state, edited=text, refusal=None)
