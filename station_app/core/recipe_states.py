"""The states of a recipe's revisions. Pure: each deed gives the revisions as they are after it, or is refused.

DRAFT -> (two signatures) APPROVED -> ACTIVE -> RETIRED, and a RETIRED one that was ACTIVE may be so again. None is ever
taken out.
"""

from dataclasses import dataclass, replace
from typing import NoReturn

from station_app.core.errors import ConfigError
from station_app.core.people import Role
from station_app.core.recipe_deeds import Commission, RevisionDeed, SavedText, SaveText, Sign, Signed, Turn
from station_app.core.recipe_messages import RevisionState

SIGNING_ROLES = (Role.ENGINEER, Role.QUALITY)
"""One person of each must have signed."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision as it stands. `signatures` are those over the text it has now, `sha256`."""

    recipe: str
    number: int
    sha256: str
    state: RevisionState
    author: str
    signatures: tuple[Signed, ...] = ()
    was_active: bool = False
    is_commissioned: bool = False
    """Taken in from a file, without signatures."""

    @property
    def missing_roles(self) -> tuple[Role, ...]:
        """Whose signatures a draft still needs."""
        given = {signed.role for signed in self.signatures}
        return tuple(role for role in SIGNING_ROLES if role not in given)

    @property
    def may_be_activated(self) -> bool:
        return self.state is RevisionState.APPROVED or (self.state is RevisionState.RETIRED and self.was_active)


Revisions = tuple[Revision, ...]
"""Those of one recipe, by number."""


def after(revisions: Revisions, deed: RevisionDeed) -> Revisions:
    """The revisions after this deed. ConfigError where the rules refuse it: then nothing has changed."""
    match deed:
        case SaveText(saved):
            return _saved(revisions, saved)
        case Commission(saved):
            return _commissioned(revisions, saved)
        case Sign(_, number, signed):
            return _put(revisions, _with_signature(_find(revisions, deed.recipe, number), signed))
        case Turn(_, number, RevisionState.ACTIVE):
            return _activated(revisions, _find(revisions, deed.recipe, number))
        case Turn(_, number, RevisionState.RETIRED):
            return _put(revisions, _withdrawn(_find(revisions, deed.recipe, number)))
        case Turn():
            raise ConfigError(f"nobody can make a revision {deed.state}", remedy="activate or retire it")


def active_of(revisions: Revisions) -> Revision | None:
    """The one that the line may load."""
    return next((revision for revision in revisions if revision.state is RevisionState.ACTIVE), None)


def next_number(revisions: Revisions) -> int:
    """The least number that no revision has had yet, above all that were given."""
    return max((revision.number for revision in revisions), default=0) + 1


def _saved(revisions: Revisions, saved: SavedText) -> Revisions:
    found = next((revision for revision in revisions if revision.number == saved.number), None)
    if found is not None and found.state is not RevisionState.DRAFT:
        remedy = f"save it as revision {next_number(revisions)}"
        _refuse(_at(saved), f"revision {saved.number} is {found.state} and stays as it is", remedy)
    if found is None and saved.number < next_number(revisions):
        remedy = f"save it as revision {next_number(revisions)}"
        _refuse(_at(saved), f"revision {saved.number} lies before others", remedy)
    if found is not None and found.sha256 == saved.sha256:
        _refuse(_at(saved), "the draft says just this already", "change it first")
    return _put(revisions, Revision(saved.recipe, saved.number, saved.sha256, RevisionState.DRAFT, saved.author))


def _commissioned(revisions: Revisions, saved: SavedText) -> Revisions:
    if saved.number < next_number(revisions):
        remedy = f"take it in as revision {next_number(revisions)}"
        _refuse(_at(saved), f"revision {saved.number} is taken", remedy)
    state = RevisionState.ACTIVE
    new = Revision(saved.recipe, saved.number, saved.sha256, state, saved.author, was_active=True, is_commissioned=True)
    return (*_all_but_active(revisions), new)


def _with_signature(revision: Revision, signed: Signed) -> Revision:
    where = _where(revision)
    if revision.state is not RevisionState.DRAFT:
        _refuse(where, f"it is {revision.state}, and only a draft is approved", "make a draft of it first")
    if signed.sha256 != revision.sha256:
        _refuse(where, "the text was changed since you looked at it", "look at it again, then approve")
    if signed.role not in SIGNING_ROLES:
        what = f"the role {signed.role} does not approve recipes"
        _refuse(where, what, "an engineer and a person of quality approve")
    if any(given.name == signed.name for given in revision.signatures):
        _refuse(where, f"it has the approval of {signed.name} already", "the second signature is another person's")
    if signed.role not in revision.missing_roles:
        missing = ", ".join(revision.missing_roles)
        _refuse(where, f"it has the approval of the role {signed.role} already", f"still needed: {missing}")
    signatures = (*revision.signatures, signed)
    is_whole = len(signatures) == len(SIGNING_ROLES)
    state = RevisionState.APPROVED if is_whole else RevisionState.DRAFT
    return replace(revision, signatures=signatures, state=state)


def _activated(revisions: Revisions, revision: Revision) -> Revisions:
    if not revision.may_be_activated:
        remedy = {
            RevisionState.DRAFT: "two people approve it first",
            RevisionState.ACTIVE: "nothing needs to be done",
        }.get(revision.state, "make a draft of it, and have that approved")
        never = " and was never active" if revision.state is RevisionState.RETIRED else ""
        _refuse(_where(revision), f"it is {revision.state}{never}, and cannot be made active", remedy)
    return _put(_all_but_active(revisions), replace(revision, state=RevisionState.ACTIVE, was_active=True))


def _withdrawn(revision: Revision) -> Revision:
    if revision.state is RevisionState.ACTIVE:
        remedy = "make another revision active: that retires this one"
        _refuse(_where(revision), "the active revision cannot be withdrawn", remedy)
    if revision.state is RevisionState.RETIRED:
        _refuse(_where(revision), "it is retired already", "nothing needs to be done")
    return replace(revision, state=RevisionState.RETIRED)


def _all_but_active(revisions: Revisions) -> Revisions:
    """The one that was active is retired: another is about to be."""
    retired = RevisionState.RETIRED
    return tuple(replace(r, state=retired) if r.state is RevisionState.ACTIVE else r for r in revisions)


def _put(revisions: Revisions, changed: Revision) -> Revisions:
    others = (revision for revision in revisions if revision.number != changed.number)
    return tuple(sorted((*others, changed), key=lambda revision: revision.number))


def _find(revisions: Revisions, recipe: str, number: int) -> Revision:
    found = next((revision for revision in revisions if revision.number == number), None)
    if found is None:
        _refuse(f"recipe {recipe}", f"there is no revision {number}", "choose one of the list")
    return found


def _where(revision: Revision) -> str:
    return f"recipe {revision.recipe}, revision {revision.number}"


def _at(saved: SavedText) -> str:
    return f"recipe {saved.recipe}, revision {saved.number}"


def _refuse(where: str, what: str, remedy: str) -> NoReturn:
    raise ConfigError(what, where=where, remedy=remedy)
