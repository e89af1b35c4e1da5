"""An object store that refuses, is silent, lies or is gone is told apart, and never waited for without end."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, RemoteError, RemoteRefusedError

pytest.importorskip("obstore", reason="the extra [sync] is not installed")

from station_app.sync import object_remote
from station_app.sync.object_remote import ObjectAccess, ObjectRemote
from station_app.sync.remote import Put
from tests.sync.seaweed import Seaweed


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that says the same to everybody; with no answer it says nothing for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                held.append(client)
                client.recv(65536)
                if answer:
                    client.sendall(answer)
                    client.close()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()
        for client in held:
            client.close()


def access_to(endpoint: str) -> ObjectAccess:
    keys = {"endpoint": endpoint, "region": "us-east-1", "access_key_id": "a", "secret_access_key": "very-secret"}
    return ObjectAccess("s3://bucket/plant", keys, allow_http=True)


def status(code: int, text: str, body: str = "") -> bytes:
    head = f"HTTP/1.1 {code} {text}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return f"{head}{body}".encode()


@pytest.mark.parametrize("code", [401, 403])
def test_a_store_that_refuses_needs_a_person(code: int) -> None:
    with answering(status(code, "No")) as endpoint, pytest.raises(RemoteRefusedError, match="refuses this station"):
        ObjectRemote(access_to(endpoint)).create("a", b"x")


def test_what_is_there_already_is_there() -> None:
    with answering(status(412, "There")) as endpoint:
        assert ObjectRemote(access_to(endpoint)).create("a", b"x") is Put.EXISTED


def test_azure_says_with_a_conflict_that_it_is_there() -> None:
    with answering(status(409, "Conflict", "<Error><Code>BlobAlreadyExists</Code></Error>")) as endpoint:
        assert ObjectRemote(access_to(endpoint)).create("a", b"x") is Put.EXISTED


@pytest.mark.parametrize(
    ("code", "said", "what", "remedy"),
    [
        (403, "RequestTimeTooSkewed", "refuses this station (403 RequestTimeTooSkewed)", "clock"),
        (403, "AccessDenied", "refuses this station (403 AccessDenied)", "the right to write"),
        (400, "ExpiredToken", "refuses this station (400 ExpiredToken)", "a new key"),
        (404, "NoSuchBucket", "there is no such bucket", "make the bucket"),
        (407, "", "the proxy refuses", "proxy"),
        (413, "EntityTooLarge", "so large an object", "sync now"),
        (501, "NotImplemented", "refuses this station", ""),
    ],
)
def test_what_a_person_must_do_is_told(code: int, said: str, what: str, remedy: str) -> None:
    body = f"<Error><Code>{said}</Code></Error>"
    with answering(status(code, "No", body)) as endpoint, pytest.raises(RemoteRefusedError) as told:
        ObjectRemote(access_to(endpoint)).create("a", b"x")
    assert what in told.value.what and remedy in told.value.remedy


def test_a_store_without_tls_is_refused_unless_it_is_allowed() -> None:
    access = replace(access_to("http://127.0.0.1:9"), allow_http=False)
    with pytest.raises(RemoteRefusedError, match="not reached by TLS"):
        ObjectRemote(access).create("a", b"x")


@pytest.mark.parametrize("code", [409, 429, 500, 503])
def test_a_store_in_trouble_is_tried_again_later(code: int) -> None:
    with answering(status(code, "Trouble")) as endpoint, pytest.raises(RemoteError) as told:
        ObjectRemote(access_to(endpoint)).create("a", b"x")
    assert not isinstance(told.value, RemoteRefusedError)


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_remote, "SMALL_S", 1)
    started = time.monotonic()
    with answering(b"") as endpoint, pytest.raises(RemoteError, match="it took too long"):
        ObjectRemote(replace(access_to(endpoint), tries=1)).create("a", b"x")
    assert time.monotonic() - started < 30


def test_half_an_answer_is_no_object() -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nLast-Modified: Tue, 24 Nov 2026 10:00:00 GMT\r\n\r\nshort"
    with answering(half) as endpoint, pytest.raises(RemoteError):
        ObjectRemote(replace(access_to(endpoint), tries=1)).read("a")


def test_nobody_at_the_address_is_told_without_the_secret() -> None:
    access = replace(access_to("http://127.0.0.1:9"), tries=1)
    with pytest.raises(RemoteError, match="nobody is there") as told:
        ObjectRemote(access).create("a", b"x")
    assert "very-secret" not in f"{told.value} {access}"


def test_a_certificate_that_is_not_there_is_told(tmp_path: Path) -> None:
    access = replace(access_to("https://127.0.0.1:9"), ca_file=tmp_path / "ca.pem")
    with pytest.raises(ConfigError, match="certificate of the plant's CA cannot be read"):
        ObjectRemote(access)


@pytest.mark.parametrize("url", ["", "bucket", "ftp://x/y"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(ConfigError, match="the store cannot be opened"):
        ObjectRemote(ObjectAccess(url))


def test_a_large_object_has_the_time_that_a_slow_link_needs() -> None:
    assert object_remote._seconds_for(1_000) == object_remote.SMALL_S
    assert object_remote._seconds_for(5_000_000) >= 200
    assert object_remote._seconds_for(10**12) == object_remote.LARGEST_S


def test_a_key_of_somebody_else_is_refused_by_a_real_server(server: Seaweed) -> None:
    server.make_bucket("plant")
    stranger = {**server.settings, "secret_access_key": "guessed"}
    with pytest.raises(RemoteError):
        ObjectRemote(ObjectAccess("s3://plant/p", stranger, allow_http=True)).create("a", b"x")
