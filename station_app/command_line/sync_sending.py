"""`station-app sync now | send | claim`: the engine is asked to send, or it is done here while none runs."""

import sys
import time
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.app import Options, open_records, open_sending
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.engine_process import engine_answers
from station_app.command_line.sync_engine import asked
from station_app.command_line.sync_setup import config_of, sync_of
from station_app.command_line.sync_words import backlog_lines, print_lines, report_lines, status_of
from station_app.core.errors import ConfigError
from station_app.core.sync_messages import SyncReported, SyncState

if TYPE_CHECKING:
    from station_app.sync.courier import Courier

SETTLE_S = 15.0
"""A part is told only when nothing more can be noted of it at once."""
TRIES = 4
"""How often in a row the store may fail before it is left to another day."""


def run_now(arguments: Namespace) -> int:
    """Print what came of it."""
    sync_of(arguments)
    data_dir = data_dir_of(arguments)
    if not engine_answers(data_dir):
        raise ConfigError("no engine runs", where=str(data_dir), remedy="station-app sync send sends by itself")
    told = asked(data_dir)
    _print(told)
    return status_of(told)


def run_send(arguments: Namespace) -> int:
    """Send all that waits, also what a batch would still wait to be filled with."""
    setup, data_dir = sync_of(arguments), data_dir_of(arguments)
    _refuse_beside_an_engine(data_dir)
    at_once = replace(setup, cutting=replace(setup.cutting, linger_ms=0, history_ms=0))
    config = replace(config_of(arguments), sync=at_once)
    options = Options(data_dir, arguments.config)
    ledger = open_records(options, config)
    try:
        courier = open_sending(options, config, ledger)
        assert courier is not None  # there is a [sync]
        told = _send(courier)
    finally:
        ledger.close()
    _print(told)
    return status_of(told)


def run_claim(arguments: Namespace) -> int:
    """Take the next free claim of the station's name."""
    from station_app.store.station_key import read_public_key
    from station_app.sync.opening import open_claims, open_remote

    setup, data_dir = sync_of(arguments), data_dir_of(arguments)
    claims = open_claims(setup, data_dir, lambda: read_public_key(data_dir))
    number = claims.take_over(open_remote(setup.store, tries=1))
    sys.stdout.write(f"OK claim {number} of {setup.sender.prefix}: this is the station; then: station-app sync now\n")
    return 0


def _refuse_beside_an_engine(data_dir: Path) -> None:
    if engine_answers(data_dir):
        remedy = "station-app sync now asks it to try at once"
        raise ConfigError("the engine runs and sends by itself", where=str(data_dir), remedy=remedy)


def _send(courier: "Courier") -> SyncReported:
    """Until all is sent, or nothing more goes. What was recorded just now is waited for."""
    courier.try_now()
    failures, settled_s = 0, time.monotonic() + SETTLE_S
    while True:
        wait_s = courier.step()
        told = courier.report
        if wait_s == 0:
            continue
        is_passing = told.state is SyncState.WAITING and told.next_try_ms is not None
        failures = failures + 1 if is_passing else 0
        is_settling = told.state is SyncState.IDLE and told.waiting_records > 0 and time.monotonic() < settled_s
        if not is_settling and not 0 < failures < TRIES:
            return told
        time.sleep(wait_s)


def _print(told: SyncReported) -> None:
    print_lines(report_lines(told))
    print_lines(backlog_lines(told.waiting_records, told.waiting_bytes, told.oldest_ms, told.last_receipt_ms))
