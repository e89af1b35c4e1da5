"""A PLC on Modbus TCP: the station is the server, the PLC writes its bits and reads the answer.

pymodbus runs on an event loop in a thread of its own. Every request finds the registers of one moment: what was
published last is put into them before it is answered, and what is written is passed on before its answer goes out. Many
may read; one alone writes, the master that is configured or else the first that does. Whoever else writes is refused.
"""

import asyncio
import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from station_app.config_plc import PlcSetup
from station_app.core.errors import ConfigError, PlcError
from station_app.core.handshake_map import (
    CONTROL_WORDS,
    INPUT_WORDS,
    OUTPUT_WORDS,
    STATUS_WORDS,
    LineReport,
    asked_of,
    output_words,
    status_words,
)
from station_app.core.handshake_state import Handshake
from station_app.devices.plc import LinkChanged, OnNews, PlcNews

if TYPE_CHECKING:
    from pymodbus.simulator import SimDevice

log = logging.getLogger(__name__)

_WRITES = frozenset((5, 6, 15, 16, 22, 23))
_BITS = frozenset((1, 2, 5, 15))
_START_S = 10.0
_LOOK_EVERY_S = 0.1


class ModbusPlc:
    """Listens between `start` and `stop`, where `[plc]` says."""

    def __init__(self, setup: PlcSetup) -> None:
        self._setup = setup
        self._on_news: OnNews = _nobody
        self.publish(Handshake(), LineReport())
        self._writer: object | None = None
        self._heard_s = 0.0
        self._is_linked = self._is_fresh = False
        self._started = threading.Event()
        self._failure: BaseException | None = None
        self._ending: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="modbus", daemon=True)

    def start(self, on_news: OnNews) -> None:
        _need_pymodbus()
        self._on_news = on_news
        self._thread.start()
        if not self._started.wait(_START_S) or self._failure is not None:
            where, remedy = f"{self._setup.address}, port {self._setup.port}", "see [plc] in the station file"
            told = "it does not start" if self._failure is None else str(self._failure)
            raise PlcError(f"Modbus TCP cannot listen: {told}", where=where, remedy=remedy) from self._failure

    def stop(self) -> None:
        if not self._thread.is_alive():
            return  # it never began, or could not listen
        if self._loop is not None and self._ending is not None:
            with contextlib.suppress(RuntimeError):  # the loop has just ended by itself
                self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(_START_S)

    def publish(self, state: Handshake, report: LineReport) -> None:
        # One assignment: a request that is answered meanwhile has the words from before, all of them.
        self._words = status_words(state), output_words(self._setup.map, state, report)

    def may_write(self, connection: object, peer: str) -> bool:
        """Whether this connection is the one that writes; `peer` is the computer at its other end. On the loop.

        A writer that is silent gives way: of one that lost its power nobody ever hears that its connection has ended.
        """
        is_free = self._writer is None or not self._is_linked
        if is_free and self._setup.master in ("", peer):
            self._writer = connection
        return connection is self._writer

    def note_request(self, connection: object) -> None:
        """The master has asked for something. On the loop."""
        if connection is self._writer:
            self._heard_s = time.monotonic()
            self._tell_link(is_linked=True)

    def note_end(self, connection: object) -> None:
        """A connection has ended. On the loop."""
        if connection is self._writer:
            self._writer = None
            self._tell_link(is_linked=False, detail="the connection has ended")

    async def act(
        self, function: int, start: int, address: int, count: int, registers: list[int], values: list[Any] | None
    ) -> None:
        """What pymodbus asks before each answer: put in what was published, pass on what is being written, and
        once what a master that was silent had written before."""
        place = self._setup.map
        status, output = self._words
        registers[place.status - start : place.status - start + STATUS_WORDS] = status
        registers[place.output - start : place.output - start + OUTPUT_WORDS] = output
        if values or self._is_fresh:
            self._is_fresh = False
            written = registers.copy()
            _write(written, start, function, address, values or [])
            control = written[place.control - start : place.control - start + CONTROL_WORDS]
            inputs = written[place.input - start : place.input - start + INPUT_WORDS]
            self._on_news(asked_of(place, control, inputs))

    def _tell_link(self, *, is_linked: bool, detail: str = "") -> None:
        if is_linked is not self._is_linked:
            self._is_linked = self._is_fresh = is_linked
            self._on_news(LinkChanged(is_linked, detail))

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except (OSError, RuntimeError) as error:
            log.error("Modbus: %s", error)
            self._failure = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        from station_app.devices.modbus_server import OneWriterServer

        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        server = OneWriterServer(self._device(), self, (self._setup.address, self._setup.port))
        if not await server.listen():
            raise OSError("the port is taken, or this user may not have it")
        self._started.set()
        try:
            while not self._ending.is_set():
                await self._look()
        finally:
            await server.shutdown()

    async def _look(self) -> None:
        """Wait a little; a master that is silent is gone, although its connection stands."""
        assert self._ending is not None
        try:
            await asyncio.wait_for(self._ending.wait(), _LOOK_EVERY_S)
        except TimeoutError:
            if self._is_linked and time.monotonic() - self._heard_s > self._setup.silent_s:
                self._tell_link(is_linked=False, detail="it is silent")

    def _device(self) -> "SimDevice":
        from pymodbus.simulator import DataType, SimData, SimDevice

        place = self._setup.map
        blocks = (
            (place.control, CONTROL_WORDS, False),
            (place.status, STATUS_WORDS, True),
            (place.input, INPUT_WORDS, False),
            (place.output, OUTPUT_WORDS, True),
        )
        data = [
            SimData(address, values=[0] * count, datatype=DataType.REGISTERS, readonly=is_told)
            for address, count, is_told in sorted(blocks)
        ]
        return SimDevice(0, simdata=data, use_bit_addressing=True, action=self.act)


def _nobody(_: PlcNews) -> None:
    """Not started yet."""


def _write(registers: list[int], start: int, function: int, address: int, values: list[Any]) -> None:
    if function not in _BITS:
        registers[address - start : address - start + len(values)] = values
        return
    for number, is_on in enumerate(values, address):
        word, bit = number // 16 - start, 1 << number % 16
        registers[word] = registers[word] | bit if is_on else registers[word] & ~bit


def is_write(function: int) -> bool:
    """Whether a request of this Modbus function changes registers."""
    return function in _WRITES


def _need_pymodbus() -> None:
    try:
        import pymodbus  # noqa: F401 - only whether it is there
    except ImportError as error:
        remedy = 'install the extra: pip install "station-app[plc]"'
        raise ConfigError("a PLC on Modbus TCP needs pymodbus", remedy=remedy) from error
