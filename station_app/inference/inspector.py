"""One frame in, findings out: the whole inference path of one camera. Runs on the thread that calls it.

Everything large is kept between parts: a frame of the same shape with the same regions allocates next to nothing.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from station_app.core.inspection import Finding, Frame, HeatMap, PixelFormat, Pixels
from station_app.core.recipe import Region, Thresholds
from station_app.inference.dry_run import DryRunLimits, ProvedPackages, dry_run
from station_app.inference.heat import compose_heat
from station_app.inference.manifest import Manifest
from station_app.inference.package import ModelPackage
from station_app.inference.postprocess import Collector, collector_for
from station_app.inference.preprocess import check_frame, colour_buffer, match_channels
from station_app.inference.region_plan import RegionPlan, plan_regions
from station_app.inference.region_reader import RegionReader
from station_app.inference.session import ModelSession, SessionSettings


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a model says about one frame. `scores` holds every label of the package; findings are strongest first."""

    findings: tuple[Finding, ...]
    scores: tuple[tuple[str, float], ...]
    heat_map: HeatMap | None
    model_hash: str
    provider: str
    preprocess_ms: float
    run_ms: float


@dataclass(slots=True)
class _Clock:
    """Nanoseconds of one part so far."""

    preprocess_ns: int = 0
    run_ns: int = 0


class _Bench:
    """All that frames of one shape and one set of regions need, kept between parts."""

    def __init__(
        self, manifest: Manifest, shape: tuple[int, ...], pixel_format: PixelFormat, regions: tuple[Region, ...]
    ) -> None:
        self.key = (shape, pixel_format, regions)
        self.pixel_format = pixel_format
        self.channels = manifest.input.channels
        self.colours = colour_buffer(shape, pixel_format, self.channels)
        self.tensor: Pixels = np.zeros(manifest.input.shape, np.uint8)
        plans = plan_regions(manifest, shape, regions)
        self.places: list[tuple[RegionReader, Collector]] = [
            (RegionReader(plan, self.tensor), collector_for(manifest, plan)) for plan in plans
        ]


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
        self._bench: _Bench | None = None

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
        bench = self._prepare(shape, pixel_format, regions)
        self._session.start_part(None)
        self._session.run(bench.tensor)

    def inspect(
        self,
        frame: Frame,
        regions: tuple[Region, ...],
        thresholds: Mapping[str, Thresholds],
        deadline_ns: int | None,
        scored_from: int = 0,
    ) -> Reading:
        """Judge a frame. `deadline_ns` is on the monotonic clock. Rows above `scored_from` count for the findings and
        not for the scores.

        Raises LateError past the deadline, ModelOutputError where the answer is no evidence, ConfigError where the
        regions do not fit the frame. `thresholds` must name every label of the package.
        """
        check_frame(frame)
        bench = self._prepare(frame.pixels.shape, frame.pixel_format, regions)
        clock = _Clock()
        self._session.start_part(deadline_ns)
        try:
            self._read(frame.pixels, bench, clock)
        finally:
            self._session.end_part()
        return self._reading(frame.camera_id, bench, thresholds, clock, scored_from)

    @property
    def runs_per_part(self) -> int:
        """How often the model runs for one frame as it was last prepared for: the tiles of all judged regions."""
        return sum(len(reader.plan.tiles) for reader, _ in self._bench.places) if self._bench else 0

    def close(self) -> None:
        """End the deadline's thread."""
        self._session.close()

    def _prepare(self, shape: tuple[int, ...], pixel_format: PixelFormat, regions: tuple[Region, ...]) -> _Bench:
        if self._bench is None or self._bench.key != (shape, pixel_format, regions):
            self._bench = _Bench(self._manifest, shape, pixel_format, regions)
        return self._bench

    def _read(self, pixels: Pixels, bench: _Bench, clock: _Clock) -> None:
        started_ns = time.monotonic_ns()
        matched = match_channels(pixels, bench.pixel_format, bench.colours, bench.channels)
        for reader, collector in bench.places:
            collector.begin()
            reader.read(matched)
            for index, tile in enumerate(reader.plan.tiles):
                reader.fill(tile)
                filled_ns = time.monotonic_ns()
                outputs = self._session.run(bench.tensor)
                answered_ns = time.monotonic_ns()
                collector.add(index, outputs)
                clock.preprocess_ns += filled_ns - started_ns
                clock.run_ns += answered_ns - filled_ns
                started_ns = answered_ns

    def _reading(
        self,
        camera_id: str,
        bench: _Bench,
        thresholds: Mapping[str, Thresholds],
        clock: _Clock,
        scored_from: int,
    ) -> Reading:
        scores = [_scores(collector, reader.plan, scored_from) for reader, collector in bench.places]
        best = [max(column) for column in zip(*scores, strict=True)]
        findings = [finding for _, collector in bench.places for finding in collector.findings(thresholds)]
        findings.sort(key=_by_score, reverse=True)
        return Reading(
            findings=tuple(replace(finding, camera_id=camera_id) for finding in findings),
            scores=tuple(zip(self._manifest.labels, best, strict=True)),
            heat_map=compose_heat([(reader.plan.box, collector.heat()) for reader, collector in bench.places]),
            model_hash=self._package.sha256,
            provider=self.provider,
            preprocess_ms=clock.preprocess_ns / 1e6,
            run_ms=clock.run_ns / 1e6,
        )


def _scores(collector: Collector, plan: RegionPlan, scored_from: int) -> tuple[float, ...]:
    whole = collector.scores()
    return collector.scores_below((scored_from - plan.box.y) / plan.scale_y) if scored_from > plan.box.y else whole


def _by_score(finding: Finding) -> float:
    return finding.score
