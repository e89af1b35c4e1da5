"""Servers that a plant has already, for those who want to see the loop with them: SeaweedFS as S3, and MLflow.

Both are other people's programs, named by environment variables; they listen on this computer alone and end with the
demonstration.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError

from station_app.config_sync import StoreSetup
from station_app.core.errors import LinkError
from station_app.store.owned_file import write_owned

WEED_VARIABLE, MLFLOW_VARIABLE = "STATION_WEED", "STATION_MLFLOW"
_BUCKET = "plant-records"
_READY_S = 180.0
_LAST_WORDS = 1500


def weed_program() -> str:
    """SeaweedFS, "" where nobody names it."""
    return os.environ.get(WEED_VARIABLE, "")


def mlflow_python() -> str:
    """A Python with mlflow, "" where nobody names one."""
    return os.environ.get(MLFLOW_VARIABLE, "")


@contextmanager
def seaweed(folder: Path) -> Iterator[StoreSetup]:
    """A bucket of a SeaweedFS that keeps its objects in `folder`. LinkError where it does not start."""
    folder.mkdir(parents=True, exist_ok=True)
    master, volume, filer, s3, *grpc = _free_ports(8)
    key, secret = secrets.token_hex(8), secrets.token_hex(16)
    accounts = folder / "accounts.json"
    everything = {"name": "plant", "actions": ["Admin", "Read", "Write", "List", "Tagging"]}
    credentials = {"credentials": [{"accessKey": key, "secretKey": secret}]}
    write_owned(accounts, json.dumps({"identities": [everything | credentials]}).encode())
    words = [weed_program(), "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3"]
    words += [f"-s3.port={s3}", f"-s3.config={accounts}", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    words += [f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", "-volume.max=100"]
    words += [f"-master.port.grpc={grpc[0]}", f"-volume.port.grpc={grpc[1]}", f"-filer.port.grpc={grpc[2]}"]
    words += [f"-s3.port.grpc={grpc[3]}", "-master.volumeSizeLimitMB=64"]
    settings = folder / "store-keys.toml"
    values = {"endpoint": f"http://127.0.0.1:{s3}", "region": "us-east-1"}
    values |= {"access_key_id": key, "secret_access_key": secret}
    write_owned(settings, "".join(f'{name} = "{value}"\n' for name, value in values.items()).encode())
    bucket = urllib.request.Request(f"http://127.0.0.1:{filer}/buckets/{_BUCKET}/", method="POST")
    with _running(words, folder, {"TMPDIR": str(folder)}, lambda: _listens(s3) and _answers(bucket)):
        yield StoreSetup(f"s3://{_BUCKET}", settings=settings, allow_http=True)


@contextmanager
def mlflow(folder: Path) -> Iterator[str]:
    """The URL of an MLflow that keeps everything in `folder`. LinkError where it does not start."""
    folder.mkdir(parents=True, exist_ok=True)
    (port,) = _free_ports(1)
    words = [mlflow_python(), "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    words += ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--artifacts-destination", str(folder / "files")]
    url = f"http://127.0.0.1:{port}"
    health = urllib.request.Request(f"{url}/health")
    # Its job runners take two gigabytes and are not used.
    environment = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "PYTHONPATH": ""}
    with _running(words, folder, environment, lambda: _answers(health)):
        yield url


@contextmanager
def _running(
    words: list[str], folder: Path, environment: dict[str, str], is_ready: Callable[[], bool]
) -> Iterator[None]:
    if not shutil.which(words[0]):
        raise LinkError("there is no such program", where=words[0], remedy="name it, or unset the variable")
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            words, stdout=output, stderr=output, cwd=folder, env={**os.environ, **environment}, start_new_session=True
        )
    try:
        _wait(process, log, is_ready)
        yield
    finally:
        _end(process)


def _wait(process: "subprocess.Popen[bytes]", log: Path, is_ready: Callable[[], bool]) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until and process.poll() is None:
        if is_ready():
            return
        time.sleep(0.3)
    told = log.read_text(errors="replace")[-_LAST_WORDS:].strip()
    raise LinkError(f"the server does not start: {told}", where=str(log), remedy="unset the variable that names it")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With all its workers, which are in its group."""
    with suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(process.pid, 9)
        else:
            process.kill()
    process.wait()


def _answers(request: urllib.request.Request) -> bool:
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except HTTPError as error:
        error.close()
        return error.code == HTTPStatus.CONFLICT  # the bucket is there already
    except OSError:
        return False
    return True


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _free_ports(count: int) -> tuple[int, ...]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = tuple(each.getsockname()[1] for each in sockets)
    for each in sockets:
        each.close()
    return ports
