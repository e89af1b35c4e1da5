"""What one part adds to the counts of its hour. Pure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from station_app.core.bins import SCORE_BINS, TIME_BINS, score_bin, time_bin
from station_app.core.inspection import Disposition, ImageQuality, Inspection, NoResultReason, VerdictKind
from station_app.core.review import Answer
from station_app.store.history_entry import models_of

HOUR_MS = 3_600_000
CELL_PX = 64
"""Places on the frame are counted in squares of this side, in frame pixels."""

JUDGED = (VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.REVIEW)


class HistogramKind(StrEnum):
    """What is counted in bins: a score of a judged part (its largest, or one label's), or a stage's time in ms."""

    SCORE = "score"
    TOTAL = "total_ms"
    INSPECT = "inspect_ms"

    @property
    def bins(self) -> int:
        return SCORE_BINS if self is HistogramKind.SCORE else TIME_BINS


@dataclass(frozen=True, slots=True)
class PartFigures:
    """`histograms` are (kind, label or "", bin); `cameras` those with a measured frame; `places` are (camera, label,
    region, column, row) of the findings of a rejected part; `models` the packages that judged it."""

    hour: int
    models: str
    verdict: VerdictKind
    reason: NoResultReason | None
    histograms: tuple[tuple[HistogramKind, str, int], ...]
    cameras: tuple[tuple[str, ImageQuality], ...]
    places: tuple[tuple[str, str, str, int, int], ...]


def figures_of(inspection: Inspection) -> PartFigures:
    """NO_RESULT is in no histogram of scores and at no place: such a part was not judged."""
    return PartFigures(
        hour=inspection.inspected_at_ms // HOUR_MS,
        models=models_of(camera.model_hash for camera in inspection.cameras),
        verdict=inspection.verdict,
        reason=inspection.reason,
        histograms=(*_scores(inspection), *_times(inspection)),
        cameras=tuple(_measured(inspection)),
        places=tuple(_places(inspection)),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """What people have said of a part as it stands now: the decision at the line, and the settled answer of the
    reviewers."""

    override: Disposition | None = None
    review: Answer | None = None


def is_accepted(verdict: VerdictKind, word: Word) -> bool:
    """Whether the part is good in the end, after people. A part without a result never is. A settled review decides
    over a decision at the line: it is what several people, or an adjudicator, say with time to look."""
    if word.review is not None:
        return verdict in JUDGED and word.review is Answer.GOOD
    standing = word.override
    if verdict is VerdictKind.PASS:
        return standing is not Disposition.MISSED_DEFECT
    return verdict in JUDGED and standing is Disposition.FALSE_REJECT


def _scores(inspection: Inspection) -> Iterator[tuple[HistogramKind, str, int]]:
    if inspection.verdict not in JUDGED:
        return
    for label, score in dict(inspection.scores).items():
        number = score_bin(score)
        if label and number is not None:
            yield HistogramKind.SCORE, label, number
    top = score_bin(max((score for _, score in inspection.scores), default=math.nan))
    if top is not None:
        yield HistogramKind.SCORE, "", top


def _times(inspection: Inspection) -> Iterator[tuple[HistogramKind, str, int]]:
    taken = {HistogramKind.TOTAL: inspection.times.total_ms, HistogramKind.INSPECT: inspection.times.inspect_ms}
    for kind, ms in taken.items():
        number = time_bin(ms)
        if number is not None:
            yield kind, "", number


def _measured(inspection: Inspection) -> Iterator[tuple[str, ImageQuality]]:
    for camera in inspection.cameras:
        if camera.quality is not None and all(map(math.isfinite, camera.quality)):
            yield camera.camera_id, camera.quality


def _places(inspection: Inspection) -> Iterator[tuple[str, str, str, int, int]]:
    if inspection.verdict not in (VerdictKind.FAIL, VerdictKind.REVIEW):
        return
    for finding in inspection.findings:
        box = finding.box
        column, row = (box.x + box.width // 2) // CELL_PX, (box.y + box.height // 2) // CELL_PX
        yield finding.camera_id, finding.label, finding.region, column, row
