"""What champion and candidate make of parts that nobody has used for anything: by the station's own inference path."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from station_app.core.inspection import Frame, FrameStamp, PixelFormat
from station_app.inference.inspector import Inspector
from station_app.inference.package import load_package
from station_app.loop_demo.figures import Comparison, Scores, Unseen, compare
from station_app.loop_demo.parts import TruePart

_SEED = 0


def look_at_unseen(parts: Sequence[TruePart], champion: Path, candidate: Path) -> Comparison:
    """Both packages on the same parts. ModelPackageError where one cannot be used."""
    unseen = Unseen(np.array([part.is_defect for part in parts]), tuple(part.group for part in parts))
    scores = [_highest(parts, package) for package in (champion, candidate)]
    reviews = (_review(champion), _review(candidate))
    return compare(unseen, scores[0], scores[1], reviews, _SEED)


def _highest(parts: Sequence[TruePart], package: Path) -> Scores:
    loaded = load_package(package)
    thresholds = dict(loaded.manifest.thresholds)
    with Inspector(loaded) as inspector:
        found = [inspector.inspect(_frame(part), (), thresholds, None).scores for part in parts]
    return np.array([max(score for _, score in scores) for scores in found], np.float64)


def _frame(part: TruePart) -> Frame:
    return Frame(0, "", FrameStamp(0, 0), part.pixels, PixelFormat.MONO8)


def _review(package: Path) -> float:
    """All labels of a package that this program trained share one pair of thresholds."""
    return min(pair.review for _, pair in load_package(package).manifest.thresholds)
