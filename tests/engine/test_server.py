"""The door: who has the key comes in, is told what it needs, and can neither hold up the line nor anybody else."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from multiprocessing.connection import Client, Connection
from pathlib import Path
from queue import SimpleQueue

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core import wire
from station_app.core.errors import LinkError
from station_app.core.messages import (
    AlarmCleared,
    Command,
    EngineState,
    Event,
    Pause,
    Shutdown,
    SignIn,
    Start,
    StateChanged,
    TriggerPart,
)
from station_app.engine.address import KEY, engine_address, read_key
from station_app.engine.client import EngineClient
from station_app.engine.greeting import greet_engine
from station_app.engine.server import EngineServer
from tests.engine.fakes import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
WELCOME: tuple[Event, ...] = (StateChanged(EngineState.READY), AlarmCleared("welcome"))


class Door:
    """A server and what comes through it."""

    def __init__(self, folder: Path, **settings: float) -> None:
        self.folder = folder
        self.commands: SimpleQueue[Command] = SimpleQueue()
        self.on_command: Callable[[Command], None] = self.commands.put
        address, key = engine_address(folder), read_key(folder)
        self.server = EngineServer(address, key, self._obey, lambda: WELCOME, **settings)  # type: ignore[arg-type]

    def next_command(self) -> Command:
        return self.commands.get(timeout=PATIENCE_S)

    def _obey(self, command: Command) -> None:
        self.on_command(command)


class Guests:
    """Connects clients, and sees them off in the end."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        self._folder = folder
        self._opened = opened

    def client(self) -> EngineClient:
        """One that has been welcomed."""
        client = EngineClient(self._folder)
        self._opened.callback(client.close)
        client.connect()
        assert (hear(client), hear(client)) == WELCOME
        return client

    def stranger(self) -> socket.socket:
        """One that has connected and said nothing."""
        made = socket.socket(socket.AF_UNIX)
        self._opened.callback(made.close)
        made.settimeout(PATIENCE_S)
        made.connect(engine_address(self._folder))
        return made

    def raw(self) -> Connection:
        """One with the key that then may send any bytes."""
        connection = Client(engine_address(self._folder))
        self._opened.callback(connection.close)
        greet_engine(connection, read_key(self._folder), PATIENCE_S)
        return connection


def hear(client: EngineClient) -> Event:
    event = client.receive(PATIENCE_S)
    assert event is not None
    return event


def wait_seen_off(stranger: socket.socket) -> None:
    """Until the door is shut; the time-out of the socket fails the test."""
    with contextlib.suppress(ConnectionResetError):
        while stranger.recv(100):
            pass


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


def test_only_its_owner_may_come_to_the_door(door: Door) -> None:
    assert os.stat(engine_address(door.folder)).st_mode & 0o777 == 0o600


def test_a_wrong_key_is_turned_away_and_others_are_let_in(door: Door, guests: Guests) -> None:
    (door.folder / KEY).write_bytes(b"x" * 32)
    with pytest.raises(LinkError, match="does not let us in: the key is not the engine's"):
        EngineClient(door.folder).connect()
    (door.folder / KEY).write_bytes(door.server._key)
    guests.client()


def test_one_who_says_nothing_keeps_nobody_out(door: Door, guests: Guests) -> None:
    silent = [guests.stranger() for _ in range(5)]
    guests.client()
    for stranger in silent:
        assert stranger.recv(1)  # still being asked for the key


def test_one_who_says_nothing_is_seen_off(tmp_path: Path, opened: ExitStack) -> None:
    door = Door(tmp_path, greeting_s=0.05)
    opened.callback(door.server.close)
    stranger = Guests(tmp_path, opened).stranger()
    wait_seen_off(stranger)


@pytest.mark.parametrize("words", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 64, b"\x00\x00\x00\x05hello"])
def test_who_speaks_another_language_is_turned_away(door: Door, guests: Guests, words: bytes) -> None:
    stranger = guests.stranger()
    stranger.send(words)
    stranger.shutdown(socket.SHUT_WR)
    wait_seen_off(stranger)
    guests.client()


@given(bodies=st.lists(st.binary(max_size=60), min_size=1, max_size=10))
@settings(max_examples=20, deadline=None)
def test_garbage_from_a_client_is_not_obeyed_and_harms_nothing(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]
) -> None:
    with ExitStack() as opened:
        door = Door(tmp_path_factory.mktemp("door"))
        opened.callback(door.server.close)
        connection = Guests(door.folder, opened).raw()
        for body in bodies:
            connection.send_bytes(body)
        connection.send_bytes(wire.encode(SignIn("wang")))
        assert door.next_command() == SignIn("wang")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"kind": "Start", "x": 1}',
        b'{"kind": "Nothing"}',
        b"null",
        wire.encode(StateChanged(EngineState.RUNNING)),
    ],
)
def test_a_message_that_is_no_command_is_not_obeyed(door: Door, guests: Guests, body: bytes) -> None:
    connection = guests.raw()
    connection.send_bytes(body)
    connection.send_bytes(wire.encode(Start()))
    assert door.next_command() == Start()


def test_a_command_of_absurd_size_ends_that_client_only(door: Door, guests: Guests) -> None:
    connection, other = guests.raw(), guests.client()
    os.write(connection.fileno(), b"\x7f\xff\xff\xff")
    with pytest.raises((EOFError, OSError)):
        while True:
            connection.recv_bytes()
    other.send(Start())
    assert door.next_command() == Start()


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
    assert not [t.name for t in threading.enumerate() if t.name.startswith("server")]
    door.server.close()


def test_closing_does_not_wait_for_a_client_that_does_not_read(door: Door, guests: Guests) -> None:
    guests.client()
    for _ in range(1000):
        door.server.publish(AlarmCleared("x" * 2000))
    door.server.close()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("server")]


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
