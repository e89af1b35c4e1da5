"""A courier whose clock and chance are the test's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from station_app.core.sync_messages import SyncReported, SyncState
from station_app.sync.claim import CLAIM, ClaimBook, claim_body
from station_app.sync.courier import Courier
from station_app.sync.outbox import OutboxLike
from station_app.sync.remote import Remote
from station_app.sync.route import Clocks, Route
from tests.sync.outboxes import NOON_MS, SENDER

MOST_STEPS = 5_000


@dataclass
class Clock:
    """Stands still unless it is told; `draws` are the numbers that chance gives, then 0.5 for ever."""

    now_s: float = 0.0
    draws: list[float] = field(default_factory=list)

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.now_s, lambda: NOON_MS + round(self.now_s * 1000), self._draw)

    def _draw(self) -> float:
        return self.draws.pop(0) if self.draws else 0.5


@dataclass
class Sending:
    """A courier, and the clock by which it goes."""

    courier: Courier
    clock: Clock

    @property
    def report(self) -> SyncReported:
        return self.courier.report

    def step(self) -> SyncReported:
        """One step at the moment at which it is due."""
        self.clock.now_s += self.courier.step()
        return self.courier.report

    def run(self, until: Callable[[SyncReported], bool] | None = None) -> SyncReported:
        """Step until the report is such, else until all is sent or nothing more can be."""
        is_over = until or (lambda told: told.state is not SyncState.SENDING)
        self.step()
        for _ in range(MOST_STEPS):
            if is_over(self.step()):
                return self.report
        raise AssertionError(f"still {self.report}")


def claims_of(data_dir: Path, computer: str = "pc-1") -> ClaimBook:
    body = claim_body(SENDER, computer, lambda: "ab" * 32, lambda: f"2026-11-24T10:00:00Z {computer}")
    return ClaimBook(data_dir / CLAIM, SENDER.prefix, body)


def sending(
    outbox: OutboxLike,
    remote: Remote | Callable[[], Remote],
    data_dir: Path,
    *,
    bytes_per_day: int | None = None,
    computer: str = "pc-1",
) -> Sending:
    """A courier that has not stepped yet."""
    open_remote = remote if callable(remote) else lambda: remote
    clock = Clock()
    route = Route("the store", open_remote, claims_of(data_dir, computer), bytes_per_day)
    return Sending(Courier(lambda: outbox, route, clock.clocks()), clock)
