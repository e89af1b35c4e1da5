"""A PLC on Modbus TCP: a real client over loopback, and the handshake behind the station's registers."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

import pytest

from station_app.config_plc import PlcSetup
from station_app.core import handshake
from station_app.core.errors import PlcError
from station_app.core.handshake_bits import Control, ResultCode, Status, read_result_word
from station_app.core.handshake_map import LineReport, RegisterMap
from station_app.core.handshake_state import Asked, Effect, Handshake, LineResult, Triggered
from station_app.devices.modbus_plc import ModbusPlc
from station_app.devices.plc import LinkChanged, PlcNews
from tests.free_port import free_port

client = pytest.importorskip("pymodbus.client", reason="the extra [plc] is not installed")

MAP = RegisterMap()
ENABLE, TRIGGER, ACK = Control.TRIGGER_ENABLE, Control.TRIGGER, Control.RESULTS_ACK
BUFFER = Control.BUFFER_RESULTS
PATIENCE_S = 20.0


class Heard:
    """A station's PLC with all that it heard."""

    def __init__(self, setup: PlcSetup) -> None:
        self._news: SimpleQueue[PlcNews] = SimpleQueue()
        self._plc = ModbusPlc(setup)
        self._plc.start(self._news.put)
        self.publish, self.stop = self._plc.publish, self._plc.stop

    def heard(self, timeout_s: float) -> PlcNews | None:
        try:
            return self._news.get(timeout=timeout_s)
        except Empty:
            return None


class Master:
    """The PLC's side, word by word."""

    def __init__(self, port: int) -> None:
        self.client = client.ModbusTcpClient("127.0.0.1", port=port, timeout=5)
        assert self.client.connect()

    def write(self, control: Control, text: bytes = b"") -> bool:
        """Whether the station took it."""
        if text:
            words = [int.from_bytes(text[n : n + 2].ljust(2, b"\0"), "little") for n in range(0, 64, 2)]
            assert not self.client.write_registers(MAP.input + 1, words).isError()
        bits = int(control)
        return not self.client.write_registers(MAP.control, [bits & 0xFFFF, bits >> 16]).isError()

    def status(self) -> Status:
        low, high = self.client.read_holding_registers(MAP.status, count=2).registers
        return Status(low | high << 16)

    def output(self) -> list[int]:
        return list(self.client.read_holding_registers(MAP.output, count=102).registers)

    def until(self, is_there: Callable[[Status], bool]) -> Status:
        end = time.monotonic() + PATIENCE_S
        while not is_there(status := self.status()):
            assert time.monotonic() < end, f"{status!r}"
        return status

    def close(self) -> None:
        self.client.close()


@pytest.fixture
def setup() -> PlcSetup:
    return PlcSetup(port=free_port(), silent_s=0.5)


@pytest.fixture
def plc(setup: PlcSetup) -> Iterator[Heard]:
    opened = Heard(setup)
    yield opened
    opened.stop()


@pytest.fixture
def master(plc: Heard, setup: PlcSetup) -> Iterator[Master]:
    opened = Master(setup.port)
    yield opened
    opened.close()


def until(plc: Heard, wanted: object) -> None:
    """Skip news until this comes."""
    end = time.monotonic() + PATIENCE_S
    while plc.heard(0.2) != wanted:
        assert time.monotonic() < end


def test_every_write_is_heard_in_its_order(plc: Heard, master: Master) -> None:
    for control in (ENABLE, ENABLE | TRIGGER, ENABLE, ENABLE | ACK):
        assert master.write(control)
    heard = [plc.heard(PATIENCE_S) for _ in range(5)]
    assert heard[0] == LinkChanged(is_linked=True)
    assert [news.control for news in heard[1:] if isinstance(news, Asked)] == [
        ENABLE,
        ENABLE | TRIGGER,
        ENABLE,
        ENABLE | ACK,
    ]


def test_single_bits_may_be_written_as_coils(plc: Heard, master: Master) -> None:
    assert not master.client.write_coil(16 * MAP.control + 0, True).isError()
    assert not master.client.write_coil(16 * MAP.control + 1, True).isError()
    assert not master.client.write_coil(16 * MAP.control + 0, False).isError()
    heard = [plc.heard(PATIENCE_S) for _ in range(4)]
    assert [news.control for news in heard[1:] if isinstance(news, Asked)] == [ENABLE, ENABLE | TRIGGER, TRIGGER]


def test_a_text_goes_with_the_bits(plc: Heard, master: Master) -> None:
    assert master.write(ENABLE | Control.SET_USER_DATA, b"SN-0042")
    until(plc, Asked(ENABLE | Control.SET_USER_DATA, 0, "SN-0042"))


def test_what_is_published_is_read_whole(plc: Heard, master: Master) -> None:
    """Ids and words of one moment, however fast they change."""
    ended = threading.Event()

    def publish_all_the_time() -> None:
        number = 0
        while not ended.is_set():
            number = handshake.next_id(number)
            shown = LineResult(number, number, ResultCode.PASS if number % 2 else ResultCode.FAIL)
            state = Handshake(frozenset(), last_id=number, shown=shown, is_valid=True)
            plc.publish(state, LineReport(sequence=number))

    publisher = threading.Thread(target=publish_all_the_time)
    publisher.start()
    time.sleep(0.05)
    for _ in range(200):
        words = master.output()
        assert words[2] == words[3] == words[10] == words[101]
        assert (read_result_word(words[100]) is ResultCode.PASS) == bool(words[2] % 2) == (words[4] == 1)
    ended.set()
    publisher.join()


def test_the_stations_registers_cannot_be_written(plc: Heard, master: Master) -> None:
    assert master.client.write_register(MAP.status, 1).isError()
    assert master.client.write_registers(MAP.output, [1, 1, 1]).isError()
    assert master.client.read_holding_registers(MAP.status - 1, count=1).isError()
    assert master.client.write_registers(MAP.control, [1, 2, 3]).isError()


def test_one_master_writes_and_others_read(plc: Heard, master: Master, setup: PlcSetup) -> None:
    assert master.write(ENABLE)
    other = Master(setup.port)
    assert not other.write(ENABLE | TRIGGER)
    assert other.status() == master.status()
    master.close()
    until(plc, LinkChanged(is_linked=False, detail="the connection has ended"))
    assert other.write(ENABLE)
    other.close()


def test_only_the_configured_master_writes(setup: PlcSetup) -> None:
    plc = Heard(PlcSetup(port=setup.port, master="192.0.2.1"))
    stranger = Master(setup.port)
    assert not stranger.write(ENABLE)
    assert plc.heard(0.1) is None
    stranger.close()
    plc.stop()


def test_a_master_that_is_silent_is_gone_and_comes_back_without_an_edge(plc: Heard, master: Master) -> None:
    assert master.write(ENABLE | TRIGGER)
    until(plc, LinkChanged(is_linked=False, detail="it is silent"))
    master.status()
    assert plc.heard(PATIENCE_S) == LinkChanged(is_linked=True)
    assert plc.heard(PATIENCE_S) == Asked(ENABLE | TRIGGER, 0, "")


def test_a_master_whose_connection_never_ended_gives_way_to_the_next(
    plc: Heard, master: Master, setup: PlcSetup
) -> None:
    assert master.write(ENABLE | TRIGGER)
    other = Master(setup.port)
    assert not other.write(ENABLE)
    until(plc, LinkChanged(is_linked=False, detail="it is silent"))
    assert other.write(ENABLE)
    assert plc.heard(PATIENCE_S) == LinkChanged(is_linked=True)
    assert plc.heard(PATIENCE_S) == Asked(ENABLE, 0, "")
    assert not master.write(ENABLE | TRIGGER)
    other.close()


def test_one_that_was_never_started_can_be_stopped(setup: PlcSetup) -> None:
    ModbusPlc(setup).stop()


def test_a_port_that_is_taken_is_named(plc: Heard, setup: PlcSetup) -> None:
    with pytest.raises(PlcError, match="cannot listen") as refused:
        Heard(setup)
    assert str(setup.port) in refused.value.where


@contextmanager
def answering(plc: Heard, seed: int) -> Iterator[list[LineResult]]:
    """A station behind the registers: it steps the handshake, and judges after a random time."""
    draw, told, ended = random.Random(seed), [], threading.Event()

    def step_all_the_time() -> None:
        state, due = Handshake(frozenset()), list[tuple[float, LineResult]]()
        while not ended.is_set():
            news = plc.heard(0.001)
            effects: tuple[Effect, ...] = ()
            if isinstance(news, Asked):
                state, effects = handshake.saw(state, news)
            elif isinstance(news, LinkChanged) and not news.is_linked:
                state, effects = handshake.lost(state)
            for effect in effects:
                if isinstance(effect, Triggered):
                    code = draw.choice([ResultCode.PASS, ResultCode.FAIL, ResultCode.REVIEW, ResultCode.NO_RESULT])
                    result = LineResult(effect.acquisition_id, effect.acquisition_id, code)
                    due.append((time.monotonic() + draw.uniform(0, 0.01), result))
            while due and due[0][0] <= time.monotonic():
                told.append(due.pop(0)[1])
                state, _ = handshake.concluded(state, told[-1])
            plc.publish(state, LineReport())

    stepping = threading.Thread(target=step_all_the_time)
    stepping.start()
    try:
        yield told
    finally:
        ended.set()
        stepping.join()


def test_a_hundred_parts_with_random_delays_are_all_told_right(plc: Heard, master: Master) -> None:
    draw, seen = random.Random(5), []
    with answering(plc, seed=7) as told:
        master.write(ENABLE | BUFFER)
        master.write(BUFFER)
        master.write(ENABLE | BUFFER)
        for _ in range(100):
            master.until(lambda status: Status.TRIGGER_READY in status)
            master.write(ENABLE | BUFFER | TRIGGER)
            master.until(lambda status: Status.TRIGGER_ACK in status)
            wanted = master.output()[2]
            time.sleep(draw.uniform(0, 0.004))
            master.write(ENABLE | BUFFER)
            status = master.until(lambda status: Status.RESULTS_VALID in status)
            words = master.output()
            assert words[3] == words[101] == wanted
            assert (Status.JOB_PASS in status) == (read_result_word(words[100]) is ResultCode.PASS)
            seen.append((words[3], words[4]))
            master.write(ENABLE | BUFFER | ACK)
            master.until(lambda status: Status.RESULTS_VALID not in status)
            master.write(ENABLE | BUFFER)
        assert seen == [(result.acquisition_id, result.code) for result in told]


def test_a_port_that_is_taken_is_told_and_ending_is_quiet(setup: PlcSetup, plc: Heard) -> None:
    second = ModbusPlc(setup)
    with pytest.raises(PlcError, match="cannot listen"):
        second.start(lambda _: None)
    second.stop()
