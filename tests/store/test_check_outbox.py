"""What is wrong with the outbox is named, and what can be mended at the start is."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from station_app.core.inspection import Disposition
from station_app.store import outbox
from station_app.store.connection import open_writer
from station_app.store.image_rows import choose_to_shed, mark_shed
from station_app.store.ledger import DATABASE, IMAGES
from station_app.store.spool import FOLDER, Body, pack
from station_app.store.verification import verify
from tests.store.outgoing_line import NEAR, NEAR_PASS, events_of, outgoing_line

PROTECTED = {
    "outbox": ("DELETE FROM outbox WHERE id = 1", "UPDATE outbox SET part_id = 2"),
    "batches": ("DELETE FROM batches", "UPDATE batches SET last = 9"),
    "cut_records": ("DELETE FROM cut_records", "UPDATE cut_records SET seq = 9"),
    "batch_blobs": ("DELETE FROM batch_blobs", "UPDATE batch_blobs SET key = 'x'"),
    "receipts": ("DELETE FROM receipts", "UPDATE receipts SET receipt = 'x'"),
    "series": ("DELETE FROM series", "UPDATE series SET plant = 'x'"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outbox")
    with outgoing_line(folder) as line:
        for part_id in (1, 2, 3):
            line.inspect(part_id, 0.9)
            line.decide(part_id, Disposition.FALSE_REJECT)
            line.send()
        line.inspect(4, NEAR)
        line.next_records()
        line.inspect(5, NEAR)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Batches that were sent, one that waits, one record that waits to be cut."""
    return shutil.copytree(made, tmp_path / "data")


def _change(folder: Path, *statements: str) -> None:
    with closing(open_writer(folder / DATABASE)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def test_a_sound_outbox_has_no_problem(folder: Path) -> None:
    assert verify(folder) == ()


@pytest.mark.parametrize("table", PROTECTED)
def test_what_was_written_down_is_never_changed(folder: Path, table: str) -> None:
    with closing(open_writer(folder / DATABASE)) as connection:
        for statement in PROTECTED[table]:
            with pytest.raises(Exception, match=f"{table} is append-only"):
                connection.execute(statement)


HARMS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a record untold": (
        ("DELETE FROM outbox WHERE id = 5", "DELETE FROM outbox_waiting"),
        "never leave",
        "part 5, near",
    ),
    "a record forgotten": (("DELETE FROM outbox_waiting",), "neither waits to leave nor was cut", "row 5"),
    "a record sent again": (("INSERT INTO outbox_waiting VALUES (0, 1)",), "is sent twice", "row 1"),
    "something invented": (("INSERT INTO outbox_waiting VALUES (0, 99)",), "that is no record", "row 99"),
    "a batch lost": (("DELETE FROM batches WHERE number = 1",), "no batch before this one", "batch 2"),
    "a batch forgotten": (("DELETE FROM batches_waiting",), "neither waits nor was sent", "batch 5"),
    "a batch sent again": (
        ("INSERT INTO batches_waiting VALUES (1, 'waiting', 0, '')",),
        "was sent still waits",
        "batch 1",
    ),
    "a number left out": (
        ("UPDATE batches SET first = first + 1 WHERE number = 3",),
        "does not follow on",
        "batch 3",
    ),
    "a chain broken": (("UPDATE batches SET prev = 'x' WHERE number = 3",), "does not follow on", "batch 3"),
    "a line invented": (("UPDATE batches SET last_line = 'x' WHERE number = 5",), "lines of a batch do not", ".gz"),
    "a record lost from its batch": (("UPDATE cut_records SET seq = 9 WHERE batch = 3",), "that it counts", "batch 3"),
}


@pytest.mark.parametrize("name", HARMS)
def test_what_was_changed_is_named(folder: Path, name: str) -> None:
    statements, what, where = HARMS[name]
    _change(folder, *statements)
    told = [(problem.what, problem.where) for problem in verify(folder)]
    assert any(what in words and where in place for words, place in told), told


def _body(folder: Path) -> Path:
    (body,) = (folder / FOLDER).glob("*.jsonl.gz")
    return body


@pytest.mark.parametrize("harm", ["gone", "damaged", "empty"])
def test_a_body_that_is_gone_or_damaged_is_named_and_made_again(folder: Path, harm: str) -> None:
    body = _body(folder)
    whole = body.read_bytes()
    if harm == "gone":
        body.unlink()
    else:
        body.write_bytes(b"" if harm == "empty" else whole[:-9] + bytes(9))
    assert [problem.what for problem in verify(folder)] == ["a batch that waits is gone or damaged"]
    with outgoing_line(folder) as line:
        assert body.read_bytes() == whole
        batch = line.outbox.next_batch(None)
        assert batch is not None and batch.body_path == body
    assert verify(folder) == ()


def test_a_body_that_cannot_be_made_again_is_set_aside(folder: Path) -> None:
    _body(folder).unlink()
    _change(folder, "UPDATE inspections SET serial = 'SN9' WHERE part_id IN (3, 4)")
    with outgoing_line(folder) as line:
        assert line.outbox.backlog().quarantined == 1
        batch = line.outbox.next_batch(None)
        assert batch is None or batch.number > 4


def test_a_body_of_the_history_is_made_again(folder: Path) -> None:
    with outgoing_line(folder) as line:
        line.send()
        line.send()
        for part_id in range(6, 20):
            line.inspect(part_id)
        batch = line.outbox.next_batch(None)
        while batch is not None and batch.records < 10:
            line.deliver(batch)
            batch = line.outbox.next_batch(None)
        assert batch is not None
        whole, events = batch.body_path.read_bytes(), events_of(batch)
    assert {event["type"] for event in events} == {"station.inspection.v1"}
    batch.body_path.unlink()
    with outgoing_line(folder):
        assert batch.body_path.read_bytes() == whole


def test_a_file_that_no_batch_names_is_named_and_swept(folder: Path) -> None:
    stray = folder / FOLDER / "000000000009-0123456789abcdef.jsonl.gz"
    stray.write_bytes(b"x")
    assert [(p.what, p.where) for p in verify(folder)] == [("a file of the outbox that no batch names", str(stray))]
    with outgoing_line(folder):
        assert not stray.exists()


def test_an_image_that_a_batch_names_is_missed(folder: Path) -> None:
    with outgoing_line(folder) as line:
        line.deliver(line.next_records())
        batch = line.next_records()
    batch.blobs[0].path.unlink()
    assert "an image that a batch names is gone or damaged" in {problem.what for problem in verify(folder)}


# What space may be made of


def test_images_that_wait_to_leave_are_shed_last_and_never_those_that_a_batch_names(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        for part_id in (1, 2):
            line.inspect(part_id, NEAR_PASS)
        batch = line.outbox.next_batch(None)
        assert batch is not None and len(batch.blobs) == 2
        line.inspect(3, NEAR_PASS)
        line.inspect(4, 0.1)
        assert _shed(tmp_path) == [4], "what nobody waits for goes first"
        assert _shed(tmp_path) == [3], "then what waits"
        assert _shed(tmp_path) == [], "what a batch names stays"
        line.deliver(batch)
        assert _shed(tmp_path) == [1, 2], "until it was sent"
        assert [event["data"]["images"] for event in line.send_all("station.capture")] == [[]]
    assert verify(tmp_path) == ()


def test_an_image_that_a_batch_came_to_name_after_it_was_chosen_stays(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, NEAR_PASS)
        with closing(open_writer(tmp_path / DATABASE)) as connection:
            chosen = choose_to_shed(connection)
            assert len(chosen) == 1
            assert line.outbox.next_batch(None) is not None
            assert mark_shed(connection, chosen) == ()


def test_an_image_that_goes_while_a_batch_is_drafted_is_in_no_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pack_late(lines: tuple[bytes, ...]) -> Body:
        monkeypatch.setattr(outbox, "pack", pack)
        assert _shed(tmp_path) == [1]
        return pack(lines)

    with outgoing_line(tmp_path) as line:
        line.inspect(1, NEAR_PASS)
        monkeypatch.setattr(outbox, "pack", pack_late)
        batch = line.outbox.next_batch(None)
        assert batch is not None and batch.blobs == ()
        assert events_of(batch)[0]["data"]["images"] == []
    assert verify(tmp_path) == ()


def test_where_nothing_is_sent_the_oldest_images_go_first(tmp_path: Path) -> None:
    with outgoing_line(tmp_path) as line:
        line.inspect(1, NEAR_PASS)
        line.inspect(2, 0.1)
    _change(tmp_path, "DELETE FROM series")
    assert _shed(tmp_path) == [1, 2]


def _shed(folder: Path) -> list[int]:
    """Make room as the ledger does; the parts whose images went."""
    with closing(open_writer(folder / DATABASE)) as connection:
        gone = mark_shed(connection, choose_to_shed(connection))
    for image in gone:
        (folder / IMAGES / image.path).unlink()
    return [image.part_id for image in gone]
