"""An endless web: no parts, but a result for every so many metres of a roll, and defects with their metres. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import Box, Finding
from station_app.core.lines import LineScale, LineSpan
from station_app.core.lines_merge import WebDefect


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many metres of a roll: the lines, every defect that lies on any of them, and how many were never received."""

    number: int
    span: LineSpan
    roll_start: int
    defects: tuple[WebDefect, ...] = ()
    missing: int = 0

    @property
    def is_complete(self) -> bool:
        """Every line was received."""
        return self.missing == 0

    def metres(self, scale: LineScale) -> tuple[float, float]:
        """Where the stretch begins and ends, from the start of the roll."""
        return scale.metres(self.span.start - self.roll_start), scale.metres(self.span.end - self.roll_start)

    def defect_metres(self, scale: LineScale) -> tuple[tuple[float, WebDefect], ...]:
        """Each defect with where it begins, in metres from the start of the roll."""
        return tuple((scale.metres(defect.start - self.roll_start), defect) for defect in self.defects)

    def evidence(self, seen: CameraEvidence) -> CameraEvidence:
        """What `seen` says about the stretch as a whole: its stamp torn where a line is missing, its scores raised to
        those of the defects, which become findings. It never says less than `seen`, so nothing moves towards PASS."""
        stamp = seen.stamp and replace(seen.stamp, is_complete=seen.stamp.is_complete and self.is_complete)
        worst = dict(seen.scores)
        for defect in self.defects:
            worst[defect.label] = max(defect.score, worst.get(defect.label, 0.0))
        findings = tuple(self._finding(defect) for defect in self.defects)
        return replace(seen, stamp=stamp, scores=tuple(worst.items()), findings=(*seen.findings, *findings))

    def _finding(self, defect: WebDefect) -> Finding:
        top = max(0, defect.start - self.span.start)
        bottom = min(defect.end, self.span.end) - self.span.start
        return Finding(defect.label, defect.score, Box(defect.left, top, defect.right - defect.left, bottom - top))


class WebRoll:
    """One roll from its start to its stop, cut into stretches of `stretch_lines`; the last one may be shorter.

    A defect belongs to every stretch that it lies on. A stretch is told once nothing before its end can change.
    """

    def __init__(self, start: int, stretch_lines: int) -> None:
        if stretch_lines < 1:
            raise ValueError("a stretch has at least one line")
        self.start = start
        self._stretch_lines = stretch_lines
        self._next = LineSpan(start, start + stretch_lines)
        self._told = 0
        self._is_stopped = False
        self._defects: list[WebDefect] = []
        self._gaps: list[LineSpan] = []

    def add_defects(self, defects: Iterable[WebDefect]) -> None:
        """Take defects that are over. What lies on a stretch told already is a bug of the caller's."""
        for defect in defects:
            self._check_untold(defect.span)
            self._defects.append(defect)

    def add_gap(self, gap: LineSpan) -> None:
        """Take lines that were never received."""
        self._check_untold(gap)
        self._gaps.append(gap)

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
        self._defects = [defect for defect in self._defects if defect.end > span.end]  # they lie on the next as well
        self._gaps = [gap for gap in self._gaps if gap.end > span.end]
        self._next = LineSpan(span.end, span.end + self._stretch_lines)
        self._told += 1
        return Stretch(self._told, span, self.start, on_it, missing)

    def _check_untold(self, span: LineSpan) -> None:
        if self._is_stopped or (self._told and span.start < self._next.start):
            raise ValueError(f"lines {span.start} to {span.end} come after their stretch was told")
