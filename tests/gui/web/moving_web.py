"""A fake engine with a line-scan camera above a rendered web: it watches, rolls, and teaches a flat field.

`python -m tests.gui.web.moving_web` opens the window on it.
"""

import argparse
import sys
import threading
from dataclasses import dataclass, field, replace

import numpy as np

from station_app.core.inspection import Box, Finding, ImageQuality, Pixels, VerdictKind
from station_app.core.lines import LineScale, LineSpan
from station_app.core.messages import (
    Command,
    CommandRefused,
    Counters,
    EngineState,
    Event,
    HealthReported,
    PartInspected,
    StationDescribed,
)
from station_app.core.setup_messages import (
    CameraMeasured,
    CameraWatched,
    FlatFieldStep,
    FlatFieldTaught,
    TeachFlatField,
    WatchCamera,
)
from station_app.core.web_messages import LinesReported, StartRoll, StopRoll, StretchInspected, WebDefectFound
from station_app.devices.linescan.flat_field import FlatConditions, FlatFieldCorrection
from station_app.devices.linescan.teaching import teach_flat_field
from station_app.devices.rendering.web_plan import Flaw, WebSpec, flaws_on
from station_app.devices.rendering.web_render import Scene, render_lines
from station_app.gui.frames import StoredFrame
from station_app.gui.link import PreviewLink
from tests.gui.fake_engine import NOW_MS, STATION, FakeEngine, FakeLink, FakePreview, part

CAMERA = "web"
LIVE = "live"
QUALITY = ImageQuality(140.0, 0.0, 0.0, 1.0)
WEB_STATION: StationDescribed = replace(STATION, station="L5 Coil line", camera_ids=(CAMERA,), state=EngineState.READY)
GROUPS = 512
CONDITIONS = FlatConditions(100.0, 10_000.0, 1.0)


def profile_of(pixels: Pixels) -> tuple[float, ...]:
    """The mean grey of at most 512 groups of columns."""
    return tuple(float(group.mean()) for group in np.array_split(pixels.mean(axis=0), min(GROUPS, pixels.shape[1])))


@dataclass(slots=True)
class WebEngine(FakeEngine):
    """`move` lets the web run on by so many lines; `lost` are the lines that the camera loses on the way."""

    station: StationDescribed = WEB_STATION
    spec: WebSpec = field(default_factory=lambda: WebSpec(width=1024, flaw_rate=0.3))
    scale: LineScale = field(default_factory=lambda: LineScale(0.2, 0.2))
    picture_lines: int = 600
    stretch_lines: int = 1000
    lost: tuple[LineSpan, ...] = ()
    drift: str = ""
    is_web: bool = True
    line: int = 0
    live: FakePreview | None = None
    watched_camera: str = ""
    roll: str = ""
    roll_start: int = 0
    told: int = 0
    parts: int = 0
    scene: Scene = Scene.WEB
    taught: dict[FlatFieldStep, Pixels] = field(default_factory=dict)
    counters: Counters = field(default_factory=Counters)
    _sequence: int = 0

    def obey(self, command: Command) -> None:
        match command:
            case WatchCamera(camera_id):
                self.commands.append(command)
                self.watched_camera = camera_id
                self.tell(CameraWatched(camera_id, LIVE if camera_id else ""))
            case StartRoll(roll):
                self.commands.append(command)
                self.roll, self.roll_start, self.told = roll, self.line, 0
                self.report()
            case StopRoll():
                self.commands.append(command)
                self._tell_stretch(LineSpan(self.roll_start + self.told * self.stretch_lines, self.line))
                self.roll = ""
                self.report()
            case TeachFlatField():
                self.commands.append(command)
                self._teach(command)
            case _:
                FakeEngine.obey(self, command)

    def report(self) -> None:
        """What comes with every report of health."""
        scale = self.scale
        self.tell(
            LinesReported(
                CAMERA,
                self.line,
                sum(min(span.length, max(0, self.line - span.start)) for span in self.lost),
                scale.mm_per_line,
                scale.mm_per_pixel,
                500.0,
                self.line * 4,
                drift=self.drift,
                roll=self.roll,
                roll_start=self.roll_start if self.roll else 0,
                is_web=self.is_web,
            )
        )

    def move(self, lines: int) -> None:
        """Lines pass: a picture where the web is watched, a stretch where one is full, and a report."""
        self.line += lines
        if self.watched_camera == CAMERA:
            self.show_lines()
        while self.roll and self.roll_start + (self.told + 1) * self.stretch_lines <= self.line:
            start = self.roll_start + self.told * self.stretch_lines
            self._tell_stretch(LineSpan(start, start + self.stretch_lines))
        self.report()

    def show_lines(self) -> None:
        """The newest lines and their measures."""
        span = LineSpan(max(0, self.line - self.picture_lines), self.line)
        pixels = self.pixels(span)
        self._sequence += 1
        self.live = FakePreview(self._sequence, 0, CAMERA, pixels)
        lost = tuple((max(gap.start, span.start), min(gap.end, span.end)) for gap in self.lost if gap.meets(span))
        measured = CameraMeasured(CAMERA, self._sequence, QUALITY, (1.0,), profile_of(pixels))
        self.tell(replace(measured, first_line=span.start, lost=lost))

    def pixels(self, span: LineSpan) -> Pixels:
        """Lines of the web, black where they were lost."""
        pixels = render_lines(self.spec, span, self.scene).copy()
        for gap in self.lost:
            pixels[max(0, gap.start - span.start) : max(0, gap.end - span.start)] = 0
        return pixels

    def _tell_stretch(self, span: LineSpan) -> None:
        flaws = flaws_on(self.spec, span)
        missing = sum(max(0, min(gap.end, span.end) - max(gap.start, span.start)) for gap in self.lost)
        self.told, self.parts = self.told + 1, self.parts + 1
        verdict = VerdictKind.NO_RESULT if missing else VerdictKind.FAIL if flaws else VerdictKind.PASS
        first, last = (self.scale.metres(line - self.roll_start) for line in span)
        defects = tuple(self._defect(flaw) for flaw in flaws)
        inspected = self._part(verdict, tuple(_finding(flaw, span) for flaw in flaws))
        self.show_frames(inspected, StoredFrame(CAMERA, self.pixels(span)))
        self.tell(StretchInspected(self.roll, self.told, self.parts, first, last, missing, verdict, defects))

    def _part(self, verdict: VerdictKind, findings: tuple[Finding, ...]) -> PartInspected:
        one = part(self.parts, verdict)
        now = self.counters
        self.counters = Counters(
            now.triggers + 1,
            now.passed + one.counters.passed,
            now.failed + one.counters.failed,
            now.review,
            now.no_result + one.counters.no_result,
        )
        return replace(one, serial="", findings=findings, counters=self.counters, preview_sequence=self.parts)

    def _defect(self, flaw: Flaw) -> WebDefectFound:
        scale = self.scale
        return WebDefectFound(
            self.roll,
            flaw.label,
            0.9,
            scale.metres(flaw.start - self.roll_start),
            scale.mm(flaw.length),
            scale.across_mm(flaw.left),
            scale.across_mm(flaw.width),
        )

    def _teach(self, command: TeachFlatField) -> None:
        step = command.step
        if self.station.state is EngineState.RUNNING:
            self.tell(CommandRefused("TeachFlatField", "the line is running", "pause the line first"))
            return
        done = FlatFieldTaught(CAMERA, step, 0)
        if step in (FlatFieldStep.DARK, FlatFieldStep.WHITE):
            scene = Scene.DARK if step is FlatFieldStep.DARK else Scene.WHITE
            shaded = replace(self.spec, is_shaded=True)
            self.taught[step] = render_lines(shaded, LineSpan(0, 512), scene)
            done = FlatFieldTaught(CAMERA, step, 512)
        if step is FlatFieldStep.WHITE:
            done = self._judged(done)
        elif step is FlatFieldStep.SAVE:
            done = replace(done, path="data/flat_fields/web.json")
        self.tell(done)

    def _judged(self, done: FlatFieldTaught) -> FlatFieldTaught:
        white = self.taught[FlatFieldStep.WHITE]
        taught = teach_flat_field(self.taught[FlatFieldStep.DARK], white, CONDITIONS, "2026-11-24")
        if taught.flat is None:
            return replace(done, refusals=taught.refusals)
        corrected = FlatFieldCorrection(taught.flat).correct(white)
        return replace(done, before=profile_of(white), after=profile_of(corrected))


def _finding(flaw: Flaw, span: LineSpan) -> Finding:
    top, bottom = max(0, flaw.start - span.start), min(flaw.span.end, span.end) - span.start
    return Finding(flaw.label, 0.9, Box(flaw.left, top, flaw.width, bottom - top), CAMERA)


class LivePreviewLink:
    """The picture of the camera that is watched."""

    def __init__(self, engine: WebEngine) -> None:
        self._engine = engine

    def newest(self) -> FakePreview | None:
        return self._engine.live

    def close(self) -> None:
        """Nothing is held."""


class WebLink:
    """One connection to an engine with a web."""

    def __init__(self, engine: WebEngine) -> None:
        self._engine, self._link = engine, FakeLink(engine)

    def connect(self) -> None:
        self._link.connect()
        self._engine.report()

    def send(self, command: Command) -> None:
        self._link.send(command)

    def receive(self, timeout_s: float) -> Event | None:
        return self._link.receive(timeout_s)

    def open_preview(self, name: str) -> PreviewLink:
        return LivePreviewLink(self._engine) if name == LIVE else self._link.open_preview(name)

    def close(self) -> None:
        self._link.close()


def play(engine: WebEngine, speed: int, is_over: threading.Event) -> None:
    """The web runs at so many lines a second, ten pictures of it in each."""
    ticks = 0
    while not is_over.wait(0.1):
        ticks += 1
        if ticks % 10 == 0:
            engine.tell(HealthReported(NOW_MS + ticks * 100, engine.counters))
        if ticks % 97 == 0:
            engine.lost = (*engine.lost, LineSpan(engine.line + 20, engine.line + 84))
        engine.move(speed // 10)


def main() -> int:
    from station_app.gui.application import run
    from tests.gui.fake_engine import FakeArchive

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="en")
    parser.add_argument("--speed", type=int, default=2000, help="lines a second")
    parser.add_argument("--width", type=int, default=2048)
    parser.add_argument("--px-per-mm", type=float)
    parser.add_argument("--fullscreen", action="store_true")
    chosen = parser.parse_args()
    spec = WebSpec(width=chosen.width, flaw_rate=0.05)
    scale = LineScale(0.2, 400 / chosen.width)
    engine, over = WebEngine(spec=spec, scale=scale, stretch_lines=2500), threading.Event()
    player = threading.Thread(target=play, args=(engine, chosen.speed, over), daemon=True)
    player.start()
    try:
        return run(
            lambda: WebLink(engine),
            FakeArchive,
            language=chosen.language,
            fullscreen=chosen.fullscreen,
            px_per_mm=chosen.px_per_mm,
        )
    finally:
        over.set()


if __name__ == "__main__":
    sys.exit(main())
