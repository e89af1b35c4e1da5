"""What is told of a web with the health, and the alarms about it: raised once, cleared when they are over."""

import pytest

from station_app.core.lines import LineScale
from station_app.core.messages import AlarmCleared, AlarmRaised, Priority
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_scan import LineScan, line_scan_of
from station_app.devices.linescan.readout import WebState
from station_app.engine.alarms import AlarmBoard
from station_app.engine.lines_report import LinesWatch, report_lines
from station_app.engine.web_acquire import Roll
from tests.engine.fakes import Heard
from tests.engine.webs import PaintedWeb, web_camera


class Told(LineScanCamera):
    """A line-scan camera that says what the test wants."""

    said: tuple[str, ...] = ()
    drifted: str | None = None
    now = WebState()

    @property
    def notices(self) -> tuple[str, ...]:
        return self.said

    @property
    def drift_warning(self) -> str | None:
        return self.drifted

    @property
    def state(self) -> WebState:
        return self.now


@pytest.fixture
def told() -> Told:
    plain = web_camera(PaintedWeb())
    return Told(plain._source, plain._make_cutter, plain.setup)


def scan_of(camera: Told) -> LineScan:
    scan = line_scan_of(camera)
    assert scan is not None
    return scan


def codes(heard: Heard) -> list[str]:
    return [f"-{event.code}" if isinstance(event, AlarmCleared) else event.code for event in heard.events]  # type: ignore[union-attr]


def test_an_alarm_is_raised_once_and_again_only_when_it_says_something_else(told: Told) -> None:
    heard = Heard()
    watch, scans = LinesWatch(AlarmBoard(heard)), {"top": scan_of(told)}
    watch.look(scans)
    assert codes(heard) == []
    told.said = ("The web asks for 30000 lines/s: run at most 2000 mm/s.",)
    watch.look(scans)
    told.said = ("The web asks for 31000 lines/s: run at most 2000 mm/s.",)
    watch.look(scans)
    (alarm,) = heard.of(AlarmRaised)
    assert (alarm.code, alarm.where, alarm.priority) == ("line_setup top", "camera top", Priority.MEDIUM)
    assert (alarm.what, alarm.remedy) == ("The web asks for 30000 lines/s", "run at most 2000 mm/s.")
    told.said, told.drifted = (), "Column 3 has become 7% darker: clean the lens."
    watch.look(scans)
    watch.look({})
    assert codes(heard) == ["line_setup top", "-line_setup top", "drift top", "-drift top"]


def test_lines_that_are_lost_are_told_where_they_are_many_and_only_while_they_are(told: Told) -> None:
    heard = Heard()
    watch, scans = LinesWatch(AlarmBoard(heard)), {"top": scan_of(told)}
    for line, lost in ((1000, 0), (2000, 10), (3000, 31)):
        told.now = WebState(line=line, lost_lines=lost)
        watch.look(scans)
    assert codes(heard) == ["lost_lines top"]
    for number in range(30):
        told.now = WebState(line=4000 + 1000 * number, lost_lines=31)
        watch.look(scans)
    assert codes(heard) == ["lost_lines top", "-lost_lines top"]
    told.now = WebState(line=40_000, lost_lines=0)  # started anew
    watch.look(scans)
    assert len(codes(heard)) == 2


def test_a_report_says_where_the_web_stands(told: Told) -> None:
    told.now = WebState(1200, 120.0, 55.0, 3, 4800, False)
    told.drifted = "drifted"
    report = report_lines("top", scan_of(told), Roll("R", 200))
    assert (report.line, report.lost_lines, report.speed_mm_s, report.encoder) == (1200, 3, 55.0, 4800)
    assert (report.is_forward, report.drift, report.roll, report.roll_start) == (False, "drifted", "R", 200)
    assert LineScale(report.mm_per_line, report.mm_per_pixel) == told.setup.scale
    assert report_lines("top", scan_of(told), None).roll == ""
