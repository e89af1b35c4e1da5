"""The serial number that waits for the next part, and the numbers of the parts on their way. Any thread."""

import threading
from collections.abc import Callable

from station_app.core.errors import StorageError
from station_app.core.messages import Event
from station_app.core.serial import (
    CodeInput,
    CodeRefusal,
    Identity,
    KnownSerials,
    SerialRules,
    fault_of,
    offer_refusal,
    serial_refusal,
    text_refusal,
)
from station_app.core.serial_messages import CodeRefused, SerialWaiting
from station_app.engine.alarms import AlarmBoard
from station_app.engine.ledger import Ledger


class SerialDesk:
    """Every number that comes in is judged here, and what becomes of it is published at once."""

    def __init__(self, ledger: Ledger, alarms: AlarmBoard, publish: Callable[[Event], None]) -> None:
        self._ledger = ledger
        self._alarms = alarms
        self._publish = publish
        self._rules = SerialRules()
        self._waiting = SerialWaiting()
        self._on_their_way: dict[int, str] = {}
        self._lock = threading.Lock()

    @property
    def waiting(self) -> SerialWaiting:
        """What the next part will be called."""
        return self._waiting

    def follow(self, rules: SerialRules) -> None:
        """Another recipe's rules hold from now on, also for the number that waits."""
        self._rules = rules
        waiting = self.take()
        if waiting:
            self.offer(waiting, self._waiting.source)

    def offer(self, serial: str, source: CodeInput) -> None:
        """A number for the next part, in place of one that waits; an empty one forgets that."""
        serial = serial.strip()
        refusal = self._judge_offer(serial) if serial else None
        if refusal is not None:
            self._publish(CodeRefused(serial, refusal, source))
            return
        with self._lock:
            self._wait(SerialWaiting(serial, source))

    def take(self) -> str:
        """The number of the part that has just come; it waits no longer. Never asks the records."""
        with self._lock:
            waiting = self._waiting
            if waiting.serial:
                self._wait(SerialWaiting(source=waiting.source))
            return waiting.serial

    def identify(self, part_id: int, serial: str, rules: SerialRules) -> Identity:
        """Whether the part may have this number; if so, no other part gets it until `release`. Asks the records."""
        serial = serial.strip()
        refusal = self._judge(serial, rules, serial_refusal)
        if refusal is not None:
            detail = f"serial number {serial!r}: {refusal}" if serial else ""
            return Identity("", fault_of(refusal), detail, "" if text_refusal(serial) else serial)
        with self._lock:
            self._on_their_way[part_id] = serial
        return Identity(serial)

    def release(self, part_id: int) -> None:
        """The part has its record, or no result under this number."""
        with self._lock:
            self._on_their_way.pop(part_id, None)

    def _judge_offer(self, serial: str) -> CodeRefusal | None:
        return self._judge(serial, self._rules, offer_refusal, self._waiting.serial)

    def _judge(
        self,
        serial: str,
        rules: SerialRules,
        judge: Callable[[str, SerialRules, KnownSerials], CodeRefusal | None],
        waiting: str = "",
    ) -> CodeRefusal | None:
        with self._lock:
            in_flight = frozenset(self._on_their_way.values())
        try:
            return judge(serial, rules, KnownSerials(self._ledger.has_result, waiting, in_flight))
        except StorageError as error:
            self._alarms.raise_error("storage", error)
            return CodeRefusal.UNCHECKED

    def _wait(self, waiting: SerialWaiting) -> None:
        # Published under the lock: who hears of two changes hears of them in their order.
        self._waiting = waiting
        self._publish(waiting)
