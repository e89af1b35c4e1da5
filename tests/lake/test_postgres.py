"""The loader against a real PostgreSQL: every line once, whole batches, the standing decision, months as partitions."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station_app.core.errors import ArrivedError, LakeError
from station_app.lake import postgres as loading
from station_app.lake.postgres import load
from station_app.lake.postgres_tables import month_of, partition
from station_app.sync.folder_remote import FolderRemote
from tests.lake import postgres
from tests.lake.sent import SendingStation
from tests.lake.test_compact import remote, silent  # noqa: F401 - a fixture

psycopg = pytest.importorskip("psycopg", reason="the extra [lake] is not installed")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    folder = postgres.programs()
    if folder is None:
        pytest.skip(f"no PostgreSQL server: install it, or name its folder in {postgres.PROGRAMS_VARIABLE}")
    with postgres.running(folder) as address:
        yield address


@pytest.fixture
def address(server: str) -> str:
    """An empty database."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS plant")
        connection.execute("CREATE DATABASE plant")
    return server.replace("dbname=postgres", "dbname=plant")


def told(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return list(connection.execute(query).fetchall())


def test_every_line_is_there_once_however_often_it_is_loaded(remote: FolderRemote, address: str) -> None:  # noqa: F811
    station = SendingStation(remote)
    station.send("history", [*station.inspections(3), *station.inspections(2, first=4, verdict="NO_RESULT")])
    station.send("captures", [station.decision(1, 1, "false_reject")])
    assert (load(remote, address).lines, load(remote, address).batches) == (6, 0)
    with psycopg.connect(address) as connection:
        connection.execute("DELETE FROM loaded_batches")
    again = load(remote, address)
    assert (again.batches, again.lines) == (2, 0)
    assert told(address, "SELECT count(*), count(DISTINCT seq), min(inspected_at)::text FROM inspections") == [
        (5, 5, "2026-11-24 07:00:01.123+00")
    ]
    assert told(address, "SELECT triggers, judged, rejected, no_result FROM station_hours") == [(5, 3, 0, 2)]
    assert told(address, "SELECT data ->> 'note' FROM records") == [("null byte �",)]


def test_a_load_that_is_cut_off_leaves_whole_batches(
    remote: FolderRemote,  # noqa: F811
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    station = SendingStation(remote)
    for first in (1, 11, 21):
        station.send("history", station.inspections(10, first=first))
    row, rows = loading._inspection_row, []

    def cut_off(*of: Any) -> Any:
        rows.append(of)
        if len(rows) == 15:
            raise KeyboardInterrupt
        return row(*of)

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(loading, "_inspection_row", cut_off)
        load(remote, address)
    assert told(address, "SELECT count(*) FROM inspections") == [(10,)]
    assert load(remote, address).lines == 20


def test_the_decision_that_stands_is_the_last_that_nobody_took_back(remote: FolderRemote, address: str) -> None:  # noqa: F811
    station = SendingStation(remote)
    station.send(
        "captures",
        [
            station.decision(1, 1, "false_reject"),
            station.decision(2, 2, "false_reject"),
            station.decision(2, 3, "undo", undoes=2),
            station.decision(3, 4, "unsure"),
            station.decision(3, 5, "missed_defect"),
        ],
    )
    load(remote, address)
    stands = told(address, "SELECT subject, disposition FROM standing_decisions ORDER BY subject")
    assert [(subject.rpartition("/")[2], what) for subject, what in stands] == [
        ("1", "false_reject"),
        ("3", "missed_defect"),
    ]


@pytest.mark.parametrize("fault", ["time", "line", "prefix", "no data", "no source"])
def test_a_batch_that_lies_is_refused_and_leaves_nothing(remote: FolderRemote, address: str, fault: str) -> None:  # noqa: F811
    station = SendingStation(remote)
    events = station.inspections(2)
    if fault == "time":
        events[1]["data"]["part"]["inspected_at"] = "yesterday"
    if fault == "line":
        del events[1]["data"]["prediction"]
    if fault == "no source":
        del events[1]["source"]
    lines = ["[1]", "[2]"] if fault == "no data" else None
    key = station.send("history", events) if lines is None else station.send_lines("history", lines)
    if fault == "prefix":
        shutil.move(Path(remote.where) / key, Path(remote.where) / key.replace("/s1-", "/s2-"))
        key = key.replace("/s1-", "/s2-")
    with pytest.raises((ArrivedError, LakeError)) as refused:
        load(remote, address)
    assert key in refused.value.where
    assert told(address, "SELECT count(*) FROM inspections") == [(0,)]


def test_a_server_that_is_not_there_is_told_without_its_password(remote: FolderRemote) -> None:  # noqa: F811
    with pytest.raises(LakeError, match="PostgreSQL refuses") as refused:
        load(remote, "host=/nowhere password=secret")
    assert "secret" not in str(refused.value)


def test_months_follow_one_another_over_the_year() -> None:
    assert month_of("2026-12-31T23:59:59.999Z") == "2026-12"
    assert "FROM ('2026-12-01 00:00+00') TO ('2027-01-01 00:00+00')" in partition("2026-12")
    for wrong in ("2026-13-01T00:00:00Z", "2026-11-24T07:00:00+01:00", "x"):
        with pytest.raises(ValueError):
            month_of(wrong)
