"""Which frame of a wire-triggered camera is which part's. The wire does not say it: only times do.

A frame is the part's if it arrived at or after the part's trigger, within the camera's transit time, and before the
next trigger; and if for as long before that trigger nothing else had happened, neither another trigger nor a restart.
Let every frame arrive at or after the trigger of its own part, and within the transit time. Then no other part's is
ever taken: one of an earlier part would have its trigger less than the transit time before this part's, one of a later
part would arrive after the next trigger.

Whatever else comes, or does not come, is disorder: the camera begins anew, which throws away all that waits or is under
way, and the parts triggered up to then have no result. So a frame that took longer than it may does not come up later.
"""

from station_app.core.inspection import NoResultReason
from station_app.devices.clock import Clock
from station_app.devices.wired import Wired, as_wired
from station_app.engine.live_camera import LiveCamera
from station_app.engine.part import NS_PER_MS, Part
from station_app.engine.turns import Turn

_IN_PLACE = (None, NoResultReason.FRAME_TORN, NoResultReason.FRAME_FROZEN)
"""What may be wrong with a frame that nevertheless is the part's."""


class Wire:
    """The camera's own thread asks; only `disturb` is for any. Of a commanded camera it knows and does nothing, nor of
    a line-scan camera: that cuts parts out of the web as they come, and numbers its lines."""

    def __init__(self, live: LiveCamera, clock: Clock) -> None:
        self._live = live
        self._clock = clock
        self._disturbed_ns = 0
        self._expecting_ns = 0

    @property
    def _wired(self) -> Wired | None:
        return None if self._live.scan is not None else as_wired(self._live.camera)

    @property
    def is_disturbed(self) -> bool:
        """Whether what the camera holds or has under way may be anybody's."""
        wired = self._wired
        return wired is not None and wired.begun_ns <= max(self._disturbed_ns, self._expecting_ns)

    def disturb(self) -> None:
        """Pulses may have come that belong to no part."""
        self._disturbed_ns = self._clock.now_ns()

    def tidy(self) -> None:
        """Let the camera begin anew if it has to. CameraError where it is lost: it has begun anew when it is back."""
        wired = self._wired
        if wired is not None and self.is_disturbed:
            wired.begin_anew()

    def has_thrown_away(self, part: Part) -> bool:
        """Whether the camera has begun anew since the part's trigger."""
        wired = self._wired
        return wired is not None and part.triggered_ns <= wired.begun_ns

    def expect(self) -> None:
        """A part's frame comes next: there is disorder unless it does."""
        self._expecting_ns = self._clock.now_ns()

    def due_ns(self, part: Part) -> int:
        """Until when the part's frame is waited for."""
        wired = self._wired
        if wired is None:
            return part.frames_due_ns
        return min(part.frames_due_ns, part.triggered_ns + round(wired.transit_s * 1e9))

    def limit(self, part: Part) -> str:
        """`due_ns` in words."""
        is_shortened = self.due_ns(part) < part.frames_due_ns
        return "within its transit time" if is_shortened else "before the deadline"

    def doubt(self, part: Part, arrived_ns: int, fault: NoResultReason | None) -> str:
        """Why the frame that has come is not surely the part's, "" where it is. `fault` is what its stamp says."""
        wired = self._wired
        if wired is None:
            return ""
        transit_ns = round(wired.transit_s * 1e9)
        misplaced = misplacement(part.turn, arrived_ns, transit_ns)
        if not misplaced and fault in _IN_PLACE:
            self._expecting_ns = 0
        return misplaced or crowding(part.turn, wired.begun_ns, transit_ns)


def misplacement(turn: Turn, arrived_ns: int, transit_ns: int) -> str:
    """How a frame that arrived then lies outside of its part's time, "" where it lies inside."""
    if arrived_ns < turn.at_ns:
        return f"the frame came {_ms(turn.at_ns - arrived_ns)} before the part's trigger"
    if arrived_ns >= turn.after_ns:
        return f"the frame came {_ms(arrived_ns - turn.after_ns)} after the next part's trigger"
    if arrived_ns > turn.at_ns + transit_ns:
        return f"the frame came {_ms(arrived_ns - turn.at_ns)} after the trigger, and may take {_ms(transit_ns)}"
    return ""


def crowding(turn: Turn, begun_ns: int, transit_ns: int) -> str:
    """What happened so shortly before the trigger that the frame may be of then, "" where nothing did."""
    if turn.at_ns <= turn.before_ns + transit_ns:
        return f"triggered {_ms(turn.at_ns - turn.before_ns)} after the part before: frames may take {_ms(transit_ns)}"
    if turn.at_ns <= begun_ns + transit_ns:
        return f"triggered {_ms(turn.at_ns - begun_ns)} after the camera began anew: frames may take {_ms(transit_ns)}"
    return ""


def _ms(ns: int) -> str:
    return f"{ns / NS_PER_MS:.0f} ms"
