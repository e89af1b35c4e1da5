"""What is said about recipes and their revisions: drafts, approvals by two people, what is active."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.people import Signature


class RevisionState(StrEnum):
    """DRAFT may change; APPROVED has two signatures; ACTIVE is the one approved revision that the line may load;
    RETIRED was active or is withdrawn."""

    DRAFT = "draft"
    APPROVED = "approved"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """A new revision from TOML text, or another text for the draft that is there. The number is the text's own: that of
    the draft, or one that no revision has had (`recipe_states.next_number`); a number that is taken is refused."""

    recipe: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApproveRevision:
    """One of the two signatures; the second makes the draft APPROVED. The author may give one of
    them: the two are different people, one an engineer and one of quality."""

    recipe: str
    revision: int
    sha256: str
    """What was looked at: another text is not approved by this."""
    signature: Signature
    reason: str


@dataclass(frozen=True, slots=True)
class ActivateRevision:
    """Make an approved (or retired and once active) revision the active one; the one before is retired."""

    recipe: str
    revision: int
    signature: Signature
    reason: str


@dataclass(frozen=True, slots=True)
class RetireRevision:
    """Withdraw a draft or an approved revision."""

    recipe: str
    revision: int
    signature: Signature
    reason: str


@dataclass(frozen=True, slots=True)
class TakeInFile:
    """A new draft from the recipe's file as it is on the station's disk now."""

    recipe: str
    reason: str


RecipeCommand = SaveDraft | ApproveRevision | ActivateRevision | RetireRevision | TakeInFile


@dataclass(frozen=True, slots=True)
class RevisionChanged:
    """A revision is new or in another state; the screen reads the rest from the records."""

    recipe: str
    revision: int
    state: RevisionState
    sha256: str
    changed_by: str


RecipeEvent = RevisionChanged
