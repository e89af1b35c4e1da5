"""Disks that are full, read-only, far away or in use."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import VerdictKind
from station_app.store.ballast import Ballast
from station_app.store.connection import open_reader
from station_app.store.file_system import file_system_of, refuse_network_folder
from station_app.store.image_files import ImageFiles, encode_image
from station_app.store.inspections import page
from station_app.store.issued import IssuedMark
from station_app.store.ledger import DATABASE, IMAGES, THUMBNAILS, StationLedger
from station_app.store.retention import Limits
from station_app.store.thumbnails import load_thumbnail
from station_app.store.verification import verify
from tests.store.records import ROOMY, inspection

BARE = Limits(max_bytes=10**12, disk_share=1.0, ballast_bytes=0)


def _mount(folder: Path, options: str) -> None:
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this user may not mount a small disk for the test")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    _mount(folder, "size=3M")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(folder: Path, leave: int = 0) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            file.truncate(max(0, file.tell() - leave))
    return filler


def test_a_full_disk_refuses_records_and_takes_them_again_when_there_is_room(small_disk: Path) -> None:
    ledger = StationLedger(small_disk, BARE)
    ledger.record(inspection(1)).result(10)
    filler = _fill(small_disk)
    error = ledger.record(inspection(2, VerdictKind.FAIL)).exception(10)
    filler.unlink()
    ledger.record(inspection(2, VerdictKind.FAIL)).result(10)
    ledger.close()
    assert isinstance(error, StorageError)
    assert error.remedy == "make room on the disk"
    assert verify(small_disk) == ()


def test_the_ballast_takes_the_record_that_meets_the_full_disk(small_disk: Path) -> None:
    ledger = StationLedger(small_disk, Limits(10**12, 1.0, ballast_bytes=1 << 20))
    _fill(small_disk)
    ledger.record(inspection(1, VerdictKind.FAIL)).result(10)
    assert not (small_disk / "ballast").exists()
    ledger.close()
    assert verify(small_disk) == ()


def test_a_disk_that_becomes_tight_stores_no_images_and_lets_the_ballast_go(small_disk: Path) -> None:
    ledger = StationLedger(small_disk, Limits(10**12, 0.9, ballast_bytes=1 << 16))
    ledger.record(inspection(1, VerdictKind.FAIL)).result(10)
    assert ledger.has_room(inspection(1), 1000)
    _fill(small_disk, leave=100_000)
    assert not ledger.has_room(inspection(1), 1000)
    assert not (small_disk / "ballast").exists()
    ledger.close()


def test_an_image_that_does_not_fit_leaves_nothing_behind(small_disk: Path) -> None:
    files = ImageFiles(small_disk / "images")
    files.make_folder()
    _fill(small_disk, leave=8192)
    with pytest.raises(StorageError, match="cannot be stored: No space left"):
        files.store(encode_image(np.random.default_rng(0).integers(0, 256, (300, 300), np.uint8)))
    assert [path for path in files.folder.rglob("*") if path.is_file()] == []


def test_a_read_only_disk_is_named_at_start(small_disk: Path) -> None:
    StationLedger(small_disk, BARE).close()
    remount = subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], capture_output=True, check=False)
    if remount.returncode != 0:
        pytest.skip("this user may not make a disk read-only")
    with pytest.raises(StorageError, match="Read-only file system") as told:
        StationLedger(small_disk, BARE)
    assert str(small_disk) in told.value.where
    assert "--data-dir" in told.value.remedy


def test_what_was_recorded_can_be_read_from_a_read_only_disk(small_disk: Path) -> None:
    ledger = StationLedger(small_disk, BARE)
    for part_id in (1, 2):
        ledger.record(inspection(part_id)).result(10)
        ledger.keep_thumbnail(part_id, np.full((12, 16), 77, np.uint8))
    ledger.close()
    remount = subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], capture_output=True, check=False)
    if remount.returncode != 0:
        pytest.skip("this user may not make a disk read-only")
    with closing(open_reader(small_disk / DATABASE)) as reader:
        assert [row.part_id for row in page(reader)] == [2, 1]
    assert load_thumbnail(small_disk / THUMBNAILS, 1) is not None
    assert verify(small_disk) == ()


def test_the_last_room_of_a_disk_is_for_records_and_not_for_thumbnails(small_disk: Path) -> None:
    ledger = StationLedger(small_disk, BARE)
    small = np.full((12, 16), 77, np.uint8)
    ledger.keep_thumbnail(1, small)
    filler = _fill(small_disk, leave=100_000)
    ledger.keep_thumbnail(2, small)
    ledger.record(inspection(1, VerdictKind.FAIL)).result(10)
    filler.unlink()
    ledger.keep_thumbnail(3, small)
    ledger.close()
    kept = [load_thumbnail(small_disk / THUMBNAILS, part_id) is not None for part_id in (1, 2, 3)]
    assert kept == [True, False, True]


def test_a_disk_that_is_gone_has_no_room_and_says_so(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, BARE)
    (tmp_path / IMAGES).rmdir()
    assert ledger.free_bytes() == 0
    with pytest.raises(StorageError, match="cannot be asked for its room") as told:
        ledger.has_room(inspection(1), 10)
    assert str(tmp_path) in told.value.where
    ledger.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="Permission denied"):
            StationLedger(tmp_path, BARE)
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match="the data folder cannot be used"):
        StationLedger(tmp_path / "data", BARE)


@pytest.mark.parametrize("name", ["a b", "a#b", "what?", "100%25", "检测"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    ledger = StationLedger(tmp_path / name, BARE)
    ledger.record(inspection(1)).result(10)
    ledger.close()
    with closing(open_reader(tmp_path / name / DATABASE)) as reader:
        assert [row.part_id for row in page(reader)] == [1]


MOUNTS = r"""
21 1 254:0 / / rw - ext4 /dev/vda rw
30 21 0:40 / /mnt/line rw,relatime shared:5 - nfs4 server:/line rw
31 21 0:41 / /mnt/share\040one rw - cifs //server/share rw
32 21 0:42 / /mnt/line/local rw - xfs /dev/vdb rw
33 21 0:43 / /home/user/far rw - fuse.sshfs user@host: rw
34 21 0:44 / /covered rw - nfs4 server:/old rw
35 34 0:45 / /covered rw - ext4 /dev/vdc rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/station", "ext4"),
        ("/mnt/line", "nfs4"),
        ("/mnt/line/data", "nfs4"),
        ("/mnt/lines", "ext4"),
        ("/mnt/share one/data", "cifs"),
        ("/mnt/line/local/data", "xfs"),
        ("/home/user/far/data", "fuse.sshfs"),
        ("/covered/data", "ext4"),
    ],
)
def test_the_nearest_mount_tells_the_file_system(folder: str, kind: str) -> None:
    assert file_system_of(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_folder_over_the_network_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"30 21 0:40 / {tmp_path.resolve()} rw - {kind} server:/line rw\n")
    with pytest.raises(StorageError, match=kind) as told:
        refuse_network_folder(tmp_path / "data", mounts)
    assert "local disk" in told.value.remedy


def test_a_local_folder_and_an_unknown_system_are_taken(tmp_path: Path) -> None:
    refuse_network_folder(tmp_path / "data")
    refuse_network_folder(tmp_path / "data", tmp_path / "no mountinfo here")


@pytest.mark.parametrize("body", [b"", b"\x05", bytes(12), b"\xff" * 12, b"\xff" * 8, (7).to_bytes(8, "little") * 2])
def test_a_mark_that_is_not_whole_is_none(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "mark").write_bytes(body)
    mark = IssuedMark(tmp_path / "mark")
    assert mark.read() == 0
    mark.write(2**40)
    assert mark.read() == 2**40
    mark.close()


def test_a_mark_far_ahead_records_the_latest_parts_only(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.record(inspection(1)).result(10)
    ledger.issue(25_000)
    ledger.close()
    again = StationLedger(tmp_path, ROOMY)
    assert again.crashed == tuple(range(15_000, 25_001))
    assert again.next_part_id() == 25_001
    again.close()
    assert [problem.what for problem in verify(tmp_path)] == ["parts 2 to 14999 have no record"]


def test_ballast_is_set_aside_only_where_there_is_plenty(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast", 4096)
    ballast.set_aside(free_bytes=8191)
    assert not ballast.release()
    ballast.set_aside(free_bytes=8192)
    assert (tmp_path / "ballast").stat().st_size == 4096
    assert ballast.release()
    assert not ballast.release()
