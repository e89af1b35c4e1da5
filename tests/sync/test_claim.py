"""A copied station stops, without any right to read; nothing that happens to one station makes it look like two."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.errors import ConfigError, RemoteError, RemoteRefusedError
from station_app.sync.claim import CLAIM
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.remote import Put, Remote
from tests.sync.sending import claims_of

TAKEN = "another computer sends under this station's name"


def folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


class Lossy:
    """A store that may only be written to, and whose answers get lost as `losses` says, one after the other."""

    def __init__(self, store: Remote, losses: list[str]) -> None:
        self._store = store
        self._losses = losses

    @property
    def where(self) -> str:
        return self._store.where

    def create(self, key: str, body: bytes) -> Put:
        loss = self._losses.pop(0) if self._losses else ""
        if loss == "before":
            raise RemoteError("nobody is there")
        put = self._store.create(key, body)
        if loss == "after":
            raise RemoteError("the answer was lost")
        return put

    def read(self, key: str) -> bytes | None:
        raise RemoteRefusedError("no right to read")

    def names(self, prefix: str) -> tuple[str, ...]:
        raise RemoteRefusedError("no right to list")

    def folders(self, prefix: str) -> tuple[str, ...]:
        raise RemoteRefusedError("no right to list")

    def remove(self, key: str) -> None:
        raise RemoteRefusedError("no right to remove")


def test_a_station_that_starts_again_and_again_is_one(remote: Remote, tmp_path: Path) -> None:
    data = folder(tmp_path / "data")
    for _ in range(3):
        assert claims_of(data).renew(Lossy(remote, []))
    names = remote.names("v1/")
    assert len(names) == 3 and names[0].endswith("/claims/00000001.json")
    body = remote.read(names[0])
    assert body is not None and b'"computer": "pc-1"' in body and b"public_key" in body


def test_another_station_of_the_same_name_is_refused(remote: Remote, tmp_path: Path) -> None:
    claims_of(folder(tmp_path / "first")).renew(Lossy(remote, []))
    second = claims_of(folder(tmp_path / "second"), "pc-2")
    for _ in range(2):
        with pytest.raises(RemoteRefusedError, match=TAKEN) as told:
            second.renew(Lossy(remote, []))
    assert "station-app sync claim" in told.value.remedy


def test_of_a_copied_data_folder_one_is_refused(remote: Remote, tmp_path: Path) -> None:
    original = folder(tmp_path / "original")
    for _ in range(4):
        claims_of(original).renew(Lossy(remote, []))
    shutil.copytree(original, tmp_path / "copy")
    claims_of(tmp_path / "copy", "pc-2").renew(Lossy(remote, []))
    for _ in range(2):
        with pytest.raises(RemoteRefusedError, match=TAKEN):
            claims_of(original).renew(Lossy(remote, []))


def test_a_person_says_which_one_is_the_station(remote: Remote, tmp_path: Path) -> None:
    original = folder(tmp_path / "original")
    claims_of(original).renew(remote)
    shutil.copytree(original, tmp_path / "copy")
    copy = claims_of(tmp_path / "copy", "pc-2")
    for _ in range(3):
        copy.renew(remote)
    with pytest.raises(RemoteRefusedError):
        claims_of(original).renew(remote)
    assert claims_of(original).take_over(remote) == 5
    assert claims_of(original).renew(remote)
    with pytest.raises(RemoteRefusedError):
        copy.renew(remote)


@settings(deadline=None)
@given(losses=st.lists(st.sampled_from(["before", "after", ""]), max_size=12))
def test_whatever_answers_are_lost_one_station_stays_one(
    losses: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data, store = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("store")
    lossy = Lossy(FolderRemote(store), losses)
    renewed = 0
    for _ in range(len(losses) + 2):
        try:
            assert claims_of(data).renew(lossy)
            renewed += 1
        except RemoteRefusedError:
            raise
        except RemoteError:
            continue
    assert renewed >= 2


def test_a_station_killed_between_claim_and_note_is_one(tmp_path: Path) -> None:
    store, data = folder(tmp_path / "store"), folder(tmp_path / "data")
    claims_of(data).renew(FolderRemote(store))
    (data / CLAIM).write_text("2\n")
    FolderRemote(store).create(claims_of(data).key(2), b"made by the process that was killed")
    assert claims_of(data).renew(FolderRemote(store))


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "\x00"])
def test_a_damaged_note_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / CLAIM).write_text(text)
    with pytest.raises(ConfigError, match="what this station has claimed cannot be read"):
        claims_of(tmp_path).renew(FolderRemote(folder(tmp_path / "store")))


def test_a_store_that_overwrites_is_told(tmp_path: Path) -> None:
    class Forgetful(Lossy):
        def create(self, key: str, body: bytes) -> Put:
            return Put.CREATED

    assert not claims_of(tmp_path).renew(Forgetful(FolderRemote(tmp_path), []))
