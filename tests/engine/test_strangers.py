"""Who has no key, or talks nonsense, is turned away, and harms neither the line nor anybody else."""

import os
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core import wire
from station_app.core.errors import LinkError
from station_app.core.messages import (
    AlarmCleared,
    EngineState,
    SignIn,
    Start,
    StateChanged,
)
from station_app.engine.address import KEY, engine_address
from station_app.engine.client import EngineClient
from tests.engine.doors import Door, Guests, wait_seen_off
from tests.engine.fakes import PATIENCE_S


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


def test_one_who_does_not_read_is_seen_off_too_when_it_talks_nonsense(door: Door, guests: Guests) -> None:
    """Its events fill the connection, so that whoever writes to it waits."""
    connection = guests.raw()
    for _ in range(1000):
        door.server.publish(AlarmCleared("x" * 2000))
    os.write(connection.fileno(), b"\x7f\xff\xff\xff")
    hung_up = select.poll()
    hung_up.register(connection.fileno(), 0)  # the end of a connection is told without being asked for
    assert hung_up.poll(PATIENCE_S * 1000)
