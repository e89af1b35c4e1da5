"""Finds out whose part it is, beside the models: by the number that came with it, or by a code in its own frame.

One thread, and a watch over the time that reading a code may take: whoever is slow here costs a part its number and
never its turn.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from station_app.codes.reading import cut_region
from station_app.core.errors import ConfigError
from station_app.core.inspection import NoResultReason, Pixels
from station_app.core.messages import QueueLevel
from station_app.core.recipe import Recipe
from station_app.core.serial import CodeFormat, Identity, SerialRules
from station_app.devices.camera import CameraInfo
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.deadline_watch import DeadlineWatch
from station_app.engine.inspect import Waiting
from station_app.engine.part import NS_PER_MS, Part, Shot
from station_app.engine.serial_desk import SerialDesk
from station_app.engine.worker import IDLE_S

ReadCodes = Callable[[Pixels, Iterable[CodeFormat]], tuple[str, ...]]
"""(region, formats) -> the different texts of the codes in it."""


@dataclass(frozen=True, slots=True)
class _Unidentified:
    """A part to be identified: by the code in `region`, or, without one, by the number that it came with."""

    part: Part
    region: Pixels | None = None


@dataclass(frozen=True, slots=True)
class SeenShots:
    """On their way to the models, shots are shown to the stage that identifies parts. `on_exposed` is told of a part
    for which every camera has answered, on the thread of the last."""

    identify: "IdentifyStage"
    shots: BoundedQueue[Waiting]
    on_exposed: Callable[[Part], None]

    def put(self, item: tuple[Part, Shot]) -> bool:
        try:
            self.identify.see(*item)
        finally:
            is_taken = self.shots.put(item)  # a bug above costs a number, and never a frame buffer
        if item[0].note_shot():
            self.on_exposed(item[0])
        return is_taken


class IdentifyStage:
    """`submit` takes each part as it is admitted, `see` each shot as it comes. `step` and `watch.step` belong to a
    thread each. `on_identified` is told when a part has its identity, from any of these threads."""

    def __init__(
        self,
        rules: SerialRules,
        serials: SerialDesk,
        read_codes: ReadCodes,
        on_identified: Callable[[Part], None],
        capacity: int,
    ) -> None:
        self._rules = rules
        self._reading = rules.reading
        self._serials = serials
        self._read_codes = read_codes
        self._on_identified = on_identified
        # With a code to read, a part that is pushed out has waited so long that its time is nearly over as well.
        self._incoming: BoundedQueue[_Unidentified] = BoundedQueue("identify", capacity, Policy.DROP_OLDEST)
        self.watch = DeadlineWatch(self._on_unread)

    @property
    def steps(self) -> dict[str, Callable[[], None]]:
        """What its threads do, by their names; no threads where parts are identified by nobody's work."""
        if self._reading is not None:
            return {"identify": self.step, "code-budget": self.watch.step}
        return {"identify": self.step} if self._rules.are_strict else {}

    def levels(self) -> tuple[QueueLevel, ...]:
        """How many parts wait, where any do."""
        return (self._incoming.level(),) if self.steps else ()

    def submit(self, part: Part) -> None:
        """A part begins. One that waits for its frame comes by `see`."""
        if self._reading is None and not part.is_identified:
            self._incoming.put(_Unidentified(part))

    def see(self, part: Part, shot: Shot) -> None:
        """A camera has answered. Copies the region of the code; the decoder is never waited for."""
        reading = self._reading
        if reading is None or shot.camera_id != reading.camera_id:
            return
        if shot.frame is None or shot.fault is not None:
            self._settle(part, Identity(fault=NoResultReason.SERIAL_MISSING, detail="no frame to read the code in"))
            return
        self.watch.watch(part, shot.acquired_ns + int(reading.budget_ms * NS_PER_MS))
        self._incoming.put(_Unidentified(part, cut_region(shot.frame, reading.box)))

    def step(self) -> None:
        waiting = self._incoming.get(IDLE_S)
        if waiting is None or waiting.part.is_identified:
            return
        identity = Identity(fault=NoResultReason.INTERNAL)
        try:
            identity = self._identify(waiting.part, waiting.region)
        finally:
            self._settle(waiting.part, identity)

    def close(self) -> None:
        """Wake both threads: nothing more comes."""
        self._incoming.close()
        self.watch.wake()

    def _identify(self, part: Part, region: Pixels | None) -> Identity:
        if region is None or self._reading is None:
            return self._serials.identify(part.part_id, part.given_serial, part.recipe.serial)
        started_ns = time.monotonic_ns()
        texts = self._read_codes(region, self._reading.formats)
        read_ms = (time.monotonic_ns() - started_ns) / NS_PER_MS
        return replace(self._judge(part, texts), read_ms=read_ms)

    def _judge(self, part: Part, texts: tuple[str, ...]) -> Identity:
        """A number that came with the trigger must be the one that stands on the part."""
        if not texts:
            return Identity(fault=NoResultReason.SERIAL_MISSING, detail="no code could be read")
        told = tuple(dict.fromkeys((*texts, *filter(None, (part.given_serial.strip(),)))))
        if len(told) > 1:
            detail = f"codes that disagree: {', '.join(map(repr, told))}"
            return Identity(fault=NoResultReason.SERIAL_AMBIGUOUS, detail=detail)
        return self._serials.identify(part.part_id, texts[0], part.recipe.serial)

    def _on_unread(self, part: Part) -> None:
        detail = "no code was read in time"
        self._settle(part, Identity(fault=NoResultReason.SERIAL_MISSING, detail=detail))

    def _settle(self, part: Part, identity: Identity) -> None:
        """The first identity holds; a number that comes too late is nobody's."""
        self.watch.forget(part)
        if part.identify(identity):
            self._on_identified(part)
        elif identity.serial:
            self._serials.release(part.part_id)


def check_code_region(recipe: Recipe, described: Mapping[str, CameraInfo]) -> None:
    """Raises ConfigError where the camera's frame does not hold the region of the code."""
    reading = recipe.serial.reading
    if reading is None:
        return
    height, width = described[reading.camera_id].shape[:2]
    if reading.box.right > width or reading.box.bottom > height:
        raise ConfigError(
            f"the region of the code ends outside the frame of {width} x {height}",
            where=f"recipe {recipe.name}, serial.image.box",
            remedy="give left, top, width and height within the frame",
        )
