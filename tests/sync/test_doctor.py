"""`station-app sync doctor` says in words what a store can do, and what a station should not be able to."""

from pathlib import Path

import pytest

from station_app.command_line.main import main
from tests.sync.seaweed import Seaweed


def test_a_folder_is_tried_out_and_left_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "doctor", f"folder:{tmp_path}"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"OK {tmp_path}: objects can be written") and "refused by the store itself" in told
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "doctor", f"folder:{tmp_path / 'share'}"]) == 1
    assert "the folder is not there" in capsys.readouterr().err


def settings(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "store.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        ('secret_access_key = "s"', 0o644, "others may read the store's keys"),
        ("secret_access_key = 3", 0o600, "every setting is a text"),
        ("nonsense", 0o600, "settings cannot be read"),
    ],
)
def test_settings_that_are_wrong_or_open_are_refused(
    tmp_path: Path, text: str, mode: int, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("obstore", reason="the extra [sync] is not installed")
    path = settings(tmp_path, text, mode)
    assert main(["sync", "doctor", "s3://plant/x", "--settings", str(path)]) == 1
    assert problem in capsys.readouterr().err


def test_a_real_server_is_tried_out(server: Seaweed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.make_bucket("plant")
    path = settings(tmp_path, "".join(f'{name} = "{value}"\n' for name, value in server.settings.items()))
    assert main(["sync", "doctor", "s3://plant/doctor", "--settings", str(path), "--allow-http"]) == 0
    told = capsys.readouterr().out
    assert "refused by the store itself" in told and "may remove objects" in told
    assert server.settings["secret_access_key"] not in told
