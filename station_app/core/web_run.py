"""From what is found on the pictures of a web to the results of its stretches: defects joined, metres told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from station_app.core.inspection import NoResultReason
from station_app.core.lines import LineSpan
from station_app.core.lines_merge import ChainMerger, IsSame, Trace
from station_app.core.lines_touch import is_same_defect
from station_app.core.web import Stretch, WebRoll


@dataclass(frozen=True, slots=True)
class WebRule:
    """How a web is cut: stretches of `stretch_lines`, the picture of each with the last `overlap` lines of the one
    before. `most_pictures` is how many a defect may span before it is told without its end."""

    stretch_lines: int
    overlap: int
    most_pictures: int = 16
    is_same: IsSame = is_same_defect


@dataclass(frozen=True, slots=True, eq=False)
class WebPicture:
    """The picture of one stretch, judged: `body` are the stretch's own lines, `span` those that the picture shows.

    Nothing of `traces` lies on `gaps`, the lines that were never received. `fault` is set where it was not judged.
    """

    body: LineSpan
    span: LineSpan
    traces: Sequence[Trace] = ()
    gaps: tuple[LineSpan, ...] = ()
    fault: NoResultReason | None = None


class WebRun:
    """Lines `first_line` on, of a roll that began at `roll_start`. Pictures come in order and without a gap between
    their bodies. A stretch is told as soon as nothing on it can change."""

    def __init__(self, rule: WebRule, first_line: int, roll_start: int | None = None) -> None:
        self._rule = rule
        self._merger = ChainMerger(rule.is_same, rule.most_pictures)
        self._roll = WebRoll(first_line, rule.stretch_lines, roll_start)
        self._end = first_line

    @property
    def end(self) -> int:
        """The line at which the next picture's stretch must begin."""
        return self._end

    def take(self, picture: WebPicture) -> list[Stretch]:
        """The next picture; the stretches that are certain now."""
        for gap in picture.gaps:
            own = LineSpan(max(gap.start, picture.body.start), gap.end)
            if own.length > 0:  # the others were told by the picture before
                self._roll.add_gap(own)
        if picture.fault is not None:
            self._roll.add_unjudged(picture.span, picture.fault)
        self._end = picture.body.end
        next_first = self._end - self._rule.overlap
        self._roll.add_defects(self._merger.add(picture.span, picture.traces, next_first))
        oldest = self._merger.oldest_open
        return self._roll.settle(next_first if oldest is None else min(oldest, next_first))

    def stop(self) -> list[Stretch]:
        """No picture comes any more: all that has not been told yet."""
        self._roll.add_defects(self._merger.finish())
        return self._roll.stop(self._end)
