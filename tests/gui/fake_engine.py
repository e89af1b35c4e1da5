"""An engine made of a list: plays rendered parts at a given pace, answers commands, can die and come back."""

import itertools
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import cv2
import numpy as np

from station_app.core.errors import EngineFailedError, LinkError, StorageError
from station_app.core.inspection import (
    Box,
    Disposition,
    Finding,
    HeatMap,
    NoResultReason,
    Pixels,
    VerdictKind,
)
from station_app.core.messages import (
    Command,
    Counters,
    EngineState,
    Event,
    HealthReported,
    OverrideRecorded,
    PartInspected,
    Pause,
    RecordOverride,
    SelectRecipe,
    SetSerial,
    SignIn,
    Start,
    StateChanged,
    StationDescribed,
    UndoOverride,
)
from station_app.core.serial import CodeRefusal
from station_app.core.serial_messages import CodeRefused, SerialWaiting
from station_app.gui.frames import StoredFrame
from station_app.store.archive import StationArchive
from station_app.store.neighbours import Neighbours

T = TypeVar("T")

_ODD_ONES = {0: VerdictKind.FAIL, 7: VerdictKind.REVIEW, 12: VerdictKind.NO_RESULT}
NOW_MS = 1_763_900_000_000
WATCHED = "watched-"
"""How the preview of a watched camera is called, unlike that of the parts."""
STATION = StationDescribed(
    station="L3-ST07 Cover",
    state=EngineState.RUNNING,
    recipe="A17-cover",
    recipe_revision=12,
    recipes=("A17-cover", "A18-cover", "B02-plate"),
    model="housing 1.0",
    model_hash="3f9c2b7a" * 8,
    provider="CPUExecutionProvider",
    camera_ids=("top",),
    labels=("scratch", "dent", "stain", "chip", "missing_hole", "contamination"),
    database="",
    images="",
    preview="memory",
    operator="王芳",
    pid=4711,
)


@dataclass(frozen=True, slots=True, eq=False)
class FakePreview:
    """The pictures of a part: one camera's, and those of `others`."""

    sequence: int
    part_id: int
    camera_id: str
    pixels: Pixels
    heat_maps: tuple[HeatMap, ...] = ()
    others: tuple[StoredFrame, ...] = ()

    @property
    def frames(self) -> tuple[StoredFrame, ...]:
        return (StoredFrame(self.camera_id, self.pixels, self.heat_maps), *self.others)


def housing(seed: int = 1, size: tuple[int, int] = (2048, 2448)) -> Pixels:
    """A brushed plate with holes, cheap to make: enough to look at."""
    rng = np.random.default_rng(seed)
    height, width = size
    rows = cv2.GaussianBlur(rng.normal(0, 22, (height, 1)).astype(np.float32), (1, 9), 0)
    plate = np.clip(150 + rows + rng.normal(0, 4, (height, width)).astype(np.float32), 0, 255).astype(np.uint8)
    cv2.rectangle(plate, (0, 0), (width - 1, height - 1), 60, width // 30)
    for x, y in itertools.product((0.18, 0.5, 0.82), (0.2, 0.8)):
        centre = (round(x * width), round(y * height))
        cv2.circle(plate, centre, width // 28, 90, -1)
        cv2.circle(plate, centre, width // 36, 25, -1)
    scale = width / 900
    cv2.putText(plate, "A17-0093413", (width // 4, height // 2), 0, scale, 70, max(1, round(scale * 3)))
    return plate


def scratch(pixels: Pixels) -> tuple[Finding, ...]:
    """Draws a scratch and a stain into the plate and says where."""
    height, width = pixels.shape[:2]
    first, last = (round(width * 0.3), round(height * 0.62)), (round(width * 0.46), round(height * 0.72))
    cv2.line(pixels, first, last, 240, max(1, width // 400))
    cv2.circle(pixels, (round(width * 0.68), round(height * 0.42)), width // 40, 105, -1)
    edge = width // 100
    spread = ((first[0], first[1]), (last[0], last[1]), (last[0] - edge, last[1] + edge), (first[0] - edge, first[1]))
    box = Box(first[0] - edge, first[1] - edge, last[0] - first[0] + 2 * edge, last[1] - first[1] + 2 * edge)
    stain = Box(round(width * 0.65), round(height * 0.38), width // 16, width // 16)
    return Finding("scratch", 0.97, box, "top", "C", spread), Finding("stain", 0.81, stain, "top", "B")


def heat_of(pixels: Pixels, findings: tuple[Finding, ...]) -> HeatMap:
    """A coarse map that glows where the findings are."""
    height, width = pixels.shape[:2]
    scores = np.zeros((64, 64), np.uint8)
    for finding in findings:
        x, y = (finding.box.x + finding.box.width // 2) * 64 // width, (finding.box.y + finding.box.height // 2) * 64
        cv2.circle(scores, (x, y // height), 5, 255, -1)
    return HeatMap(np.asarray(cv2.GaussianBlur(scores, (9, 9), 0), np.uint8), Box(0, 0, width, height))


def part(part_id: int, verdict: VerdictKind = VerdictKind.PASS, **changes: object) -> PartInspected:
    """A recorded part; counters count it alone."""
    names = {
        VerdictKind.PASS: "passed",
        VerdictKind.FAIL: "failed",
        VerdictKind.REVIEW: "review",
        VerdictKind.NO_RESULT: "no_result",
    }
    reason = NoResultReason.FRAME_TORN if verdict is VerdictKind.NO_RESULT else None
    inspected = PartInspected(
        part_id=part_id,
        inspected_at_ms=NOW_MS + part_id * 1000,
        verdict=verdict,
        reason=reason,
        serial=f"2A17-{93400 + part_id:07d}",
        findings=(),
        counters=Counters(triggers=1, **{names[verdict]: 1}),
        total_ms=40.0,
        recipe="A17-cover",
        preview_sequence=part_id,
    )
    return replace(inspected, **changes)  # type: ignore[arg-type]


class FakePreviewLink:
    """Newest wins, as in shared memory: the parts' pictures, or those of the watched camera."""

    def __init__(self, engine: "FakeEngine", *, is_watched: bool) -> None:
        self._engine, self._is_watched = engine, is_watched

    def newest(self) -> FakePreview | None:
        return self._engine.watched if self._is_watched else self._engine.preview

    def close(self) -> None:
        """Nothing is held."""


@dataclass(slots=True)
class FakeEngine:
    """What `FakeLink` talks to. `tell` sends an event to the screen; `commands` are those that came from it, `on_setup`
    takes those of the set-up screen, `on_people` those about people, and `standing` is told to who connects."""

    station: StationDescribed = STATION
    commands: list[Command] = field(default_factory=list)
    preview: FakePreview | None = None
    watched: FakePreview | None = None
    has_watched_file: bool = True
    on_setup: Callable[[Command], None] | None = None
    on_people: Callable[[Command], bool] | None = None
    standing: Callable[[], tuple[Event, ...]] | None = None
    is_alive: bool = True
    failure: str = ""
    answers_overrides: bool = True
    events: "queue.Queue[Event | None]" = field(default_factory=queue.Queue)
    _override_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def tell(self, *events: Event) -> None:
        for event in events:
            self.events.put(event)

    def show(self, inspected: PartInspected, pixels: Pixels, heat_maps: tuple[HeatMap, ...] = ()) -> None:
        """Preview first, then the event, as the engine does."""
        self.show_frames(inspected, StoredFrame("top", pixels, heat_maps))

    def show_frames(self, inspected: PartInspected, first: StoredFrame, *others: StoredFrame) -> None:
        """The same with several cameras, the most telling first."""
        known = (inspected.preview_sequence, inspected.part_id)
        self.preview = FakePreview(*known, first.camera_id, first.pixels, first.heat_maps, others)
        self.tell(inspected)

    def die(self) -> None:
        self.is_alive = False
        self.events.put(None)

    def revive(self) -> None:
        self.events = queue.Queue()
        self.is_alive = True

    def obey(self, command: Command) -> None:
        self.commands.append(command)
        if self.on_people is None or not self.on_people(command):
            self._carry_out(command)

    def _carry_out(self, command: Command) -> None:
        match command:
            case Start():
                self._enter(EngineState.RUNNING)
            case Pause():
                self._enter(EngineState.PAUSED)
            case SignIn(operator):
                self._describe(operator=operator)
            case SelectRecipe(name):
                self._describe(recipe=name)
            case RecordOverride() if self.answers_overrides:
                standing = command.disposition
                self.tell(
                    OverrideRecorded(next(self._override_ids), command.part_id, standing, command.operator, standing)
                )
            case UndoOverride():
                undo = Disposition.UNDO
                self.tell(OverrideRecorded(next(self._override_ids), command.part_id, undo, command.operator, None))
            case SetSerial(serial, source) if "?" in serial:
                self.tell(CodeRefused(serial, CodeRefusal.WRONG, source))
            case SetSerial(serial, source):
                self.tell(SerialWaiting(serial, source))
            case _ if self.on_setup is not None:
                self.on_setup(command)
            case _:
                pass

    def _enter(self, state: EngineState) -> None:
        self.station = replace(self.station, state=state)
        self.tell(StateChanged(state))

    def _describe(self, **changes: str) -> None:
        self.station = replace(self.station, **changes)  # type: ignore[arg-type]
        self.tell(self.station)


class FakeLink:
    """One connection to the fake engine."""

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine

    def connect(self) -> None:
        if self._engine.failure:
            raise EngineFailedError(self._engine.failure)
        if not self._engine.is_alive:
            raise LinkError("no engine answers")
        self._engine.tell(self._engine.station, StateChanged(self._engine.station.state))
        if self._engine.standing is not None:
            self._engine.tell(*self._engine.standing())

    def send(self, command: Command) -> None:
        if not self._engine.is_alive:
            raise LinkError("the engine has gone")
        self._engine.obey(command)

    def receive(self, timeout_s: float) -> Event | None:
        try:
            event = self._engine.events.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if event is None or not self._engine.is_alive:
            raise LinkError("the engine has gone")
        return event

    def open_preview(self, name: str) -> FakePreviewLink:
        is_watched = name.startswith(WATCHED)
        if is_watched and not self._engine.has_watched_file:
            raise LinkError("the preview cannot be read", where=name)
        return FakePreviewLink(self._engine, is_watched=is_watched)

    def close(self) -> None:
        """Nothing is held."""


class FakeArchive:
    """Parts by number, some of them without an image; the others come from the records, where there are any. `asked`
    are those whose images were read, `glanced` those whose small picture was."""

    def __init__(
        self, pictures: dict[int, tuple[tuple[str, Pixels], ...]] | None = None, records: StationArchive | None = None
    ) -> None:
        self.pictures, self.records = pictures or {}, records
        self.asked: list[int] = []
        self.glanced: list[int] = []

    def thumbnail(self, part_id: int) -> Pixels | None:
        self.glanced.append(part_id)
        if part_id not in self.pictures and self.records is not None:
            return self.records.thumbnail(part_id)
        return next((pixels for _, pixels in self.pictures.get(part_id, ())), None)

    def images(self, part_id: int) -> tuple[tuple[str, Pixels], ...]:
        self.asked.append(part_id)
        if part_id not in self.pictures and self.records is not None:
            return self.records.images(part_id)
        return self.pictures.get(part_id, ())

    def nearest_known(self, part_id: int, size: int = 5) -> Neighbours:
        """From the records likewise."""
        return self.records.nearest_known(part_id, size) if self.records is not None else Neighbours()

    def reference_picture(self, recipe: str, camera_id: str) -> Pixels | None:
        return None if self.records is None else self.records.reference_picture(recipe, camera_id)

    def read(self, query: Callable[[Any], T]) -> T:
        """From the records on disk that a test has made, where it has."""
        if self.records is None:
            raise StorageError("there are no records", where="the test")
        return self.records.read(query)


def play(engine: FakeEngine, parts_per_s: float, is_over: Callable[[], bool]) -> None:
    """Parts at a steady pace while the engine is RUNNING: every fifth is rejected, some are odd."""
    good = housing()
    bad = good.copy()
    findings = scratch(bad)
    heat = (heat_of(bad, findings),)
    counters = Counters()
    for number in itertools.count(1):
        time.sleep(1 / parts_per_s)
        if is_over():
            return
        if number % max(1, round(parts_per_s)) == 0:
            engine.tell(HealthReported(int(time.time() * 1000), counters))
        if engine.station.state is not EngineState.RUNNING:
            continue
        kind = _ODD_ONES.get(number % 15, VerdictKind.PASS)
        inspected = part(number, kind)
        counters = _counted(counters, inspected.counters)
        is_marked = kind in (VerdictKind.FAIL, VerdictKind.REVIEW)
        inspected = replace(inspected, counters=counters, findings=findings if is_marked else ())
        engine.show(inspected, bad if is_marked else good, heat if is_marked else ())


def _counted(counters: Counters, one: Counters) -> Counters:
    return Counters(
        counters.triggers + 1,
        counters.passed + one.passed,
        counters.failed + one.failed,
        counters.review + one.review,
        counters.no_result + one.no_result,
    )
