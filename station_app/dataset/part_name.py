"""What a part is called wherever it is told of. Pure."""

from dataclasses import dataclass

from station_app.core.outgoing import Sender


@dataclass(frozen=True, slots=True, order=True)
class PartName:
    """One part, the same in every series: its number counts from the first series of its database, `origin`."""

    station: Sender
    origin: str
    part_id: int

    def __str__(self) -> str:
        return f"{self.station}/{self.origin}/{self.part_id}"
