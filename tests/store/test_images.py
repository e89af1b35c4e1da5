"""Images: kept whole, shared where they are the same, let go by policy only; and the small pictures beside them."""

import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import StorageError
from station_app.core.inspection import Disposition, Override, Pixels, VerdictKind
from station_app.store import image_rows
from station_app.store import thumbnails as thumbnails_module
from station_app.store.archive import StationArchive
from station_app.store.connection import open_reader, open_writer
from station_app.store.image_files import ImageFiles
from station_app.store.image_rows import choose_to_shed, mark_shed, stored_bytes
from station_app.store.ledger import DATABASE, IMAGES, THUMBNAILS, StationLedger
from station_app.store.png import encode_png
from station_app.store.retention import Limits, Space, has_room, is_tight
from station_app.store.thumbnails import Thumbnails, load_thumbnail
from station_app.store.verification import verify
from tests.store.records import ROOMY, inspection

SIZES = st.integers(0, 10**13)
SHARES = st.floats(0.1, 1.0)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[StationLedger]:
    opened = StationLedger(tmp_path, ROOMY)
    yield opened
    opened.close()


def _noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (60, 60), np.uint8)


def _keep(ledger: StationLedger, part_id: int, pixels: Pixels, verdict: VerdictKind = VerdictKind.PASS) -> None:
    made = inspection(part_id, verdict)
    ledger.record(made).result(10)
    ledger.keep_image(made, "top", pixels)


def _files(folder: Path) -> list[Path]:
    return [path for path in (folder / IMAGES).rglob("*") if path.is_file()]


def test_who_hears_of_a_decision_may_store_the_image(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    made = inspection(1)
    ledger.record(made).result(10)
    heard = threading.Event()

    def on_decided(_: object) -> None:
        ledger.keep_image(made, "top", _noise(1))
        heard.set()

    ledger.override(Override(1, Disposition.MISSED_DEFECT, "wang", 5)).add_done_callback(on_decided)
    assert heard.wait(10), "the writer waits for itself"  # and could not be closed either: no fixture here
    ledger.close()
    assert StationArchive(tmp_path).images(1)


def test_a_decision_makes_evidence_of_an_image_before_and_after(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, Limits(1, 1.0, 0))
    for part_id in (1, 2, 3):
        ledger.record(inspection(part_id)).result(10)
    ledger.keep_image(inspection(1), "top", _noise(1))
    for part_id in (1, 2):
        ledger.override(Override(part_id, Disposition.MISSED_DEFECT, "wang", 5)).result(10)
    ledger.keep_image(inspection(2), "top", _noise(2))
    ledger.keep_image(inspection(3), "top", _noise(3))
    assert not ledger.has_room(inspection(3), 1)
    archive = StationArchive(tmp_path)
    assert [bool(archive.images(part_id)) for part_id in (1, 2, 3)] == [True, True, False]
    ledger.close()
    assert verify(tmp_path) == ()


def test_equal_frames_share_a_file_that_goes_with_the_last_of_them(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, Limits(9_000, 1.0, 0))
    for part_id in (1, 2, 3):
        assert ledger.has_room(inspection(part_id), 3_700)
        _keep(ledger, part_id, _noise(1))
    archive = StationArchive(tmp_path)
    assert all(bool(archive.images(part_id)) for part_id in (1, 2, 3)), "they take the room of one"
    paths = {path.parent for path in _files(tmp_path)}
    assert len(_files(tmp_path)) == len(paths), "one file, or two where the hour has just changed"
    _keep(ledger, 4, _noise(4), VerdictKind.FAIL)
    assert not ledger.has_room(inspection(5), 8_000)
    assert [bool(archive.images(part_id)) for part_id in (1, 2, 3, 4)] == [False, False, False, True]
    ledger.close()
    assert verify(tmp_path) == ()


def test_a_file_that_evidence_shares_stays(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, Limits(1, 1.0, 0))
    made = inspection(1, VerdictKind.FAIL)
    ledger.record(made).result(10)
    ledger.keep_image(made, "top", _noise(1))
    _keep(ledger, 2, _noise(1))
    ledger.has_room(inspection(3), 1)
    archive = StationArchive(tmp_path)
    assert bool(archive.images(1))
    ledger.close()
    assert verify(tmp_path) == ()


def test_evidence_is_neither_chosen_nor_in_the_way_of_what_is(ledger: StationLedger, tmp_path: Path) -> None:
    for part_id, verdict in enumerate((VerdictKind.FAIL, VerdictKind.REVIEW, VerdictKind.PASS), start=1):
        _keep(ledger, part_id, _noise(part_id), verdict)
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert [image.part_id for image in choose_to_shed(reader, count=1)] == [3]


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain passes go one at a time, as if there were many."""
    monkeypatch.setattr(image_rows, "choose_to_shed", partial(choose_to_shed, count=1))


@pytest.mark.parametrize(("verdict", "is_kept"), [(VerdictKind.FAIL, True), (VerdictKind.PASS, False)])
def test_for_evidence_as_many_plain_passes_go_as_it_takes(
    tmp_path: Path, one_by_one: None, verdict: VerdictKind, is_kept: bool
) -> None:
    ledger = StationLedger(tmp_path, Limits(12_000, 1.0, 0))
    for part_id in (1, 2, 3):
        _keep(ledger, part_id, _noise(part_id))
    assert ledger.has_room(inspection(4, verdict), 11_000) is is_kept
    assert len(_files(tmp_path)) == (0 if is_kept else 2)
    ledger.close()
    assert verify(tmp_path) == ()


def test_evidence_itself_never_goes_however_much_is_asked_for(tmp_path: Path, one_by_one: None) -> None:
    ledger = StationLedger(tmp_path, Limits(12_000, 1.0, 0))
    for part_id, verdict in enumerate((VerdictKind.FAIL, VerdictKind.PASS, VerdictKind.REVIEW), start=1):
        _keep(ledger, part_id, _noise(part_id), verdict)
    assert not ledger.has_room(inspection(4, VerdictKind.FAIL), 11_000)
    archive = StationArchive(tmp_path)
    assert [bool(archive.images(part_id)) for part_id in (1, 2, 3)] == [True, False, True]
    ledger.close()


def test_an_image_whose_row_is_refused_leaves_no_file(ledger: StationLedger, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="refuses this record"):
        ledger.keep_image(inspection(1), "top", _noise(1))
    assert _files(tmp_path) == []
    _keep(ledger, 2, _noise(2))
    with pytest.raises(StorageError, match="refuses this record"):
        ledger.keep_image(inspection(1), "top", _noise(2))
    assert StationArchive(tmp_path).images(2), "the same picture, which part 2 still names"


def test_a_file_that_does_not_go_is_told(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, Limits(9_000, 1.0, 0))
    for part_id in (1, 2):
        _keep(ledger, part_id, _noise(part_id))
    in_the_way, other = _files(tmp_path)
    in_the_way.unlink()
    in_the_way.mkdir()
    with pytest.raises(StorageError, match="cannot be removed") as told:
        ledger.has_room(inspection(3, VerdictKind.FAIL), 8_000)
    assert told.value.where == str(in_the_way)
    assert not other.exists(), "the rest goes all the same"
    ledger.close()


def test_what_became_evidence_since_it_was_chosen_stays(ledger: StationLedger, tmp_path: Path) -> None:
    for part_id in (1, 2):
        _keep(ledger, part_id, _noise(part_id))
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        chosen = choose_to_shed(reader)
    ledger.override(Override(1, Disposition.MISSED_DEFECT, "wang", 5)).result(10)
    with closing(open_writer(tmp_path / DATABASE)) as connection:
        assert [image.part_id for image in mark_shed(connection, chosen)] == [2]


def test_the_bytes_in_use_are_the_same_after_a_restart(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    for part_id, seed in enumerate((1, 1, 2), start=1):
        _keep(ledger, part_id, _noise(seed))
    ledger.close()
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert stored_bytes(reader) == sum(path.stat().st_size for path in _files(tmp_path))


@pytest.mark.parametrize("harm", ["removed", "cut", "changed", "replaced"])
def test_a_damaged_image_is_told_and_never_shown(ledger: StationLedger, tmp_path: Path, harm: str) -> None:
    _keep(ledger, 1, _noise(1))
    path = _files(tmp_path)[0]
    body = path.read_bytes()
    if harm == "removed":
        path.unlink()
    else:
        path.write_bytes({"cut": body[:-9], "changed": body[:99] + b"?" + body[100:], "replaced": b"II*"}[harm])
    assert not StationArchive(tmp_path).images(1)
    (problem,) = verify(tmp_path)
    assert ("missing" if harm == "removed" else "damaged") in problem.what


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "images").write_text("")
    with pytest.raises(StorageError, match="the image cannot be stored"):
        ImageFiles(tmp_path / "images").make_folder()


@pytest.mark.parametrize("shape", [(31, 47), (31, 47, 3)])
def test_an_exported_png_holds_the_same_pixels(shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    body = encode_png(pixels)
    assert body.startswith(b"\x89PNG")
    decoded = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded is not None and np.array_equal(decoded, pixels)


def test_damaged_thumbnails_are_set_aside_and_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / THUMBNAILS
    path.write_bytes(b"no database at all " * 999)
    thumbnails = Thumbnails(path)
    thumbnails.keep(1, np.full((12, 16), 9, np.uint8))
    thumbnails.close()
    assert load_thumbnail(path, 1) is not None
    assert [p.read_bytes()[:11] for p in tmp_path.glob("thumbnails-damaged-*.db")] == [b"no database"]


def test_a_thumbnail_that_cannot_be_read_is_none_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / THUMBNAILS
    assert load_thumbnail(path, 1) is None
    assert not path.exists()
    path.write_bytes(b"no database at all " * 999)
    assert load_thumbnail(path, 1) is None


def test_only_the_latest_thumbnails_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails_module, "KEPT", 10)
    thumbnails = Thumbnails(tmp_path / THUMBNAILS)
    last = 3 * thumbnails_module.PRUNED_EVERY
    for part_id in range(last - 20, last + 1):
        thumbnails.keep(part_id, np.full((2, 2), 9, np.uint8))
    thumbnails.close()
    kept = [n for n in range(last - 20, last + 1) if load_thumbnail(tmp_path / THUMBNAILS, n) is not None]
    assert kept == list(range(last - 9, last + 1))


@given(SIZES, SIZES, SIZES, SHARES, SIZES, SIZES)
def test_what_fits_fits_with_more_room_too(
    total: int, free: int, images: int, share: float, size: int, more: int
) -> None:
    free = min(free, total)
    limits = Limits(10**12, share)
    if has_room(Space(total, free, images), limits, size):
        assert has_room(Space(total, min(total, free + more), images), limits, size)
        assert has_room(Space(total, free, max(0, images - more)), limits, size)
        assert has_room(Space(total, free, images), limits, max(0, size - more))
        assert images + size <= limits.max_bytes
        assert size <= free


def test_the_ballast_goes_below_a_twentieth_of_the_disk() -> None:
    assert not is_tight(Space(1000, 50, 0))
    assert is_tight(Space(1000, 49, 0))
