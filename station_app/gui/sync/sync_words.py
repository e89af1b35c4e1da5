"""How sync stands in words: at a glance and at length. GUI thread, for translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.sync_messages import SyncReported, SyncState
from station_app.gui.marking import QT_TRANSLATE_NOOP

_STATES = {
    SyncState.OFF: QT_TRANSLATE_NOOP("Sync", "No store is set up: the records stay at this station"),
    SyncState.IDLE: QT_TRANSLATE_NOOP("Sync", "All records have been sent"),
    SyncState.SENDING: QT_TRANSLATE_NOOP("Sync", "Records are being sent"),
    SyncState.WAITING: QT_TRANSLATE_NOOP("Sync", "Records wait; it goes on by itself"),
    SyncState.REFUSED: QT_TRANSLATE_NOOP("Sync", "The store refuses the records: a person must act"),
}
_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 86_400_000
_UNITS = ("B", "kB", "MB", "GB", "TB")


def _said(source: str) -> str:
    return QCoreApplication.translate("Sync", source)


def state_words(state: SyncState) -> str:
    return _said(_STATES[state])


def span_words(span_ms: int) -> str:
    """A span of time in its coarsest telling unit; none is negative, whatever two clocks say."""
    translate = QCoreApplication.translate
    if span_ms < _MINUTE_MS:
        return translate("Sync", "< 1 min")
    if span_ms < 2 * _HOUR_MS:
        return translate("Sync", "{count} min").format(count=span_ms // _MINUTE_MS)
    if span_ms < 2 * _DAY_MS:
        return translate("Sync", "{count} h").format(count=span_ms // _HOUR_MS)
    return translate("Sync", "{count} days").format(count=span_ms // _DAY_MS)


def bytes_words(count: int) -> str:
    """Decimal units, three digits that tell."""
    size, unit = float(count), 0
    while size >= 999.5 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    digits = 0 if unit == 0 or size >= 99.5 else 1
    return f"{size:.{digits}f}\N{NO-BREAK SPACE}{_UNITS[unit]}"


def glance_words(sync: SyncReported, now_ms: int) -> str:
    """A few words for the top strip; "" where no store is set up."""
    translate = QCoreApplication.translate
    if sync.state is SyncState.OFF:
        return ""
    if sync.state is SyncState.REFUSED:
        return translate("Sync", "Sync refused")
    if sync.oldest_ms is None:
        return translate("Sync", "Sync ✓")
    return translate("Sync", "Sync {age}").format(age=span_words(now_ms - sync.oldest_ms))
