"""No number is ever used for two things: what cannot be gone on with is begun anew, under another name."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import Disposition
from station_app.core.outgoing import Sender
from station_app.store import history_cut
from station_app.store.backup import back_up, set_aside_and_restore
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE
from station_app.store.plant_key import KEY, open_plant_key
from station_app.store.series import MARK
from station_app.store.verification import verify
from tests.store.outgoing_line import AT_ONCE, OutgoingLine, events_of, outgoing_line

FALSE_REJECT = Disposition.FALSE_REJECT


def _decide(line: OutgoingLine, part_id: int) -> None:
    line.ledger.issue(part_id)
    line.inspect(part_id, 0.9)
    line.decide(part_id, FALSE_REJECT)


def _source(events: list[dict[str, Any]]) -> str:
    (source,) = {event["source"] for event in events}
    return str(source)


def _series(folder: Path) -> list[tuple[str, str]]:
    with closing(open_reader(folder / DATABASE)) as reader:
        return [tuple(row) for row in reader.execute("SELECT name, why FROM series ORDER BY id")]


def test_a_start_goes_on_with_the_series(tmp_path: Path) -> None:
    sources = set()
    for part_id in (1, 2, 3):
        with outgoing_line(tmp_path) as line:
            _decide(line, part_id)
            events = line.send_all("station.decision")
            sources.add(_source(events))
            assert [event["data"]["seq"] for event in events] == [part_id]
    assert len(sources) == 1
    assert [why for _, why in _series(tmp_path)] == ["first"]


def test_a_restored_station_uses_no_number_again_and_shows_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with outgoing_line(tmp_path) as line:
        _decide(line, 1)
        before = line.send_all()
    back_up(tmp_path / DATABASE)
    with outgoing_line(tmp_path) as line:
        _decide(line, 2)
        lost = line.send_all()
    set_aside_and_restore(tmp_path / DATABASE)
    monkeypatch.setattr(history_cut, "SETTLE_MS", 0)
    with outgoing_line(tmp_path) as line:
        _decide(line, 3)
        after = line.send_all()
    assert _source(before) == _source(lost) != _source(after)
    assert [event["data"]["seq"] for event in after if "decision" in event["type"]] == [1]
    assert {event["subject"].rsplit("/", 1)[0] for event in (*before, *lost, *after)} == {
        before[0]["subject"].rsplit("/", 1)[0]
    }, "parts are called as before"
    told = {e["data"]["part"]["id"]: e["data"]["prediction"]["verdict"] for e in after if "inspection" in e["type"]}
    assert told == {2: "NO_RESULT", 3: "FAIL"}, "of part 2 this database knows nothing more"
    identities = [(event["source"], event["id"]) for event in (*before, *lost, *after)]
    assert len(set(identities)) == len(identities)
    names = _series(tmp_path)
    assert [why for _, why in names] == ["first", "older database restored"]
    assert names == sorted(names)
    assert [problem.what for problem in verify(tmp_path)] == ["an image that no record names"], "that of part 2"
    with outgoing_line(tmp_path):
        pass
    assert _series(tmp_path) == names, "once is enough"


def test_a_second_restore_of_the_same_backup_is_told_from_the_first(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        _decide(line, 1)
        line.send_all()
    back_up(tmp_path / DATABASE)
    sources = set()
    for part_id in (2, 3, 4):
        with outgoing_line(tmp_path) as line:
            _decide(line, part_id)
            sources.add(_source(line.send_all()))
        set_aside_and_restore(tmp_path / DATABASE)
    assert len(sources) == 3


def test_a_database_begun_anew_begins_a_series_and_calls_its_parts_otherwise(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        _decide(line, 1)
        before = line.send_all()
    (tmp_path / DATABASE).write_bytes(b"broken" * 999)
    assert set_aside_and_restore(tmp_path / DATABASE).backup is None
    with outgoing_line(tmp_path) as line:
        _decide(line, 2)
        after = line.send_all()
    assert _source(before) != _source(after)
    assert before[0]["subject"].rsplit("/", 1)[0] != after[0]["subject"].rsplit("/", 1)[0]
    assert [why for _, why in _series(tmp_path)] == ["database begun anew"]


def test_another_name_begins_a_series_and_brings_the_images_along(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        _decide(line, 1)
        line.send_all()
        waiting = _decide_and_cut(line, 2)
    with outgoing_line(tmp_path, sender=Sender("p1", "s2")) as line:
        first = line.outbox.next_batch(None)
        assert first is not None and first == waiting, "what was cut stays what it is"
        line.deliver(first)
        line.decide(1, Disposition.UNDO)
        batch = line.next_records()
        assert batch.key.startswith("v1/plant=p1/station=s2/captures/")
        assert [blob.key.split("/blobs")[0] for blob in batch.blobs] == ["v1/plant=p1/station=s2"]
        (event,) = events_of(batch)
        assert (event["id"], event["data"]["seq"]) == ("s2:captures:000000000001", 1)
    assert [why for _, why in _series(tmp_path)] == ["first", "another name"]


def _decide_and_cut(line: OutgoingLine, part_id: int) -> Any:
    _decide(line, part_id)
    batch = line.outbox.next_batch(None)
    assert batch is not None
    return batch


def test_a_batch_that_nobody_took_does_not_count_as_used(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        _decide(line, 1)
        batch = _decide_and_cut(line, 2)
    (tmp_path / MARK).write_text('{"series": "' + batch.key.split("s1-")[1][:12] + '", "number": 0}')
    with outgoing_line(tmp_path) as line:
        assert line.outbox.next_batch(None) == batch
    assert [why for _, why in _series(tmp_path)] == ["first"]


@pytest.mark.parametrize("mark", ["", "{", "null", '{"series": 1}', '{"series": "x", "number": "many"}'])
def test_a_mark_that_is_not_whole_is_made_again(tmp_path: Path, mark: str) -> None:
    with outgoing_line(tmp_path) as line:
        _decide(line, 1)
        line.send_all()
    whole = (tmp_path / MARK).read_bytes()
    (tmp_path / MARK).write_text(mark)
    with outgoing_line(tmp_path):
        assert (tmp_path / MARK).read_bytes() == whole
    assert [why for _, why in _series(tmp_path)] == ["first"]


def test_the_plants_key_takes_the_place_of_the_stations(tmp_path: Path) -> None:
    own = open_plant_key(tmp_path).pseudonym("wang")
    assert open_plant_key(tmp_path).pseudonym("wang") == own
    (tmp_path / KEY).write_text("ab" * 32 + "\n")
    plants = open_plant_key(tmp_path).pseudonym("wang")
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    shutil.copy(tmp_path / KEY, elsewhere / KEY)
    assert own != plants == open_plant_key(elsewhere).pseudonym("wang")


@pytest.mark.parametrize("body", [b"", b"ab", b"\xff" * 64, b"zz" * 32])
def test_a_damaged_key_is_never_replaced_in_silence(tmp_path: Path, body: bytes) -> None:
    (tmp_path / KEY).write_bytes(body)
    with pytest.raises(StorageError, match="plant's key is damaged"):
        open_plant_key(tmp_path)
    assert (tmp_path / KEY).read_bytes() == body


def test_the_key_is_for_the_stations_user_alone(tmp_path: Path) -> None:
    open_plant_key(tmp_path)
    assert (tmp_path / KEY).stat().st_mode & 0o077 == 0


def test_a_series_is_cut_in_numbers_of_its_own(tmp_path: Path) -> None:
    with outgoing_line(tmp_path, AT_ONCE) as line:
        for part_id in (1, 2, 3):
            _decide(line, part_id)
        events = line.send_all()
    streams = [event["id"].rsplit(":", 1)[0] for event in events]
    assert streams == ["s1:captures"] * 3 + ["s1:history"] * 3
    assert [event["data"]["seq"] for event in events] == [1, 2, 3, 1, 2, 3]
