"""What the screens know of a moving web, as one frozen record, and how each event changes it. Pure; no Qt, no clock."""

from dataclasses import dataclass, replace

from station_app.core.lines import LineScale, LineSpan
from station_app.core.messages import Event
from station_app.core.setup_messages import CameraMeasured, CameraWatched
from station_app.core.web_messages import LinesReported, StretchInspected, WebDefectFound

MOST_STRETCHES = 5000
"""Of a longer roll the oldest leave the map; all of them are on record."""
_UNKNOWN = -1
_LATE = 64
"""Among so many of the last defects is one that lies on two stretches, and is told with both."""


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll on the screen: the running one, or the last one until the next begins. `start_line` is -1 while only
    stretches were told of it."""

    name: str
    start_line: int = _UNKNOWN
    metres: float = 0.0
    is_running: bool = True
    stretches: tuple[StretchInspected, ...] = ()
    defects: tuple[WebDefectFound, ...] = ()

    @property
    def told_metres(self) -> float:
        """How far the results reach."""
        return self.stretches[-1].to_metres if self.stretches else 0.0

    @property
    def missing_lines(self) -> int:
        return sum(stretch.missing_lines for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class WebState:
    """`cameras` are the newest reports, one for each line-scan camera; `chosen` is the one looked at, "" the first.

    `lost_seen` is how many lost lines a person knows of. Not `is_live`: all this was true before the engine went.
    """

    is_live: bool = False
    cameras: tuple[LinesReported, ...] = ()
    chosen: str = ""
    roll: Roll | None = None
    lost_seen: int = 0
    watched: str = ""
    measured: CameraMeasured | None = None
    columns: int = 0

    @property
    def lines(self) -> LinesReported | None:
        """The web that is looked at."""
        return self.of(self.chosen) if self.chosen else next(iter(self.cameras), None)

    @property
    def has_lines(self) -> bool:
        """Whether the station has a line-scan camera."""
        return bool(self.cameras)

    @property
    def has_rolls(self) -> bool:
        """Whether it looks at an endless web, and does not cut parts."""
        return self.lines is not None and self.lines.is_web

    @property
    def scale(self) -> LineScale | None:
        lines = self.lines
        return LineScale(lines.mm_per_line, lines.mm_per_pixel) if lines is not None else None

    @property
    def width_mm(self) -> float:
        """How wide the camera's line is, 0 while no picture told its columns."""
        return self.columns * self.lines.mm_per_pixel if self.lines is not None else 0.0

    @property
    def newly_lost(self) -> int:
        """Lost lines that nobody has acknowledged."""
        return self.lines.lost_lines - self.lost_seen if self.lines is not None else 0

    @property
    def origin(self) -> int:
        """The line from which metres are counted: the roll's first, or the camera's."""
        roll = self.roll
        return roll.start_line if roll is not None and roll.is_running and roll.start_line >= 0 else 0

    def scale_of(self, camera_id: str) -> LineScale | None:
        """The scale of a camera's pictures, None where it is no line-scan camera. "" is the only camera there is."""
        lines = self.lines if not camera_id and len(self.cameras) == 1 else self.of(camera_id)
        return LineScale(lines.mm_per_line, lines.mm_per_pixel) if lines is not None else None

    def stretch(self, part_id: int) -> StretchInspected | None:
        """The stretch that was recorded as this part, where it lies on the roll on the screen."""
        told = self.roll.stretches if self.roll is not None else ()
        return next((stretch for stretch in reversed(told) if stretch.part_id == part_id), None)

    def of(self, camera_id: str) -> LinesReported | None:
        """The report of a camera, None where it is no line-scan camera."""
        return next((lines for lines in self.cameras if lines.camera_id == camera_id), None)


def web_after(web: WebState, event: Event) -> WebState:
    """The knowledge once `event` is known; most events say nothing of a web."""
    match event:
        case LinesReported():
            return _with_lines(web, event)
        case StretchInspected() if event.roll:
            return _with_stretch(web, event)
        case CameraWatched():
            return replace(web, watched=event.camera_id, measured=None)
        case CameraMeasured() if web.of(event.camera_id) is not None:
            return replace(web, measured=event)
        case _:
            return web


def without_engine(web: WebState) -> WebState:
    """The engine has gone: nobody watches, and nothing is live."""
    return replace(web, is_live=False, watched="", measured=None)


def acknowledged(web: WebState) -> WebState:
    """A person has seen that lines were lost."""
    return replace(web, lost_seen=web.lines.lost_lines) if web.lines is not None else web


def looking_at(web: WebState, camera_id: str) -> WebState:
    """Another camera is looked at: what was counted of the one before is not this one's."""
    if camera_id == web.chosen:
        return web
    return replace(web, chosen=camera_id, roll=None, lost_seen=0, measured=None, columns=0)


def with_columns(web: WebState, columns: int) -> WebState:
    """A picture of the web has told how many columns it has."""
    return web if columns == web.columns else replace(web, columns=columns)


def lines_of(defect: WebDefectFound, roll: Roll, scale: LineScale) -> LineSpan | None:
    """The lines of a defect; None while it is not known on which line its roll began."""
    if roll.start_line < 0:
        return None
    start = roll.start_line + round(defect.at_metres * 1000 / scale.mm_per_line)
    return LineSpan(start, start + scale.lines(defect.length_mm))


def _with_lines(web: WebState, report: LinesReported) -> WebState:
    before = web.of(report.camera_id)
    cameras = (*web.cameras, report)
    if before is not None:
        cameras = tuple(report if known is before else known for known in web.cameras)
    web = replace(web, is_live=True, cameras=cameras)
    if web.lines is not report:
        return web
    if before is not None and report.lost_lines < before.lost_lines:
        web = replace(web, lost_seen=0)  # the camera was started again and counts anew
    if report.roll and _is_another(web.roll, report):
        known = before.lost_lines if before is not None else 0
        web = replace(web, lost_seen=min(max(web.lost_seen, known), report.lost_lines))
    return replace(web, roll=_roll_after(web.roll, report))


def _is_another(roll: Roll | None, report: LinesReported) -> bool:
    if roll is None or roll.name != report.roll:
        return True
    return roll.start_line not in (_UNKNOWN, report.roll_start)


def _roll_after(roll: Roll | None, report: LinesReported) -> Roll | None:
    if not report.roll:
        return replace(roll, is_running=False, metres=max(roll.metres, roll.told_metres)) if roll is not None else None
    metres = max(0.0, (report.line - report.roll_start) * report.mm_per_line / 1000)
    kept = Roll(report.roll) if roll is None or _is_another(roll, report) else roll
    return replace(kept, start_line=report.roll_start, metres=metres, is_running=True)


def _with_stretch(web: WebState, stretch: StretchInspected) -> WebState:
    roll = web.roll if web.roll is not None and web.roll.name == stretch.roll else Roll(stretch.roll)
    told = roll.stretches
    if told and stretch.number <= told[-1].number:
        if stretch in told:
            return web  # told again by an engine that was found again
        roll = replace(roll, stretches=(), defects=())  # a roll of the same name
    fresh = tuple(defect for defect in stretch.defects if defect not in roll.defects[-_LATE:])
    fresh = tuple(sorted(fresh, key=_where))
    stretches, defects = (*roll.stretches, stretch)[-MOST_STRETCHES:], (*roll.defects, *fresh)[-MOST_STRETCHES:]
    return replace(web, roll=replace(roll, stretches=stretches, defects=defects))


def _where(defect: WebDefectFound) -> float:
    return defect.at_metres
