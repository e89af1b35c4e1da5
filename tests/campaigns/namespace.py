"""Starts a campaign once more, inside a network of its own."""

import os
import subprocess
import sys

from tests.devices.netns.space import PROJECT, SIMULATOR, inside, missing

_MARK = "STATION_CAMPAIGN_INSIDE"


def enter(module: str) -> int | None:
    """None inside the namespace; outside, the exit status of `module` run with the same arguments inside one."""
    if os.environ.get(_MARK):
        return None
    lacking = missing(SIMULATOR)
    if lacking:
        print(lacking, file=sys.stderr)
        return 2
    command = inside((sys.executable, "-m", module, *sys.argv[1:]))
    return subprocess.run(command, cwd=PROJECT, env={**os.environ, _MARK: "1"}, check=False).returncode
