"""The newest frame for any screen: whole or not at all, across programs, and never at the line's cost."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from station_app.core.errors import LinkError, StorageError
from station_app.core.inspection import Box, HeatMap, Pixels
from station_app.engine.preview import PreviewFrame, PreviewReader, PreviewWriter
from station_app.engine.preview_layout import FIRST_MARK
from tests.engine.fakes import noisy

ROOT = Path(__file__).resolve().parents[2]
HEAT = HeatMap(np.arange(12, dtype=np.uint8).reshape(3, 4), Box(10, 20, 30, 40))


def write_one(writer: PreviewWriter, part_id: int, pixels: Pixels, heat: HeatMap | None = None) -> int:
    return writer.write(part_id, [PreviewFrame("top", pixels, () if heat is None else (heat,))])


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[PreviewWriter]:
    made = PreviewWriter(tmp_path / "preview", 64 * 48 * 3)
    yield made
    made.close()


@pytest.fixture
def reader(writer: PreviewWriter) -> Iterator[PreviewReader]:
    made = PreviewReader(str(writer.path))
    yield made
    made.close()


@pytest.mark.parametrize("shape", [(48, 64), (48, 64, 3), (1, 1), (7, 5, 3)])
def test_a_frame_comes_back_equal(writer: PreviewWriter, reader: PreviewReader, shape: tuple[int, ...]) -> None:
    pixels = noisy(90, shape)
    sequence = write_one(writer, 42, pixels, HEAT)
    preview = reader.newest()
    assert preview is not None
    (frame,) = preview.frames
    assert (preview.sequence, preview.part_id, frame.camera_id) == (sequence, 42, "top")
    assert (frame.pixels == pixels).all() and frame.pixels.shape == shape
    (heat,) = frame.heat_maps
    assert (heat.scores == HEAT.scores).all()
    assert heat.box == HEAT.box


def test_nothing_written_is_nothing_read(reader: PreviewReader) -> None:
    assert reader.newest() is None


def test_the_newest_wins_and_numbers_rise(writer: PreviewWriter, reader: PreviewReader) -> None:
    sequences = [write_one(writer, part_id, noisy(part_id)) for part_id in range(1, 11)]
    assert sequences == sorted(set(sequences))
    preview = reader.newest()
    assert preview is not None and (preview.part_id, preview.sequence) == (10, sequences[-1])
    assert preview.frames[0].heat_maps == ()


def test_a_view_into_a_larger_buffer_is_written_as_it_looks(writer: PreviewWriter, reader: PreviewReader) -> None:
    buffer = noisy(90)
    write_one(writer, 1, buffer[:20, :30])
    preview = reader.newest()
    assert preview is not None and (preview.frames[0].pixels == buffer[:20, :30]).all()


def test_a_frame_larger_than_announced_is_not_shown_and_harms_nothing(
    writer: PreviewWriter, reader: PreviewReader
) -> None:
    write_one(writer, 1, noisy(90))
    assert write_one(writer, 2, noisy(90, (480, 640, 3))) == 0
    preview = reader.newest()
    assert preview is not None and preview.part_id == 1


def test_a_heat_map_that_is_too_large_is_left_out(writer: PreviewWriter, reader: PreviewReader) -> None:
    huge = HeatMap(np.zeros((1100, 1000), np.uint8), Box(0, 0, 64, 48))
    assert write_one(writer, 1, noisy(90), huge) > 0
    preview = reader.newest()
    assert preview is not None and preview.frames[0].heat_maps == ()


def test_each_camera_is_named(writer: PreviewWriter, reader: PreviewReader) -> None:
    for camera_id in ("top", "左侧相机", "x" * 256, "相" * 100):
        writer.write(1, [PreviewFrame(camera_id, noisy(90))])
        preview = reader.newest()
        assert preview is not None
        told = preview.frames[0].camera_id
        assert camera_id.startswith(told) and len(told.encode()) >= min(254, len(camera_id.encode()))


def test_the_frames_of_a_part_come_back_together(tmp_path: Path) -> None:
    shapes = ((48, 64), (20, 30, 3), (7, 5))
    writer = PreviewWriter(tmp_path / "preview", sum(int(np.prod(shape)) for shape in shapes), len(shapes))
    reader = PreviewReader(str(writer.path))
    frames = [PreviewFrame(f"camera {n}", noisy(n, shape), (HEAT,) * (n != 1)) for n, shape in enumerate(shapes)]
    writer.write(1, frames)
    for shown in (frames, frames[1:], frames[:1]):  # what an earlier part has left in the slot is not of this one
        writer.write(2, shown)
        preview = reader.newest()
        assert preview is not None
        assert [frame.camera_id for frame in preview.frames] == [frame.camera_id for frame in shown]
        for told, frame in zip(preview.frames, shown, strict=True):
            assert (told.pixels == frame.pixels).all() and len(told.heat_maps) == len(frame.heat_maps)
            assert all((heat.scores == HEAT.scores).all() and heat.box == HEAT.box for heat in told.heat_maps)
    reader.close()
    writer.close()


def test_a_frame_that_does_not_fit_leaves_the_others(tmp_path: Path) -> None:
    writer = PreviewWriter(tmp_path / "preview", 2 * 48 * 64, 2)
    reader = PreviewReader(str(writer.path))
    frames = [PreviewFrame(name, noisy(90, shape)) for name, shape in (("huge", (480, 640)), ("small", (48, 64)))]
    writer.write(1, frames)
    preview = reader.newest()
    assert preview is not None and [frame.camera_id for frame in preview.frames] == ["small"]
    reader.close()
    writer.close()


def test_a_slot_that_is_being_written_is_not_read(writer: PreviewWriter, reader: PreviewReader) -> None:
    """As a reader finds it that was asleep while the writer went round."""
    for part_id in (1, 2, 3):
        write_one(writer, part_id, noisy(part_id))
    newest_slot = writer._turn
    writer._words[FIRST_MARK + newest_slot] += 1
    preview = reader.newest()
    assert preview is not None and preview.part_id == 2


def test_a_frame_that_is_being_written_is_not_seen(
    writer: PreviewWriter, reader: PreviewReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part_id in (1, 2, 3):
        write_one(writer, part_id, noisy(part_id))
    fill = writer._fill
    marks: list[list[int]] = []

    def look_first(*given: object) -> None:
        marks.append(reader._words()[FIRST_MARK:])
        fill(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(writer, "_fill", look_first)
    write_one(writer, 4, noisy(4))
    assert sorted(mark % 2 for mark in marks[0]) == [0, 0, 1]


def test_a_frame_that_changed_while_it_was_copied_is_not_shown(
    writer: PreviewWriter, reader: PreviewReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_one(writer, 1, noisy(1))
    copy = reader._copy

    def copy_late(start: int, shape: tuple[int, ...]) -> Pixels:
        pixels = copy(start, shape)
        for part_id in (2, 3, 4):  # once round: the slot that was read is written anew
            write_one(writer, part_id, noisy(part_id))
        return pixels

    monkeypatch.setattr(reader, "_copy", copy_late)
    assert reader.newest() is None
    monkeypatch.undo()
    preview = reader.newest()
    assert preview is not None and preview.part_id > 1


def test_readers_of_an_earlier_file_keep_it_and_a_later_one_has_its_own_name(tmp_path: Path) -> None:
    first = PreviewWriter(tmp_path / "preview", 64 * 48)
    sequence = write_one(first, 1, noisy(1))
    reader = PreviewReader(str(first.path))
    first.close()
    second = PreviewWriter(tmp_path / "preview", 10)
    assert second.path != first.path
    preview = reader.newest()
    assert preview is not None and (preview.frames[0].pixels == noisy(1)).all()
    reader.close()
    assert write_one(second, 2, noisy(1, (2, 2))) > sequence
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_engine_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "preview-4711-1"
    left.write_bytes(b"left")
    writer = PreviewWriter(tmp_path / "preview", 64)
    assert not left.exists()
    assert writer.path.stat().st_mode & 0o777 == 0o600
    writer.close()


def test_a_preview_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="the preview needs 3 MiB and cannot be made"):
        PreviewWriter(tmp_path / "missing" / "preview", 1 << 18)


def test_a_preview_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="the preview cannot be read"):
        PreviewReader(str(tmp_path / "none"))


@pytest.mark.parametrize("cameras", [1, 3])
def test_another_program_never_sees_a_torn_or_a_mixed_part(tmp_path: Path, cameras: int) -> None:
    parts = 1500 // cameras
    writer = PreviewWriter(tmp_path / "preview", cameras * 400 * 300, cameras)
    command = [sys.executable, "-m", "tests.engine.preview_watcher", str(writer.path), str(parts)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as watcher:
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == b"ready\n"
        for part_id in range(1, parts + 1):
            writer.write(part_id, frames_of(part_id, cameras))
        words = watcher.stdout.readline().split()
    writer.close()
    assert int(words[1]) > 1
    assert words[2:] == [b"torn", b"0"]


def frames_of(part_id: int, cameras: int) -> list[PreviewFrame]:
    """Every other part's frames are smaller: a torn header would tell of a frame that does not fit."""
    grey, shape = part_id % 256, (300, 400) if part_id % 2 else (30, 40)
    heat = HeatMap(np.full((20, 30), grey, np.uint8), Box(0, 0, 400, 300))
    return [PreviewFrame(f"camera {part_id}.{n}", np.full(shape, grey, np.uint8), (heat,)) for n in range(cameras)]
