"""What the engine needs of a PLC, whatever the wire is."""

from dataclasses import dataclass
from typing import Protocol

from station_app.core.handshake import Asked, Handshake
from station_app.core.handshake_map import LineReport


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The PLC answers, or is silent or gone."""

    is_linked: bool
    detail: str = ""


PlcNews = Asked | LinkChanged


class Plc(Protocol):
    """`heard` on one thread; `publish` on any."""

    def start(self) -> None:
        """Begin to listen. PlcError where that is impossible."""
        ...

    def heard(self, timeout_s: float) -> PlcNews | None:
        """What came next, in the order in which it came: nothing that the PLC has written is left out. None after the
        time."""
        ...

    def publish(self, state: Handshake, report: LineReport) -> None:
        """From now on the PLC reads this, all of it or nothing. Never waits."""
        ...

    def stop(self) -> None:
        """Stop listening; a PLC sees the connection end."""
        ...
