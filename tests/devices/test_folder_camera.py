"""A folder is replayed completely: a broken file is a frame of its own that says so, and is never skipped."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.folder_camera import FolderCamera, FolderFormat
from station_app.devices.image_file import MAX_BYTES
from station_app.store.tiff import encode_tiff
from tests.devices.fakes import FakeClock


def picture(grey: int, height: int = 20, width: int = 30, channels: int = 1) -> Pixels:
    return np.full((height, width) if channels == 1 else (height, width, channels), grey, np.uint8)


def put(folder: Path, name: str, pixels: Pixels) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), pixels)
    return path


class Replay:
    """A folder camera, opened and started, and the buffer lent to it."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.clock = FakeClock()
        self.camera = FolderCamera(folder, clock=self.clock, **settings)  # type: ignore[arg-type]
        self.begin()

    def begin(self) -> None:
        self.described = self.camera.open()
        self.camera.start()
        self.buffer = np.zeros(self.described.shape, np.uint8)

    def shoot(self) -> FrameStamp | None:
        self.camera.trigger()
        return self.camera.fill(self.buffer, 0.5)

    def rest(self) -> list[tuple[str, bool]]:
        """Everything that still comes: (file, is it complete)."""
        frames = []
        while (stamp := self.shoot()) is not None:
            frames.append((stamp.source, stamp.is_complete))
        return frames


def break_all(folder: Path) -> dict[str, bytes]:
    """One file of each way to be broken, besides whole ones around them."""
    whole = put(folder, "b.png", picture(9)).read_bytes()
    jpeg = put(folder, "x.jpg", picture(9)).read_bytes()
    (folder / "x.jpg").unlink()
    damaged = bytearray(whole)
    damaged[-20] ^= 1
    return {
        "c-empty.png": b"",
        "d-text.png": b"this is no picture",
        "e-cut.png": whole[: len(whole) // 2],
        "f-damaged.png": bytes(damaged),
        "g-cut.jpg": jpeg[: len(jpeg) // 2],
        "h-header.bmp": b"BM",
        "i-giant.bmp": b"BM" + bytes(16) + (30_000).to_bytes(4, "little") * 2 + b"\x01\0\x18\0" + bytes(4),
        "j-empty.tif": b"II*\0",
    }


def test_every_kind_of_broken_file_is_an_incomplete_frame_with_its_name(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(9))
    broken = break_all(tmp_path)
    for name, body in broken.items():
        (tmp_path / name).write_bytes(body)
    (tmp_path / "k-nowhere.png").symlink_to(tmp_path / "missing.png")
    put(tmp_path, "z.png", picture(9))
    told = Replay(tmp_path).rest()
    assert [name for name, is_complete in told if is_complete] == ["a.png", "b.png", "z.png"]
    assert [name for name, is_complete in told if not is_complete] == [*broken, "k-nowhere.png"]
    assert told == sorted(told)


def test_nothing_of_an_earlier_picture_is_shown_as_a_broken_one(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(200))
    (tmp_path / "b.png").write_bytes(b"")
    replay = Replay(tmp_path)
    assert replay.shoot() is not None and (replay.buffer == 200).all()
    broken = replay.shoot()
    assert broken is not None and not broken.is_complete
    assert not replay.buffer.any()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["whole", "cut", "empty", "text", "gone", "larger"]), min_size=1, max_size=9))
def test_every_file_is_delivered_once_in_order_whatever_happens_to_it(
    tmp_path_factory: pytest.TempPathFactory, fates: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("replay")
    names = ["0.png", *(f"{n}.png" for n in range(1, len(fates) + 1))]
    for name in names:
        put(folder, name, picture(9))
    replay = Replay(folder)
    for name, fate in zip(names[1:], fates, strict=True):
        path = folder / name
        body = path.read_bytes()
        if fate == "gone":
            path.unlink()
        elif fate == "larger":
            put(folder, name, picture(9, height=21))
        else:
            path.write_bytes({"whole": body, "cut": body[:-9], "empty": b"", "text": b"text"}[fate])
    expected = [("0.png", True), *((name, fate == "whole") for name, fate in zip(names[1:], fates, strict=True))]
    assert replay.rest() == expected


def test_smaller_images_fill_the_top_left_and_say_so(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(10, 20, 50))
    put(tmp_path, "b.png", picture(20, 40, 30))
    replay = Replay(tmp_path)
    assert replay.described.shape == (40, 50)
    first, second = replay.shoot(), replay.shoot()
    assert first is not None and second is not None
    assert (first.shape, second.shape) == ((20, 50), (40, 30))
    assert (replay.buffer[:40, :30] == 20).all() and (replay.buffer[:20, 30:] == 10).all()


def test_a_damaged_header_makes_no_buffer_large(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(10))
    giant = b"BM" + bytes(16) + (9_000).to_bytes(4, "little") * 2 + b"\x01\0\x08\0" + bytes(4)
    (tmp_path / "b.bmp").write_bytes(giant)
    wide = put(tmp_path, "c.png", picture(10, 2, 900)).read_bytes()
    (tmp_path / "c.png").write_bytes(wide[:-5])
    replay = Replay(tmp_path)
    assert replay.described.shape == (20, 30)
    assert replay.rest() == [("a.png", True), ("b.bmp", False), ("c.png", False)]


def test_a_boundless_file_is_an_incomplete_frame(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(10))
    os.truncate(put(tmp_path, "b.png", picture(10)), MAX_BYTES + 1)
    assert Replay(tmp_path).rest() == [("a.png", True), ("b.png", False)]


@pytest.mark.parametrize(
    ("delivers", "pixel_format"),
    [
        (FolderFormat.AUTO, PixelFormat.BGR8),
        (FolderFormat.BGR8, PixelFormat.BGR8),
        (FolderFormat.MONO8, PixelFormat.MONO8),
    ],
)
def test_grey_and_colour_come_in_one_format(tmp_path: Path, delivers: FolderFormat, pixel_format: PixelFormat) -> None:
    put(tmp_path, "a.png", picture(90))
    put(tmp_path, "b.png", picture(90, channels=3))
    replay = Replay(tmp_path, delivers=delivers)
    assert replay.described.pixel_format is pixel_format
    assert len(replay.described.shape) == (3 if pixel_format is PixelFormat.BGR8 else 2)
    for _ in range(2):
        stamp = replay.shoot()
        assert stamp is not None and stamp.is_complete
        assert (replay.buffer == 90).all()


def test_a_folder_without_colour_is_grey(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(90))
    assert Replay(tmp_path).described.pixel_format is PixelFormat.MONO8


def test_images_that_the_station_recorded_can_be_replayed(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
    (tmp_path / "recorded.tif").write_bytes(encode_tiff(pixels))
    replay = Replay(tmp_path)
    stamp = replay.shoot()
    assert stamp is not None and stamp.is_complete
    assert np.array_equal(replay.buffer, pixels)


def test_folders_within_are_replayed_where_asked_for(tmp_path: Path) -> None:
    for name in ("b.png", "a/2.png", "a/1.jpg", "a/readme.txt"):
        put(tmp_path, name, picture(9)) if name[-3:] != "txt" else (tmp_path / name).write_text("no")
    assert [name for name, _ in Replay(tmp_path).rest()] == ["a/1.jpg", "a/2.png", "b.png"]
    assert [name for name, _ in Replay(tmp_path, is_recursive=False).rest()] == ["b.png"]


def test_the_end_of_the_list_gives_none_after_the_wait(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(9))
    replay = Replay(tmp_path)
    assert replay.shoot() is not None
    assert replay.shoot() is None
    assert replay.clock.slept == [0.5]
    assert replay.camera.is_alive()


def test_a_loop_begins_again_under_rising_ids(tmp_path: Path) -> None:
    for name in "ab":
        put(tmp_path, f"{name}.png", picture(9))
    replay = Replay(tmp_path, is_looping=True)
    stamps = [replay.shoot() for _ in range(5)]
    assert [(s.frame_id, s.source) for s in stamps if s] == [
        (0, "a.png"),
        (1, "b.png"),
        (2, "a.png"),
        (3, "b.png"),
        (4, "a.png"),
    ]


def test_nothing_is_skipped_or_repeated_when_files_came_and_went_before_it_was_opened_again(tmp_path: Path) -> None:
    for name in "bdfh":
        put(tmp_path, f"{name}.png", picture(9))
    replay = Replay(tmp_path)
    assert [replay.shoot() is not None for _ in range(2)] == [True, True]
    replay.camera.close()
    (tmp_path / "b.png").unlink()  # as somebody does who files away what has been seen
    put(tmp_path, "a.png", picture(9))
    put(tmp_path, "e.png", picture(9))
    replay.begin()
    assert replay.rest() == [("e.png", True), ("f.png", True), ("h.png", True)]


def test_a_list_says_which_images_and_in_which_order(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        put(tmp_path, name, picture(9))
    rows = ["image,split", "c.png,test", "missing.png,test", "b.png,train", "a.png,test"]
    (tmp_path / "split.csv").write_text("\n".join(rows))
    assert [name for name, _ in Replay(tmp_path, listed=("split.csv", "")).rest()] == [
        "c.png",
        "missing.png",
        "b.png",
        "a.png",
    ]
    replay = Replay(tmp_path, listed=("split.csv", "test"))
    first = replay.shoot()
    assert first is not None and first.source == "c.png"
    replay.camera.close()
    replay.begin()
    assert replay.rest() == [("missing.png", False), ("a.png", True)]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (None, "the list of images cannot be read"),
        (b"\xff\xfe\x00", "the list of images cannot be read"),
        (b"", "the list names no image"),
        (b"name,split\na.png,test\n", "the list names no image"),
        (b"image,split\na.png,train\n", "names no image of the split 'test'"),
    ],
)
def test_a_list_that_names_nothing_is_told(tmp_path: Path, body: bytes | None, what: str) -> None:
    put(tmp_path, "a.png", picture(9))
    if body is not None:
        (tmp_path / "split.csv").write_bytes(body)
    with pytest.raises(CameraError, match=what) as told:
        Replay(tmp_path, listed=("split.csv", "test"))
    assert told.value.where == str(tmp_path / "split.csv") and told.value.remedy


@pytest.mark.parametrize(
    ("prepare", "what"),
    [
        (lambda folder: folder.rmdir(), "the image folder does not exist"),
        (lambda folder: (folder / "notes.txt").write_text("no"), "the folder holds no images"),
        (lambda folder: (folder / "a.png").write_bytes(b""), "no image of the folder is readable"),
    ],
    ids=["missing", "empty", "only broken"],
)
def test_a_folder_that_shows_nothing_is_told_in_one_sentence(tmp_path: Path, prepare: object, what: str) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    prepare(folder)  # type: ignore[operator]
    with pytest.raises(CameraError, match=what) as told:
        FolderCamera(folder).open()
    assert told.value.where == str(folder) and told.value.remedy
    assert "\n" not in str(told.value)


def test_a_folder_that_vanishes_is_a_lost_camera_that_goes_on_when_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "images"
    for name in "abc":
        put(folder, f"{name}.png", picture(9))
    replay = Replay(folder)
    assert replay.shoot() is not None
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(CameraError, match="the image folder is gone") as told:
        replay.shoot()
    assert "bring the folder back" in told.value.remedy
    assert not replay.camera.is_alive()
    with pytest.raises(CameraError, match="does not exist"):
        replay.camera.open()
    (tmp_path / "elsewhere").rename(folder)
    replay.begin()
    assert replay.rest() == [("b.png", True), ("c.png", True)]
