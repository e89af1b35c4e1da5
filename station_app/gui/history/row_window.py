"""The rows of the history that are in memory: a window of bounded size over a list that may have millions. Pure.

The list runs from the newest part at the top to the oldest. What is read at one end pushes rows out at the other.
"""

from dataclasses import dataclass

from station_app.core.history import HistoryRow

PAGE_ROWS = 100
MOST_ROWS = 500
AHEAD_ROWS = 60
"""So many rows before an end comes into sight, more are asked for."""


@dataclass(frozen=True, slots=True)
class RowWindow:
    """`rows` from newer to older, without gaps in the filter's list. `has_newer` and `has_older`: whether there may be
    more at that end."""

    rows: tuple[HistoryRow, ...] = ()
    has_newer: bool = False
    has_older: bool = False

    @property
    def newest_id(self) -> int:
        """The part at the top, 0 where there is none."""
        return self.rows[0].part_id if self.rows else 0

    def with_older(self, read: tuple[HistoryRow, ...], *, is_end: bool) -> "RowWindow":
        """Rows that follow at the bottom; those that are too many go at the top."""
        rows = (*self.rows, *read)
        kept = rows[-MOST_ROWS:]
        return RowWindow(kept, self.has_newer or len(kept) < len(rows), not is_end)

    def with_newer(self, read: tuple[HistoryRow, ...], *, is_end: bool) -> "RowWindow":
        """Rows that come before the top; those that are too many go at the bottom."""
        rows = (*read, *self.rows)
        kept = rows[:MOST_ROWS]
        return RowWindow(kept, not is_end, self.has_older or len(kept) < len(rows))

    def with_row(self, row: HistoryRow) -> "RowWindow":
        """The part's line as it reads now; nothing else moves."""
        rows = tuple(row if row.part_id == old.part_id else old for old in self.rows)
        return RowWindow(rows, self.has_newer, self.has_older)

    def index_of(self, part_id: int) -> int | None:
        return next((number for number, row in enumerate(self.rows) if row.part_id == part_id), None)

    def needs_older(self, last_seen: int) -> bool:
        """Whether more should be read at the bottom while the row of this number is the last in sight."""
        return self.has_older and len(self.rows) - last_seen <= AHEAD_ROWS

    def needs_newer(self, first_seen: int) -> bool:
        return self.has_newer and first_seen < AHEAD_ROWS


def shift_of(before: RowWindow, after: RowWindow) -> int:
    """By how many rows what stays has moved down from the one window to the other; 0 where nothing stays."""
    for number, row in enumerate(after.rows):
        index = before.index_of(row.part_id)
        if index is not None:
            return number - index
    return 0
