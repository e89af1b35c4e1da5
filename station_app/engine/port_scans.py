"""The scanner at a serial port: what it scans is done, and when it is lost it is opened again. One thread."""

import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from station_app.core.code_meaning import Badge, CommandCode, Meaning, RecipeCode, Serial, Unclear
from station_app.core.errors import ScannerError
from station_app.core.messages import Command, Priority, SelectRecipe, SetSerial
from station_app.core.people import SecretKind
from station_app.core.people_messages import SignInWith
from station_app.core.serial import CodeInput, CodeRefusal
from station_app.core.serial_messages import CodeRefused
from station_app.devices.scan_lines import ScannedLine
from station_app.engine.books import Books
from station_app.engine.worker import IDLE_S, Worker

BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)
ALARM = "scanner"


class CodeScanner(Protocol):
    """What `devices.scanner_port.ScannerPort` does; both calls raise ScannerError."""

    def open(self) -> None: ...
    def read(self) -> tuple[ScannedLine, ...]: ...
    def close(self) -> None: ...


def command_of(meaning: Meaning) -> Command | CodeRefused:
    """What the engine does about a code. Printed commands mean keys of a screen, and there may be several or none."""
    match meaning:
        case Badge(operator):
            return SignInWith("", SecretKind.BADGE, operator)
        case RecipeCode(recipe):
            return SelectRecipe(recipe)
        case Serial(text):
            return SetSerial(text, CodeInput.PORT)
        case CommandCode(key):
            return CodeRefused(f"CMD:{key}", CodeRefusal.COMMAND, CodeInput.PORT)
        case Unclear(text, refusal):
            return CodeRefused(text, refusal, CodeInput.PORT)


class PortScans:
    """Reads `scanner` between `start` and `stop`, where there is one."""

    def __init__(
        self,
        scanner: CodeScanner | None,
        meaning_of: Callable[[str], Meaning],
        obey: Callable[[Command], None],
        books: Books,
    ) -> None:
        self._scanner = scanner
        self._meaning_of = meaning_of
        self._obey = obey
        self._books = books
        self._worker: Worker | None = None
        self._is_open = False
        self._failures = 0
        self._retry_s = 0.0

    def start(self) -> None:
        if self._scanner is not None:
            self._worker = Worker("scanner", partial(self._step, self._scanner), self._books.note_bug)
            self._worker.start()

    def stop(self) -> None:
        """No code is obeyed after this returns, unless one is being obeyed for very long."""
        if self._scanner is not None and self._worker is not None and self._worker.stop():
            self._scanner.close()

    def _step(self, scanner: CodeScanner) -> None:
        """Read for a moment, or wait until the scanner may be tried again."""
        rest_s = self._retry_s - time.monotonic()
        if rest_s > 0:
            time.sleep(min(rest_s, IDLE_S))
            return
        try:
            lines = self._read(scanner)
        except ScannerError as error:
            self._lose(scanner, error)
            return
        for line in lines:
            self._take(line)

    def _read(self, scanner: CodeScanner) -> tuple[ScannedLine, ...]:
        if not self._is_open:
            scanner.open()
            self._is_open, self._failures = True, 0
            self._books.alarms.clear(ALARM)
        return scanner.read()

    def _lose(self, scanner: CodeScanner, error: ScannerError) -> None:
        if self._is_open or not self._failures:  # said once, and not at every try
            self._books.alarms.raise_error(ALARM, error, Priority.MEDIUM)
        scanner.close()
        self._is_open = False
        self._retry_s = time.monotonic() + BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)]
        self._failures += 1

    def _take(self, line: ScannedLine) -> None:
        if line.refusal is not None:
            self._books.publish(CodeRefused(line.text, line.refusal, CodeInput.PORT))
            return
        answer = command_of(self._meaning_of(line.text))
        if isinstance(answer, CodeRefused):
            self._books.publish(answer)
        else:
            self._obey(answer)
