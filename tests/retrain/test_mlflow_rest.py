"""Servers that are none, are old, are down or refuse: each told in a sentence, and no secret sent elsewhere."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, RemoteError, RemoteRefusedError, StationError
from station_app.retrain.mlflow_rest import PASSWORD, TOKEN, USER, MlflowServer

Serve = Callable[[int, bytes, dict[str, str]], str]


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    """Path and Authorization of every request."""
    return []


@pytest.fixture
def serve(asked: list[tuple[str, str]]) -> Iterator[Serve]:
    """Starts a server that answers everything alike, and gives its URL."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(status: int, body: bytes, headers: dict[str, str]) -> str:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.path, self.headers.get("Authorization", "")))
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def log_message(self, format: str, *args: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "kind", "sentence"),
    [
        (200, b"1.30.0", ConfigError, r"version 1\.30\.0, 2\.3 is needed"),
        (200, b"2.2.5", ConfigError, r"version 2\.2\.5, 2\.3 is needed"),
        (200, b"<html>sign in</html>", ConfigError, "no MLflow server: it does not say its version"),
        (404, b"nothing here", ConfigError, "no MLflow server: it answers 404"),
        (302, b"", ConfigError, "no MLflow server: it sends us elsewhere"),
        (401, b"who are you", RemoteRefusedError, f"refuses us .401.*set {USER} and {PASSWORD}, or {TOKEN}"),
        (403, b"not you", RemoteRefusedError, "refuses us .403.*ask for the right to write there"),
        (502, b"<html>bad gateway</html>", RemoteError, "the MLflow server fails .502"),
        (400, b'{"error_code": "BAD", "message": "one\\ntwo"}', RemoteError, "the MLflow server says: one "),
    ],
)
def test_what_is_no_server_that_can_be_used_is_told(
    serve: Serve, status: int, body: bytes, kind: type[StationError], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence):
        MlflowServer(serve(status, body, {"Location": "http://127.0.0.1:9/"}), {}).check()


def test_a_server_that_is_down_is_told() -> None:
    with pytest.raises(RemoteError, match=r"does not answer.*the step goes on where it stopped"):
        MlflowServer("http://127.0.0.1:9", {}).check()


def test_a_server_of_today_is_taken(serve: Serve, asked: list[tuple[str, str]]) -> None:
    assert MlflowServer(serve(200, b"3.17.2", {}), {}).check() == "3.17.2"
    assert asked == [("/version", "")]


@pytest.mark.parametrize(
    ("environment", "sent"),
    [
        ({TOKEN: "t0ken"}, "Bearer t0ken"),
        ({USER: "ann", PASSWORD: "pä:ss"}, "Basic YW5uOnDDpDpzcw=="),
        ({TOKEN: "t0ken", USER: "ann"}, "Bearer t0ken"),
    ],
)
def test_token_or_name_and_password_come_from_the_environment(
    serve: Serve, asked: list[tuple[str, str]], environment: dict[str, str], sent: str
) -> None:
    MlflowServer(serve(200, b"3.0.0", {}), environment).check()
    assert asked[0][1] == sent


def test_a_secret_is_not_sent_to_where_a_server_points(serve: Serve, asked: list[tuple[str, str]]) -> None:
    elsewhere = serve(200, b"3.0.0", {})
    with pytest.raises(ConfigError):
        MlflowServer(serve(307, b"", {"Location": f"{elsewhere}/version"}), {TOKEN: "t0ken"}).check()
    assert len(asked) == 1


@pytest.mark.parametrize("body", [b"no json", b"[1]"])
def test_an_answer_that_is_no_table_is_told(serve: Serve, body: bytes) -> None:
    with pytest.raises(ConfigError, match="no MLflow server: it does not answer"):
        MlflowServer(serve(200, body, {}), {}).post("runs/search", {})


def test_artifacts_that_the_server_does_not_take_itself_are_told() -> None:
    with pytest.raises(ConfigError, match=r"belong to s3 of its own.*--artifacts-destination"):
        MlflowServer("http://127.0.0.1:9", {}).put_artifact("s3://bucket/1/artifacts", "f", b"")


def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(ConfigError, match="certificate of the plant's CA cannot be used"):
        MlflowServer("https://127.0.0.1:9", {}, tmp_path / "ca.pem")
