"""An endless web: no parts, but a result for every so many metres of a roll, and defects with their metres. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import Box, Finding, NoResultReason
from station_app.core.lines import LineScale, LineSpan
from station_app.core.lines_merge import WebDefect
from station_app.core.lines_record import RollDefect

_NEIGHBOUR = "the next stretch, which shows the last lines of this one again, has no result"


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many metres of a roll: the lines, every defect that lies on any of them, and how many were never received.

    `fault` is set where a picture that shows any of its lines could not be judged.
    """

    number: int
    span: LineSpan
    roll_start: int
    defects: tuple[WebDefect, ...] = ()
    missing: int = 0
    fault: NoResultReason | None = None

    @property
    def is_complete(self) -> bool:
        """Every line was received."""
        return self.missing == 0

    def metres(self, scale: LineScale) -> tuple[float, float]:
        """Where the stretch begins and ends, from the start of the roll."""
        return scale.metres(self.span.start - self.roll_start), scale.metres(self.span.end - self.roll_start)

    def roll_defects(self, scale: LineScale) -> tuple[RollDefect, ...]:
        """Each defect with where it lies on the roll."""
        return tuple(
            RollDefect(
                defect.label,
                defect.score,
                scale.metres(defect.start - self.roll_start),
                scale.mm(defect.span.length),
                scale.across_mm(defect.left),
                scale.across_mm(defect.right - defect.left),
            )
            for defect in self.defects
        )

    def evidence(self, seen: CameraEvidence) -> CameraEvidence:
        """What its own picture, `seen`, and all its neighbours say about the stretch as a whole: torn where a line is
        missing, without result where a neighbour that shows it has none, scores raised to those of the defects.

        Scores of `seen` must be those of the stretch's own lines. What `seen` shows only on lines of the stretch before
        belongs to that one; otherwise nothing is left out, so nothing moves towards PASS.
        """
        stamp = seen.stamp and replace(seen.stamp, is_complete=seen.stamp.is_complete and self.is_complete)
        worst = dict(seen.scores)
        for defect in self.defects:
            worst[defect.label] = max(defect.score, worst.get(defect.label, 0.0))
        # A missing line is told as what it is.
        neighbour = self.fault if seen.fault is None and self.is_complete else None
        return replace(
            seen,
            stamp=stamp,
            scores=tuple(worst.items()),
            findings=self._findings(seen),
            fault=seen.fault or neighbour,
            detail=seen.detail or (_NEIGHBOUR if neighbour else ""),
        )

    def _findings(self, seen: CameraEvidence) -> tuple[Finding, ...]:
        """In pixels of the stretch's picture: what it shows on its own lines, with its outlines, then every defect that
        only a neighbour shows there."""
        lines = seen.stamp.lines if seen.stamp else None
        top = self.span.start if lines is None else lines.part.frame.start
        own = tuple(found for found in seen.findings if found.box.bottom > self.span.start - top)
        joined = (self._finding(defect, seen.camera_id, top) for defect in self.defects)
        return (*own, *(found for found in joined if not any(_is_same_place(found, other) for other in own)))

    def _finding(self, defect: WebDefect, camera_id: str, top: int) -> Finding:
        first, end = max(defect.start, self.span.start) - top, min(defect.end, self.span.end) - top
        box = Box(defect.left, first, defect.right - defect.left, end - first)
        return Finding(defect.label, defect.score, box, camera_id)


def _is_same_place(one: Finding, other: Finding) -> bool:
    across = one.box.x < other.box.right and other.box.x < one.box.right
    return one.label == other.label and across and one.box.y < other.box.bottom and other.box.y < one.box.bottom


class WebRoll:
    """One roll, or a part of it, from `start` on, cut into stretches of `stretch_lines`; the last may be shorter.

    A defect belongs to every stretch that it lies on. A stretch is told once nothing before its end can change.
    """

    def __init__(self, start: int, stretch_lines: int, roll_start: int | None = None) -> None:
        """`roll_start` is where the roll began, if that was before `start`."""
        if stretch_lines < 1:
            raise ValueError("a stretch has at least one line")
        self._roll_start = start if roll_start is None else roll_start
        self._stretch_lines = stretch_lines
        self._next = LineSpan(start, start + stretch_lines)
        self._told = 0
        self._is_stopped = False
        self._defects: list[WebDefect] = []
        self._gaps: list[LineSpan] = []
        self._unjudged: list[tuple[LineSpan, NoResultReason]] = []

    def add_defects(self, defects: Iterable[WebDefect]) -> None:
        """Take defects that are over. What lies on a stretch told already is a bug of the caller's."""
        for defect in defects:
            self._check_untold(defect.span)
            self._defects.append(defect)

    def add_gap(self, gap: LineSpan) -> None:
        """Take lines that were never received; each once."""
        self._check_untold(gap)
        self._gaps.append(gap)

    def add_unjudged(self, span: LineSpan, reason: NoResultReason) -> None:
        """Take lines of a picture that could not be judged."""
        self._check_untold(span)
        self._unjudged.append((span, reason))

    def settle(self, line: int) -> list[Stretch]:
        """The stretches that end at or before `line`: no defect and no gap before it is still to come."""
        stretches = []
        while self._next.end <= line:
            stretches.append(self._tell(self._next))
        return stretches

    def stop(self, line: int) -> list[Stretch]:
        """The roll ends at `line`: all that has not been told, the last stretch as long as what is left."""
        stretches = self.settle(line)
        if self._next.start < line:
            stretches.append(self._tell(LineSpan(self._next.start, line)))
        self._is_stopped = True
        return stretches

    def _tell(self, span: LineSpan) -> Stretch:
        on_it = tuple(sorted(defect for defect in self._defects if defect.span.meets(span)))
        missing = sum(max(0, min(gap.end, span.end) - max(gap.start, span.start)) for gap in self._gaps)
        fault = next((reason for lines, reason in self._unjudged if lines.meets(span)), None)
        self._defects = [defect for defect in self._defects if defect.end > span.end]  # they lie on the next as well
        self._gaps = [gap for gap in self._gaps if gap.end > span.end]
        self._unjudged = [entry for entry in self._unjudged if entry[0].end > span.end]
        self._next = LineSpan(span.end, span.end + self._stretch_lines)
        self._told += 1
        return Stretch(self._told, span, self._roll_start, on_it, missing, fault)

    def _check_untold(self, span: LineSpan) -> None:
        if self._is_stopped or (self._told and span.start < self._next.start):
            raise ValueError(f"lines {span.start} to {span.end} come after their stretch was told")
