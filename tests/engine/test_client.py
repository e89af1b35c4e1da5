"""The client says that there is no engine, whichever way there is none."""

import socket
from pathlib import Path

import pytest

from station_app.core.errors import LinkError
from station_app.core.messages import Start
from station_app.engine.address import engine_address, read_key
from station_app.engine.client import EngineClient


def test_without_an_engine_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="no engine has run here yet"):
        EngineClient(tmp_path).connect()
    read_key(tmp_path)
    with pytest.raises(LinkError, match="no engine answers"):
        EngineClient(tmp_path).connect()


def test_an_engine_that_says_nothing_is_not_waited_for_without_end(tmp_path: Path) -> None:
    read_key(tmp_path)
    with socket.socket(socket.AF_UNIX) as frozen:
        frozen.bind(engine_address(tmp_path))
        frozen.listen()
        with pytest.raises(LinkError, match="does not let us in"):
            EngineClient(tmp_path, greeting_s=0.05).connect()


def test_a_client_that_is_not_connected_says_so(tmp_path: Path) -> None:
    client = EngineClient(tmp_path)
    with pytest.raises(LinkError, match="not connected"):
        client.send(Start())
    with pytest.raises(LinkError, match="not connected"):
        client.receive(0)
    client.close()
    client.close()


def test_a_preview_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="the preview cannot be read"):
        EngineClient(tmp_path).open_preview(str(tmp_path / "none"))
