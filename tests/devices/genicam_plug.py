"""A plug in front of a real SDK's device, for SDKs whose simulated cameras cannot be unplugged."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from station_app.core.errors import CameraError
from station_app.devices.genicam.link import Arrived, Identity, Link
from station_app.devices.genicam.nodes import Nodes

T = TypeVar("T")

CYCLES = int(os.environ.get("STATION_CYCLES", "100"))
"""How often a camera is lost and found again by the tests that look for what piles up."""


class PluggedLink:
    """Passes everything on while it is plugged. `on_power` is called with the nodes after each opening: what a camera
    that lost its power forgets."""

    def __init__(self, link: Link, on_power: Callable[[Nodes], None] | None = None) -> None:
        self._link = link
        self._on_power = on_power
        self.is_plugged = True

    @property
    def where(self) -> str:
        return self._link.where

    @property
    def nodes(self) -> Nodes:
        self._check()
        return self._link.nodes

    def open(self) -> Identity:
        identity = self._passed(self._link.open)
        if self._on_power is not None:
            self._on_power(self._link.nodes)
        return identity

    def start(self) -> None:
        self._passed(self._link.start)

    def pull(self) -> Arrived | None:
        return self._passed(self._link.pull)

    def fire(self) -> None:
        self._passed(self._link.fire)

    def is_alive(self) -> bool:
        return self._passed(self._link.is_alive)

    def stop(self) -> None:
        self._passed(self._link.stop)

    def close(self) -> None:
        self._link.close()

    def _passed(self, call: Callable[[], T]) -> T:
        self._check()
        return call()

    def _check(self) -> None:
        if not self.is_plugged:
            raise CameraError("the camera does not answer", where=self.where, remedy="plug it in")


def handles() -> int:
    """Open files and sockets of this process."""
    return len(list(Path("/proc/self/fd").iterdir()))


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def need(extra: str, *modules: str) -> None:
    """Skips the calling module where the cameras' software is missing."""
    for module in modules:
        pytest.importorskip(module, reason=f"needs {module}, the extra [{extra}]: ./test --cameras")
