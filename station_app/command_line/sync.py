"""`station-app sync`: tries a store out, tells how the records on their way out stand, and sends them by hand."""

from argparse import Namespace
from collections.abc import Callable
from types import MappingProxyType

from station_app.command_line.sync_doctor import run_doctor
from station_app.command_line.sync_sending import run_claim, run_now, run_send
from station_app.command_line.sync_status import run_status

_ACTS: MappingProxyType[str, Callable[[Namespace], int]] = MappingProxyType(
    {"doctor": run_doctor, "status": run_status, "now": run_now, "send": run_send, "claim": run_claim}
)


def run_sync(arguments: Namespace) -> int:
    """StationError where it cannot be done."""
    return _ACTS[arguments.act](arguments)
