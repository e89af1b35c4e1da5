"""The only queue between threads: bounded, with a named policy for when it is full, and a counter that can be seen."""

import threading
import time
from collections import deque
from enum import StrEnum
from typing import Generic, TypeVar

from station_app.core.messages import QueueLevel

T = TypeVar("T")


class Policy(StrEnum):
    """What a full queue does: BLOCK makes the giver wait, DROP_OLDEST forgets, FAULT refuses at once."""

    BLOCK = "block"
    DROP_OLDEST = "drop_oldest"
    FAULT = "fault"


class BoundedQueue(Generic[T]):
    """First in, first out, for any number of threads. A closed queue takes nothing and gives what it still holds."""

    def __init__(self, name: str, capacity: int, policy: Policy) -> None:
        if capacity < 1:
            raise ValueError("a queue needs room for at least one")
        self.name = name
        self.capacity = capacity
        self.policy = policy
        self._items: deque[T] = deque()
        self._dropped = 0
        self._is_closed = False
        self._changed = threading.Condition()

    def put(self, item: T, timeout_s: float | None = None) -> bool:
        """Hand over `item`; False where it was not taken (full under FAULT, timed out under BLOCK, or closed)."""
        with self._changed:
            if not self._make_room(timeout_s):
                self._dropped += 1
                return False
            self._items.append(item)
            self._changed.notify_all()
            return True

    def get(self, timeout_s: float | None = None) -> T | None:
        """The oldest item, or None after the time-out or when closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._items) or self._is_closed, timeout_s)
            if not self._items:
                return None
            item = self._items.popleft()
            self._changed.notify_all()
            return item

    def close(self) -> None:
        """Take nothing more and wake everyone who waits."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def wait_empty(self, timeout_s: float) -> bool:
        """Wait until everything was taken; False at the time-out."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._items, timeout_s)

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    def level(self) -> QueueLevel:
        """How full it is, and how many were dropped or refused so far."""
        with self._changed:
            return QueueLevel(self.name, len(self._items), self.capacity, self._dropped)

    def _make_room(self, timeout_s: float | None) -> bool:
        if self.policy is Policy.DROP_OLDEST and len(self._items) >= self.capacity and not self._is_closed:
            self._items.popleft()
            self._dropped += 1
        if self.policy is Policy.BLOCK:
            self._await_room(timeout_s)
        return not self._is_closed and len(self._items) < self.capacity

    def _await_room(self, timeout_s: float | None) -> None:
        due = None if timeout_s is None else time.monotonic() + timeout_s
        while len(self._items) >= self.capacity and not self._is_closed:
            rest = None if due is None else due - time.monotonic()
            if rest is not None and rest <= 0:
                return
            self._changed.wait(rest)
