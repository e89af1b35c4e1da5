"""A network camera on this machine: MJPEG over HTTP, each frame with its number painted into it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cv2
import numpy as np

from station_app.core.inspection import Pixels

BITS = 16
BLOCK = 16
PERIOD_S = 0.01


def painted(number: int) -> Pixels:
    """A frame that shows its number in blocks of black and white, which survive JPEG."""
    bits = [(number >> bit & 1) * 255 for bit in range(BITS)]
    return np.repeat(np.repeat(np.asarray([bits], np.uint8), BLOCK, axis=0), BLOCK, axis=1)


def number_in(pixels: Pixels) -> int:
    """The number that was painted into a grey frame."""
    centres = pixels[BLOCK // 2, BLOCK // 2 :: BLOCK]
    return sum(1 << bit for bit, grey in enumerate(centres) if grey > 127)


class StreamServer:
    """Sends a frame every few milliseconds to whoever connects, until it is cut."""

    def __init__(self) -> None:
        self.sent = 0
        self.is_refusing = False
        self._cut = threading.Event()
        self._silent = threading.Event()
        server = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if server.is_refusing:
                    self.send_error(503)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace;boundary=frame")
                self.end_headers()
                with suppress(OSError):
                    server._stream(self)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._http.daemon_threads = True
        self._http.block_on_close = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/live.mjpg"

    def fall_silent(self) -> None:
        """The connection stays; nothing comes any more."""
        self._silent.set()

    def cut(self) -> None:
        """End all connections; new ones are refused."""
        self.is_refusing = True
        self._cut.set()

    def restore(self) -> None:
        self.is_refusing = False
        self._cut.clear()
        self._silent.clear()

    def close(self) -> None:
        self.cut()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _stream(self, answer: BaseHTTPRequestHandler) -> None:
        while not self._cut.wait(PERIOD_S):
            if self._silent.is_set():
                continue
            self.sent += 1
            body = cv2.imencode(".jpg", painted(self.sent))[1].tobytes()
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
            answer.wfile.write(head.encode() + body + b"\r\n")


@contextmanager
def stream_server() -> Iterator[StreamServer]:
    server = StreamServer()
    try:
        yield server
    finally:
        server.close()
