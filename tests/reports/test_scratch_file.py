"""Under the final name there is a whole file, or the one before, or none."""

import hashlib
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.reports.scratch_file import ScratchFile


def test_what_is_kept_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with ScratchFile(path) as scratch:
        scratch.path.write_text("new")
        assert path.read_text() == "old"
        assert scratch.sha256() == hashlib.sha256(b"new").hexdigest()
        scratch.keep()
    assert path.read_text() == "new" and list(tmp_path.iterdir()) == [path]


def test_what_was_not_kept_is_gone(tmp_path: Path) -> None:
    with ScratchFile(tmp_path / "a.csv") as scratch:
        scratch.path.write_text("new")
    assert not list(tmp_path.iterdir())


def test_a_disk_that_is_full_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(StorageError, match="No space left"), ScratchFile(path) as scratch:
        scratch.path.write_text("half")
        raise OSError(28, "No space left on device")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told_by_the_final_name(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"no/a\.csv: No such file"), ScratchFile(tmp_path / "no" / "a.csv"):
        pass


def test_what_an_attempt_before_left_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / ".a.csv.part").write_text("of a program that was killed")
    with ScratchFile(tmp_path / "a.csv") as scratch:
        assert scratch.path.read_bytes() == b""
        scratch.keep()
    assert (tmp_path / "a.csv").read_bytes() == b""
