"""The outbox as a courier uses it: nothing is lost, nothing goes twice, the most urgent goes first."""

import hashlib
import json
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.cloud_event import GENESIS, line_hash
from station_app.core.errors import StorageError
from station_app.core.inspection import CameraRecord, Disposition, Override
from station_app.core.outgoing import Stream
from station_app.core.review import Answer, Queue
from station_app.store import history_cut
from station_app.store.connection import open_reader, open_writer
from station_app.store.ledger import DATABASE
from station_app.store.verification import verify
from tests.store.outgoing_line import AT_ONCE, NEAR, SENDER, OutgoingLine, events_of, lines_of, outgoing_line
from tests.store.records import inspection
from tests.store.schemas import check_event

AGREE, FALSE_REJECT, MISSED, UNSURE, UNDO = Disposition
HISTORY = "station.inspection.v1"


def _told(events: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(event["type"].split(".")[1], event["data"]["part"]["id"]) for event in events]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def test_a_batch_is_what_the_documents_say(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, 0.9)
        line.decide(1, FALSE_REJECT, reason="dust")
        batch = line.outbox.next_batch(None)
        assert batch is not None and batch == line.outbox.next_batch(None), "it is given until it is sent"
        series = events_of(batch)[0]["source"].rsplit("/", 1)[1]
        date = time.strftime("%Y-%m-%d", time.gmtime())
        span = f"s1-{series}-000000000001-000000000001.{batch.sha256[:16]}.jsonl.gz"
        assert batch.key == f"v1/plant=p1/station=s1/captures/date={date}/{span}"
        assert (batch.stream, batch.records, batch.number) == (Stream.CAPTURES, 1, 1)
        assert hashlib.sha256(batch.body_path.read_bytes()).hexdigest() == batch.sha256
        assert batch.body_path.stat().st_size == batch.size
        (blob,) = batch.blobs
        assert hashlib.sha256(blob.path.read_bytes()).hexdigest() == blob.sha256
        (event,) = events_of(batch)
        check_event(event)
        assert blob.key == f"v1/plant=p1/station=s1/{event['data']['images'][0]['uri']}"
        line.deliver(batch)
        assert not batch.body_path.exists()


def test_the_most_urgent_goes_first_and_the_oldest_of_it(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        for part_id, score in ((1, NEAR), (2, 0.1), (3, 0.9), (4, 0.9), (5, NEAR), (6, 0.1)):
            line.inspect(part_id, score)
        line.ledger.mark_suspect(2, "odd", "zhao").result()
        line.decide(4, FALSE_REJECT)
        line.decide(3, AGREE)
        line.decide(5, UNSURE)
        line.decide(6, MISSED)
        assert _told(line.send()) == [
            ("decision", 4),
            ("decision", 6),
            ("capture", 5),  # brought forward by what was said of it
            ("capture", 2),
            ("decision", 3),
            ("decision", 5),
            ("capture", 1),
        ]


def test_random_controls_go_before_doubts(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, draws=True) as line:
        line.inspect(1, NEAR)
        line.inspect(2)
        line.decide(2, UNSURE)
        line.review(1, Answer.BAD, queue=Queue.BLIND, is_blind=True)
        assert _told(line.send()) == [("capture", 1), ("capture", 2), ("review", 1), ("decision", 2)]


def test_a_review_that_contradicts_brings_its_part_forward(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, 0.9)
        line.inspect(2, NEAR)
        line.inspect(3, 0.9)
        line.decide(1, AGREE)
        line.decide(3, AGREE)
        line.review(3, Answer.GOOD)
        assert _told(line.send()) == [("decision", 3), ("review", 3), ("decision", 1), ("capture", 2)]


_DEEDS = st.lists(
    st.tuples(st.sampled_from(("near", "override", "undo", "review", "suspect", "send")), st.integers(1, 4)),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=_DEEDS, size=st.integers(1, 5))
def test_nothing_is_lost_nothing_goes_twice_and_a_part_keeps_its_order(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int]], size: int
) -> None:
    folder = tmp_path_factory.mktemp("outbox")
    with outgoing_line(folder, replace(AT_ONCE, records=size, parts=size)) as line:
        sent: list[dict[str, Any]] = []
        for part_id in range(1, 5):
            line.inspect(part_id, 0.9 if part_id % 2 else NEAR)
        for turn, (deed, part_id) in enumerate(deeds):
            sent += _do(line, deed, part_id, turn)
        sent += line.send_all()
        with closing(open_reader(folder / DATABASE)) as reader:
            expected = [(row[0], row[1]) for row in reader.execute("SELECT part_id, id FROM outbox ORDER BY id")]
            cut = reader.execute(
                "SELECT o.part_id, o.id FROM cut_records c JOIN outbox o ON o.id = c.outbox_id ORDER BY c.seq"
            ).fetchall()
    records = [event for event in sent if event["type"] != HISTORY]
    assert sorted(tuple(row) for row in cut) == sorted(expected)
    for part_id in range(1, 5):
        of_part = [row for part, row in cut if part == part_id]
        assert of_part == sorted(of_part)
    assert [event["data"]["seq"] for event in records] == list(range(1, len(expected) + 1))
    assert _is_chain(sent)
    assert sorted(event["data"]["part"]["id"] for event in sent if event["type"] == HISTORY) == [1, 2, 3, 4]
    for event in sent:
        check_event(event)
    assert verify(folder) == ()


def _do(line: OutgoingLine, deed: str, part_id: int, turn: int) -> list[dict[str, Any]]:
    try:
        match deed:
            case "override":
                line.decide(part_id, (FALSE_REJECT, MISSED, UNSURE, AGREE)[turn % 4], f"operator {turn}")
            case "undo":
                line.decide(part_id, UNDO)
            case "review":
                line.review(part_id, (Answer.GOOD, Answer.BAD, Answer.UNSURE)[turn % 3], f"reviewer {turn}")
            case "suspect":
                line.ledger.mark_suspect(part_id, "odd", "zhao").result()
            case "send":
                return line.send()
    except StorageError:
        pass  # there was nothing to take back
    return []


def _is_chain(sent: list[dict[str, Any]]) -> bool:
    """Of each stream; the lines as they were sent are gone, their events give the same bytes."""
    ends = {"captures": GENESIS, "history": GENESIS}
    for event in sent:
        stream = event["id"].split(":")[1]
        if event["data"]["prev"] != ends[stream]:
            return False
        ends[stream] = line_hash(json.dumps(event, separators=(",", ":")).encode())
    return True


# Images


def test_a_record_waits_for_the_images_of_its_part(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, replace(AT_ONCE, grace_ms=600_000)) as line:
        made = line.inspect(1, NEAR, has_image=False)
        assert line.send_all("station.capture") == []
        line.keep_image(made)
        (event,) = line.send_all("station.capture")
        assert len(event["data"]["images"]) == 1


def test_a_record_with_one_image_of_two_waits_for_the_other(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, replace(AT_ONCE, grace_ms=600_000)) as line:
        made = line.inspect(1, NEAR, cameras=(CameraRecord("top"), CameraRecord("side")))
        assert line.send_all("station.capture") == []
        line.ledger.keep_image(made, "side", np.full((8, 8), 7, np.uint8))
        (event,) = line.send_all("station.capture")
        assert [image["camera"] for image in event["data"]["images"]] == ["side", "top"]


def test_a_part_without_images_holds_up_neither_others_nor_itself_for_ever(tmp_path: Path) -> None:
    patient = replace(AT_ONCE, grace_ms=600_000)
    with outgoing_line(tmp_path, patient) as line:
        line.inspect(1, 0.9, has_image=False)
        line.decide(1, FALSE_REJECT)
        line.inspect(2, NEAR)
        assert _told(line.send_all("station.capture")) == [("capture", 2)]
        assert line.outbox.backlog().records == 1
        other = line.ledger.open_outbox(SENDER, replace(patient, grace_ms=0))
        assert line.send_all("station.decision") == []
        assert OutgoingLine(line.ledger, other).send() != []
        line.inspect(3, NEAR, has_image=False)
    with outgoing_line(tmp_path, patient) as again:
        assert _told(again.send_all("station.capture")) == [("capture", 3)], "of an earlier run no image comes any more"


def test_a_clock_that_was_set_back_makes_nothing_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hour_ns = 3_600_000_000_000
    with outgoing_line(tmp_path, replace(AT_ONCE, grace_ms=60_000, linger_ms=60_000)) as line:
        line.inspect(1, NEAR, has_image=False)
        now_ns = time.time_ns()
        monkeypatch.setattr(time, "time_ns", lambda: now_ns - hour_ns)
        assert _told(line.send_all("station.capture")) == [("capture", 1)]


def test_an_image_goes_once_however_many_records_name_it(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.keep_image(line.inspect(1, 0.9, has_image=False), shade=9)
        line.keep_image(line.inspect(2, 0.9, has_image=False), shade=9)
        line.decide(1, FALSE_REJECT)
        line.decide(2, FALSE_REJECT)
        batch = line.outbox.next_batch(None)
        assert batch is not None and (batch.records, len(batch.blobs)) == (2, 1)
        line.outbox.blob_sent(batch.blobs[0])
        line.outbox.blob_sent(batch.blobs[0])
        again = line.outbox.next_batch(None)
        assert again is not None and again.blobs == ()
        line.deliver(again)
        line.decide(1, UNDO)
        later = line.next_records()
        assert later.blobs == () and len(events_of(later)[0]["data"]["images"]) == 1


def test_a_batch_is_not_sent_before_its_images(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, 0.9)
        line.decide(1, FALSE_REJECT)
        batch = line.outbox.next_batch(None)
        assert batch is not None
        with pytest.raises(StorageError, match="images of this batch were not sent"):
            line.outbox.batch_sent(batch.number, "etag")
        with pytest.raises(StorageError, match="no batch names this image"):
            line.outbox.blob_sent(replace(batch.blobs[0], key="v1/other"))
        with pytest.raises(StorageError, match="no such batch"):
            line.outbox.batch_sent(99, "etag")
        line.deliver(batch)
        line.outbox.batch_sent(batch.number, "again")
        assert verify(tmp_path) == ()


# Sizes


def test_a_quota_of_bytes_ends_the_batch_and_lets_no_later_record_overtake(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        for part_id in (1, 2, 3):
            line.inspect(part_id, 0.9)
            line.decide(part_id, FALSE_REJECT)
        batch = line.outbox.next_batch(0)
        assert batch is not None and batch.stream is Stream.HISTORY, "what needs no image goes on"
        line.deliver(batch)
        assert line.outbox.next_batch(0) is None
        size = 200
        first = line.outbox.next_batch(2 * size)
        assert first is not None and first.records == 2
        line.deliver(first)
        assert line.outbox.next_batch(size - 100) is None, "the rest of the day is too little"
        assert line.send(size) != []


def test_the_first_image_of_a_day_may_be_larger_than_the_day_allows(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        for part_id in (1, 2):
            line.inspect(part_id, 0.9)
            line.decide(part_id, FALSE_REJECT)
        batch = line.outbox.next_batch(10)
        assert batch is not None and (batch.stream, batch.records) == (Stream.CAPTURES, 1)
        line.deliver(batch)
        rest = line.outbox.next_batch(10)
        assert rest is not None and rest.stream is Stream.HISTORY


def test_a_batch_lingers_for_more_but_not_longer_than_it_may(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, replace(AT_ONCE, linger_ms=600_000, records=3)) as line:
        for part_id in (1, 2):
            line.inspect(part_id, NEAR)
        assert line.send_all("station.capture") == []
        line.inspect(3, NEAR)
        assert len(line.send_all("station.capture")) == 3


# History


def test_the_history_tells_every_part_once_in_order(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, replace(AT_ONCE, parts=4)) as line:
        for part_id in range(1, 11):
            line.inspect(part_id, has_image=False)
        sizes = []
        while events := line.send():
            sizes.append(_told(events))
        assert [part for told in sizes for _, part in told] == list(range(1, 11))
        assert [len(told) for told in sizes] == [4, 4, 2]


def test_the_history_passes_over_no_part_that_may_still_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, has_image=False)
        line.ledger.record(replace(inspection(3), inspected_at_ms=_now_ms() - 60_000)).result()
        assert _told(line.send_all()) == [("inspection", 1)]
        line.inspect(2, has_image=False)
        assert _told(line.send_all()) == [("inspection", 2), ("inspection", 3)]
        line.ledger.record(replace(inspection(5), inspected_at_ms=_now_ms() - 60_000)).result()
        monkeypatch.setattr(history_cut, "GAP_MS", 1000)
        assert _told(line.send_all()) == [("inspection", 5)]
        line.inspect(4, has_image=False)
        assert _told(line.send_all()) == [("inspection", 4)], "told when it comes after all"
        assert line.send_all() == []


def test_a_part_that_was_only_just_inspected_is_not_told_yet(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.ledger.record(replace(inspection(1), inspected_at_ms=_now_ms())).result()
        assert line.send_all() == []


def test_a_part_that_a_crash_left_behind_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, has_image=False)
        line.ledger.issue(2)
    with outgoing_line(tmp_path) as again:
        assert again.ledger.crashed == (2,)
        assert _told(again.send_all()) == [("inspection", 1)], "the other one has only just been recorded"
        monkeypatch.setattr(history_cut, "SETTLE_MS", 0)
        (event,) = again.send_all()
        assert (event["data"]["prediction"]["verdict"], event["data"]["prediction"]["reason"]) == ("NO_RESULT", "crash")


# Trouble


def test_what_the_store_refuses_is_set_aside_and_comes_back(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        for part_id in (1, 2):
            line.inspect(part_id, 0.9)
            line.decide(part_id, FALSE_REJECT)
            line.outbox.quarantine(line.next_records().number, "the store says no")
        line.send_all()
        backlog = line.outbox.backlog()
        assert (backlog.quarantined, backlog.records) == (2, 2)
        assert line.outbox.release() == 2
        assert [event["data"]["seq"] for event in line.send_all("station.decision")] == [1, 2]
        assert line.outbox.backlog().quarantined == 0
        line.outbox.quarantine(1, "too late")
        assert verify(tmp_path) == ()


def test_a_record_that_cannot_be_read_stays_and_holds_up_nothing(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        for part_id in (1, 2):
            line.inspect(part_id, 0.9)
            line.decide(part_id, FALSE_REJECT)
        with closing(open_writer(tmp_path / DATABASE)) as other:
            other.execute("DROP TRIGGER inspections_no_update")
            other.execute("UPDATE inspections SET body = '{' WHERE part_id = 1")
        assert _told(line.send_all()) == [("decision", 2), ("inspection", 2)]
        assert line.outbox.backlog().records == 1


def test_a_whole_batch_that_cannot_be_read_holds_up_no_part_behind_it(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, replace(AT_ONCE, parts=2)) as line:
        for part_id in range(1, 8):
            line.inspect(part_id, has_image=False)
        with closing(open_writer(tmp_path / DATABASE)) as other:
            other.execute("DROP TRIGGER inspections_no_update")
            other.execute("UPDATE inspections SET body = '{' WHERE part_id <= 4")
        assert _told(line.send_all()) == [("inspection", part_id) for part_id in (5, 6, 7)]
        line.inspect(8, has_image=False)
        assert _told(line.send_all()) == [("inspection", 8)]


def test_the_backlog_says_what_waits_and_what_went(tmp_path: Path) -> None:
    before = _now_ms()
    with outgoing_line(tmp_path, replace(AT_ONCE, history_ms=10**14)) as line:
        nothing = line.outbox.backlog()
        assert (nothing.records, nothing.bytes, nothing.oldest_ms, nothing.last_receipt_ms) == (0, 0, None, None)
        line.inspect(1, 0.9)
        line.decide(1, FALSE_REJECT)
        line.inspect(2, NEAR)
        waiting = line.outbox.backlog()
        assert (waiting.records, waiting.quarantined, waiting.sent_today_bytes) == (2, 0, 0)
        assert waiting.oldest_ms is not None and before <= waiting.oldest_ms <= _now_ms()
        batch = line.outbox.next_batch(None)
        assert batch is not None
        images = sum(blob.size for blob in batch.blobs)
        cut = line.outbox.backlog()
        assert (cut.records, cut.bytes, cut.oldest_ms) == (2, batch.size + images, waiting.oldest_ms)
        assert waiting.bytes == images
        line.deliver(batch)
        sent = line.outbox.backlog()
        assert (sent.records, sent.bytes, sent.sent_today_bytes) == (0, 0, batch.size + images)
        assert sent.last_receipt_ms is not None and before <= sent.last_receipt_ms <= _now_ms()


def test_a_store_that_is_set_up_later_gets_the_past(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, 0.9)
        line.decide(1, FALSE_REJECT)
    with closing(open_writer(tmp_path / DATABASE)) as other:
        assert other.execute("SELECT count(*) FROM outbox").fetchone()[0] == 1
    with outgoing_line(tmp_path) as line:
        line.ledger.override(Override(1, UNDO, "wang", 5)).result()
        assert _told(line.send_all()) == [("decision", 1), ("decision", 1), ("inspection", 1)]


def test_the_lines_of_a_body_are_lines(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, draws=True) as line:
        for part_id in range(1, 5):
            line.inspect(part_id)
        batch = line.outbox.next_batch(None)
        assert batch is not None and len(lines_of(batch.body_path)) == batch.records == 4
