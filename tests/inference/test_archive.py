"""Hostile folders and zips: each is refused in one sentence, and nothing is ever written to disk."""

import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.errors import ModelPackageError
from station_app.inference import archive
from station_app.inference.archive import read_members

MEMBERS = {"manifest.json": b"{}", "model.onnx": b"onnx", "golden/000.png": b"png"}


def write_zip(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as target:
        for name, body in members.items():
            target.writestr(name, body)
    return path


def write_folder(path: Path, members: dict[str, bytes]) -> Path:
    for name, body in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(body)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ModelPackageError) as caught:
        read_members(path)
    return str(caught.value)


def test_folder_and_zip_read_alike(tmp_path: Path) -> None:
    assert read_members(write_zip(tmp_path / "a.zip", MEMBERS)) == MEMBERS
    assert read_members(write_folder(tmp_path / "b", MEMBERS)) == MEMBERS


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "C:\\evil", "golden/../model.onnx", "golden\\000.png", "a.py", "golden/000.png/", "./x"],
)
def test_a_name_off_the_list_is_refused(tmp_path: Path, name: str) -> None:
    assert "no name of a member" in refusal(write_zip(tmp_path / "a.zip", {**MEMBERS, name: b""}))


def test_a_name_with_nul_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"manifest.jsonX.py": b"{}"})
    path.write_bytes(path.read_bytes().replace(b"manifest.jsonX.py", b"manifest.json\x00.py"))
    assert "no name of a member" in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["model.onnx", "MODEL.onnx", "Golden/000.PNG"])
def test_names_that_differ_in_case_only_are_refused(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "a.zip", MEMBERS)
    with zipfile.ZipFile(path, "a") as target:
        target.writestr(name, b"other")
    assert "twice" in refusal(path)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("model.onnx")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        target.writestr(link, "/etc/passwd")
    assert "link" in refusal(tmp_path / "a.zip")


@pytest.mark.parametrize("name", ["model.onnx", "golden/001.png", "golden"])
def test_a_link_in_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path / "a", {"manifest.json": b"{}"} | ({"golden/000.png": b""} if "/" in name else {}))
    (tmp_path / "outside").mkdir()
    (folder / name).symlink_to(tmp_path / "outside")
    assert "link" in refusal(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a", {"manifest.json": b"{}"})
    os.mkfifo(folder / "model.onnx")
    assert "no plain file" in refusal(folder)


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    assert "no name of a member" in refusal(write_folder(tmp_path / "a", {**MEMBERS, "plugins/x.py": b""}) / "")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"model.onnx": bytes(50 << 20)})
    assert path.stat().st_size < 100_000
    assert "times its size" in refusal(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"model.onnx": bytes(50 << 20)})
    path.write_bytes(path.read_bytes().replace((50 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert refusal(path)


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    members = {f"golden/{i:03}.png": b"" for i in range(archive.MAX_MEMBERS + 1)}
    assert "members" in refusal(write_zip(tmp_path / "a.zip", members))
    assert "members" in refusal(write_folder(tmp_path / "b", members))


def test_too_large_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_OTHER_BYTES", 1 << 20)
    members = {"golden/000.png": os.urandom((1 << 20) + 1)}
    assert "larger" in refusal(write_zip(tmp_path / "a.zip", members, zipfile.ZIP_STORED))
    assert "larger" in refusal(write_folder(tmp_path / "b", members))


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 10)
    assert "larger" in refusal(write_folder(tmp_path / "b", {"model.onnx": b"123456", "manifest.json": b"123456"}))


def test_an_unusual_compression_is_refused(tmp_path: Path) -> None:
    assert "compressed in a way" in refusal(write_zip(tmp_path / "a.zip", MEMBERS, zipfile.ZIP_LZMA))


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"no zip at all" * 100])
def test_what_is_no_zip_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(body)
    assert "no readable zip" in refusal(tmp_path / "a.zip")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_zip_gives_members_or_a_refusal_and_nothing_else(tmp_path: Path, data: st.DataObject) -> None:
    body = bytearray(write_zip(tmp_path / "a.zip", MEMBERS).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "b.zip").write_bytes(body)
    try:
        members = read_members(tmp_path / "b.zip")
    except ModelPackageError:
        return
    assert members.keys() <= MEMBERS.keys() | {f"golden/{i:03}.{e}" for i in range(1000) for e in ("png", "json")}
