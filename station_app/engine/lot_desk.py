"""The lot that the line makes: recorded before it holds, and remembered when the engine starts again. Any thread."""

import threading
from collections.abc import Callable

from station_app.core.errors import ConfigError
from station_app.core.messages import Event
from station_app.core.serial import text_refusal
from station_app.core.serial_messages import LotChanged
from station_app.engine.audit_trail import STATION
from station_app.engine.ledger import Ledger


class LotDesk:
    """Every part takes the lot that holds when its trigger comes."""

    def __init__(self, ledger: Ledger, publish: Callable[[Event], None]) -> None:
        self._ledger = ledger
        self._publish = publish
        self._present = LotChanged(ledger.lot())
        self._changing = threading.Lock()

    @property
    def present(self) -> LotChanged:
        """What a part that came now would belong to."""
        return self._present

    def change(self, lot: str, operator: str) -> None:
        """Begin another lot, or end it with "". ConfigError for a text that is no lot, StorageError where it cannot be
        recorded: the lot before holds on."""
        lot = lot.strip()
        if lot and text_refusal(lot) is not None:
            raise ConfigError("this text cannot be a lot", remedy="scan or type the lot again")
        with self._changing:
            self._ledger.change_lot(lot, operator.strip() or STATION).result()
            self._present = LotChanged(lot)
            self._publish(self._present)
