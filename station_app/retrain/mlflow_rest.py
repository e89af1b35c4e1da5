"""An MLflow server over its REST interface, with the standard library alone.

Name and password, or a token, come from the variables that MLflow's own client reads. A redirect is not followed: it
would carry them to whoever it names. One call at a time; RemoteError where trying again later may help,
RemoteRefusedError where the server refuses, ConfigError where it is none that can be used.
"""

import base64
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any

from station_app.core.errors import ConfigError, RemoteError, RemoteRefusedError

TOKEN, USER, PASSWORD = "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD"
OLDEST = (2, 3)
"""Aliases came with it."""
_CONTROL_S, _UPLOAD_S = 60.0, 900.0
_API, _ARTIFACTS = "/api/2.0/mlflow/", "/api/2.0/mlflow-artifacts/artifacts/"
_ABSENT = ("RESOURCE_DOES_NOT_EXIST",)
_MOST_REPLY = 64 << 20

Table = dict[str, Any]


class MlflowError(RemoteError):
    """The server answered with an error of its own; `code` is MLflow's."""

    def __init__(self, what: str, code: str, *, where: str) -> None:
        super().__init__(what, where=where, remedy="see the server's log")
        self.code = code


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class MlflowServer:
    """One server. Nothing is asked before the first call."""

    def __init__(self, url: str, environment: Mapping[str, str], ca: Path | None = None) -> None:
        self._url = url.rstrip("/")
        self._authorization = _authorization(environment)
        self._opener = urllib.request.build_opener(
            _NoRedirect(), urllib.request.HTTPSHandler(context=_tls(ca) if url.startswith("https:") else None)
        )

    @property
    def where(self) -> str:
        return self._url

    def check(self) -> str:
        """The server's version. ConfigError where it is too old or no MLflow server."""
        text = self._ask("GET", "/version", None, _CONTROL_S).decode("utf-8", "replace").strip()
        numbers = text.split(".")[:2]
        if len(numbers) < 2 or not all(number.isdecimal() for number in numbers):
            raise self._no_server("it does not say its version")
        if tuple(map(int, numbers)) < OLDEST:
            oldest = ".".join(map(str, OLDEST))
            what = f"the MLflow server has version {text}, {oldest} is needed for aliases"
            raise ConfigError(what, where=self._url, remedy="update the server")
        return text

    def get(self, call: str, **arguments: str) -> Table | None:
        """What a call that reads gives; None where there is no such thing."""
        return self._call("GET", f"{call}?{urllib.parse.urlencode(arguments)}", None)

    def post(self, call: str, body: Table) -> Table:
        """What a call that writes gives."""
        answer = self._call("POST", call, body)
        if answer is None:
            raise MlflowError("the server does not find what it was told to change", _ABSENT[0], where=self._url)
        return answer

    def delete(self, call: str, body: Table) -> None:
        self._call("DELETE", call, body)

    def put_artifact(self, artifact_uri: str, name: str, body: bytes) -> None:
        """Store a file of a run. ConfigError where the server keeps artifacts elsewhere than with itself."""
        parts = urllib.parse.urlsplit(artifact_uri)
        if parts.scheme != "mlflow-artifacts":
            what = f"the server does not take artifacts itself, they belong to {parts.scheme or 'a folder'} of its own"
            remedy = "start it with --artifacts-destination, and use an experiment that was made afterwards"
            raise ConfigError(what, where=self._url, remedy=remedy)
        path = urllib.parse.quote(f"{parts.path.strip('/')}/{name}")
        self._ask("PUT", f"{_ARTIFACTS}{path}", body, _UPLOAD_S, "application/octet-stream")

    def _call(self, method: str, call: str, body: Table | None) -> Table | None:
        sent = None if body is None else json.dumps(body).encode()
        try:
            answer = self._ask(method, f"{_API}{call}", sent, _CONTROL_S)
        except MlflowError as error:
            if error.code in _ABSENT:
                return None
            raise
        try:
            table = json.loads(answer or b"{}")
        except ValueError as error:
            raise self._no_server("it does not answer in JSON") from error
        if not isinstance(table, dict):
            raise self._no_server("it does not answer with a table")
        return table

    def _ask(
        self, method: str, path: str, body: bytes | None, timeout_s: float, kind: str = "application/json"
    ) -> bytes:
        headers = {"Content-Type": kind, **self._authorization}
        request = urllib.request.Request(self._url + path, body, headers, method=method)
        try:
            with self._opener.open(request, timeout=timeout_s) as answer:
                return bytes(answer.read(_MOST_REPLY))
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error.code, error.read(_MOST_REPLY)) from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            remedy = "start it, or correct [mlflow] url; the step goes on where it stopped"
            raise RemoteError(f"the MLflow server does not answer: {reason}", where=self._url, remedy=remedy) from error

    def _refused(self, status: int, body: bytes) -> RemoteError | ConfigError:
        if status in (401, 403):
            remedy = f"set {USER} and {PASSWORD}, or {TOKEN}" if status == 401 else "ask for the right to write there"
            what = f"the MLflow server refuses us ({status})"
            return RemoteRefusedError(what, where=self._url, remedy=remedy)
        if 300 <= status < 400:
            return self._no_server("it sends us elsewhere: a page to sign in, or another address")
        try:
            table = json.loads(body)
            code, message = str(table["error_code"]), str(table["message"])
        except (ValueError, KeyError, TypeError):
            if status < 500:
                return self._no_server(f"it answers {status}")
            what = f"the MLflow server fails ({status})"
            return RemoteError(what, where=self._url, remedy="see its log; the step goes on where it stopped")
        return MlflowError(f"the MLflow server says: {message.splitlines()[0][:300]}", code, where=self._url)

    def _no_server(self, why: str) -> ConfigError:
        return ConfigError(f"this is no MLflow server: {why}", where=self._url, remedy="correct [mlflow] url")


def _authorization(environment: Mapping[str, str]) -> dict[str, str]:
    if token := environment.get(TOKEN):
        return {"Authorization": f"Bearer {token}"}
    if user := environment.get(USER):
        pair = f"{user}:{environment.get(PASSWORD, '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def _tls(ca: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(ca) if ca else None)
    except (OSError, ssl.SSLError) as error:
        what = f"the certificate of the plant's CA cannot be used: {error.strerror or error}"
        raise ConfigError(what, where=str(ca), remedy="name a PEM file that this user may read") from error
