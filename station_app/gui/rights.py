"""What the person at the station may open and do, so that the screens can say it beforehand. The engine enforces it.

Pure. Before a station has accounts everybody may look, and the engine refuses what needs one.
"""

from station_app.core.people import Act, may
from station_app.core.people_messages import SessionChanged
from station_app.gui import sentences
from station_app.gui.screens import ScreenName

_NEEDED: dict[str, tuple[Act, ...]] = {
    "review": (Act.REVIEW,),
    "history": (Act.SEE_HISTORY,),
    "studies": (Act.OVERRIDE, Act.RUN_STUDY),
    "models": (Act.SEE_HISTORY,),
    "setup": (Act.CHANGE_SETUP,),
}
"""What a screen is for: one of these acts opens it. Screens without an entry are everybody's to look at, and say
themselves what may be done there."""


def why_not(act: Act, session: SessionChanged) -> str:
    """One of `sentences`, "" where this may be done."""
    return _why_none((act,), session)


def why_barred(screen: ScreenName, session: SessionChanged) -> str:
    """Why this screen cannot be opened: one of `sentences`, "" where it can."""
    acts = _NEEDED.get(screen.value, ())
    return _why_none(acts, session) if acts else ""


def may_change_setup(session: SessionChanged, operator: str) -> bool:
    """Whether a change can be asked for in somebody's name."""
    return bool(operator) and not why_not(Act.CHANGE_SETUP, session)


def is_lowered(session: SessionChanged) -> bool:
    """Whether this person's own rights are more than those that hold now."""
    return session.role is not session.full_role


def _why_none(acts: tuple[Act, ...], session: SessionChanged) -> str:
    if not session.has_people or (session.name and any(may(session.role, act) for act in acts)):
        return ""
    if not session.name:
        return sentences.SIGN_IN_FIRST
    if any(may(session.full_role, act) for act in acts):
        return sentences.SIGN_IN_AGAIN
    return sentences.NOT_ALLOWED
