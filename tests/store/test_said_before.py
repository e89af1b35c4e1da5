"""What was said at the line about a part: the thresholds of its very revision, and the decision that stands."""

import sqlite3
from dataclasses import replace

import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import Box, Disposition, Override
from station_app.store.inspections import register_recipe
from station_app.store.overrides import record_override
from station_app.store.said_before import standing_override, thresholds_of
from tests.store.records import RECIPE
from tests.store.reviewed_line import ReviewedLine

SAID = Override(1, Disposition.FALSE_REJECT, "王芳", 5, "dust", "scratch", (Box(1, 2, 3, 4),), None, 900, "top")
UNDO = Override(1, Disposition.UNDO, "王芳", 6)


def test_thresholds_are_those_of_the_recipe_that_judged(connection: sqlite3.Connection) -> None:
    ReviewedLine(connection)
    assert thresholds_of(connection, RECIPE.sha256) == RECIPE.thresholds
    assert thresholds_of(connection, "ef" * 32) == ()


def test_a_recipe_without_its_text_has_no_thresholds(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO recipes (sha256, name, revision) VALUES ('ab', 'old', 1)")
    assert thresholds_of(connection, "ab") == ()


def test_a_damaged_recipe_is_named(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO recipes (sha256, name, revision, body) VALUES ('ab', 'old', 1, '{}')")
    with pytest.raises(StorageError, match="damaged"):
        thresholds_of(connection, "ab")


def test_the_decision_that_stands_is_the_latest_that_was_not_taken_back(connection: sqlite3.Connection) -> None:
    ReviewedLine(connection).inspect(1)
    register_recipe(connection, RECIPE)
    assert standing_override(connection, 1) is None
    record_override(connection, SAID)
    assert standing_override(connection, 1) == SAID
    later = replace(SAID, disposition=Disposition.AGREE, decided_at_ms=7, marks=())
    record_override(connection, later)
    assert standing_override(connection, 1) == later
    record_override(connection, UNDO)
    assert standing_override(connection, 1) == SAID
    record_override(connection, UNDO)
    assert standing_override(connection, 1) is None
