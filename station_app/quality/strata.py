"""The tally of a stratified blind sample. Pure; see `sampling` for how it is drawn."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from station_app.quality.sampling import BlindReview, Draw


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum of a period: `parts` in all, of these `drawn`, of these `reviewed`, of these `found` with the event.

    `probability` is what a part was drawn with; None where a set was chosen otherwise (then no inverse weights).
    """

    parts: int
    drawn: int
    reviewed: int
    found: int
    probability: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.found <= self.reviewed <= self.drawn <= self.parts:
            raise ValueError(f"{self.found} of {self.reviewed} of {self.drawn} of {self.parts} is no stratum")
        if self.probability is not None and not 0 < self.probability <= 1:
            raise ValueError("an inclusion probability lies above 0 and is at most 1")

    @classmethod
    def of_set(cls, parts: int, reviewed: int, found: int) -> "Stratum":
        """A stratum without unanswered draws and without a stated probability."""
        return cls(parts, reviewed, reviewed, found)


def tally(parts: Iterable[Draw], reviews: Iterable[BlindReview]) -> tuple[Stratum, ...]:
    """The strata of a period from all its parts, drawn or not, and the settled reviews.

    Parts of one score stratum drawn with different probabilities (the plan changed) make strata of their own.
    ValueError where a part comes twice, is reviewed twice, or is reviewed and not among the parts.
    """
    drawn_parts: dict[int, Draw] = {}
    cells: Counter[tuple[int, float]] = Counter()
    drawn: Counter[tuple[int, float]] = Counter()
    for part in parts:
        cells[_cell(part)] += 1
        if part.is_drawn:
            if part.part_id in drawn_parts:
                raise ValueError(f"part {part.part_id} comes twice")
            drawn_parts[part.part_id] = part
            drawn[_cell(part)] += 1
    reviewed, found = _answers(drawn_parts, reviews)
    return tuple(Stratum(cells[c], drawn[c], reviewed[c], found[c], c[1]) for c in sorted(cells))


def _answers(
    drawn: dict[int, Draw], reviews: Iterable[BlindReview]
) -> tuple[Counter[tuple[int, float]], Counter[tuple[int, float]]]:
    waiting = dict(drawn)
    reviewed: Counter[tuple[int, float]] = Counter()
    found: Counter[tuple[int, float]] = Counter()
    for review in reviews:
        part_id = review.draw.part_id
        if waiting.pop(part_id, None) != review.draw:
            raise ValueError(f"the review of part {part_id} is a second one, or of another period")
        reviewed[_cell(review.draw)] += 1
        found[_cell(review.draw)] += review.is_event
    return reviewed, found


def _cell(draw: Draw) -> tuple[int, float]:
    return draw.stratum, draw.probability
