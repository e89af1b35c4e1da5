"""What the engine needs of a PLC, whatever the wire is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from station_app.core.handshake_map import LineReport
from station_app.core.handshake_state import Asked, Handshake


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The PLC answers, or is silent or gone."""

    is_linked: bool
    detail: str = ""


PlcNews = Asked | LinkChanged


OnNews = Callable[[PlcNews], None]


class Plc(Protocol):
    """A wire to one PLC."""

    def start(self, on_news: OnNews) -> None:
        """Begin to listen. `on_news` is called on the wire's own thread, in the order in which the PLC has written:
        nothing is left out, and it must not wait. PlcError where that is impossible."""
        ...

    def publish(self, state: Handshake, report: LineReport) -> None:
        """From now on the PLC reads this, all of it or nothing. Any thread; never waits."""
        ...

    def stop(self) -> None:
        """Stop listening; a PLC sees the connection end."""
        ...
