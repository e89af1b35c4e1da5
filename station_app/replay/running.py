"""Walks through the recorded parts, judges each that was not judged yet, and tells how far it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, Pixels
from station_app.replay.journal import Journal
from station_app.replay.judge import Judge
from station_app.replay.outcome import Outcome, Skipped

Images = Callable[[int], Mapping[str, Pixels]]


@dataclass(frozen=True, slots=True)
class Progress:
    """Parts done of all, and how many flipped so far."""

    done: int
    total: int
    flipped: int


def replay(
    parts: Iterable[Inspection],
    total: int,
    images: Images,
    judge: Judge,
    journal: Journal,
    on_progress: Callable[[Progress], bool],
) -> tuple[Outcome, ...]:
    """Every outcome, those of an earlier run included. `on_progress` is asked after each part whether to go on; where
    it says False the replay ends here and can be resumed."""
    outcomes = list(journal.done)
    known = {outcome.part_id for outcome in outcomes}
    flipped = sum(outcome.is_flipped for outcome in outcomes)
    with journal:
        for part in parts:
            if part.part_id in known:
                continue
            outcome = _again(part, images, judge)
            journal.add(outcome)
            outcomes.append(outcome)
            flipped += outcome.is_flipped
            if not on_progress(Progress(len(outcomes), total, flipped)):
                break
    return tuple(outcomes)


def _again(part: Inspection, images: Images, judge: Judge) -> Outcome:
    try:
        return judge.judge(part, images(part.part_id))
    except StorageError:
        return Outcome(part.part_id, part.verdict, skipped=Skipped.DAMAGED)
