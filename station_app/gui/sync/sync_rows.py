"""The figures of sync as rows of words. GUI thread, for translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.sync_messages import SyncReported
from station_app.gui.charts.words import local_time
from station_app.gui.recipes.row_table import Row
from station_app.gui.sync.sync_words import bytes_words, span_words


def sync_rows(sync: SyncReported, now_ms: int) -> tuple[Row, ...]:
    """What waits, what may still go today, what arrived last, and what was set aside."""
    translate = QCoreApplication.translate
    nothing, never = translate("Sync", "nothing waits"), translate("Sync", "never")
    age = span_words(now_ms - sync.oldest_ms) if sync.oldest_ms is not None else nothing
    left = bytes_words(sync.bytes_left) if sync.bytes_left is not None else translate("Sync", "no limit is set")
    facts = (
        (translate("Sync", "Store"), sync.store or "–"),
        (translate("Sync", "Age of the oldest record that waits"), age),
        (translate("Sync", "Records that wait"), f"{sync.waiting_records:,}"),
        (translate("Sync", "Bytes that wait"), bytes_words(sync.waiting_bytes)),
        (translate("Sync", "Left to send today"), left),
        (translate("Sync", "Last receipt"), _moment(sync.last_receipt_ms, never)),
        (translate("Sync", "Next try"), _moment(sync.next_try_ms, "–")),
        (translate("Sync", "Set aside (quarantine)"), f"{sync.quarantined:,}"),
    )
    return tuple(Row(fact, is_marked=fact is facts[-1] and bool(sync.quarantined)) for fact in facts)


def _moment(at_ms: int | None, otherwise: str) -> str:
    return otherwise if at_ms is None else local_time(at_ms / 1000)
