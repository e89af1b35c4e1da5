"""What lies in a store is found by its names, without a look at the images, and checked before it is believed."""

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ArrivedError
from station_app.core.outgoing import Stream
from station_app.sync.arrived import BatchName, apart, batches, gaps, lines_of, missing, named, once, read_body
from station_app.sync.folder_remote import FolderRemote

SERIES = "6743a1ef09bc"


def key(first: int, last: int, body: bytes = b"", stream: str = "captures", station: str = "s1", day: int = 24) -> str:
    sha16 = hashlib.sha256(body).hexdigest()[:16]
    name = f"{station}-{SERIES}-{first:012d}-{last:012d}.{sha16}.jsonl.gz"
    return f"v1/plant=p1/station={station}/{stream}/date=2026-11-{day}/{name}"


class Listed(FolderRemote):
    """Notes what was listed."""

    asked: list[str]

    def names(self, prefix: str) -> tuple[str, ...]:
        self.asked.append(prefix)
        return super().names(prefix)


@pytest.fixture
def remote(tmp_path: Path) -> Listed:
    made = Listed(tmp_path)
    made.asked = []
    return made


def test_only_the_batches_of_the_stream_and_the_stations_asked_for_are_listed(remote: Listed) -> None:
    for name in (key(1, 2), key(1, 5, stream="history"), key(1, 3, station="s2"), "v1/lake/history/plans/1.json"):
        remote.create(name, b"")
    remote.create(f"v1/plant=p1/station=s1/blobs/ab/{'ab' * 32}.tif", b"")

    assert [batch.key for batch in batches(remote, Stream.CAPTURES)] == [key(1, 2), key(1, 3, station="s2")]
    assert [batch.last for batch in batches(remote, Stream.HISTORY)] == [5]
    assert remote.asked == [f"v1/plant=p1/station={s}/{t}/" for t in ("captures", "history") for s in ("s1", "s2")]
    assert [batch.last for batch in batches(remote, Stream.CAPTURES, without={"p1/s1"})] == [3]


def test_a_name_says_which_lines_of_which_series(remote: Listed) -> None:
    batch = named(key(7, 9))
    assert batch.series.source == f"/plants/p1/stations/s1/series/{SERIES}"
    assert (batch.first, batch.last, batch.date) == (7, 9, "2026-11-24")


@pytest.mark.parametrize(
    "wrong",
    [
        key(0, 2),
        key(3, 2),
        key(1, 2).replace("/s1-", "/s2-"),
        key(1, 2).replace("plant=p1", "plant=P1"),
        key(1, 2, stream="blobs"),
        f"{key(1, 2)}.part",
    ],
)
def test_what_is_no_name_of_a_batch_is_refused(wrong: str) -> None:
    with pytest.raises(ArrivedError, match="has no batch's name"):
        named(wrong)


def test_one_object_under_two_dates_counts_once_and_two_objects_are_a_copied_station() -> None:
    first, later, other = named(key(1, 2)), named(key(1, 2, day=25)), named(key(1, 2, b"other"))
    assert once((first, later)) == (first,)
    with pytest.raises(ArrivedError, match=r"p1/s1 .* it was copied"):
        once((first, other))


def test_batches_that_overlap_are_told_apart_or_refused() -> None:
    found = (named(key(1, 2)), named(key(3, 5)), named(key(1, 5, station="s2")))
    assert apart(found) == found
    for overlapping in ((named(key(1, 3)), named(key(3, 5))), (named(key(1, 2)), named(key(1, 2, day=25)))):
        with pytest.raises(ArrivedError, match="it was copied"):
            apart(overlapping)


@given(st.sets(st.integers(1, 40)))
def test_what_is_missing_and_what_is_there_are_all_numbers(numbers: set[int]) -> None:
    holes = [number for first, last in missing((n, n) for n in sorted(numbers)) for number in range(first, last + 1)]
    assert sorted([*holes, *numbers]) == list(range(1, max(numbers, default=0) + 1))


def test_gaps_are_told_for_each_series() -> None:
    found = (named(key(2, 3)), named(key(2, 2)), named(key(6, 7)), named(key(1, 1, station="s2")))
    source = f"/plants/p1/stations/s1/series/{SERIES}"
    assert list(gaps(sorted(found))) == [
        f"{source}: numbers 1 to 1 have not come",
        f"{source}: numbers 4 to 5 have not come",
    ]


def packed(body: bytes, lines: int = 2) -> tuple[BatchName, bytes]:
    return named(key(1, lines, body)), body


def test_a_body_is_believed_by_its_hash_alone(remote: Listed) -> None:
    batch, body = packed(gzip.compress(b"a\nb\n"))
    with pytest.raises(ArrivedError, match="the batch is gone"):
        read_body(remote, batch)
    remote.create(batch.key, body[:-1])
    with pytest.raises(ArrivedError, match="not what its name says"):
        read_body(remote, batch)
    remote.remove(batch.key)
    remote.create(batch.key, body)
    assert lines_of(batch, read_body(remote, batch)) == [b"a", b"b"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"no gzip", "cannot be unpacked"),
        (gzip.compress(b"a\nb\n")[:-9], "no whole gzip"),
        (gzip.compress(b"a\nb\n") + b"x", "no whole gzip"),
        (gzip.compress(b"a\nb"), "the last line has no end"),
        (gzip.compress(b"a\n"), "holds 1 lines"),
        (gzip.compress(bytes(256 * 1024 * 1024 + 1), 1), "far too large"),
    ],
)
def test_lines_are_whole_and_as_many_as_the_name_says(body: bytes, told: str) -> None:
    with pytest.raises(ArrivedError, match=told):
        lines_of(*packed(body))
