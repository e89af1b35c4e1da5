"""Where the engine listens, and the key that lets a client in."""

import stat
from pathlib import Path

import pytest

from station_app.core.errors import LinkError, StorageError
from station_app.engine.address import KEY, engine_address, find_key, preview_path, read_key


def test_every_program_of_a_folder_finds_the_same_address(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert engine_address(tmp_path) == engine_address(tmp_path / "sub" / "..")
    assert engine_address(tmp_path) != engine_address(tmp_path / "sub")


def test_a_long_folder_gets_an_address_that_fits(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-rather-long-name"] * 8)
    assert len(engine_address(deep).encode()) < 108
    assert engine_address(deep) != engine_address(deep / "other")


def test_each_folder_has_its_own_preview(tmp_path: Path) -> None:
    assert preview_path(tmp_path) != preview_path(tmp_path / "other")


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = read_key(folder)
    assert len(key) == 32
    assert read_key(folder) == find_key(folder) == key
    assert stat.S_IMODE((folder / KEY).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [KEY]
    assert read_key(tmp_path / "other") != key


def test_a_client_never_makes_a_key(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="no engine has run here yet"):
        find_key(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"short"])
def test_a_key_that_would_let_everybody_in_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / KEY).write_bytes(body)
    with pytest.raises(StorageError, match=r"the engine's key is damaged .*engine.key.*remove the file"):
        read_key(tmp_path)


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="the data folder cannot be used"):
        read_key(tmp_path / "file" / "data")
