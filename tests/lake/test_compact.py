"""Every line that came is in the lake once, whatever is run how often and wherever it is cut off."""

from pathlib import Path
from typing import Any

import pytest

from station_app.command_line.main import main
from station_app.core.errors import ArrivedError, LakeError
from station_app.lake import compact as compacting
from station_app.lake.compact import compact
from station_app.lake.plans import PLANS, read_plans
from station_app.sync.folder_remote import FolderRemote
from tests.lake.sent import SendingStation

duckdb = pytest.importorskip("duckdb", reason="the extra [lake] is not installed")


@pytest.fixture
def remote(tmp_path: Path) -> FolderRemote:
    folder = tmp_path / "store"
    folder.mkdir()
    return FolderRemote(folder)


def told(remote: FolderRemote, query: str) -> list[tuple[Any, ...]]:
    """An answer about all files that lie in the lake, as anybody would read them."""
    files = f"read_parquet('{remote.where}/v1/lake/history/plant=*/**/*.parquet', hive_partitioning = true)"
    return list(duckdb.sql(query.replace("lake", files)).fetchall())


def silent(_: str) -> None:
    """Nobody listens."""


def test_what_came_is_there_typed_and_in_order(remote: FolderRemote) -> None:
    station = SendingStation(remote)
    station.send("history", station.inspections(3))
    station.send("history", station.inspections(2, first=4, verdict="NO_RESULT"))
    station.send("captures", [station.decision(1, 1, "false_reject")])
    made = compact(remote, silent)
    assert (made.parts, made.lines, made.gaps) == (1, 5, ())
    rows = told(remote, "SELECT plant, date::VARCHAR, station, part_id, verdict, reason, scores, models FROM lake")
    assert [row[3] for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0][:3] == ("p1", "2026-11-24", "s1") and rows[0][6:] == ({"scratch": 0.001}, ["cd" * 32])
    assert rows[4][4:6] == ("NO_RESULT", "late")
    (moment,) = told(remote, "SELECT typeof(inspected_at), min(inspected_at)::VARCHAR FROM lake GROUP BY 1")
    assert moment == ("TIMESTAMP", "2026-11-24 07:00:01.123")


def test_a_second_run_adds_what_has_come_since_and_nothing_else(remote: FolderRemote) -> None:
    one, other = SendingStation(remote), SendingStation(remote, station="s2")
    one.send("history", one.inspections(3))
    compact(remote, silent)
    assert compact(remote, silent).parts == 0
    one.send("history", one.inspections(3, first=4))
    other.send("history", other.inspections(2), date="2026-11-25")
    assert compact(remote, silent).parts == 2
    assert told(remote, "SELECT station, count(*), count(DISTINCT seq) FROM lake GROUP BY 1 ORDER BY 1") == [
        ("s1", 6, 6),
        ("s2", 2, 2),
    ]


def test_a_run_that_is_cut_off_is_finished_by_the_next(remote: FolderRemote, monkeypatch: pytest.MonkeyPatch) -> None:
    station = SendingStation(remote)
    station.send("history", station.inspections(3))

    def cut_off(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(compacting, "write_parquet", cut_off)
        compact(remote, silent)
    station.send("history", station.inspections(3, first=4))
    assert compact(remote, silent).parts == 2
    assert told(remote, "SELECT count(*), count(DISTINCT seq) FROM lake") == [(6, 6)]


def test_two_runs_at_once_count_nothing_twice(remote: FolderRemote, monkeypatch: pytest.MonkeyPatch) -> None:
    station = SendingStation(remote)
    station.send("history", station.inspections(3))
    read = read_plans

    def overtaken(remote: FolderRemote) -> object:
        monkeypatch.setattr(compacting, "read_plans", read)
        plans = read(remote)
        compact(remote, silent)
        station.send("history", station.inspections(1, first=4))
        return plans

    monkeypatch.setattr(compacting, "read_plans", overtaken)
    with pytest.raises(LakeError, match="another run"):
        compact(remote, silent)
    compact(remote, silent)
    assert told(remote, "SELECT count(*), count(DISTINCT seq) FROM lake") == [(4, 4)]


def test_numbers_that_have_not_come_are_told(remote: FolderRemote) -> None:
    station = SendingStation(remote)
    station.send("history", station.inspections(3))
    station.counts["history"] = 7
    station.send("history", station.inspections(1, first=8))
    other = SendingStation(remote, series="6743a1ef09bd", counts={"history": 2})
    other.send("history", other.inspections(1, first=3))
    assert compact(remote, silent).gaps == (
        f"{station.source}: numbers 4 to 7 have not come",
        f"{other.source}: numbers 1 to 2 have not come",
    )


def test_a_copied_station_is_told_and_nothing_is_written(remote: FolderRemote) -> None:
    for verdict in ("PASS", "FAIL"):
        station = SendingStation(remote)
        station.send("history", station.inspections(3, verdict=verdict))
    with pytest.raises(ArrivedError, match="it was copied"):
        compact(remote, silent)
    assert not remote.names("v1/lake/")


@pytest.mark.parametrize("fault", ["bytes", "source", "kind", "number", "json"])
def test_a_batch_that_is_not_what_it_says_is_refused(remote: FolderRemote, fault: str) -> None:
    station = SendingStation(remote)
    (event,) = station.inspections(1)
    if fault == "source":
        event["source"] = "/plants/p1/stations/s2/series/6743a1ef09bc"
    if fault == "kind":
        event["type"] = "station.inspection.v2"
    if fault == "number":
        event["data"]["seq"] = 5
    if fault == "json":
        event["data"]["part"] = "none"
    key = station.send("history", [event])
    if fault == "bytes":
        (Path(remote.where) / key).write_bytes(b"something else")
    with pytest.raises((ArrivedError, LakeError)) as refused:
        compact(remote, silent)
    assert key in refused.value.where
    assert not [name for name in remote.names("v1/lake/") if name.endswith("parquet")]


def test_a_damaged_plan_stops_everything(remote: FolderRemote) -> None:
    remote.create(f"{PLANS}00000001.json", b"{}")
    with pytest.raises(LakeError, match="a plan of the lake is damaged"):
        compact(remote, silent)


def test_a_stray_file_among_the_batches_is_named(remote: FolderRemote) -> None:
    remote.create("v1/plant=p1/station=s1/history/date=2026-11-24/readme.txt", b"")
    with pytest.raises(ArrivedError, match="has no batch's name"):
        compact(remote, silent)


def test_a_place_where_nobody_sends_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lake", "compact", f"folder:{tmp_path}"]) == 0
    assert "no station has sent anything here" in capsys.readouterr().out
