"""One frame in, findings out: the whole inference path of one camera. Runs on the thread that calls it.

Everything large is kept between parts: a frame of the same shape with the same regions allocates next to nothing.
`prepare` and `judge` may run on two threads, so that the next frame is prepared while the model is at work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from station_app.core.inspection import Finding, Frame, FrameStamp, HeatMap, PixelFormat
from station_app.core.recipe import Region, Thresholds
from station_app.inference.dry_run import DryRunLimits, ProvedPackages, dry_run
from station_app.inference.heat import compose_heat
from station_app.inference.package import ModelPackage
from station_app.inference.postprocess import Collector, collector_for
from station_app.inference.preparing import OWN_SLOT, Prepared, Preparer, view_of
from station_app.inference.region_plan import RegionPlan
from station_app.inference.region_reader import TileSheet
from station_app.inference.session import ModelSession, SessionSettings


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a model says about one frame. `scores` holds every label of the package; findings are strongest first."""

    findings: tuple[Finding, ...]
    scores: tuple[tuple[str, float], ...]
    heat_map: HeatMap | None
    model_hash: str
    provider: str


class Inspector:
    """A proved model package, ready to inspect frames. One thread at a time."""

    def __init__(
        self,
        package: ModelPackage,
        *,
        provider: str = "",
        threads: int = 1,
        spinning: bool = False,
        proved: ProvedPackages | None = None,
    ) -> None:
        """Raises ModelPackageError where the dry run fails, or not on the provider insisted on.

        The dry run is left out only where `proved` remembers it for this very package, provider and runtime. Turns
        OpenCV's threads off for the whole process.
        """
        # OpenCV's own pool costs more than it gives on steps of a millisecond, and takes the model's core.
        cv2.setNumThreads(1)
        proved_on = dry_run(package, provider, DryRunLimits(), proved)
        self._package = package
        self._manifest = package.manifest
        settings = SessionSettings(provider, threads, spinning)
        self._session = ModelSession(package.model, package.manifest, settings, package.where)
        if self._session.provider != proved_on:
            # A device that was there a moment ago, or at the last start, may be gone: what runs now must be proved.
            dry_run(package, self._session.provider, DryRunLimits(), proved)
        self._preparer = Preparer(package.manifest)
        self._view = view_of(package.manifest)
        self._sheet = TileSheet(package.manifest.input.shape)
        self._plans: tuple[RegionPlan, ...] = ()
        self._collectors: list[Collector] = []

    @property
    def package(self) -> ModelPackage:
        return self._package

    @property
    def provider(self) -> str:
        """The execution provider really in use."""
        return self._session.provider

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm_up(
        self,
        shape: tuple[int, ...],
        pixel_format: PixelFormat = PixelFormat.MONO8,
        regions: tuple[Region, ...] = (),
    ) -> None:
        """Allocate for frames of this shape and run the model once, so that the first part is no slower."""
        frame = Frame(0, "", FrameStamp(0, 0), np.zeros(shape, np.uint8), pixel_format)
        self._session.start_part(None)
        self._read(self.prepare(frame, regions))

    def prepare(self, frame: Frame, regions: tuple[Region, ...], slot: int = OWN_SLOT) -> Prepared:
        """The frame as the model will be shown it. Frames that are in flight together need slots of their own.

        Raises ModelOutputError where the pixels are not what the frame says, ConfigError where the regions do not fit.
        """
        return self._preparer.prepare(frame, regions, slot)

    def takes(self, prepared: Prepared) -> bool:
        """Whether this model may be shown what was prepared, for it or for another one."""
        return prepared.view == self._view

    def bar(self) -> None:
        """Give up what is being judged, and judge nothing until `unbar`: LateError. Any thread, at once."""
        self._session.bar()

    def unbar(self) -> None:
        """Judge again. By the thread that judges, between two frames."""
        self._session.unbar()

    def judge(
        self,
        prepared: Prepared,
        thresholds: Mapping[str, Thresholds],
        deadline_ns: int | None,
        scored_from: int = 0,
    ) -> Reading:
        """What the model says to a prepared frame. `deadline_ns` is on the monotonic clock. Rows above `scored_from`
        count for the findings and not for the scores.

        Raises LateError past the deadline, ModelOutputError where the answer is no evidence. `thresholds` must name
        every label of the package.
        """
        self._session.start_part(deadline_ns)
        try:
            self._read(prepared)
        finally:
            self._session.end_part()
        return self._reading(prepared.camera_id, thresholds, scored_from)

    def inspect(
        self,
        frame: Frame,
        regions: tuple[Region, ...],
        thresholds: Mapping[str, Thresholds],
        deadline_ns: int | None,
        scored_from: int = 0,
    ) -> Reading:
        """Prepare and judge at once."""
        return self.judge(self.prepare(frame, regions), thresholds, deadline_ns, scored_from)

    def close(self) -> None:
        """End the deadline's thread."""
        self._session.close()

    def _read(self, prepared: Prepared) -> None:
        if prepared.plans != self._plans:
            self._plans = prepared.plans
            self._collectors = [collector_for(self._manifest, plan) for plan in prepared.plans]
        for plan, reduced, collector in zip(prepared.plans, prepared.reduced, self._collectors, strict=True):
            collector.begin()
            for index, tile in enumerate(plan.tiles):
                collector.add(index, self._session.run(self._sheet.lay(reduced, tile)))

    def _reading(self, camera_id: str, thresholds: Mapping[str, Thresholds], scored_from: int) -> Reading:
        places = list(zip(self._plans, self._collectors, strict=True))
        scores = [_scores(collector, plan, scored_from) for plan, collector in places]
        best = [max(column) for column in zip(*scores, strict=True)]
        findings = [finding for collector in self._collectors for finding in collector.findings(thresholds)]
        findings.sort(key=_by_score, reverse=True)
        heats = [(plan.box, collector.heat()) for plan, collector in places]
        return Reading(
            findings=tuple(replace(finding, camera_id=camera_id) for finding in findings),
            scores=tuple(zip(self._manifest.labels, best, strict=True)),
            heat_map=compose_heat(heats),
            model_hash=self._package.sha256,
            provider=self.provider,
        )


def _scores(collector: Collector, plan: RegionPlan, scored_from: int) -> tuple[float, ...]:
    whole = collector.scores()
    return collector.scores_below((scored_from - plan.box.y) / plan.scale_y) if scored_from > plan.box.y else whole


def _by_score(finding: Finding) -> float:
    return finding.score
