"""Every store creates an object once, gives it back as it was, and says which fault may pass."""

import threading
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ConfigError, RemoteRefusedError
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.object_remote import ObjectRemote
from station_app.sync.probe import probe
from station_app.sync.remote import LONGEST_KEY, Put, Remote, check_key

LARGE = bytes(range(256)) * 12_000
"""Three megabytes, as an image has."""


@pytest.mark.parametrize("body", [b"", b"{}", LARGE], ids=["empty", "small", "large"])
def test_an_object_is_created_once_and_stays_as_it_was(remote: Remote, body: bytes) -> None:
    key = "v1/station=st-1/blobs/ab/abcd.png"
    assert remote.read(key) is None
    assert remote.create(key, body) is Put.CREATED
    assert remote.create(key, body) is Put.EXISTED
    assert remote.read(key) == body


def test_objects_are_listed_by_their_beginning(remote: Remote) -> None:
    for key in ("v1/a/2.json", "v1/a/1.json", "v1/b/1.json"):
        remote.create(key, key.encode())
    assert remote.names("v1/a/") == ("v1/a/1.json", "v1/a/2.json")
    assert remote.names("v1/") == ("v1/a/1.json", "v1/a/2.json", "v1/b/1.json")
    assert remote.names("v2/") == ()


def test_the_next_parts_of_names_are_told_without_what_lies_below(remote: Remote) -> None:
    for key in ("v1/a=1/b=1/x.json", "v1/a=1/b=2/x.json", "v1/a=1/b=2/y.json", "v1/a=2/x.json", "v1/top.json"):
        remote.create(key, b"{}")
    assert remote.folders("v1/") == ("a=1", "a=2")
    assert remote.folders("v1/a=1/") == ("b=1", "b=2")
    assert remote.folders("v1/a=3/") == ()


def test_of_many_who_create_the_same_one_does(remote: Remote) -> None:
    outcomes: Counter[Put] = Counter()
    start = threading.Barrier(8)

    def create() -> None:
        start.wait()
        outcomes[remote.create("v1/race", b"the same")] += 1

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {Put.CREATED: 1, Put.EXISTED: 7}
    assert remote.read("v1/race") == b"the same"


def test_a_probe_tells_what_a_store_can_and_leaves_nothing(remote: Remote) -> None:
    able = probe(remote, "v1/station=st-1")
    assert able.is_create_only and able.may_read and able.may_list and able.may_remove and able.write_ms > 0
    assert remote.names("v1/") == ()


@pytest.mark.parametrize(
    "key", ["", "/a", "a/", "a//b", "../a", "a/../b", "a/.b", "a b", "a\\b", "ä", "a\n", "x" * (LONGEST_KEY + 1)]
)
def test_a_name_that_some_store_would_not_take_is_refused(remote: Remote, key: str) -> None:
    with pytest.raises(ConfigError, match="no name for an object"):
        remote.create(key, b"")


@given(st.text(max_size=40))
def test_a_name_that_is_taken_stays_below_the_store(key: str) -> None:
    try:
        taken = check_key(key)
    except ConfigError:
        return
    assert taken == key and key.isascii() and ".." not in key.split("/") and not key.startswith("/")


def test_an_object_is_read_up_to_a_size(remote: FolderRemote | ObjectRemote) -> None:
    key = "v1/models/abcd/model.onnx"
    assert remote.read_within(key, 100) is None
    remote.create(key, b"x" * 100)
    assert remote.read_within(key, 100) == b"x" * 100
    with pytest.raises(RemoteRefusedError, match="larger than 99 bytes"):
        remote.read_within(key, 99)
