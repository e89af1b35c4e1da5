"""What can be done to the revisions of a recipe, as it is recorded. Pure."""

import hashlib
from dataclasses import dataclass

from station_app.core.people import Role
from station_app.core.recipe_messages import RevisionState


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What a look at the model package of one camera found; `faults` are sentences, none where it fits the recipe."""

    camera_id: str
    package: str
    sha256: str
    name: str = ""
    version: str = ""
    labels: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedText:
    """The TOML text of one revision, who wrote it and why. `at_ms` is UTC, as everywhere here."""

    recipe: str
    number: int
    text: str
    author: str
    reason: str
    at_ms: int
    packages: tuple[PackageReport, ...] = ()

    @property
    def sha256(self) -> str:
        """Hash of the very text, comments included: what a person has read is what a person signs."""
        return text_sha256(self.text)


@dataclass(frozen=True, slots=True)
class SaveText:
    """A new draft, or another text for one that is there."""

    saved: SavedText


@dataclass(frozen=True, slots=True)
class Commission:
    """A recipe file taken in as the active revision: what ran here before revisions were managed goes on running."""

    saved: SavedText


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature over one text, with the role that the person really has."""

    name: str
    role: Role
    sha256: str
    reason: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A person approves a draft."""

    recipe: str
    number: int
    signed: Signed


@dataclass(frozen=True, slots=True)
class Turn:
    """An approved revision becomes ACTIVE, or a draft or an approved one is RETIRED."""

    recipe: str
    number: int
    state: RevisionState
    name: str
    reason: str
    at_ms: int


RevisionDeed = SaveText | Commission | Sign | Turn


def recipe_of(deed: RevisionDeed) -> str:
    """Which recipe it is about."""
    return deed.saved.recipe if isinstance(deed, SaveText | Commission) else deed.recipe


def text_sha256(text: str) -> str:
    """The hash that signatures are bound to: SHA-256 of the UTF-8 text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
