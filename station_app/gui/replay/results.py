"""What earlier replays came to, read from their journals. Runs on a reader's thread, never on the GUI thread."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.core.inspection import VerdictKind
from station_app.gui.link import PartArchive
from station_app.replay.journal import Subject, read_journal
from station_app.replay.outcome import Outcome
from station_app.replay.recorded import truth_of
from station_app.replay.request import REPLAYS, Request, journal_of, read_request, write_request
from station_app.replay.summary import Summary, summarise

MOST_FLIPS = 60
Turn = tuple[VerdictKind, VerdictKind]


@dataclass(frozen=True, slots=True)
class Earlier:
    """One replay on the disk. `request` is None where it was not asked for from the screen."""

    name: str
    changed_ms: int
    request: Request | None


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """`flips` holds the newest parts of each change of the verdict."""

    name: str
    subject: Subject
    summary: Summary
    flips: dict[Turn, tuple[Outcome, ...]]


def ask_earlier(folder: Path, _: PartArchive) -> tuple[Earlier, ...]:
    """Every replay of the data folder, the latest first."""
    try:
        found = [(path, path.stat().st_mtime_ns // 1_000_000) for path in (folder / REPLAYS).glob("*.jsonl")]
    except OSError as error:
        what = f"the replays cannot be read: {error.strerror}"
        raise StorageError(what, where=str(folder / REPLAYS), remedy="look at this folder") from error
    found.sort(key=lambda pair: -pair[1])
    return tuple(Earlier(path.stem, changed_ms, read_request(path.stem, folder)) for path, changed_ms in found)


def ask_result(name: str, folder: Path, archive: PartArchive) -> Result:
    """What one of them says so far."""
    subject, outcomes = read_journal(journal_of(name, folder))
    truth = partial(truth_of, recipe=subject.recipe, from_ms=subject.from_ms, until_ms=subject.until_ms)
    flips: defaultdict[Turn, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.is_flipped and outcome.replayed is not None:
            flips[(outcome.recorded, outcome.replayed)].append(outcome)
    newest = {turn: tuple(found[: -MOST_FLIPS - 1 : -1]) for turn, found in flips.items()}
    return Result(name, subject, summarise(outcomes, *archive.read(truth)), newest)


def ask_kept(request: Request, folder: Path, _: PartArchive) -> Request:
    """The request, once it is on the disk."""
    write_request(request, folder)
    return request
