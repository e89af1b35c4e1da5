"""At the start: the spool and the rows are brought together again, as a crash or a failing disk has left them."""

import logging
import sqlite3

from station_app.store.outbox_state import set_aside
from station_app.store.spool import Spool

log = logging.getLogger(__name__)

DAMAGED = "its file in the outbox is gone or damaged"


def recover_spool(connection: sqlite3.Connection, spool: Spool) -> None:
    """Remove files that no waiting batch names, and set batches aside whose file is not what was cut. Runs on the
    writer thread."""
    rows = connection.execute(
        "SELECT b.number, b.sha256 FROM batches_waiting w JOIN batches b ON b.number = w.number"
    ).fetchall()
    spool.sweep(frozenset(spool.path(number, sha256) for number, sha256 in rows))
    for number, sha256 in rows:
        if not spool.is_whole(number, sha256):
            log.error("batch %d: %s", number, DAMAGED)
            set_aside(connection, number, DAMAGED)
