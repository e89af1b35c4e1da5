"""A code scanner at a serial port, or at a USB socket where it looks like one (pyserial)."""

import time

from serial import Serial, SerialException

from station_app.config import ScannerSetup
from station_app.core.errors import ScannerError
from station_app.devices.scan_lines import ScanLines, ScannedLine

READ_S = 0.2
_MOST_BYTES = 4096


class ScannerPort:
    """Opened and read by one thread. Every call but `close` may raise ScannerError; then it is to be closed."""

    def __init__(self, setup: ScannerSetup) -> None:
        self._setup = setup
        self._port: Serial | None = None
        self._lines = self._new_lines()

    def open(self) -> None:
        """What a scanner has sent before is not a code of now, and is thrown away."""
        self.close()
        self._lines = self._new_lines()
        try:
            self._port = Serial(self._setup.port, self._setup.baud, timeout=READ_S, exclusive=True)
            self._port.reset_input_buffer()
        except (SerialException, OSError, ValueError) as error:
            self.close()
            raise self._error("the scanner cannot be opened", error) from error

    def read(self) -> tuple[ScannedLine, ...]:
        """What has come within `READ_S`."""
        if self._port is None:
            raise self._error("the scanner is not open", None)
        try:
            sent = self._port.read(min(max(1, self._port.in_waiting), _MOST_BYTES))
        except (SerialException, OSError) as error:
            raise self._error("the scanner was lost", error) from error
        return self._lines.feed(sent, time.monotonic())

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _new_lines(self) -> ScanLines:
        return ScanLines(self._setup.end.encode(), self._setup.prefix)

    def _error(self, what: str, error: Exception | None) -> ScannerError:
        detail = f"{what}: {error}" if error is not None else what
        return ScannerError(detail, where=self._setup.port, remedy="check cable and power of the scanner")
