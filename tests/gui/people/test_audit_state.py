"""Pages of the audit viewer, its days, and how differences are marked."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.audit_view import AuditFilter, AuditRow, Change
from station_app.gui.people.audit_state import (
    PAGE,
    AuditBook,
    AuditPage,
    Piece,
    choosing,
    day_ends,
    day_starts,
    filtered,
    marked,
    newer,
    older,
    with_page,
)

CHAIN = tuple(AuditRow(n, n, "anna", "override", f"part {n}", "", Change(), "") for n in range(230, 0, -1))


def _read(book: AuditBook) -> AuditBook:
    """As the records answer: one row more than a page."""
    before = book.before[-1]
    rows = tuple(row for row in CHAIN if before is None or row.number < before)[: PAGE + 1]
    return with_page(book, AuditPage(rows, None))


def _numbers(book: AuditBook) -> list[int]:
    return [row.number for row in book.rows or ()]


def test_every_row_is_on_one_page_and_the_way_back_is_the_same() -> None:
    book = _read(AuditBook())
    pages = [_numbers(book)]
    while book.has_older:
        book = _read(older(book))
        pages.append(_numbers(book))
    assert [number for page in pages for number in page] == list(range(230, 0, -1))
    for page in reversed(pages[:-1]):
        book = _read(newer(book))
        assert _numbers(book) == page
    assert not book.has_newer and newer(book) == book


def test_nothing_is_turned_beyond_the_end_or_before_it_was_read() -> None:
    assert older(AuditBook()) == AuditBook()
    last = with_page(AuditBook(), AuditPage(CHAIN[:PAGE], None))
    assert not last.has_older and older(last) == last


def test_another_filter_begins_with_its_newest_page() -> None:
    far = older(_read(AuditBook()))
    assert filtered(far, AuditFilter("anna")) == AuditBook(where=AuditFilter("anna"))


def test_the_chosen_row_is_of_this_page() -> None:
    book = choosing(_read(AuditBook()), 229)
    assert book.row == CHAIN[1]
    assert older(book).row is None


def test_a_day_lasts_until_the_next_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        start, end = day_starts("2026-03-29"), day_ends(" 2026-03-29 ")
        assert start is not None and end is not None
        assert end - start == 23 * 3_600_000  # clocks are put forward
        assert dt.datetime.fromtimestamp(start / 1000, dt.UTC).isoformat() == "2026-03-28T23:00:00+00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_no_day_is_no_limit_and_nonsense_is_refused() -> None:
    assert day_starts(" ") is None and day_ends("") is None
    for text in ("yesterday", "2026-02-30", "31.01.2026"):
        with pytest.raises(ValueError, match=r"."):
            day_starts(text)


def test_the_words_that_differ_are_marked() -> None:
    before, after = marked("王芳, operator, active", "王芳, lead, active")
    assert [piece.text for piece in before if piece.is_changed] == ["operator"]
    assert [piece.text for piece in after if piece.is_changed] == ["lead"]
    assert marked("", "new") == ((), (Piece("new", is_changed=False),))


@given(st.text(max_size=80), st.text(max_size=80))
def test_marking_loses_no_letter_and_like_texts_have_no_marks(before: str, after: str) -> None:
    for text, pieces in zip((before, after), marked(before, after), strict=True):
        assert "".join(piece.text for piece in pieces) == text
    assert not any(piece.is_changed for pieces in marked(before, before) for piece in pieces)
