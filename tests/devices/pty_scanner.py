"""A scanner made of a pseudo-terminal, that can be pulled out and plugged in again. POSIX only."""

import os
import tty
from pathlib import Path
from types import TracebackType

import pytest


class PtyScanner:
    """`link` is where the scanner is found while it is plugged in, like a path of /dev/serial/by-id."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self._own = -1

    def __enter__(self) -> "PtyScanner":
        self.plug()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._own >= 0:
            self.unplug()

    def plug(self) -> None:
        try:
            self._own, other = os.openpty()
        except OSError as error:
            pytest.skip(f"no pseudo-terminal can be had here: {error}")
        tty.setraw(other)
        self.link.symlink_to(os.ttyname(other))
        os.close(other)

    def unplug(self) -> None:
        self.link.unlink()
        os.close(self._own)
        self._own = -1

    def send(self, codes: bytes) -> None:
        while codes:
            codes = codes[os.write(self._own, codes) :]
