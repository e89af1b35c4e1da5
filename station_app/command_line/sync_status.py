"""`station-app sync status`: what waits, by the records, and how the engine fares with it, where one runs."""

from argparse import Namespace

from station_app.command_line.arguments import data_dir_of
from station_app.command_line.sync_engine import reported
from station_app.command_line.sync_setup import sync_of
from station_app.command_line.sync_words import backlog_lines, print_lines, report_lines
from station_app.store.ledger import DATABASE
from station_app.store.outbox_view import look_at_outbox


def run_status(arguments: Namespace) -> int:
    """StationError where no store is set up, or the records cannot be read. Status 1 where something was set aside."""
    setup, data_dir = sync_of(arguments), data_dir_of(arguments)
    database = data_dir / DATABASE
    if not database.exists():
        print_lines([f"store: {setup.store.store}, as {setup.sender.prefix}", "there are no records yet"])
        return 0
    seen = look_at_outbox(database, setup.cutting)
    waits = seen.backlog
    print_lines([f"store: {setup.store.store}, as {setup.sender.prefix}"])
    print_lines(backlog_lines(waits.records, waits.bytes, waits.oldest_ms, waits.last_receipt_ms))
    print_lines(f"set aside: {one.key}: {one.why}" for one in seen.aside)
    told = reported(data_dir)
    print_lines(["no engine runs: nothing is sent now"] if told is None else report_lines(told))
    return 1 if seen.aside else 0
