"""A data folder that cannot be used is told in one sentence: what, where, and what to do; nothing in it is changed."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.store.ledger import DATABASE, IMAGES, ISSUED, THUMBNAILS, StationLedger
from station_app.store.lock import FolderLock
from tests.store.records import RECIPE, ROOMY, inspection

Harm = Callable[[Path], object]


def _overwrite(name: str, change: Callable[[bytes], bytes]) -> Harm:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


def _newer(folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        other.execute("PRAGMA user_version=99")


def _in_the_way(name: str) -> Harm:
    def harm(folder: Path) -> None:
        if (folder / name).is_dir():
            (folder / name).rmdir()
            (folder / name).write_text("")
        else:
            (folder / name).unlink()
            (folder / name).mkdir()

    return harm


HARMS: dict[str, tuple[Harm, str, str]] = {
    "text in place of the database": (_overwrite(DATABASE, lambda _: b"hello " * 999), "not a database", "backup"),
    "zeroed pages": (_overwrite(DATABASE, lambda b: b[:4096] + bytes(8192) + b[12288:]), "the database", "backup"),
    "a header of zeros": (_overwrite(DATABASE, lambda b: bytes(100) + b[100:]), "not a database", "backup"),
    "half of the database": (_overwrite(DATABASE, lambda b: b[: len(b) // 2]), "the database", "backup"),
    "an empty database": (_overwrite(DATABASE, lambda _: b""), "the database is gone", "station-app restore"),
    "no database": (lambda folder: (folder / DATABASE).unlink(), "the database is gone", "station-app restore"),
    "a newer database": (_newer, "written by a newer version", "install the newer version"),
    "a folder as the database": (_in_the_way(DATABASE), "unable to open", "check that the folder exists"),
    "a folder as the mark": (_in_the_way(ISSUED), "the trigger mark cannot be kept", "the right to write"),
    "a folder as the thumbnails": (_in_the_way(THUMBNAILS), "unable to open", "check that the folder exists"),
    "a file as the image folder": (_in_the_way(IMAGES), "the image cannot be stored", "the right to write"),
}


@pytest.fixture(scope="module")
def recorded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded")
    ledger = StationLedger(folder, ROOMY)
    ledger.register(RECIPE).result(10)
    for part_id in range(1, 40):
        ledger.issue(part_id)
        ledger.record(inspection(part_id)).result(10)
    ledger.close()
    return folder


@pytest.fixture
def used(recorded_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(recorded_once, tmp_path / "data")


def _told(folder: Path) -> StorageError:
    with pytest.raises(StorageError) as told:
        StationLedger(folder, ROOMY)
    return told.value


@pytest.mark.parametrize("name", HARMS)
def test_each_is_one_clear_sentence(used: Path, name: str) -> None:
    harm, what, remedy = HARMS[name]
    harm(used)
    body = (used / DATABASE).read_bytes() if (used / DATABASE).is_file() else None
    error = _told(used)
    assert what in error.what
    assert error.where.startswith(str(used))
    assert remedy in error.remedy
    assert "\n" not in str(error)
    assert body is None or (used / DATABASE).read_bytes() == body
    FolderLock(used).release()  # and nothing holds the folder any more


@pytest.mark.parametrize("owner", ["", "\0\0\0", "hello", "\u00fc\xff", "9" * 5000])
def test_a_second_instance_names_the_first_or_says_that_it_cannot(used: Path, owner: str) -> None:
    first = StationLedger(used, ROOMY)
    with pytest.raises(StorageError, match=r"another station uses this data folder already, process [0-9]+ "):
        StationLedger(used, ROOMY)
    (used / "station.lock").write_text(owner, encoding="utf-8")
    error = _told(used)
    assert error.what.startswith("another station uses this data folder already, process ")
    assert error.what.rpartition(" ")[2] in ("unknown", "9" * 20)
    assert "--data-dir" in error.remedy
    first.close()
    StationLedger(used, ROOMY).close()
