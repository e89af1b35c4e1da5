"""At the start: the spool and the rows are brought together again, as a crash, a failing disk or the way back to an
older database has left them."""

import logging
import sqlite3

from station_app.store.remake import remade_body
from station_app.store.spool import Spool
from station_app.store.telling import Telling

log = logging.getLogger(__name__)

DAMAGED = "its file in the outbox is gone or damaged, and its records do not give the same bytes any more"


def recover_spool(reader: sqlite3.Connection, spool: Spool, telling: Telling) -> tuple[int, ...]:
    """Remove files that no waiting batch names, and make those again that are not what was cut; gives the batches of
    which that cannot be."""
    rows = reader.execute(
        "SELECT b.number, b.sha256 FROM batches_waiting w JOIN batches b ON b.number = w.number"
    ).fetchall()
    spool.sweep(frozenset(spool.path(number, sha256) for number, sha256 in rows))
    unfit = ((number, sha256) for number, sha256 in rows if not spool.is_whole(number, sha256))
    return tuple(number for number, _ in unfit if not _is_mended(reader, spool, telling, number))


def _is_mended(reader: sqlite3.Connection, spool: Spool, telling: Telling, number: int) -> bool:
    body = remade_body(reader, number, telling)
    if body is None:
        log.error("batch %d: %s", number, DAMAGED)
        return False
    spool.write(number, body)
    log.warning("batch %d: its file in the outbox was gone or damaged, and was made again", number)
    return True
