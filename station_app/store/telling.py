"""What holds for all that a run of the program tells."""

import logging
from dataclasses import dataclass, field

from station_app.core.errors import StorageError
from station_app.core.people_words import Pseudonym
from station_app.store.series import Series
from station_app.store.told_parts import RecipesTold

log = logging.getLogger(__name__)


class Unreadable:
    """Records that could not be read: each is named in the log once, however often it is met."""

    def __init__(self) -> None:
        self._named: set[int] = set()

    def note(self, part_id: int, error: StorageError) -> None:
        if part_id not in self._named:
            self._named.add(part_id)
            log.error("part %d does not leave the station as it should: %s", part_id, error)


@dataclass(frozen=True, slots=True)
class Telling:
    """How records are told: in which series, under which names, by which version of the program. Of parts before
    `first_part` no image comes any more: they belong to an earlier run of the program."""

    series: Series
    name: Pseudonym
    app: str
    first_part: int
    recipes: RecipesTold = field(default_factory=RecipesTold)
    unreadable: Unreadable = field(default_factory=Unreadable)

    def subject_of(self, part_id: int) -> str:
        """What a part is called outside."""
        return f"{self.series.sender.station}/{self.series.origin}/{part_id}"
