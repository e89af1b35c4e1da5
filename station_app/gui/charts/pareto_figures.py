"""Which defects, where on the part, and why parts have no result. Worker thread."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from station_app.core.history import HistoryFilter
from station_app.core.inspection import Pixels
from station_app.gui.link import PartArchive
from station_app.quality.pareto import ParetoBar, pareto
from station_app.store import rollups
from station_app.store.rollups import Records

_LONGEST_PX = 1000


class ParetoBy(StrEnum):
    """What the bars stand for."""

    LABEL = "label"
    ZONE = "zone"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class ParetoQuestion:
    """`camera_id` is "" for the one with the most findings."""

    where: HistoryFilter
    by: ParetoBy = ParetoBy.LABEL
    camera_id: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ParetoFigures:
    """`cells` are rows of (column, row, findings) on the frame of `camera_id`; `picture` is a passed part's, where one
    was stored, made smaller; `frame` is the width and height that it had."""

    question: ParetoQuestion
    first: int
    end: int
    bars: tuple[ParetoBar, ...]
    cameras: tuple[str, ...]
    camera_id: str
    cells: NDArray[np.int64]
    picture: Pixels | None
    frame: tuple[int, int]
    pictured_part: int | None


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    first: int
    end: int
    bars: tuple[ParetoBar, ...]
    cameras: tuple[str, ...]
    camera_id: str
    cells: NDArray[np.int64]
    part_id: int | None


def pareto_figures(archive: PartArchive, question: ParetoQuestion) -> ParetoFigures:
    counted: _Counted = archive.read(lambda reader: _counted(reader, question))
    images = dict(archive.images(counted.part_id)) if counted.part_id is not None else {}
    image = images.get(counted.camera_id)
    return ParetoFigures(
        question=question,
        first=counted.first,
        end=counted.end,
        bars=counted.bars,
        cameras=counted.cameras,
        camera_id=counted.camera_id,
        cells=counted.cells,
        picture=_thinned(image),
        frame=(0, 0) if image is None else (image.shape[1], image.shape[0]),
        pictured_part=counted.part_id,
    )


def _thinned(image: Pixels | None) -> Pixels | None:
    if image is None:
        return None
    step = max(1, max(image.shape[:2]) // _LONGEST_PX)
    return np.ascontiguousarray(image[::step, ::step])


def _counted(reader: Records, question: ParetoQuestion) -> _Counted:
    scope = rollups.scope_of(reader, question.where)
    findings = rollups.findings(reader, scope, question.where.label)
    cameras: Counter[str] = Counter()
    for found in findings:
        cameras[found.camera_id] += found.count
    seen_most = cameras.most_common(1)[0][0] if cameras else ""
    camera_id = question.camera_id if question.camera_id in cameras else seen_most
    return _Counted(
        first=scope.first,
        end=scope.end,
        bars=pareto(_by(reader, scope, question.by, findings)),
        cameras=tuple(sorted(cameras)),
        camera_id=camera_id,
        cells=_cells(findings, camera_id),
        part_id=rollups.newest_pass(reader, scope),
    )


def _cells(findings: tuple[rollups.Findings, ...], camera_id: str) -> NDArray[np.int64]:
    counts: Counter[tuple[int, int]] = Counter()
    for found in findings:
        if found.camera_id == camera_id:
            counts[found.column, found.row] += found.count
    return np.array([(*cell, count) for cell, count in sorted(counts.items())], np.int64).reshape(len(counts), 3)


def _by(
    reader: Records, scope: rollups.Scope, by: ParetoBy, findings: tuple[rollups.Findings, ...]
) -> dict[str, int]:  # fmt: skip
    if by is ParetoBy.REASON:
        return rollups.hour_reasons(reader, scope)
    counts: Counter[str] = Counter()
    for found in findings:
        counts[found.label if by is ParetoBy.LABEL else found.region] += found.count
    return dict(counts)
