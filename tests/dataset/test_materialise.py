"""The whole way: a store with records in, a frozen folder out."""

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import duckdb
import numpy as np
import pytest

from station_app.command_line.main import main
from station_app.core.errors import ConfigError, DatasetError, StorageError
from station_app.dataset.manifest import check_dataset
from station_app.dataset.materialise import Materialised, materialise
from station_app.dataset.options import DatasetOptions, Profile
from station_app.store.tiff import decode_tiff
from station_app.sync.folder_remote import FolderRemote
from station_app.training.folder_dataset import read_folder
from station_app.training.labelled import Split as TrainSplit
from tests.dataset.events import HEIGHT, WIDTH, Station, named, write
from tests.dataset.plants import made, mixed_plant
from tests.sync.seaweed import Seaweed


def make(store: Path, out: Path, **options: Any) -> Materialised:
    return materialise(FolderRemote(store), DatasetOptions(out, **options), lambda *_: None)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "samples.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_pixels_are_the_stations(tmp_path: Path) -> None:
    station = mixed_plant()
    folder = made(tmp_path, station).folder

    for row in rows_of(folder):
        stored = decode_tiff(station.blobs[f"blobs/{row['image_sha256'][:2]}/{row['image_sha256']}.tif"])
        shown = cv2.imread(str(folder / row["image_path"]), cv2.IMREAD_UNCHANGED)
        assert shown is not None
        assert np.array_equal(shown, stored)


def test_the_same_records_give_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    """In other batches, sent in another order, to another folder, with other threads."""
    station = mixed_plant()
    station.send(tmp_path / "a" / "store", each=7)
    write(tmp_path / "b" / "other", dict(reversed(station.objects(each=50).items())))

    one = make(tmp_path / "a" / "store", tmp_path / "a" / "out", threads=1)
    other = make(tmp_path / "b" / "other", tmp_path / "b" / "elsewhere", threads=4)

    assert one.version == other.version
    assert bytes_of(one.folder) == bytes_of(other.folder)
    assert (tmp_path / "a" / "labels.json").read_bytes() == (tmp_path / "b" / "labels.json").read_bytes()


def test_a_dataset_is_never_changed(tmp_path: Path) -> None:
    station = mixed_plant()
    first = made(tmp_path, station)
    again = made(tmp_path, station)
    assert (again.version, again.is_new) == (first.version, False)

    before = bytes_of(first.folder)
    station.part(500).review("bad", "op_r")
    station.send(tmp_path / "store", each=1_000)
    with pytest.raises(ConfigError, match="another version"):
        make(tmp_path / "store", first.folder)

    assert bytes_of(first.folder) == before
    assert check_dataset(first.folder) == first.version
    assert [path.name for path in tmp_path.iterdir() if ".half-" in path.name] == []


def test_something_else_at_its_place_is_refused(tmp_path: Path) -> None:
    mixed_plant().send(tmp_path / "store")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")

    with pytest.raises(ConfigError, match="no dataset"):
        make(tmp_path / "store", tmp_path / "out")

    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("what", ["changed", "missing", "more"])
def test_a_changed_dataset_shows(tmp_path: Path, what: str) -> None:
    folder = made(tmp_path, mixed_plant()).folder
    victim = next(folder.rglob("*_mask.png"))
    if what == "changed":
        victim.write_bytes(victim.read_bytes() + b"\0")
    elif what == "missing":
        victim.unlink()
    else:
        (folder / "images" / "train" / "good" / "smuggled.png").write_bytes(b"")

    with pytest.raises(DatasetError):
        check_dataset(folder)


def test_no_group_stands_in_two_splits_and_labels_are_numbered(tmp_path: Path) -> None:
    folder = made(tmp_path, mixed_plant()).folder

    splits: dict[str, set[str]] = {}
    for row in rows_of(folder):
        splits.setdefault(row["group"], set()).add(row["split"])
        assert row["image_path"].startswith(f"images/{row['split']}/")
    assert all(len(stands) == 1 for stands in splits.values())
    numbers = {row["label"]: row["label_index"] for row in rows_of(folder)}
    assert numbers == {"good": "0", "scratch": "1", "dent": "2", "missing hole": "3"}


def test_labels_keep_their_numbers_in_the_next_version(tmp_path: Path) -> None:
    station = mixed_plant()
    made(tmp_path, station)
    station.part(700, "PASS").review("bad", "op_r", label="abrasion")

    later = made(tmp_path, station, name="later")

    numbers = {row["label"]: row["label_index"] for row in rows_of(later.folder)}
    assert numbers == {"good": "0", "scratch": "1", "dent": "2", "missing hole": "3", "abrasion": "4"}


def dropped_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "dropped.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_part_is_a_sample_or_said_to_be_none(tmp_path: Path) -> None:
    station = mixed_plant()
    for number, answers in ((600, ("good", "bad")), (601, ("unsure",)), (602, ())):
        part = station.part(number).capture()
        for by, answer in enumerate(answers):
            part.review(answer, f"op_{by}")
    done = made(tmp_path, station)

    told = {(row["part"], row["why"]) for row in dropped_of(done.folder)}
    assert told == {("600", "disputed"), ("601", "unsure"), ("602", "unlabelled")}
    assert done.report["parts"] == len({row["part"] for row in rows_of(done.folder)}) + 3
    assert done.report["noise"]["of_these_contested"] == 1
    assert done.report["noise"]["people"][named("op_0")]["contradicted"] == 1


def test_the_anomaly_profile_learns_from_good_ones_alone(tmp_path: Path) -> None:
    folder = made(tmp_path, mixed_plant(), Profile.ANOMALY).folder

    rows = rows_of(folder)
    assert {row["label"] for row in rows if row["split"] != "test"} == {"good"}
    assert {row["label"] for row in rows if row["split"] == "test"} == {"good", "scratch", "dent", "missing hole"}


def test_a_mask_is_what_people_drew_and_empty_where_they_did_not(tmp_path: Path) -> None:
    folder = made(tmp_path, mixed_plant()).folder

    pixels = {"scratch": 200, "dent": 21 * 21 + 6, "missing hole": 0}
    for row in rows_of(folder):
        if row["label"] == "good":
            assert row["mask_path"] == ""
            continue
        mask = cv2.imread(str(folder / row["mask_path"]), cv2.IMREAD_UNCHANGED)
        assert mask is not None
        assert mask.shape == (HEIGHT, WIDTH)
        assert set(np.unique(mask)) <= {0, 255}
        assert np.count_nonzero(mask) == pixels[row["label"]]
        assert row["mask_source"] == ("" if row["label"] == "missing hole" else "reviewer")


def test_train_takes_it_as_it_is(tmp_path: Path) -> None:
    folder = made(tmp_path, mixed_plant()).folder

    read = read_folder(folder)

    assert read.labels == ("dent", "missing hole", "scratch")
    assert len(read.images) == 120
    expected = {row["image_path"]: row for row in rows_of(folder)}
    for image in read.images:
        assert image.split == TrainSplit(expected[image.name]["split"])
        assert image.is_defect == (expected[image.name]["label"] != "good")


def test_the_tables_are_typed_alike_in_every_split(tmp_path: Path) -> None:
    folder = made(tmp_path, mixed_plant()).folder

    tables = {split: duckdb.read_parquet(str(folder / f"images/{split}/metadata.parquet")) for split in TrainSplit}

    assert len({str(list(zip(table.columns, table.types, strict=True))) for table in tables.values()}) == 1
    assert sum(len(table) for table in tables.values()) == 120
    train = tables[TrainSplit.TRAIN].filter("label = 'scratch'").limit(1).fetchall()
    row = dict(zip(tables[TrainSplit.TRAIN].columns, train[0], strict=True))
    assert row["objects"]["bbox"] == [[5.0, 6.0, 20.0, 10.0]]
    assert row["model_sha256"] == "b" * 64
    assert row["sampling_probability"] is None


def test_a_serial_number_becomes_no_formula(tmp_path: Path) -> None:
    station = Station()
    station.part(1, group="=HYPERLINK(1)").review("bad", label="@dent")
    folder = made(tmp_path, station).folder

    assert rows_of(folder)[0]["group"] == "'=HYPERLINK(1)"
    assert rows_of(folder)[0]["label"] == "'@dent"
    assert read_folder(folder).images[0].group == "=HYPERLINK(1)"


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_folder_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    folder = made(tmp_path / "[a]*?'", mixed_plant()).folder

    assert check_dataset(folder)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    mixed_plant().send(tmp_path / "store")
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageError, match="cannot be written"):
        make(tmp_path / "store", tmp_path / "file" / "out", registry=tmp_path / "labels.json")
    with pytest.raises(StorageError, match="an image cannot be written"):
        make(tmp_path / "store", tmp_path / "out", cache=tmp_path / "file" / "cache")
    assert not (tmp_path / "out").exists()


def test_a_missing_image_stops_unless_gaps_are_allowed(tmp_path: Path) -> None:
    station = mixed_plant()
    station.send(tmp_path / "store")
    next((tmp_path / "store").rglob("*.tif")).unlink()

    with pytest.raises(DatasetError, match="an image is missing"):
        make(tmp_path / "store", tmp_path / "out")
    done = make(tmp_path / "store", tmp_path / "out", allow_gaps=True)

    assert done.samples == 119
    assert [row["why"] for row in dropped_of(done.folder)] == ["blob_missing"]


@pytest.mark.parametrize("how", ["changed", "no image"])
def test_a_wrong_image_is_refused(tmp_path: Path, how: str) -> None:
    station = mixed_plant()
    station.send(tmp_path / "store")
    blob = next((tmp_path / "store").rglob("*.tif"))
    if how == "changed":
        blob.write_bytes(blob.read_bytes()[:-1])
    else:
        station = Station()
        part = station.part(1)
        body = b"II*\0 but no image"
        sha256 = hashlib.sha256(body).hexdigest()
        uri = f"blobs/{sha256[:2]}/{sha256}.tif"
        station.blobs = {uri: body}
        part.images = [{**(part.images or [{}])[0], "sha256": sha256, "uri": uri}]
        part.review("bad")
        station.send(tmp_path / "other")
        blob = tmp_path / "other" / station.prefix / uri

    with pytest.raises(DatasetError) as refused:
        make(tmp_path / ("store" if how == "changed" else "other"), tmp_path / "out")

    assert refused.value.where.endswith(blob.name)
    assert not (tmp_path / "out").exists()


def test_images_are_made_once_and_a_torn_one_again(tmp_path: Path) -> None:
    station = mixed_plant()
    first = made(tmp_path, station)
    cached = sorted((tmp_path / ".dataset-images").rglob("*.png"))
    torn = cached[0]
    torn.unlink()
    torn.write_bytes(b"torn")

    for blob in (tmp_path / "store").rglob("*.tif"):
        if blob.stem != torn.name.split(".")[0]:
            blob.unlink()

    again = make(tmp_path / "store", tmp_path / "again")

    assert again.version == first.version


KILLED = """
import os, signal, sys
from pathlib import Path
from station_app.dataset import tree
from station_app.dataset.materialise import materialise
from station_app.dataset.options import DatasetOptions
from station_app.sync.folder_remote import FolderRemote
store, out, stage, at = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
def die():
    os.kill(os.getpid(), signal.SIGKILL)
def progress(name, done, total):
    if (name, done) == (stage, at):
        die()
if stage == "flush":
    tree.Tree._flush = lambda self: die()
materialise(FolderRemote(store), DatasetOptions(out), progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.parametrize(("stage", "at"), [("records", 3), ("images", 32), ("images", 120), ("flush", 0)])
def test_a_crash_leaves_no_half_dataset(tmp_path: Path, stage: str, at: int) -> None:
    station = mixed_plant()
    expected = made(tmp_path / "whole", station)
    station.send(tmp_path / "store")
    words = [sys.executable, "-c", KILLED, str(tmp_path / "store"), str(tmp_path / "out"), stage, str(at)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    killed = subprocess.run(words, env=environment, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    assert make(tmp_path / "store", tmp_path / "out").version == expected.version


def test_from_an_object_store(tmp_path: Path, server: Seaweed) -> None:
    from station_app.sync.object_remote import ObjectAccess, ObjectRemote

    server.make_bucket("dataset")
    remote = ObjectRemote(ObjectAccess("s3://dataset/plant", server.settings, allow_http=True))
    station = mixed_plant()
    for key, body in station.objects(each=40).items():
        remote.create(key, body)

    done = materialise(remote, DatasetOptions(tmp_path / "out"), lambda *_: None)

    assert done.version == made(tmp_path / "folder", station).version


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mixed_plant().send(tmp_path / "store")
    words = ["dataset", "materialise", str(tmp_path / "store"), "--out", str(tmp_path / "out"), "--cap-share", "1"]

    assert main(words) == 0
    told = capsys.readouterr().out
    version = next(line.removeprefix("version ") for line in told.splitlines() if line.startswith("version"))
    assert main(["dataset", "verify", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.strip() == version
    assert main([*words[:2], f"folder:{words[2]}", *words[3:]]) == 0
    assert "the same version is there already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--cap-share", "0"], "share of one person"),
        (["--golden", "nowhere.txt"], "golden list cannot be read"),
        (["--threads", "0"], "at least one thread"),
        (["--recipe", "unknown"], "no image is left"),
        (["--without", "p1/s1"], "no records here"),
        (["--without", "s1"], "is no station"),
    ],
)
def test_bad_words_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], told: str
) -> None:
    mixed_plant().send(tmp_path / "store")

    assert main(["dataset", "materialise", str(tmp_path / "store"), "--out", str(tmp_path / "out"), *more]) == 1

    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dataset", "materialise", str(tmp_path / "no"), "--out", str(tmp_path / "out")]) == 1
    assert "the folder is not there" in capsys.readouterr().err
    assert main(["dataset", "verify", str(tmp_path / "no")]) == 1
    assert "this is no dataset" in capsys.readouterr().err


def test_the_manifest_says_nothing_about_this_computer(tmp_path: Path) -> None:
    folder = made(tmp_path, mixed_plant()).folder

    manifest = (folder / "MANIFEST.json").read_text()
    assert str(tmp_path) not in "".join(path.read_text() for path in folder.glob("*.json"))
    assert json.loads(manifest)["options"]["cap_share"] == 0.3
    assert json.loads(manifest)["series"]["p1/s1 series 6743a1ef09bc"]["gaps"] == []
