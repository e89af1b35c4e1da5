"""Whether somebody is who they say: secrets tried one at a time, wrong ones counted, names locked for a while."""

import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from station_app.core.account_rules import key_of
from station_app.core.errors import NotAllowedError, StationError, StorageError
from station_app.core.lockout import ATTEMPTS, NONE, failed, locked_ms
from station_app.core.people import Person, SecretKind
from station_app.engine.roster import Roster

log = logging.getLogger(__name__)

STRANGERS_MAX = 256
"""So many names without an account are remembered; else made-up names would fill the memory."""
NICENESS = 10
"""Hashing takes all processors for a fifth of a second: the line goes first, where the system tells threads apart."""
_ANY_BADGE = ""
"""The name under which badges that nobody owns are counted."""


class NotProvedError(NotAllowedError):
    """Not proved; `locked_s` is how long nobody may try again under this name."""

    def __init__(self, what: str, *, remedy: str, locked_s: float = 0.0) -> None:
        super().__init__(what, remedy=remedy)
        self.locked_s = locked_s


class Proving:
    """Any thread that may wait for others who try; never one of the line, never under a lock of the line."""

    def __init__(self, roster: Roster, utc_ms: Callable[[], int]) -> None:
        self._roster = roster
        self._utc_ms = utc_ms
        self._one = threading.Lock()
        self._failures = roster.load_failures()
        self._is_closed = False
        self._hashing = ThreadPoolExecutor(1, "secrets", initializer=_step_back)

    def prove(self, name: str, kind: SecretKind, secret: str, people: tuple[Person, ...]) -> Person:
        """The active person of this name whose secret this is; of a badge, the name may be "". NotProvedError where it
        is not, or the name is locked: then nothing is tried. One at a time, so that nobody tries many at once."""
        with self._one:
            self._check_lock(name)
            person = self._matching(name, kind, secret, people)
            if person is None or not person.is_active:
                raise self._refused(name, kind, people)
            if self._failures.pop(key_of(name), None) is not None:
                self._save(people)
            return person

    def close(self) -> None:
        with self._one:
            self._is_closed = True
        self._hashing.shutdown()

    def _matching(self, name: str, kind: SecretKind, secret: str, people: tuple[Person, ...]) -> Person | None:
        if kind is SecretKind.BADGE:
            owner = find(people, self._roster.owner_of(secret))
            return owner if not name or owner == find(people, name) else None
        person = find(people, name)
        return person if self._proves(person.name if person else "", kind, secret) else None

    def _proves(self, name: str, kind: SecretKind, secret: str) -> bool:
        if self._is_closed:
            raise StationError("the engine is ending", remedy="start it again")
        return self._hashing.submit(self._roster.proves, name, kind, secret).result()

    def _check_lock(self, name: str) -> None:
        left_ms = locked_ms(self._failures.get(key_of(name), NONE), self._utc_ms())
        if left_ms:
            raise NotProvedError("too many wrong attempts", remedy="wait before you try again", locked_s=left_ms / 1000)

    def _refused(self, name: str, kind: SecretKind, people: tuple[Person, ...]) -> NotProvedError:
        key, now_ms = key_of(name), self._utc_ms()
        failures = failed(self._failures.pop(key, NONE), now_ms)
        if key == _ANY_BADGE:  # one damaged badge must not shut out all others for long
            failures = replace(failures, count=min(failures.count, ATTEMPTS))
        self._failures[key] = failures
        self._forget_strangers(people)
        self._save(people)
        what = "this badge is not known" if kind is SecretKind.BADGE else "the name or the secret is wrong"
        return NotProvedError(what, remedy="try again", locked_s=locked_ms(failures, now_ms) / 1000)

    def _forget_strangers(self, people: tuple[Person, ...]) -> None:
        known = {key_of(person.name) for person in people}
        strangers = [key for key in self._failures if key not in known]
        for key in strangers[:-STRANGERS_MAX]:
            del self._failures[key]

    def _save(self, people: tuple[Person, ...]) -> None:
        """What was typed as a name and is none may be a secret: it is kept in memory alone."""
        known = {key_of(person.name) for person in people}
        try:
            self._roster.save_failures({key: entry for key, entry in self._failures.items() if key in known})
        except StorageError as error:
            log.error("failed sign-ins are not kept over a restart: %s", error)


def find(people: tuple[Person, ...], name: str) -> Person | None:
    """The account of this name, whether active or not."""
    key = key_of(name)
    return next((person for person in people if key and key_of(person.name) == key), None)


def _step_back() -> None:
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
