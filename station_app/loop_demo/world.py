"""Which parts play which role. No group of parts plays two of them, and the unseen ones are looked at once, at the end.

base: what the champion is trained on, collected before some kinds of defects came up. stream: what comes down the line.
golden: the frozen set that the gate judges by. further: comes down the line while the candidate runs in shadow. unseen:
nothing is made, chosen or judged with them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.loop_demo.boards import KINDS as BOARD_KINDS
from station_app.loop_demo.boards import read_boards
from station_app.loop_demo.housings import KINDS as HOUSING_KINDS
from station_app.loop_demo.housings import render_housings
from station_app.loop_demo.parts import TruePart

Parts = tuple[TruePart, ...]
BOARDS = "deeppcb"


@dataclass(frozen=True, slots=True)
class Fitting:
    """How networks are trained here: the champion for `base_steps`, the candidate for `tuning_steps` more.

    `overkill` is what the candidate's thresholds may cost on its validation images: many of their good ones are those
    that the champion has rejected, so that it costs less on the line.
    """

    crop: int
    width: int
    base_steps: int
    tuning_steps: int
    tuning_rate: float
    replay_share: float
    overkill: float = 0.07
    reduce: int = 1
    is_fixtured: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Everything that is known about the parts of one demonstration."""

    about: str
    kinds: tuple[str, ...]
    base: Parts
    golden: Parts
    stream: Parts
    further: Parts
    unseen: Parts
    fitting: Fitting

    def told(self) -> tuple[str, ...]:
        """For a person at a terminal."""
        return (self.about, *(f"{role:8} {_counted(getattr(self, role))}" for role in _ROLES))


_ROLES = ("base", "golden", "stream", "further", "unseen")


def open_world(pictures: Path | None, *, is_quick: bool) -> World:
    """The boards of `pictures`/deeppcb, or rendered housings where there is no folder. ConfigError as of the boards."""
    if pictures is None:
        return housing_world(is_quick=is_quick)
    return board_world(pictures / BOARDS, is_quick=is_quick)


def board_world(folder: Path, *, is_quick: bool) -> World:
    """The champion knows opens and shorts of 70 pictures of one board. The rest of this board and another one come down
    the line; the golden set and the further parts are of a third, the unseen ones of the fourth."""
    boards = read_boards(folder)
    missing = [board for board in ("00041", "13000", "12100", "44000") if board not in boards]
    if missing:
        remedy = "copy the whole data set"
        raise ConfigError(f"the boards {', '.join(missing)} are missing", where=str(folder), remedy=remedy)
    base, rest = _divided(boards["00041"], 70)
    golden, further = _divided(boards["12100"], 60)
    stream = shuffled((*rest, *boards["13000"]))
    return World(
        about=f"real boards, DeepPCB, squares of 160 pixels from {folder}",
        kinds=tuple(BOARD_KINDS.values()),
        base=_before(base, ("open", "short")),
        golden=golden[:500] if is_quick else golden,
        stream=stream[:900] if is_quick else stream,
        further=shuffled(further)[: 200 if is_quick else None],
        unseen=shuffled(boards["44000"])[: 700 if is_quick else None],
        fitting=Fitting(128, 8, 400, 500 if is_quick else 1000, 0.004, 0.5),
    )


def housing_world(*, is_quick: bool) -> World:
    """The champion knows dents and stains of a few housings; everything else is other housings."""
    scale = 1 if is_quick else 2
    counts = (10, 10 * scale, 24 * scale, 2 * scale, 12 * scale)
    starts = [sum(counts[:role]) for role in range(len(counts))]
    base, golden, stream, further, unseen = (
        render_housings(start, count, 20) for start, count in zip(starts, counts, strict=True)
    )
    return World(
        about="rendered housings; real boards would be DeepPCB, see --data",
        kinds=HOUSING_KINDS,
        base=_before(base, ("dent", "stain")),
        golden=golden,
        stream=shuffled(stream),
        further=shuffled(further),
        unseen=unseen,
        fitting=Fitting(128, 8, 200, 500 * scale, 0.004, 0.5, overkill=0.15, reduce=2, is_fixtured=True),
    )


def shuffled(parts: Iterable[TruePart]) -> Parts:
    """An order that is always the same and has nothing to do with where the parts come from."""
    return tuple(sorted(parts, key=lambda part: _lot(part.serial)))


def _before(parts: Parts, known: tuple[str, ...]) -> Parts:
    """What was collected before the other kinds came up."""
    return tuple(part for part in parts if not part.is_defect or part.label in known)


def _divided(parts: Parts, groups: int) -> tuple[Parts, Parts]:
    """The parts of so many groups, drawn by a hash, and the others."""
    first = sorted({part.group for part in parts}, key=_lot)[:groups]
    return (
        tuple(part for part in parts if part.group in first),
        tuple(part for part in parts if part.group not in first),
    )


def _lot(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def _counted(parts: Parts) -> str:
    defects = sum(part.is_defect for part in parts)
    return f"{len(parts)} parts of {len({part.group for part in parts})} groups, {defects} defective"
