"""What every export says of itself: what was asked for, by whom, when, and where the audit chain stood."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from station_app.core.history import HistoryFilter
from station_app.reports.columns import utc_text

_TIMES = ("from_ms", "until_ms")


@dataclass(frozen=True, slots=True)
class About:
    """`chain_head` is the SHA-256 of the newest audit row, "" where there is none yet."""

    station: str
    program: str
    exported_by: str
    exported_at_ms: int
    where: HistoryFilter
    chain_head: str

    def lines(self) -> Iterator[tuple[str, str]]:
        """Pairs of a name and a text; of the filter only what is set."""
        yield "station", self.station
        yield "program", self.program
        yield "exported_by", self.exported_by
        yield "exported_at_utc", utc_text(self.exported_at_ms)
        yield "audit_chain_head_sha256", self.chain_head
        for name, value in filter_lines(self.where):
            yield f"filter_{name}", value


def filter_lines(where: HistoryFilter) -> Iterator[tuple[str, str]]:
    """Name and text of every member of the filter that is set; times in UTC."""
    for name, value in asdict(where).items():
        if value not in (None, ""):
            yield name.removesuffix("_ms"), utc_text(value) if name in _TIMES else str(value)
