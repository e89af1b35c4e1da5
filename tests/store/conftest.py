"""An empty database in memory for whoever writes rows without a ledger."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from station_app.store.connection import open_writer
from station_app.store.schema import prepare_schema


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "station.db"
    prepare_schema(path)
    with closing(open_writer(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return path


@pytest.fixture
def connection(empty: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the empty database in memory, as a screen would read it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy, closing(sqlite3.connect(empty)) as source:
        source.backup(copy)
        copy.execute("PRAGMA foreign_keys=ON")
        copy.row_factory = sqlite3.Row
        yield copy
