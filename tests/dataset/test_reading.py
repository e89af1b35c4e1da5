"""What is read from a store, and everything that is refused: by object and line."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from station_app.core.errors import DatasetError
from station_app.dataset.gathering import gather
from station_app.dataset.options import DatasetOptions
from station_app.sync.folder_remote import FolderRemote
from tests.dataset.events import Station, write


def small_plant(name: str = "s1", series: str = "6743a1ef09bc") -> Station:
    """Six records of six parts."""
    station = Station(name=name, series=series, origin=series)
    for number in range(1, 7):
        station.part(number).review("bad", "op_r")
    return station


def read(folder: Path, **options: Any) -> Any:
    return gather(FolderRemote(folder), DatasetOptions(folder / "out", **options), lambda *_: None)


def test_all_stations_are_read(tmp_path: Path) -> None:
    small_plant().send(tmp_path)
    small_plant(name="s2", series="6743a1ef0000").send(tmp_path, each=2)

    gathered, streams = read(tmp_path)

    assert len(gathered.parts) == 12
    assert [(str(series), stream.records, stream.gaps) for series, stream in streams.items()] == [
        ("p1/s1 series 6743a1ef09bc", 6, ()),
        ("p1/s2 series 6743a1ef0000", 6, ()),
    ]


def test_unknown_keys_are_left_alone(tmp_path: Path) -> None:
    def enrich(event: dict[str, Any]) -> None:
        event["traceparent"] = "00-1"
        event["data"]["part"]["colour"] = {"hue": 3}

    small_plant().send(tmp_path, edit=enrich)

    assert len(read(tmp_path)[0].parts) == 6


WRONG_EVENTS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another station": (lambda e: e.update(source="/plants/p1/stations/s2/series/6743a1ef09bc"), "but it lies among"),
    "newer type": (
        lambda e: e.update(type="station.review.v2", dataschema="https://x/schemas/station.review.v2.json"),
        "newer than this program",
    ),
    "newer schema": (lambda e: e.update(dataschema="https://x/schemas/station.review.v2.json"), "not known"),
    "no type": (lambda e: e.pop("type"), "event.type is missing"),
    "another part": (lambda e: e.update(subject="s1/6743a1ef09bc/99"), "subject names another part"),
    "another number": (lambda e: e["data"].update(seq=77), "data.seq is 77"),
    "another id": (lambda e: e.update(id="s1:captures:000000000099"), "event.id does not carry"),
    "no review": (lambda e: e["data"].update(review=None), "data.review is empty"),
    "half a letter": (lambda e: e["data"]["part"].update(serial="\ud800"), "data.part.serial is no text"),
    "a number for a text": (lambda e: e["data"]["part"].update(serial=3), "data.part.serial is no text"),
    "no group": (lambda e: e["data"]["part"].update(group="  "), "data.part.group is empty"),
    "a path for an image": (
        lambda e: e["data"]["images"][0].update(uri="blobs/../../other.tif"),
        "does not carry the image's own hash",
    ),
    "unknown verdict": (lambda e: e["data"]["prediction"].update(verdict="OK"), "is no verdict"),
    "probability": (
        lambda e: e["data"].update(sampling={"is_rejected": True, "stratum": 0, "probability": 0}),
        "outside 0 and 1",
    ),
    "two shapes": (
        lambda e: e["data"]["review"].update(drawn=[{"box": [0, 0, 1, 1], "polygon": [[0, 0], [1, 0], [1, 1]]}]),
        "not exactly one shape",
    ),
    "a brush that does not fill its box": (
        lambda e: e["data"]["review"].update(drawn=[{"brush": {"box": [0, 0, 2, 2], "runs": [1]}}]),
        "do not fill the box",
    ),
    "a brush as large as the memory": (
        lambda e: e["data"]["review"].update(drawn=[{"brush": {"box": [0, 0, 10**6, 10**6], "runs": [10**12]}}]),
        "larger than any image",
    ),
    "a number without end": (lambda e: e["data"]["prediction"].update(score=10**400), "score is no whole number"),
    "infinity": (lambda e: e["data"]["prediction"].update(score=float("inf")), "Infinity is no number"),
}


@pytest.mark.parametrize("name", WRONG_EVENTS)
def test_a_wrong_record_is_refused_by_object_and_line(tmp_path: Path, name: str) -> None:
    change, told = WRONG_EVENTS[name]
    station = small_plant()
    lines = station.lines()
    event = json.loads(lines[2])
    change(event)
    lines[2] = json.dumps(event).encode()
    write(tmp_path, dict([station.batch(lines)]))

    with pytest.raises(DatasetError) as refused:
        read(tmp_path)

    assert told in refused.value.what
    assert refused.value.where.endswith("jsonl.gz, line 3")


def test_a_changed_record_breaks_the_chain(tmp_path: Path) -> None:
    """Whoever changes a record and gives the batch its new name is found by the next record."""
    station = small_plant()
    lines = station.lines()
    lines[2] = lines[2].replace(b'"answer":"bad"', b'"answer":"good"')
    key, body = station.batch(lines)
    write(tmp_path, {key: body})

    with pytest.raises(DatasetError, match="record 4 does not follow"):
        read(tmp_path)


def test_a_gap_stops_unless_allowed(tmp_path: Path) -> None:
    station = small_plant()
    station.send(tmp_path, each=2)
    next((tmp_path / station.prefix / "captures").rglob("*000000000003-000000000004*")).unlink()

    with pytest.raises(DatasetError) as refused:
        read(tmp_path)
    _, streams = read(tmp_path, allow_gaps=True)

    assert refused.value.where == "p1/s1 series 6743a1ef09bc 3 to 4"
    assert [stream.gaps for stream in streams.values()] == [((3, 4),)]


def test_a_missing_beginning_is_a_gap(tmp_path: Path) -> None:
    station = small_plant()
    station.send(tmp_path, each=2)
    next((tmp_path / station.prefix / "captures").rglob("*000000000001-000000000002*")).unlink()

    _, streams = read(tmp_path, allow_gaps=True)

    assert [stream.gaps for stream in streams.values()] == [((1, 2),)]


def test_two_objects_for_one_range_are_a_copied_station(tmp_path: Path) -> None:
    station, clone = small_plant(), small_plant()
    clone.events[2][1]["review"]["answer"] = "good"
    station.send(tmp_path, each=10)
    clone.send(tmp_path, each=10)

    with pytest.raises(DatasetError, match=r"it was copied.*--without PLANT/STATION"):
        read(tmp_path)
    with pytest.raises(DatasetError, match="no records here"):
        read(tmp_path, without=frozenset(["p1/s1"]))


def test_overlapping_ranges_that_differ_are_a_copied_station(tmp_path: Path) -> None:
    station, clone = small_plant(), small_plant()
    clone.events[2][1]["review"]["answer"] = "good"
    station.send(tmp_path, each=10)
    clone.send(tmp_path, each=3)

    with pytest.raises(DatasetError, match="it was copied"):
        read(tmp_path)


def test_the_same_records_in_other_batches_are_the_same(tmp_path: Path) -> None:
    station = small_plant()
    station.send(tmp_path, each=10)
    station.send(tmp_path, each=4)

    gathered, streams = read(tmp_path)

    assert len(gathered.parts) == 6
    assert [stream.records for stream in streams.values()] == [6]


def test_the_same_object_under_two_days_is_read_once(tmp_path: Path) -> None:
    station = small_plant()
    objects = station.objects(each=10)
    write(tmp_path, objects)
    write(tmp_path, {key.replace("2026-11-24", "2026-11-25"): body for key, body in objects.items()})

    assert len(read(tmp_path)[0].parts) == 6


def broken(body: bytes, how: str) -> bytes:
    return {
        "torn": body[: len(body) // 2],
        "changed": body[:-1] + bytes([body[-1] ^ 1]),
        "more behind": body + b"more",
    }[how]


@pytest.mark.parametrize("how", ["torn", "changed", "more behind"])
def test_a_damaged_object_is_refused(tmp_path: Path, how: str) -> None:
    station = small_plant()
    key, body = station.batch(station.lines())
    write(tmp_path, {key: broken(body, how)})

    with pytest.raises(DatasetError, match="not what its name says") as refused:
        read(tmp_path)

    assert refused.value.where == key


def test_a_batch_under_its_right_name_may_still_be_no_gzip(tmp_path: Path) -> None:
    station = small_plant()
    _, body = station.batch(station.lines())
    for bad, told in (
        (body[:-20], "no whole gzip"),
        (b"no gzip", "cannot be unpacked"),
        (body + b"x", "no whole gzip"),
    ):
        folder = tmp_path / told.replace(" ", "") / str(len(bad))
        write(folder, dict([renamed(station, bad)]))
        with pytest.raises(DatasetError, match=told):
            read(folder)


def test_a_last_line_without_end_is_refused(tmp_path: Path) -> None:
    station = small_plant()
    body = gzip.compress(b"\n".join(station.lines()), mtime=0)
    write(tmp_path, dict([renamed(station, body)]))

    with pytest.raises(DatasetError, match="the last line has no end"):
        read(tmp_path)


def test_fewer_lines_than_the_name_says_are_refused(tmp_path: Path) -> None:
    station = small_plant()
    body = gzip.compress(b"".join(line + b"\n" for line in station.lines()[:4]), mtime=0)
    write(tmp_path, dict([renamed(station, body)]))

    with pytest.raises(DatasetError, match="holds 4 lines"):
        read(tmp_path)


def test_a_strange_name_among_the_batches_is_refused(tmp_path: Path) -> None:
    station = small_plant()
    station.send(tmp_path)
    write(tmp_path, {f"{station.prefix}/captures/date=2026-11-24/notes.txt": b"hello"})

    with pytest.raises(DatasetError, match="has no batch's name"):
        read(tmp_path)


def test_another_stations_object_below_this_ones_prefix_is_refused(tmp_path: Path) -> None:
    """A station's key may write below its own prefix alone; what lies there must be its own."""
    stranger = small_plant(name="s2")
    objects = {key.replace("station=s2", "station=s1"): body for key, body in stranger.objects().items()}
    write(tmp_path, objects)

    with pytest.raises(DatasetError, match="has no batch's name"):
        read(tmp_path)


def renamed(station: Station, body: bytes) -> tuple[str, bytes]:
    """These bytes under the name that a batch of all six lines with these bytes would have."""
    key, _ = station.batch(station.lines())
    head, _, _ = key.rpartition(".jsonl.gz")
    return f"{head[:-16]}{hashlib.sha256(body).hexdigest()[:16]}.jsonl.gz", body
