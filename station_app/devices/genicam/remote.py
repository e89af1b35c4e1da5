"""A camera behind a GenTL producer, which runs in a process of its own: whatever the producer does, the engine lives.

Every call has its time. A worker that has not answered by then, or has died, is killed, and the call is a
`CameraError`; opening the camera again starts a new one.
"""

import contextlib
import multiprocessing
import threading
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TypeVar

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.features import Feature
from station_app.devices.genicam.link import ProducerCamera, Wanted
from station_app.devices.genicam.ring import Ring
from station_app.devices.genicam.tree import remembered
from station_app.devices.genicam.worker import Filled, Opened, Order, Refused, serve

T = TypeVar("T")

_OPEN_S = 20.0
_ANSWER_S = 2.0
_STOP_S = 8.0
_END_S = 2.0


class RemoteCamera:
    """A `Camera` of one producer. `device` is its GenTL name or its serial number."""

    def __init__(self, producer: Path, device: str, wanted: Wanted | None = None, answer_s: float = _ANSWER_S) -> None:
        self._order = Order(producer, device, wanted or Wanted())
        self._answer_s = answer_s
        self._lock = threading.Lock()  # one call at a time
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._ring: Ring | None = None
        self._patience_s = 0.0
        self.is_wired = False

    @property
    def is_streaming(self) -> bool:
        """Whether every frame is handed out under the camera's own number, as the strips of a web are."""
        return self._order.wanted.is_streaming

    @property
    def transit_s(self) -> float:
        return self._order.wanted.transit_s

    @property
    def pid(self) -> int | None:
        """The worker's process id, None while there is none."""
        return self._process.pid if self._process else None

    def open(self) -> CameraInfo:
        self.close()
        self._spawn()
        try:
            opened = self._call(Opened, _OPEN_S, "open")
            self._order = Order(self._order.producer, self._order.device, self._order.wanted, opened.snapshot)
            self._ring = Ring(opened.described.shape)
            self._call(type(None), self._answer_s, "ring", self._ring.name)
        except CameraError:
            self.close()
            raise
        return opened.described

    def cameras(self) -> tuple[ProducerCamera, ...]:
        """Every camera that the producer offers, asked of a worker that lives no longer than the question."""
        self.close()
        self._spawn()
        try:
            return self._call(tuple, _OPEN_S, "cameras")
        finally:
            self.close()

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        answer = self._call(dict, _STOP_S + self._answer_s, "apply", settings)
        self._note_wired()
        return answer

    def features(self) -> tuple[Feature, ...]:
        return self._call(tuple, _STOP_S, "features")

    def common_features(self) -> tuple[Feature, ...]:
        return self._call(tuple, self._answer_s, "common_features")

    def execute(self, name: str) -> None:
        self._call(type(None), _STOP_S, "execute", name)

    def remembered(
        self, before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]
    ) -> dict[str, FeatureValue]:
        return remembered(before, new)

    def start(self) -> None:
        self._patience_s = self._call(float, self._answer_s, "start")
        self._note_wired()

    def settle(self, count: int) -> None:
        """As `reconnect.Settles` says."""
        self._call(type(None), count * self._patience_s + _STOP_S + self._answer_s, "settle", count)

    def trigger(self) -> None:
        self._call(type(None), self._answer_s, "trigger")

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        filled = self._call(Filled, timeout_s + self._answer_s, "fill", timeout_s)
        stamp, ring = filled.stamp, self._ring
        if stamp is None or ring is None:
            return None
        shape = stamp.shape or buffer.shape
        if len(shape) != buffer.ndim or any(side > room for side, room in zip(shape, buffer.shape, strict=True)):
            raise CameraError(f"a frame of {shape} does not fit {buffer.shape}", where=self._where, remedy="load again")
        is_whole = ring.read(filled.number, buffer, shape)
        return FrameStamp(
            stamp.frame_id,
            stamp.captured_at_ns,
            stamp.hardware_ns,
            stamp.is_complete and is_whole,
            shape=None if shape == buffer.shape else shape,
        )

    def is_alive(self) -> bool:
        process = self._process
        if process is None or not process.is_alive():
            return False
        if not self._lock.acquire(timeout=self._answer_s):
            return process.is_alive()  # busy with a fill, which has its own time-out
        self._lock.release()
        try:
            return self._call(bool, self._answer_s, "is_alive")
        except CameraError:
            return False

    def stop(self) -> None:
        if self._connection is not None:
            self._call(type(None), _STOP_S, "stop")

    def close(self) -> None:
        """Hang up, which ends the worker; one that does not end is killed."""
        connection, self._connection = self._connection, None
        process, self._process = self._process, None
        ring, self._ring = self._ring, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.join(_END_S)
            _kill(process)
        if ring is not None:
            ring.close()

    def _note_wired(self) -> None:
        self.is_wired = self._call(bool, self._answer_s, "is_wired")

    @property
    def _where(self) -> str:
        return f"camera {self._order.device} of {self._order.producer.name}"

    def _spawn(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._order), name=self._where, daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection = process, ours

    def _call(self, kind: type[T], timeout_s: float, name: str, *arguments: object) -> T:
        with self._lock:
            connection = self._connection
            if connection is None:
                raise CameraError("the camera is not open", where=self._where, remedy="open it first")
            answer = self._asked(connection, timeout_s, (name, *arguments))
        if isinstance(answer, Refused):
            raise CameraError(answer.what, where=answer.where, remedy=answer.remedy)
        if not isinstance(answer, kind):
            raise TypeError(f"the worker answers {name} with {answer!r}")
        return answer

    def _asked(self, connection: Connection, timeout_s: float, call: tuple[object, ...]) -> object:
        try:
            connection.send(call)
            if connection.poll(timeout_s):
                return connection.recv()
        except (EOFError, OSError) as error:
            raise self._gone(f"the producer's process has died{self._exit_code()}") from error
        raise self._gone(f"the producer has not answered for {timeout_s:.1f} s")

    def _exit_code(self) -> str:
        process = self._process
        if process is None:
            return ""
        process.join(_END_S)
        return f", exit code {process.exitcode}" if process.exitcode is not None else ""

    def _gone(self, what: str) -> CameraError:
        if self._process is not None:
            _kill(self._process)
        return CameraError(what, where=self._where, remedy="it is started again; look for the vendor's update")


def _kill(process: SpawnProcess) -> None:
    with contextlib.suppress(ValueError):
        if process.is_alive():
            process.kill()
        process.join(_END_S)
