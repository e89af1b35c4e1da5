"""The door: who has the key comes in, is told what it needs, and can neither hold up the line nor anybody else."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from station_app.core.errors import LinkError
from station_app.core.messages import (
    AlarmCleared,
    Command,
    Event,
    Pause,
    Shutdown,
    Start,
    TriggerPart,
)
from station_app.engine.address import engine_address, read_key
from station_app.engine.client import EngineClient
from station_app.engine.server import EngineServer
from tests.engine.doors import WELCOME, Door, Guests, hear, wait_no_thread
from tests.engine.fakes import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def door(tmp_path: Path, opened: ExitStack) -> Door:
    made = Door(tmp_path)
    opened.callback(made.server.close)
    return made


@pytest.fixture
def guests(door: Door, opened: ExitStack) -> Guests:
    return Guests(door.folder, opened)


def test_a_client_is_welcomed_and_then_hears_what_is_published(door: Door, guests: Guests) -> None:
    client = guests.client()
    door.server.publish(AlarmCleared("a"))
    door.server.publish(AlarmCleared("b"))
    assert [hear(client), hear(client)] == [AlarmCleared("a"), AlarmCleared("b")]
    assert client.receive(0) is None


def test_commands_come_in_order(door: Door, guests: Guests) -> None:
    client = guests.client()
    for command in (Start(), TriggerPart("SN1"), Pause()):
        client.send(command)
    assert [door.next_command() for _ in range(3)] == [Start(), TriggerPart("SN1"), Pause()]


def test_a_command_that_was_sent_just_before_leaving_is_obeyed(door: Door, guests: Guests) -> None:
    for _ in range(20):
        client = EngineClient(door.folder)
        client.connect()
        client.send(Shutdown("wang"))
        client.close()
        assert door.next_command() == Shutdown("wang")


def test_two_clients_hear_the_same(door: Door, guests: Guests) -> None:
    first, second = guests.client(), guests.client()
    door.server.publish(AlarmCleared("a"))
    assert hear(first) == hear(second) == AlarmCleared("a")


def test_a_client_that_does_not_read_loses_the_oldest_and_costs_nothing(tmp_path: Path, opened: ExitStack) -> None:
    door = Door(tmp_path, events_held=10)
    opened.callback(door.server.close)
    guests = Guests(tmp_path, opened)
    asleep, awake = guests.client(), guests.client()
    last = 4000
    for number in range(1, last + 1):
        door.server.publish(AlarmCleared(f"{number:4} {'x' * 2000}"))
        assert hear(awake) == AlarmCleared(f"{number:4} {'x' * 2000}")
    numbers: list[int] = []
    while not numbers or numbers[-1] < last:
        event = hear(asleep)
        assert isinstance(event, AlarmCleared)
        numbers.append(int(event.code[:4]))
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-10:] == list(range(last - 9, last + 1))
    assert len(numbers) < last


def test_the_engine_goes_on_when_a_client_is_killed(door: Door, guests: Guests) -> None:
    script = (
        "import sys; from pathlib import Path; from station_app.engine.client import EngineClient;"
        "c = EngineClient(Path(sys.argv[1])); c.connect(); print(c.receive(9), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(door.folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as killed:  # type: ignore[call-overload]
        assert killed.stdout.readline().startswith(b"StateChanged")
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        killed.stdin.close()
    survivor = guests.client()
    door.server.publish(AlarmCleared("after"))
    assert hear(survivor) == AlarmCleared("after")


def test_a_client_hears_that_the_engine_has_gone(door: Door, guests: Guests) -> None:
    client = guests.client()
    door.server.publish(AlarmCleared("last words"))
    door.server.close()
    assert hear(client) == AlarmCleared("last words")
    with pytest.raises(LinkError, match="the engine has gone"):
        client.receive(PATIENCE_S)
    with pytest.raises(LinkError):
        EngineClient(door.folder).connect()


def test_closing_ends_every_thread_whoever_is_at_the_door(door: Door, guests: Guests) -> None:
    guests.stranger()
    guests.client()
    guests.raw()
    door.server.close()
    wait_no_thread()
    door.server.close()


def test_closing_does_not_wait_for_a_client_that_does_not_read(door: Door, guests: Guests) -> None:
    guests.client()
    for _ in range(1000):
        door.server.publish(AlarmCleared("x" * 2000))
    door.server.close()
    wait_no_thread()


def test_a_command_that_takes_long_holds_up_no_other_client(door: Door, guests: Guests) -> None:
    entered, free = threading.Event(), threading.Event()

    def obey(command: Command) -> None:
        if isinstance(command, Pause):
            entered.set()
            assert free.wait(PATIENCE_S)
        door.commands.put(command)

    door.on_command = obey
    slow, quick = guests.client(), guests.client()
    slow.send(Pause())
    assert entered.wait(PATIENCE_S)
    quick.send(Start())
    assert door.next_command() == Start()
    door.server.publish(AlarmCleared("a"))
    assert hear(slow) == hear(quick) == AlarmCleared("a")
    free.set()
    assert door.next_command() == Pause()


def test_a_stop_waits_for_nothing_that_was_asked_for_before(door: Door, guests: Guests) -> None:
    free = threading.Event()

    def obey(command: Command) -> None:
        if isinstance(command, TriggerPart):
            assert free.wait(PATIENCE_S)
        door.commands.put(command)

    door.on_command = obey
    client = guests.client()
    for command in (TriggerPart("takes long"), Start(), Pause()):
        client.send(command)
    assert door.next_command() == Pause()
    free.set()
    # In its place as well: the line must not run on because the start came late.
    assert [door.next_command() for _ in range(3)] == [TriggerPart("takes long"), Start(), Pause()]


def test_a_socket_left_behind_is_taken_over(tmp_path: Path, opened: ExitStack) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(engine_address(tmp_path))
    left.close()
    door = Door(tmp_path)
    opened.callback(door.server.close)
    Guests(tmp_path, opened).client()


def test_an_address_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="no screen could reach the engine"):
        EngineServer(str(tmp_path / "missing" / "engine.sock"), b"k" * 32, lambda _: None, tuple)


def test_a_welcome_that_takes_long_holds_up_nobody(tmp_path: Path, opened: ExitStack) -> None:
    entered, free = threading.Event(), threading.Event()

    def welcome() -> tuple[Event, ...]:
        entered.set()
        assert free.wait(PATIENCE_S)
        return WELCOME

    server = EngineServer(engine_address(tmp_path), read_key(tmp_path), lambda _: None, welcome)
    opened.callback(server.close)
    client = EngineClient(tmp_path)
    opened.callback(client.close)
    client.connect()
    assert entered.wait(PATIENCE_S)
    server.publish(AlarmCleared("meanwhile"))
    free.set()
    assert [hear(client) for _ in range(3)] == [*WELCOME, AlarmCleared("meanwhile")]
