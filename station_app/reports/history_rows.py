"""The rows of a selection, oldest first, page by page: an export never holds them all, nor the database for long."""

from collections.abc import Iterator
from functools import partial

from station_app.core.history import HistoryFilter, HistoryRow
from station_app.reports.records import Archive
from station_app.store.history import page_after

_PAGE = 500


def history_rows(archive: Archive, where: HistoryFilter) -> Iterator[HistoryRow]:
    """Every part of the selection that is recorded when its turn comes. StorageError where a record is damaged."""
    after = 0
    while rows := archive.read(partial(page_after, where=where, after=after, size=_PAGE)):
        yield from reversed(rows)
        after = rows[0].part_id
