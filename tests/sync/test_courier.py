"""What is recorded arrives once, as it was, its images before it, and what is wrong is one sentence."""

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, RemoteError, RemoteRefusedError
from station_app.core.sync_messages import SyncState
from station_app.sync import blob_notes
from station_app.sync.backoff import MOST_S
from station_app.sync.claim import EVERY_S
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.remote import ObjectRefusedError, Put, Remote
from tests.sync.outboxes import NOON_MS, MemoryOutbox, assert_arrived, is_ordered
from tests.sync.sending import sending

PNG = bytes(range(256)) * 40


@pytest.fixture
def outbox(tmp_path: Path) -> MemoryOutbox:
    (tmp_path / "spool").mkdir()
    return MemoryOutbox(tmp_path / "spool")


class Store(FolderRemote):
    """A folder that fails as it is told: `fault` makes the error for a key, None for none."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(folder)
        self.fault: Callable[[str], Exception | None] = lambda key: None
        self.puts: list[str] = []

    def create(self, key: str, body: bytes) -> Put:
        error = self.fault(key)
        if error is not None:
            raise error
        self.puts.append(key)
        return super().create(key, body)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_all_arrives_with_its_images_first(remote: Remote, outbox: MemoryOutbox, tmp_path: Path) -> None:
    batches = [outbox.add(PNG + b"1", PNG + b"2"), outbox.add(), outbox.add(PNG + b"2", PNG + b"3", records=7)]
    told = sending(outbox, remote, tmp_path).run()
    assert_arrived(remote, outbox)
    assert all(is_ordered(outbox, batch) for batch in batches)
    assert told.state is SyncState.IDLE and told.waiting_records == 0 and told.last_receipt_ms == NOON_MS
    assert set(outbox.receipts.values()) == {Put.CREATED}


def test_what_is_there_already_is_a_receipt_too(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    batch = outbox.add(PNG)
    store.create(batch.blobs[0].key, PNG)
    store.create(batch.key, batch.body_path.read_bytes())
    sending(outbox, store, tmp_path).run()
    assert outbox.receipts == {1: Put.EXISTED}
    assert_arrived(store, outbox)


@pytest.mark.parametrize("wrong", ["changed", "gone", "a folder"])
@pytest.mark.parametrize("which", ["image", "batch"])
def test_what_is_not_what_was_recorded_is_never_sent(
    store: Store, outbox: MemoryOutbox, tmp_path: Path, wrong: str, which: str
) -> None:
    bad, good = outbox.add(PNG + b"bad"), outbox.add(PNG + b"good")
    path = bad.blobs[0].path if which == "image" else bad.body_path
    whole = path.read_bytes()
    path.unlink()
    if wrong == "changed":
        path.write_bytes(whole[:-1] + b"?")
    elif wrong == "a folder":
        path.mkdir()
    line = sending(outbox, store, tmp_path)
    told = line.run()
    assert list(outbox.receipts) == [good.number] and bad.key not in store.puts
    assert told.state is SyncState.IDLE and told.quarantined == 1
    assert str(path) in outbox.aside[bad.number] and "sync now" in outbox.aside[bad.number]
    if path.is_dir():
        path.rmdir()
    path.write_bytes(whole)
    line.courier.try_now()
    assert line.run().quarantined == 0
    assert_arrived(store, outbox)


def test_an_object_that_the_store_does_not_take_is_set_aside(
    store: Store, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    large, small = outbox.add(PNG * 2), outbox.add(PNG)
    store.fault = lambda key: ObjectRefusedError("too large") if key == large.blobs[0].key else None
    told = sending(outbox, store, tmp_path).run()
    assert list(outbox.receipts) == [small.number] and told.quarantined == 1 and told.state is SyncState.IDLE


def test_an_outage_is_waited_out_with_longer_and_longer_waits(
    store: Store, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    outbox.add(PNG)
    line = sending(outbox, store, tmp_path)
    store.fault = lambda key: RemoteError("nobody is there", remedy="check the network")
    waits = []
    while line.clock.now_s < 12 * 3_600:
        before = line.clock.now_s
        told = line.step()
        waits.append(line.clock.now_s - before)
        assert told.state is SyncState.WAITING and told.what == "nobody is there"
        assert told.next_try_ms == NOON_MS + round(line.clock.now_s * 1000)
    assert waits[:8] == sorted(waits[:8]) and max(waits) <= MOST_S and len(waits) < 400
    assert told.waiting_records == 1 and told.oldest_ms == NOON_MS
    store.fault = lambda key: None
    assert line.run(lambda told: told.state is SyncState.IDLE).what == ""
    assert_arrived(store, outbox)


def test_after_a_success_the_waits_begin_anew(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    line = sending(outbox, store, tmp_path)
    store.fault = lambda key: RemoteError("down")
    line.step()
    first_s = line.clock.now_s
    for _ in range(10):
        line.step()
    store.fault = lambda key: None
    line.run(lambda told: told.state is SyncState.IDLE)
    store.fault = lambda key: RemoteError("down again")
    outbox.add(PNG)
    before_s = line.clock.now_s
    line.run(lambda told: told.state is SyncState.WAITING)
    assert line.clock.now_s - before_s == first_s


def test_a_store_that_hangs_is_waited_for_after_it_was_given_up(
    store: Store, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    line = sending(outbox, store, tmp_path)

    def hang(key: str) -> Exception:
        line.clock.now_s += 15.0
        return RemoteError("it took too long")

    store.fault = hang
    wait_s = line.courier.step()
    assert wait_s > 0 and line.courier.step() == wait_s


def test_a_refusal_needs_a_person_and_is_tried_now_and_then(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    outbox.add(PNG)
    line = sending(outbox, store, tmp_path)
    store.fault = lambda key: RemoteRefusedError("the store refuses this station", remedy="give it a key")
    for tries in range(1, 20):
        told = line.step()
        assert (told.state, told.what, told.remedy) == (
            SyncState.REFUSED, "the store refuses this station", "give it a key",
        )  # fmt: skip
        assert line.clock.now_s == pytest.approx(900 * tries)
    store.fault = lambda key: None
    line.courier.try_now()
    assert line.run().state is SyncState.IDLE
    assert_arrived(store, outbox)


def test_a_store_that_cannot_be_opened_needs_a_person(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    outbox.add(PNG)
    answers: list[Exception | None] = [ConfigError("others may read the store's keys", remedy="chmod 600"), None]

    def open_store() -> Remote:
        error = answers.pop(0)
        if error is not None:
            raise error
        return store

    line = sending(outbox, open_store, tmp_path)
    assert line.step().state is SyncState.REFUSED
    assert line.run().state is SyncState.IDLE
    assert_arrived(store, outbox)


def test_a_disk_that_is_gone_is_waited_out(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    outbox.add(PNG)
    line = sending(outbox, store, tmp_path)
    line.step()
    outbox.failing = True
    told = line.step()
    assert told.state is SyncState.WAITING and told.what == "the disk is gone"
    line.courier.try_now()
    assert line.step().state is SyncState.WAITING
    outbox.failing = False
    line.run(lambda told: told.state is SyncState.IDLE)
    assert_arrived(store, outbox)


def test_images_are_noted_together_and_before_their_batch(
    store: Store, outbox: MemoryOutbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blob_notes, "MOST", 64)
    outbox.add(*(PNG + bytes([number]) for number in range(200)))
    line = sending(outbox, store, tmp_path)
    notes = []
    for _ in range(220):
        line.step()
        notes.append(len(outbox.sent))
    assert {after - before for before, after in pairwise(notes)} == {0, 64, 200 % 64 + 1}
    assert_arrived(store, outbox)


def test_on_a_slow_link_every_image_is_noted(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    outbox.add(*(PNG + bytes([number]) for number in range(10)))
    line = sending(outbox, store, tmp_path)
    while len(outbox.sent) < 10:
        line.step()
        line.clock.now_s += 1.0
        assert len([key for key in store.puts if "/blobs/" in key]) == len(outbox.sent)


def test_what_was_sent_before_a_failure_is_not_sent_again(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    batch = outbox.add(*(PNG + bytes([number]) for number in range(10)))
    line = sending(outbox, store, tmp_path)
    store.fault = lambda key: RemoteError("down") if key == batch.blobs[5].key else None
    line.run(lambda told: told.state is SyncState.WAITING)
    store.fault = lambda key: None
    line.run(lambda told: told.state is SyncState.IDLE)
    assert len([key for key in store.puts if "/blobs/" in key]) == 10
    assert_arrived(store, outbox)


def test_hurry_does_not_wait_for_the_back_off(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    outbox.add(PNG)
    line = sending(outbox, store, tmp_path)
    store.fault = lambda key: RemoteError("down")
    wait_s = line.courier.step()
    store.fault = lambda key: None
    assert line.courier.step() == wait_s and not store.puts
    line.courier.try_now()
    for _ in range(10):
        line.courier.step()
    assert line.clock.now_s == 0
    assert_arrived(store, outbox)


def test_images_stop_at_the_days_quota_and_records_do_not(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    first, second, third = outbox.add(PNG), outbox.add(PNG + b"2"), outbox.add()
    line = sending(outbox, store, tmp_path, bytes_per_day=len(PNG))
    told = line.run()
    assert list(outbox.receipts) == [first.number, third.number]
    assert told.state is SyncState.WAITING and "quota" in told.what and told.bytes_left == 0
    outbox.sent_today = 0  # midnight
    assert line.run(lambda told: second.number in outbox.receipts).bytes_left is not None
    assert list(outbox.receipts) == [first.number, third.number, second.number]
    assert_arrived(store, outbox)


def test_an_image_larger_than_a_days_quota_goes_all_the_same(
    store: Store, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    outbox.add(PNG)
    told = sending(outbox, store, tmp_path, bytes_per_day=len(PNG) // 10).run()
    assert told.bytes_left == 0
    assert_arrived(store, outbox)


def test_a_copied_station_stops_and_says_so(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    first = sending(outbox, store, tmp_path)
    outbox.add(PNG)
    first.run()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "sync-claim").write_bytes((tmp_path / "sync-claim").read_bytes())
    copy = sending(MemoryOutbox(tmp_path / "spool"), store, tmp_path / "copy", computer="pc-2")
    copy.run()
    first.clock.now_s += EVERY_S - 60.0
    assert first.step().state is SyncState.IDLE
    first.clock.now_s += 60.0
    told = first.step()
    assert told.state is SyncState.REFUSED
    assert "another computer sends under this station's name" in told.what


def test_whatever_fails_and_whenever_it_arrives_once(store: Store, outbox: MemoryOutbox, tmp_path: Path) -> None:
    chance = random.Random(2026)
    for number in range(30):
        outbox.add(*(PNG + bytes([number, image]) for image in range(chance.randrange(3))))
    line = sending(outbox, store, tmp_path)

    def fault(key: str) -> Exception | None:
        outbox.failing = chance.random() < 0.1
        return RemoteError("down") if chance.random() < 0.3 else None

    store.fault = fault
    for _ in range(5_000):
        line.step()
        outbox.failing = False
        if not outbox.waiting:
            break
    assert_arrived(store, outbox)
