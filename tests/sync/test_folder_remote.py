"""A folder keeps whole objects only, whatever its file system can do and whenever the power goes."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError, RemoteError, RemoteRefusedError
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.opening import open_remote
from station_app.sync.remote import Put


def halves(folder: Path) -> list[Path]:
    return list(folder.rglob(".half-*"))


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.EACCES])
def test_a_file_system_without_hard_links_takes_objects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def no_link(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", no_link)
    remote = FolderRemote(tmp_path)
    assert remote.create("v1/a", b"whole") is Put.CREATED
    assert remote.create("v1/a", b"whole") is Put.EXISTED
    assert remote.read("v1/a") == b"whole" and not halves(tmp_path)


def test_a_share_that_is_not_mounted_is_no_empty_one(tmp_path: Path) -> None:
    remote = FolderRemote(tmp_path / "share")
    for call in (lambda: remote.create("a", b""), lambda: remote.read("a"), lambda: remote.names("")):
        with pytest.raises(RemoteError, match="the folder is not there"):
            call()
    assert not (tmp_path / "share").exists()


def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RemoteError, match="No space left"):
        FolderRemote(tmp_path).create("v1/a", b"x")
    assert not halves(tmp_path) and FolderRemote(tmp_path).read("v1/a") is None


_WRITER = """
import sys
from pathlib import Path
from station_app.sync.folder_remote import FolderRemote
remote, n = FolderRemote(Path(sys.argv[1])), 0
while True:
    remote.create(f"v1/{n}", bytes([n % 256]) * 300_000)
    n += 1
    print(n, flush=True)
"""


def test_a_killed_writer_leaves_whole_objects_and_what_is_half_is_swept(tmp_path: Path) -> None:
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            for _ in range(3):
                writer.stdout.readline()
            time.sleep(0.003)
            writer.kill()
    remote = FolderRemote(tmp_path)
    names = remote.names("v1/")
    assert len(names) >= 3
    for name in names:
        number = int(name.removeprefix("v1/"))
        assert remote.read(name) == bytes([number % 256]) * 300_000
    assert remote.sweep(older_than_s=3600) == 0
    assert remote.sweep(older_than_s=-1) == len(halves(tmp_path)) or not halves(tmp_path)
    assert not halves(tmp_path)


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "share"
    file.write_bytes(b"")
    with pytest.raises(RemoteRefusedError, match="a file, no folder"):
        FolderRemote(file).create("a", b"")


@pytest.mark.parametrize("store", ["folder:", "s3://", "plain", "ftp://somewhere"])
def test_what_is_no_store_is_told_before_anything_is_written(store: str) -> None:
    with pytest.raises(ConfigError, match="this is no store"):
        open_remote(StoreSetup(store))


@pytest.mark.parametrize(("made", "sentence"), [(False, "No such file"), (True, "Is a directory")])
def test_settings_that_are_no_file_are_told(tmp_path: Path, made: bool, sentence: str) -> None:
    settings = tmp_path / "keys.toml"
    if made:
        settings.mkdir()
    with pytest.raises(ConfigError, match=f"settings cannot be read: {sentence}"):
        open_remote(StoreSetup("s3://bucket", settings))
