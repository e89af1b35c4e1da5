"""A reference is whole or is not there, older ones are kept, and a damaged one says so."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import ImageQuality, PixelFormat
from station_app.core.reference import ReferenceNote, SetupSeen
from station_app.store import references
from station_app.store.image_files import write_durably
from station_app.store.references import ReferenceFiles

SEEN = SetupSeen(ImageQuality(100.5, 0.1, 0.0, 33.25), (0.25,) * 4, (("exposure_us", 10_000.0), ("gain_db", 0.5)))
NOTE = ReferenceNote("A17", 3, "top", "wang", 1_790_000_000_123, PixelFormat.MONO8, SEEN)
PIXELS = np.random.default_rng(1).integers(0, 256, (40, 60), np.uint8)


@pytest.fixture
def files(tmp_path: Path) -> ReferenceFiles:
    return ReferenceFiles(tmp_path / "references")


@pytest.mark.parametrize("shape", [(40, 60), (40, 60, 3)])
def test_a_reference_is_read_as_it_was_saved(files: ReferenceFiles, shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, shape, np.uint8)
    path = files.save(NOTE, pixels)
    read = files.load("A17", "top")
    assert read is not None
    assert (read.note, read.path) == (NOTE, path)
    assert np.array_equal(read.pixels, pixels)


def test_where_none_was_saved_there_is_none(files: ReferenceFiles) -> None:
    assert files.load("A17", "top") is None
    files.save(NOTE, PIXELS)
    assert files.load("A17", "side") is None and files.load("B2", "top") is None


def test_the_last_one_saved_holds_and_older_ones_are_kept(files: ReferenceFiles, tmp_path: Path) -> None:
    """Also where the clock was put back in between: their number counts, not their date."""
    for number in range(12):
        files.save(replace(NOTE, operator=f"wang {number}", saved_at_ms=NOTE.saved_at_ms - number * 86_400_000), PIXELS)
    read = files.load("A17", "top")
    assert read is not None and read.note.operator == "wang 11"
    folder = tmp_path / "references" / "A17" / "top"
    assert len(list(folder.glob("*.png"))) == len(list(folder.glob("*.json"))) == 12


@pytest.mark.parametrize("name", ["..", ".", "a/b", "../../etc", "Gehäuse 7", "C:\\x", "top\u202e"])
def test_a_name_is_one_folder_whatever_it_is_made_of(files: ReferenceFiles, tmp_path: Path, name: str) -> None:
    path = Path(files.save(replace(NOTE, recipe=name, camera_id=name), PIXELS))
    assert path.resolve().parent.parent.parent == (tmp_path / "references").resolve()
    read = files.load(name, name)
    assert read is not None and read.note.recipe == name


def break_note(folder: Path) -> None:
    next(folder.glob("*.json")).write_text("{", encoding="utf-8")


def empty_note(folder: Path) -> None:
    next(folder.glob("*.json")).write_text("[]", encoding="utf-8")


def strange_note(folder: Path) -> None:
    path = next(folder.glob("*.json"))
    table = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(table | {"seen": {"quality": {"mean": "dark"}}}), encoding="utf-8")


def newer_note(folder: Path) -> None:
    path = next(folder.glob("*.json"))
    path.write_text(path.read_text(encoding="utf-8").replace('"schema": 1', '"schema": 2'), encoding="utf-8")


def flip_a_bit(folder: Path) -> None:
    path = next(folder.glob("*.png"))
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def lose_picture(folder: Path) -> None:
    next(folder.glob("*.png")).unlink()


@pytest.mark.parametrize("damage", [break_note, empty_note, strange_note, newer_note, flip_a_bit, lose_picture])
def test_a_damaged_reference_is_a_clear_error_until_there_is_a_new_one(
    files: ReferenceFiles, tmp_path: Path, damage: object
) -> None:
    files.save(NOTE, PIXELS)
    assert callable(damage)
    damage(tmp_path / "references" / "A17" / "top")
    with pytest.raises(StorageError, match=r"the reference .*: save a new reference"):
        files.load("A17", "top")
    files.save(NOTE, PIXELS)
    assert files.load("A17", "top") is not None


def test_a_note_points_to_no_other_folder(files: ReferenceFiles, tmp_path: Path) -> None:
    files.save(NOTE, PIXELS)
    path = next((tmp_path / "references").glob("*/*/*.json"))
    table = json.loads(path.read_text(encoding="utf-8"))
    (tmp_path / "other.png").write_bytes(next(path.parent.glob("*.png")).read_bytes())
    path.write_text(json.dumps(table | {"picture": "../../../other.png"}), encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be read"):
        files.load("A17", "top")


def test_a_disk_that_takes_the_picture_and_no_note_leaves_the_one_before(
    files: ReferenceFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(NOTE, PIXELS)
    write = write_durably

    def full(path: Path, body: bytes) -> None:
        if path.suffix == ".json":
            raise OSError(28, "No space left on device")
        write(path, body)

    monkeypatch.setattr(references, "write_durably", full)
    with pytest.raises(StorageError, match="the reference cannot be stored: No space left"):
        files.save(replace(NOTE, operator="li"), PIXELS)
    read = files.load("A17", "top")
    assert read is not None and read.note.operator == "wang"
