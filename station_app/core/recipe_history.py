"""All that is recorded of one recipe's revisions, as it is read back."""

from dataclasses import dataclass

from station_app.core.recipe_deeds import SavedText
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revision, Revisions, active_of


@dataclass(frozen=True, slots=True)
class StateChange:
    """One turn in the life of a revision; `at_ms` is UTC."""

    number: int
    state: RevisionState
    name: str
    reason: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class RecipeHistory:
    """Of one recipe: its revisions by number, the text that each has now, and every turn in order."""

    recipe: str
    revisions: Revisions = ()
    texts: tuple[SavedText, ...] = ()
    changes: tuple[StateChange, ...] = ()

    @property
    def active(self) -> SavedText | None:
        """The text that the line loads, None where no revision is active."""
        active = active_of(self.revisions)
        return None if active is None else self.text_of(active.number)

    def text_of(self, number: int) -> SavedText | None:
        return next((saved for saved in self.texts if saved.number == number), None)

    def revision_of(self, number: int) -> Revision | None:
        return next((revision for revision in self.revisions if revision.number == number), None)
