"""The queries and the dashboard that are handed out work on what the program writes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from station_app.lake.compact import compact
from station_app.lake.postgres import load
from station_app.sync.folder_remote import FolderRemote
from tests.lake.sent import SendingStation
from tests.lake.test_compact import remote, silent  # noqa: F401 - a fixture
from tests.lake.test_postgres import address, server, told  # noqa: F401 - fixtures

ROOT = Path(__file__).parents[2]
QUERIES = ROOT / "packaging" / "lake" / "queries.sql"
DASHBOARD = ROOT / "packaging" / "grafana" / "stations.json"
_MACROS = {
    r"\$__timeFilter\((\w+)\)": r"\1 BETWEEN '2026-11-01' AND '2026-12-01'",
    r"\$__timeGroupAlias\((\w+), *'?1h'?\)": r"date_trunc('hour', \1) AS time",
    r"\$station": "'s1'",
}


@pytest.fixture
def filled(remote: FolderRemote) -> FolderRemote:  # noqa: F811
    station = SendingStation(remote)
    kinds = [("PASS", 1, 40), ("FAIL", 41, 8), ("NO_RESULT", 49, 2)]
    station.send("history", [e for kind, first, count in kinds for e in station.inspections(count, first, kind)])
    station.send("captures", [station.decision(41, 1, "false_reject")])
    return remote


def test_every_example_query_answers(filled: FolderRemote, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra [lake] is not installed")
    compact(filled, silent)
    monkeypatch.chdir(filled.where)
    view, *questions = duckdb.extract_statements(QUERIES.read_text())
    with duckdb.connect() as engine:
        engine.execute(view)
        answers = [engine.execute(question).fetchall() for question in questions]
    assert len(answers) == 7
    (rates,) = answers[0]
    assert rates[:2] == ("p1", "s1") and rates[3:] == (50, pytest.approx(8 / 48), pytest.approx(0.04))
    assert [len(answer) for answer in answers[1:]] == [1, 1, 1, 1, 1, 0]


def test_every_panel_of_the_dashboard_answers(filled: FolderRemote, address: str) -> None:  # noqa: F811
    load(filled, address)
    queries = [t["rawSql"] for p in _panels() for t in p["targets"] if "rawSql" in t]
    assert len(queries) >= 5
    for query in map(_plain, queries):
        assert "$" not in query
        assert told(address, query), query


def test_the_dashboard_asks_for_metrics_that_a_station_has() -> None:
    from station_app.metrics.metrics import names

    expressions = [target["expr"] for panel in _panels() for target in panel["targets"] if "expr" in target]
    asked = {name for expression in expressions for name in re.findall(r"station_\w+", expression)}
    assert asked and asked <= names()


def _plain(query: str) -> str:
    """With a value in place of each of Grafana's macros and variables."""
    for macro, plain in _MACROS.items():
        query = re.sub(macro, plain, query)
    return query


def _panels() -> list[dict[str, Any]]:
    panels: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    assert all(panel["title"] and panel["targets"] for panel in panels)
    return panels
