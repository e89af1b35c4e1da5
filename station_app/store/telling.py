"""What holds for all that a run of the program tells."""

from dataclasses import dataclass

from station_app.core.people_words import Pseudonym
from station_app.store.series import Series
from station_app.store.told_parts import RecipesTold


@dataclass(frozen=True, slots=True)
class Telling:
    """How records are told: in which series, under which names, by which version of the program. Of parts before
    `first_part` no image comes any more: they belong to an earlier run of the program."""

    series: Series
    name: Pseudonym
    app: str
    first_part: int
    recipes: RecipesTold

    def subject_of(self, part_id: int) -> str:
        """What a part is called outside."""
        return f"{self.series.sender.station}/{self.series.origin}/{part_id}"
