"""When a part can have its verdict: with its last camera or, on an endless web, once nothing on it can change any more.

Runs on the inspect thread.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import NoResultReason
from station_app.core.lines import LineScanInfo, LineSpan
from station_app.core.lines_record import StretchRecord
from station_app.core.web import Stretch
from station_app.core.web_run import WebPicture, WebRule, WebRun
from station_app.engine.part import Part
from station_app.engine.web_clocks import WebClocks
from station_app.inference.traces import finding_traces

OPEN_STRETCHES = 4
"""Stretches that one defect may keep waiting; a longer one is told in pieces."""


class Settling(Protocol):
    """Each returns the parts that can be concluded now, in order."""

    def examined(self, part: Part) -> Sequence[Part]:
        """One more camera of the part has been examined."""
        ...

    def skipped(self, part: Part) -> Sequence[Part]:
        """A picture of a part that has its verdict already will not be examined."""
        ...

    def ended(self) -> Sequence[Part]:
        """No picture comes any more that has to do with those before."""
        ...


class PartSettling:
    """A part of its own, with all its cameras."""

    def examined(self, part: Part) -> Sequence[Part]:
        return (part,) if part.is_complete else ()

    def skipped(self, part: Part) -> Sequence[Part]:
        return ()

    def ended(self) -> Sequence[Part]:
        return ()


class WebSettling:
    """Stretches of a web, joined with their neighbours."""

    def __init__(self, info: LineScanInfo, clocks: WebClocks) -> None:
        self._info = info
        self._rule = WebRule(info.stretch_lines, info.overlap, OPEN_STRETCHES)
        self._clocks = clocks
        self._run: WebRun | None = None
        self._held: dict[int, Part] = {}  # by the first line of their stretch

    def examined(self, part: Part) -> Sequence[Part]:
        return self._look(part, part.examined[-1].evidence)

    def skipped(self, part: Part) -> Sequence[Part]:
        return self._look(part, None)

    def ended(self) -> Sequence[Part]:
        run, self._run = self._run, None
        settled = [] if run is None else self._settle(run.stop())
        self._held = {}
        return settled

    def _look(self, part: Part, evidence: CameraEvidence | None) -> Sequence[Part]:
        place = part.stretch
        if place is None:  # its camera was lost before it had taken a line, or with it
            self._clocks.settled(part)
            return [part]
        # Where a picture in between is missing, nobody knows what it showed: what was before is told as it is.
        settled = [] if self._run is None or self._run.end == place.first_line else [*self.ended()]
        if self._run is None:
            self._run = WebRun(self._rule, place.first_line, place.roll_line)
        self._held[place.first_line] = part
        settled += self._settle(self._run.take(self._picture(place, evidence)))
        self._clocks.examined(part)
        return settled

    def _picture(self, place: StretchRecord, evidence: CameraEvidence | None) -> WebPicture:
        """What the picture of a stretch says; without evidence it was never judged."""
        body = LineSpan(place.first_line, place.end_line)
        taken = evidence.stamp.lines if evidence is not None and evidence.stamp is not None else None
        if evidence is None or taken is None:
            shown = LineSpan(body.start - self._rule.overlap, body.end)
            return WebPicture(body, shown, fault=(evidence and evidence.fault) or NoResultReason.LATE)
        span = taken.part.frame
        traces = finding_traces(evidence.findings, span, taken.gaps)
        return WebPicture(body, span, traces, taken.gaps, evidence.fault)

    def _settle(self, stretches: Sequence[Stretch]) -> list[Part]:
        """The parts of these stretches, with all that is known of them now."""
        settled = []
        for stretch in stretches:
            part = self._held.pop(stretch.span.start)
            self._clocks.settled(part)
            if part.stretch is not None:
                defects = stretch.roll_defects(self._info.scale)
                part.stretch = replace(part.stretch, missing_lines=stretch.missing, defects=defects)
            if part.examined:
                part.revise(stretch.evidence(part.examined[-1].evidence))
            settled.append(part)
        return settled
