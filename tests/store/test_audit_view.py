"""Pages of the audit chain: every row once, newest first, and what the filter lets through."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.audit_view import AuditFilter, AuditRow, Change
from station_app.store.audit import append, first_broken_row
from station_app.store.audit_view import audit_page, audit_words
from station_app.store.connection import open_reader, open_writer
from station_app.store.schema import prepare_schema

ACTORS, ACTIONS = ("anna", "ben", "王芳"), ("override", "signed_in", "feature_written")
ROWS = 90


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A chain whose clock was set back in the middle of it: times do not rise with the numbers."""
    path = tmp_path_factory.mktemp("audit") / "station.db"
    prepare_schema(path)
    with closing(open_writer(path)) as connection, pytest.MonkeyPatch.context() as patch:
        for number in range(ROWS):
            at_ms = 1_000 + number * 10 - (300 if 40 <= number < 60 else 0)
            patch.setattr("time.time_ns", lambda at_ms=at_ms: at_ms * 1_000_000)
            change = Change(f"{number}", f"{number + 1}", "because") if number % 2 else Change()
            append(connection, ACTORS[number % 3], ACTIONS[number % 5 % 3], f"part {number}", "", change)
    with closing(open_reader(path)) as opened:
        yield opened


def all_rows(reader: sqlite3.Connection, where: AuditFilter, size: int = 7) -> list[AuditRow]:
    rows: list[AuditRow] = []
    before: int | None = None
    while page := audit_page(reader, where, before, size):
        assert len(page) <= size
        rows.extend(page)
        before = page[-1].number
    return rows


def test_paging_shows_every_row_once_newest_first(reader: sqlite3.Connection) -> None:
    assert [row.number for row in all_rows(reader, AuditFilter())] == list(range(ROWS, 0, -1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    who=st.sampled_from(["", *ACTORS, "nobody"]),
    action=st.sampled_from(["", *ACTIONS]),
    subject=st.sampled_from(["", "part", "1", "%"]),
    start=st.none() | st.integers(900, 2_000),
    end=st.none() | st.integers(900, 2_000),
)
def test_a_filter_lets_through_what_it_says(
    reader: sqlite3.Connection, who: str, action: str, subject: str, start: int | None, end: int | None
) -> None:
    where = AuditFilter(who, action, subject, start, end)
    wanted = [
        row.number
        for row in all_rows(reader, AuditFilter())
        if who in ("", row.who)
        and action in ("", row.action)
        and subject in row.subject
        and (start is None or row.at_ms >= start)
        and (end is None or row.at_ms < end)
    ]
    assert [row.number for row in all_rows(reader, where)] == wanted


def test_what_changed_and_why_is_there_and_covered_by_the_chain(reader: sqlite3.Connection) -> None:
    newest = audit_page(reader, AuditFilter(), size=1)[0]
    assert newest.change == Change(f"{ROWS - 1}", f"{ROWS}", "because")
    assert first_broken_row(reader) is None


def test_a_filter_offers_whoever_acted_and_what_was_done(reader: sqlite3.Connection) -> None:
    assert audit_words(reader) == (tuple(sorted(ACTORS)), tuple(sorted(ACTIONS)))
