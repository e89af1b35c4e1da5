"""Where the webs of the line-scan cameras stand, told with every report of health, and the alarms about them."""

import re
from collections import deque
from collections.abc import Mapping

from station_app.core.messages import Priority
from station_app.core.web_messages import LinesReported
from station_app.devices.linescan.line_scan import LineScan
from station_app.devices.linescan.readout import WebState
from station_app.engine.alarms import AlarmBoard
from station_app.engine.web_acquire import Roll

LOST_SHARE = 0.01
"""Of the lines of the last reports; where more are lost, somebody must look at the camera's link or the web's speed."""
REPORTS = 20
DRIFT = "drift"
LOST = "lost_lines"
SET_UP = "line_setup"
"""First words of the alarms; the second is the camera's id."""


def report_lines(camera_id: str, scan: LineScan, roll: Roll | None) -> LinesReported:
    """One camera at this moment; `roll` where it looks at an endless web. Any thread."""
    state, scale = scan.state, scan.setup.scale
    return LinesReported(
        camera_id=camera_id,
        line=state.line,
        lost_lines=state.lost_lines,
        mm_per_line=scale.mm_per_line,
        mm_per_pixel=scale.mm_per_pixel,
        speed_mm_s=state.speed_mm_s,
        encoder=state.encoder,
        is_forward=state.is_forward,
        drift=scan.drift_warning or "",
        roll=roll.name if roll else "",
        roll_start=roll.start if roll else 0,
        is_web=roll is not None,
    )


class LinesWatch:
    """Raises and clears the alarms about webs. `look` is for one thread, at a steady pace."""

    def __init__(self, alarms: AlarmBoard) -> None:
        self._alarms = alarms
        self._said: dict[str, str] = {}
        self._marks: dict[str, deque[WebState]] = {}

    def look(self, scans: Mapping[str, LineScan]) -> None:
        """Every line-scan camera that there is now; those that were there before are forgotten, with their alarms."""
        said: dict[str, str] = {}
        for camera_id, scan in scans.items():
            said |= self._sentences(camera_id, scan)
        for code in self._said.keys() - said.keys():
            self._alarms.clear(code)
        for code, sentence in said.items():
            if _without_figures(self._said.get(code, "")) != _without_figures(sentence):
                what, _, remedy = sentence.partition(": ")
                where = f"camera {code.partition(' ')[2]}"
                self._alarms.raise_alarm(code, what, where=where, remedy=remedy, priority=Priority.MEDIUM)
        self._said = said
        self._marks = {camera_id: marks for camera_id, marks in self._marks.items() if camera_id in scans}

    def _sentences(self, camera_id: str, scan: LineScan) -> dict[str, str]:
        sentences = {
            DRIFT: scan.drift_warning or "",
            LOST: self._lost(camera_id, scan.state),
            SET_UP: " ".join(scan.notices),
        }
        return {f"{word} {camera_id}": sentence for word, sentence in sentences.items() if sentence}

    def _lost(self, camera_id: str, state: WebState) -> str:
        marks = self._marks.setdefault(camera_id, deque(maxlen=REPORTS))
        if marks and (state.line < marks[-1].line or state.lost_lines < marks[-1].lost_lines):
            marks.clear()  # the camera was started anew
        marks.append(state)
        lines, lost = state.line - marks[0].line, state.lost_lines - marks[0].lost_lines
        if not lines or lost <= LOST_SHARE * lines:
            return ""
        what = f"more than {LOST_SHARE:.0%} of the lines are lost"
        return f"{what}: check the camera's link, and whether the web is too fast"


def _without_figures(sentence: str) -> str:
    """A sentence is told again when it says something else, not when the web is a little faster."""
    return re.sub(r"[0-9]+", "", sentence)
