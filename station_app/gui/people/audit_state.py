"""What the viewer of the audit chain shows: pages by key in both directions, days, marked differences. Pure; no Qt."""

import datetime as dt
import difflib
import re
from dataclasses import dataclass, replace

from station_app.core.audit_view import AuditFilter, AuditHead, AuditRow

PAGE = 50
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


EVERYTHING = AuditFilter()


@dataclass(frozen=True, slots=True)
class AuditBook:
    """The page that is open and the way to it: `before` holds the number that each page begins behind, the last is that
    of the page itself. `rows` is None until it was read, `chosen` the number of a row."""

    where: AuditFilter = EVERYTHING
    before: tuple[int | None, ...] = (None,)
    rows: tuple[AuditRow, ...] | None = None
    has_older: bool = False
    chosen: int | None = None
    head: AuditHead | None = None

    @property
    def has_newer(self) -> bool:
        return len(self.before) > 1

    @property
    def row(self) -> AuditRow | None:
        """The chosen row, where it is on this page."""
        return next((row for row in self.rows or () if row.number == self.chosen), None)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What the records said: one row more than a page where there are older ones, and the newest signed head."""

    rows: tuple[AuditRow, ...]
    head: AuditHead | None


def filtered(book: AuditBook, where: AuditFilter) -> AuditBook:
    """The newest page of what another filter lets through."""
    return AuditBook(where=where, head=book.head)


def older(book: AuditBook) -> AuditBook:
    """The page behind the last row of this one."""
    if not book.has_older or not book.rows:
        return book
    return replace(book, before=(*book.before, book.rows[-1].number), rows=None, has_older=False, chosen=None)


def newer(book: AuditBook) -> AuditBook:
    """The page that this one was reached from; it holds the same rows as it did then."""
    if not book.has_newer:
        return book
    return replace(book, before=book.before[:-1], rows=None, has_older=False, chosen=None)


def choosing(book: AuditBook, number: int) -> AuditBook:
    """A row is looked at in full."""
    return replace(book, chosen=number)


def with_page(book: AuditBook, page: AuditPage) -> AuditBook:
    return replace(book, rows=page.rows[:PAGE], has_older=len(page.rows) > PAGE, head=page.head)


def day_starts(text: str) -> int | None:
    """The begin of a day in this place's time, in UTC milliseconds; None for an empty text.

    Raises ValueError where it is no day written as 2026-01-31.
    """
    if not text.strip():
        return None
    day = dt.datetime.strptime(text.strip(), "%Y-%m-%d")  # noqa: DTZ007 - a day of this place
    return round(day.timestamp() * 1000)


def day_ends(text: str) -> int | None:
    """The begin of the day after: days have 23 to 25 hours where clocks are put forward and back."""
    if day_starts(text) is None:
        return None
    following = dt.date.fromisoformat(text.strip()) + dt.timedelta(days=1)
    return day_starts(following.isoformat())


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether the other side says something else there."""

    text: str
    is_changed: bool


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut at the words in which they differ. Where one is empty there is nothing to compare with."""
    if not before or not after:
        return _plain(before), _plain(after)
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    ours: list[Piece] = []
    theirs: list[Piece] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        ours.append(Piece("".join(left[i1:i2]), tag != "equal"))
        theirs.append(Piece("".join(right[j1:j2]), tag != "equal"))
    return tuple(piece for piece in ours if piece.text), tuple(piece for piece in theirs if piece.text)


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece(text, is_changed=False),) if text else ()
