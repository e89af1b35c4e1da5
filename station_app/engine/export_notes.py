"""Files that leave the records are noted in the audit chain before they get their name. Any thread.

Who takes them out is who is signed in, whatever a message says.
"""

import logging
import string
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from station_app.core.errors import StationError
from station_app.core.export_messages import ExportNoted, NoteExport
from station_app.core.messages import CommandRefused
from station_app.engine.books import Books

log = logging.getLogger(__name__)

_HASH_LETTERS = 64
_LONGEST = 500
"""Of a text that a client sends."""


class ExportNotes:
    """Each command is answered by `ExportNoted`, once the note is on disk, or by a `CommandRefused`."""

    def __init__(self, books: Books, person: Callable[[], str]) -> None:
        """`person` names who is signed in, "" where nobody is."""
        self._books = books
        self._person = person

    def obey(self, command: NoteExport) -> None:
        who = self._person().strip()
        if not who:
            self._refuse("nobody is signed in", "sign in with your badge or name first")
        elif not _is_hash(command.sha256):
            self._refuse("this is no export", "export again")
        else:
            where = command.where[:_LONGEST] or "none"
            details = f"{command.format[:_LONGEST]}, parts: {command.rows}, filter: {where}, sha256 {command.sha256}"
            noted = self._books.audit.note(who, "exported", command.subject[:_LONGEST], details)
            noted.add_done_callback(partial(self._on_done, command.sha256))

    def _on_done(self, sha256: str, future: "Future[None]") -> None:
        error = future.exception()
        if isinstance(error, StationError):
            self._refuse(error.what, error.remedy)
        elif error is not None:
            log.error("a bug while noting an export", exc_info=error)
            self._refuse("a fault in the program", "call support")
        else:
            self._books.publish(ExportNoted(sha256))

    def _refuse(self, what: str, remedy: str) -> None:
        self._books.publish(CommandRefused(NoteExport.__name__, what, remedy))


def _is_hash(text: str) -> bool:
    return len(text) == _HASH_LETTERS and set(text) <= set(string.hexdigits)
