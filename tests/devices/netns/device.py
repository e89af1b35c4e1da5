"""Aravis' simulated GigE Vision camera, as a process that can be switched off. Only inside a namespace."""

import subprocess
import time

import numpy as np

from station_app.devices.gige import list_gige
from tests.devices.netns.space import SIMULATOR

SERIAL, ADDRESS = "GV01", "127.0.0.1"
_ANSWERS_S = 5.0


class Device:
    """The simulated camera: its power switch, and how many packets of a thousand it loses."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def switch_on(self, lost_of_thousand: int = 0, is_awaited: bool = True) -> None:
        """Start the camera and, usually, wait until it answers a search."""
        command = (SIMULATOR, "-i", ADDRESS, "-s", SERIAL, "-r", str(lost_of_thousand))
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if is_awaited:
            deadline = time.monotonic() + _ANSWERS_S
            while not list_gige():
                assert time.monotonic() < deadline

    def cut_power(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


def is_intact(pixels: np.ndarray) -> bool:
    """Whether every pixel is the simulator's: one more than its left and upper neighbour, and 0 after 254."""
    ramp = np.add.outer(np.arange(pixels.shape[0]), np.arange(pixels.shape[1])) + int(pixels[0, 0])
    return bool((pixels == ramp % 255).all())
