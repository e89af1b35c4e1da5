"""`station-app audit`: who did what and why, whether the chain is whole, and its signed head to be kept elsewhere."""

import sys
from argparse import Namespace
from datetime import datetime
from functools import partial
from pathlib import Path

from station_app.command_line.arguments import data_dir_of
from station_app.core.audit_view import AuditFilter, AuditRow
from station_app.core.errors import ConfigError, StorageError
from station_app.store.archive import StationArchive
from station_app.store.audit_heads import check_against, head_text, newest_head, read_head
from station_app.store.audit_view import audit_page
from station_app.store.verification import verify_audit

_PAGE = 500


def run_audit(arguments: Namespace) -> int:
    """List, or check; 1 where something is wrong. StorageError where the records cannot be read."""
    folder = data_dir_of(arguments)
    archive = StationArchive(folder)
    if arguments.verify:
        return _verify(folder)
    if arguments.head:
        return _print_head(archive)
    if arguments.against is not None:
        return _compare(folder, arguments.against)
    where = AuditFilter(arguments.who, arguments.action, from_ms=_since_ms(arguments.since))
    _list(archive, where, arguments.count)
    return 0


def _list(archive: StationArchive, where: AuditFilter, count: int) -> None:
    """Newest first, page by page."""
    before: int | None = None
    while count > 0:
        page = archive.read(partial(audit_page, where=where, before=before, size=min(count, _PAGE)))
        for row in page:
            sys.stdout.write(f"{line_of(row)}\n")
        if not page:
            return
        before, count = page[-1].number, count - len(page)


def line_of(row: AuditRow) -> str:
    """One row in one line: what a text holds cannot begin another."""
    at = datetime.fromtimestamp(row.at_ms / 1000).astimezone().isoformat(" ", "milliseconds")
    change = f"{row.change.before!r} -> {row.change.after!r}" if row.change.before or row.change.after else ""
    why = f"because {row.change.why!r}" if row.change.why else ""
    words = (str(row.number), at, row.who, row.action, row.subject, row.details, change, why)
    return "  ".join(_printable(word) for word in words if word)


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _verify(folder: Path) -> int:
    problems = verify_audit(folder)
    for problem in problems:
        sys.stdout.write(f"FAIL {problem.what} ({problem.where}): {problem.remedy}\n")
    if not problems:
        sys.stdout.write(f"OK {folder}: the audit chain is whole and is the one whose heads were signed\n")
    return 1 if problems else 0


def _print_head(archive: StationArchive) -> int:
    head = archive.read(newest_head)
    if head is None:
        raise StorageError("no head was signed yet", remedy="start the station once")
    sys.stdout.write(head_text(head))
    return 0


def _compare(folder: Path, kept: Path) -> int:
    head = read_head(kept)
    wrong = StationArchive(folder).read(partial(check_against, head=head))
    sys.stdout.write(f"FAIL {wrong}\n" if wrong else f"OK the chain up to row {head.number} is the one of then\n")
    return 1 if wrong else 0


def _since_ms(text: str) -> int | None:
    if not text:
        return None
    try:
        return round(datetime.fromisoformat(text).astimezone().timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise ConfigError(
            f"{text!r} is no day", where="--since", remedy="write 2026-11-24 or 2026-11-24T06:00"
        ) from error
