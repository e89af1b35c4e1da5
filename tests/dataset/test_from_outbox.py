"""The real way: a station's own outbox cuts batches, they lie in a folder, a dataset is made of them."""

from pathlib import Path

import pytest

from station_app.core.inspection import Box, Disposition
from station_app.core.review import Answer, DefectDrawn
from station_app.dataset.gathering import gather
from station_app.dataset.materialise import materialise
from station_app.dataset.options import DatasetOptions
from station_app.dataset.standing import standing_of
from station_app.sync.folder_remote import FolderRemote
from tests.dataset.test_materialise import dropped_of, rows_of
from tests.store.outgoing_line import OutgoingLine, outgoing_line

GOOD, BAD = 0.1, 0.9


def send_all(line: OutgoingLine, store: FolderRemote) -> None:
    """As the courier does: images first, then the batch."""
    while (batch := line.outbox.next_batch(None)) is not None:
        for blob in batch.blobs:
            store.create(blob.key, blob.path.read_bytes())
        store.create(batch.key, batch.body_path.read_bytes())
        line.deliver(batch)


@pytest.fixture
def store(tmp_path: Path) -> FolderRemote:
    (tmp_path / "store").mkdir()
    with outgoing_line(tmp_path / "station", draws=True) as line:
        for part in range(1, 9):
            line.inspect(part, BAD if part % 2 else GOOD)
        drawn = DefectDrawn("dent", "top", box=Box(1, 2, 3, 4))
        line.review(1, Answer.BAD, "li", label="dent", drawn=(drawn,))
        line.review(1, Answer.BAD, "wu", label="dent")
        line.review(2, Answer.GOOD, "li")
        line.decide(3, Disposition.FALSE_REJECT, "wang")
        line.decide(4, Disposition.MISSED_DEFECT, "wang", label="scratch", camera_id="top", marks=(Box(0, 0, 2, 2),))
        taken_back = line.decide(6, Disposition.MISSED_DEFECT, "wang", label="scratch")
        line.decide(6, Disposition.UNDO, "wang", undoes=taken_back)
        line.review(7, Answer.BAD, "li", label="dent")
        line.review(7, Answer.GOOD, "wu")
        send_all(line, FolderRemote(tmp_path / "store"))
    return FolderRemote(tmp_path / "store")


def test_what_people_said_becomes_the_labels(tmp_path: Path, store: FolderRemote) -> None:
    done = materialise(store, DatasetOptions(tmp_path / "out"), lambda *_: None)

    labels = {row["part"]: (row["label"], row["consensus"]) for row in rows_of(done.folder)}
    assert labels == {"1": ("dent", "agreed"), "2": ("good", "single"), "4": ("scratch", "single")}
    whys = {row["part"]: row["why"] for row in dropped_of(done.folder)}
    assert whys == {"3": "needs_second", "5": "unlabelled", "6": "unlabelled", "7": "disputed", "8": "unlabelled"}
    (first,) = (row for row in rows_of(done.folder) if row["part"] == "1")
    assert first["sampling_probability"] != ""
    assert first["mask_source"] == "reviewer"
    assert done.report["noise"]["of_these_contested"] == 1


def test_the_station_and_the_dataset_agree_about_consensus(tmp_path: Path, store: FolderRemote) -> None:
    import gzip
    import json

    said: dict[int, str] = {}
    for key in store.names("v1/"):
        if "/captures/" in key:
            for line in gzip.decompress(store.read(key) or b"").splitlines():
                data = json.loads(line)["data"]
                said[data["part"]["id"]] = data["consensus"]

    gathered, _ = gather(store, DatasetOptions(tmp_path / "out"), lambda *_: None)

    assert {name.part_id: standing_of(part).consensus for name, part in gathered.parts.items()} == said
