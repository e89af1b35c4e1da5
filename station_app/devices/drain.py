"""Reads a live capture on a thread of its own and keeps the newest frame only, so that nobody ever sees a queued one.

The capture belongs to that thread: it alone reads, sets and releases it. Others wait on a condition.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import CameraError
from station_app.devices.capture import Capture
from station_app.devices.clock import Clock

log = logging.getLogger(__name__)

_JOIN_S = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """The newest frame: `number` counts everything read since the capture was opened."""

    number: int
    received_ns: int
    image: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Properties to set, then those to read, and where the answer goes."""

    properties: Mapping[int, float]
    wanted: tuple[int, ...]
    answer: Future[dict[int, float]]


class Drain:
    """Ends by itself at the first failed read: a handle that failed once stays dead."""

    def __init__(self, capture: Capture, clock: Clock, where: str) -> None:
        self._capture = capture
        self._clock = clock
        self._where = where
        self._changed = threading.Condition()
        self._newest: Received | None = None
        self._started_ns = clock.now_ns()
        self._is_ended = False
        self._is_stopping = False
        self._asked: list[_Asked] = []
        self._thread = threading.Thread(target=self._run, name=f"drain {where}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def number(self) -> int:
        """How many frames were read so far."""
        return self._newest.number if self._newest else 0

    def age_s(self) -> float:
        """Seconds since the last frame was read, or since the start while none was."""
        last_ns = self._newest.received_ns if self._newest else self._started_ns
        return (self._clock.now_ns() - last_ns) / 1e9

    @property
    def is_ended(self) -> bool:
        return self._is_ended

    def wait(self, number: int, timeout_s: float) -> Received | None:
        """The newest frame once it has at least this number; None at the time-out. CameraError where it ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_ended or self.number >= number, timeout_s)
            if self._newest is not None and self._newest.number >= number:
                return self._newest
            if self._is_ended:
                raise self._broken_off()
            return None

    def set(self, properties: Mapping[int, float], timeout_s: float, wanted: Sequence[int] = ()) -> dict[int, float]:
        """Set properties between two reads and return what the capture reads back, for those and all `wanted`."""
        answer: Future[dict[int, float]] = Future()
        with self._changed:
            if self._is_ended:
                raise self._broken_off()
            self._asked.append(_Asked(properties, (*properties, *wanted), answer))
        try:
            return answer.result(timeout_s)
        except TimeoutError as error:
            raise CameraError("the camera does not answer", where=self._where, remedy="check its cable") from error

    def stop(self) -> None:
        """Ask the thread to end. One that is stuck in a read lets go of the capture when the read returns."""
        self._is_stopping = True
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        try:
            while not self._is_stopping and self._read():
                self._obey()
        finally:
            with self._changed:
                self._is_ended = True
                asked, self._asked = self._asked, []
                self._changed.notify_all()
            for question in asked:
                question.answer.set_exception(self._broken_off())
            self._capture.release()

    def _read(self) -> bool:
        try:
            is_good, image = self._capture.read()
        except cv2.error:
            log.exception("reading %s", self._where)
            return False
        if not is_good or image is None:
            return False
        with self._changed:
            self._newest = Received(self.number + 1, self._clock.now_ns(), image)
            self._changed.notify_all()
        return True

    def _obey(self) -> None:
        with self._changed:
            asked, self._asked = self._asked, []
        for question in asked:
            for property_id, value in question.properties.items():
                self._capture.set(property_id, value)
            question.answer.set_result({property_id: self._capture.get(property_id) for property_id in question.wanted})

    def _broken_off(self) -> CameraError:
        return CameraError("the stream broke off", where=self._where, remedy="check cable, network and power")
