"""A scanner at a serial port, which here is a pseudo-terminal."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.config import ScannerSetup
from station_app.core.errors import ScannerError
from station_app.core.serial import CodeRefusal
from station_app.devices.scan_lines import ScannedLine
from station_app.devices.scanner_port import ScannerPort

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from tests.devices.pty_scanner import PtyScanner


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[PtyScanner]:
    with PtyScanner(tmp_path / "by-id") as scanner:
        yield scanner


@pytest.fixture
def port(scanner: PtyScanner) -> Iterator[ScannerPort]:
    port = ScannerPort(ScannerSetup(str(scanner.link)))
    port.open()
    yield port
    port.close()


def read(port: ScannerPort, count: int) -> list[ScannedLine]:
    lines: list[ScannedLine] = []
    while len(lines) < count:
        lines += port.read()
    return lines


def test_codes_are_read_in_order(scanner: PtyScanner, port: ScannerPort) -> None:
    scanner.send(b"SN1\r\nSN2\r\n")
    scanner.send(b"SN3\r")
    assert read(port, 3) == [ScannedLine("SN1"), ScannedLine("SN2"), ScannedLine("SN3")]
    assert port.read() == ()


def test_garbage_and_half_a_code_are_told(scanner: PtyScanner, port: ScannerPort) -> None:
    scanner.send(b"\xff\xff\rSN")
    assert read(port, 2) == [ScannedLine("", CodeRefusal.UNUSABLE), ScannedLine("", CodeRefusal.INCOMPLETE)]


def test_a_scanner_that_is_pulled_out_is_lost_and_found_again(scanner: PtyScanner, port: ScannerPort) -> None:
    scanner.send(b"SN")
    assert port.read() == ()
    scanner.unplug()
    with pytest.raises(ScannerError, match="lost"):
        read(port, 1)
    port.close()
    with pytest.raises(ScannerError, match="cannot be opened"):
        port.open()
    scanner.plug()
    port.open()
    scanner.send(b"SN000124\r")
    assert read(port, 1) == [ScannedLine("SN000124")]  # the half code of before is gone


def test_what_is_no_port_is_said(tmp_path: Path) -> None:
    no_port = tmp_path / "file"
    no_port.touch()
    for path in (tmp_path / "none", no_port):
        with pytest.raises(ScannerError, match="cannot be opened") as caught:
            ScannerPort(ScannerSetup(str(path))).open()
        assert caught.value.where == str(path)
    with pytest.raises(ScannerError, match="not open"):
        ScannerPort(ScannerSetup("none")).read()


def test_one_program_has_the_scanner(scanner: PtyScanner, port: ScannerPort) -> None:
    with pytest.raises(ScannerError, match="cannot be opened"):
        ScannerPort(ScannerSetup(str(scanner.link))).open()
    assert os.path.islink(scanner.link)
