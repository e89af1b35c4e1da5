"""Which answers somebody may give about a recorded part from the history. Pure; the engine enforces it."""

from station_app.core.inspection import Disposition
from station_app.core.people import Act, may
from station_app.gui.answers import allowed
from station_app.gui.rights import why_not
from station_app.gui.screen_state import PartOnScreen, ScreenState


def who_answers(state: ScreenState) -> str:
    """Whoever is signed in, "" where nobody is."""
    return state.session.name or state.operator


def answers_offered(part: PartOnScreen | None, state: ScreenState) -> frozenset[Disposition]:
    """What makes sense for the part and is allowed to who is signed in: here an undo comes late, and is a lead's."""
    if not who_answers(state):
        return frozenset()
    role, sensible = state.session.role, allowed(part, is_connected=state.is_connected)
    needed = {said: Act.UNDO_LATE if said is Disposition.UNDO else Act.OVERRIDE for said in sensible}
    return frozenset(said for said, act in needed.items() if may(role, act))


def may_mark(part: PartOnScreen | None, state: ScreenState) -> bool:
    """Whether the part can be marked as suspect now: it is recorded, and who is signed in may decide about parts."""
    return (
        part is not None
        and state.is_connected
        and bool(who_answers(state))
        and not why_not(Act.OVERRIDE, state.session)
    )
