"""People of a station: their roles, and what each role may do. Pure; the engine enforces it, the screens only ask."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """From the line to the administration; each may do what its own work needs, and no role may do everything."""

    OPERATOR = "operator"
    LEAD = "lead"
    QUALITY = "quality"
    ENGINEER = "engineer"
    ADMIN = "admin"


class Act(StrEnum):
    """What can be allowed or refused. Pausing the line is not among them: everybody may always stop it."""

    RUN_LINE = "run_line"
    CHOOSE_RECIPE = "choose_recipe"
    OVERRIDE = "override"
    UNDO_LATE = "undo_late"
    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    SEE_HISTORY = "see_history"
    EXPORT = "export"
    RUN_STUDY = "run_study"
    FREEZE_LIMITS = "freeze_limits"
    EDIT_RECIPE = "edit_recipe"
    APPROVE_RECIPE = "approve_recipe"
    CHANGE_SETUP = "change_setup"
    CHANGE_PEOPLE = "change_people"
    SEE_AUDIT = "see_audit"
    SHUT_DOWN = "shut_down"


_LINE = frozenset({Act.RUN_LINE, Act.CHOOSE_RECIPE, Act.OVERRIDE, Act.SEE_HISTORY})
_LEAD = _LINE | {Act.UNDO_LATE, Act.REVIEW, Act.EXPORT, Act.SHUT_DOWN}

ALLOWED: dict[Role, frozenset[Act]] = {
    Role.OPERATOR: _LINE,
    Role.LEAD: _LEAD,
    Role.QUALITY: _LEAD | {Act.ADJUDICATE, Act.RUN_STUDY, Act.FREEZE_LIMITS, Act.APPROVE_RECIPE, Act.SEE_AUDIT},
    Role.ENGINEER: _LEAD
    | {Act.RUN_STUDY, Act.FREEZE_LIMITS, Act.EDIT_RECIPE, Act.APPROVE_RECIPE, Act.CHANGE_SETUP, Act.SEE_AUDIT},
    Role.ADMIN: frozenset({Act.SEE_HISTORY, Act.EXPORT, Act.CHANGE_PEOPLE, Act.SEE_AUDIT, Act.SHUT_DOWN}),
}


def may(role: Role, act: Act) -> bool:
    """Whether somebody of this role may do this."""
    return act in ALLOWED[role]


class SecretKind(StrEnum):
    """How somebody proves who they are. A badge and a PIN give the operator's rights alone, whatever the role."""

    BADGE = "badge"
    PIN = "pin"
    PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class Person:
    """One account. `name` is unique and never given to another person, also when `is_active` is over."""

    name: str
    full_name: str
    role: Role
    is_active: bool = True
    secrets: tuple[SecretKind, ...] = ()
    """Which kinds are set; never what they are."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs something that changes verdicts or people, proved at that moment by a password."""

    name: str
    secret: str

    def __repr__(self) -> str:
        return f"Signature(name={self.name!r})"
