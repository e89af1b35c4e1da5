"""A road to a real server on which everything happens that a real server does not do on request.

A TCP proxy that reads one HTTP request at a time. What happens to the n-th PUT that it sees is told beforehand; without
a word it goes through. Ends TLS where it is given a certificate.
"""

import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum, auto

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_REASONS = {403: "AccessDenied", 404: "NoSuchBucket", 409: "ConditionalRequestConflict", 429: "SlowDown"}


class Mishap(StrEnum):
    """CUT: the server gets half of the body. DEAF: nothing is answered, ever. LOST: the server does it and its answer
    never comes. HALF_ANSWER: neither more than a few bytes of it. SLOW: 400 kB/s at most. LATE: the answer takes its
    time."""

    CUT = auto()
    DEAF = auto()
    LOST = auto()
    HALF_ANSWER = auto()
    SLOW = auto()
    LATE = auto()


SLOW_CHUNK, SLOW_PAUSE_S = 4_000, 0.01
LATE_S = 0.5


@dataclass
class Road:
    """`mishaps` are those of the PUTs to come, in order; a number is the status that is answered instead of the
    server. `puts` counts those that were seen."""

    port: int
    server_port: int
    tls: ssl.SSLContext | None = None
    mishaps: list[Mishap | int | None] = field(default_factory=list)
    puts: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def travel(self, client: socket.socket) -> None:
        """One connection of a client, request by request."""
        self._open.append(client)
        there = ("127.0.0.1", self.server_port)
        with contextlib.suppress(OSError), self._ending(client) as road, socket.create_connection(there) as server:
            self._open.append(server)
            while (head := _read_head(road)) and self._pass_on(road, server, head):
                pass

    def _ending(self, client: socket.socket) -> socket.socket:
        return self.tls.wrap_socket(client, server_side=True) if self.tls else client

    def _pass_on(self, client: socket.socket, server: socket.socket, head: bytes) -> bool:
        """Whether the connection lives on."""
        mishap = None
        if head.startswith(b"PUT "):
            self.puts += 1
            mishap = self.mishaps.pop(0) if self.mishaps else None
        body = _read_exactly(client, _length(head))
        if isinstance(mishap, int):
            client.sendall(_refusal(mishap))
            return False
        if mishap is Mishap.DEAF:
            time.sleep(3600)
        server.sendall(head)
        if mishap is Mishap.CUT:
            server.sendall(body[: len(body) // 2])
            return False
        _send(server, body, mishap)
        answer = _read_answer(server, head)
        if mishap in (Mishap.LOST, Mishap.HALF_ANSWER):
            client.sendall(answer[:20] if mishap is Mishap.HALF_ANSWER else b"")
            return False
        if mishap is Mishap.LATE:
            time.sleep(LATE_S)
        client.sendall(answer)
        return True

    def close(self) -> None:
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextmanager
def bad_road(server_port: int, tls: ssl.SSLContext | None = None) -> Iterator[Road]:
    """A road to the server at this port of this computer."""
    listener = socket.create_server(("127.0.0.1", 0))
    road = Road(listener.getsockname()[1], server_port, tls)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=road.travel, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield road
    finally:
        listener.shutdown(socket.SHUT_RDWR)  # closing alone would let in one more
        listener.close()
        road.close()


def _send(server: socket.socket, body: bytes, mishap: Mishap | None) -> None:
    if mishap is not Mishap.SLOW:
        server.sendall(body)
        return
    for start in range(0, len(body), SLOW_CHUNK):
        server.sendall(body[start : start + SLOW_CHUNK])
        time.sleep(SLOW_PAUSE_S)


def _refusal(status: int) -> bytes:
    body = f"<Error><Code>{_REASONS.get(status, 'InternalError')}</Code></Error>"
    return f"HTTP/1.1 {status} Said\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


def _read_head(stream: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = stream.recv(1)
        if not byte:
            return b""
        head += byte
    return head


def _length(head: bytes) -> int:
    found = _LENGTH.search(head)
    return int(found[1]) if found else 0


def _read_exactly(stream: socket.socket, size: int) -> bytes:
    body = bytearray()
    while len(body) < size:
        chunk = stream.recv(min(65_536, size - len(body)))
        if not chunk:
            raise ConnectionError("the other end went away")
        body += chunk
    return bytes(body)


def _read_answer(server: socket.socket, request: bytes) -> bytes:
    """Whole; of the kinds that SeaweedFS gives to the requests of these tests."""
    head = _read_head(server)
    if b"chunked" in head.lower():
        body = b""
        while not body.endswith(b"0\r\n\r\n"):
            body += server.recv(65_536)
        return head + body
    has_body = not request.startswith(b"HEAD ")
    return head + (_read_exactly(server, _length(head)) if has_body else b"")
