"""The whole path: a frame in, findings out."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.errors import ConfigError, ModelOutputError, ModelPackageError
from station_app.core.inspection import Box, Frame, FrameStamp, PixelFormat, Pixels
from station_app.core.recipe import Region, Thresholds
from station_app.inference import inspector as inspector_module
from station_app.inference.deadline import LateError
from station_app.inference.inspector import Inspector, Reading
from station_app.inference.manifest import Fit
from station_app.inference.package import ModelPackage
from station_app.inference.postprocess import MapCollector, collector_for
from station_app.inference.region_plan import plan_regions
from station_app.inference.region_reader import RegionReader, TileSheet
from tests.inference.models import draft, pointwise_package

Open = Callable[[ModelPackage], Inspector]
THRESHOLDS = {"scratch": Thresholds(0.4, 0.6)}


def frame_of(pixels: Pixels, pixel_format: PixelFormat = PixelFormat.MONO8) -> Frame:
    return Frame(1, "cam", FrameStamp(1, 0), pixels, pixel_format)


def part(rows: int = 90, columns: int = 120) -> Pixels:
    """A grey part with a bright scratch at (50, 41), 30 x 2."""
    pixels = np.full((rows, columns), 50, np.uint8)
    pixels[41:43, 50:80] = 240
    return pixels


def inspect(inspector: Inspector, pixels: Pixels, regions: tuple[Region, ...] = ()) -> Reading:
    return inspector.inspect(frame_of(pixels), regions, THRESHOLDS, None)


def test_a_scratch_is_found_where_it_is(package: ModelPackage, inspector_for: Open) -> None:
    reading = inspect(inspector_for(package), part())
    (finding,) = reading.findings
    assert (finding.label, finding.camera_id, finding.box) == ("scratch", "cam", Box(50, 41, 30, 2))
    assert finding.score == pytest.approx(240 / 255)
    assert dict(reading.scores) == pytest.approx({"scratch": 240 / 255})
    assert (reading.model_hash, reading.provider) == (package.sha256, "CPU")
    assert reading.heat_map is not None and reading.heat_map.scores.max() == 240


def test_a_clean_part_has_scores_for_every_label_and_no_finding(package: ModelPackage, inspector_for: Open) -> None:
    pixels = np.full((90, 120), 50, np.uint8)
    pixels[0, 0] = 51
    reading = inspect(inspector_for(package), pixels)
    assert reading.findings == ()
    assert [label for label, _ in reading.scores] == ["scratch"]


def test_regions_are_judged_and_excluded_ones_are_not(package: ModelPackage, inspector_for: Open) -> None:
    inspector = inspector_for(package)
    noisy = part()
    noisy[0, 0] = 49
    assert inspect(inspector, noisy, (Region("off", Box(0, 0, 45, 90)),)).findings == ()
    excluded = (Region("hole", Box(45, 38, 40, 10), is_excluded=True),)
    assert inspect(inspector, noisy, excluded).findings == ()
    both = (Region("left", Box(0, 0, 60, 90)), Region("right", Box(60, 0, 60, 90)))
    reading = inspect(inspector, noisy, both)
    assert {(f.region, f.box) for f in reading.findings} == {
        ("left", Box(50, 41, 10, 2)),
        ("right", Box(60, 41, 20, 2)),
    }
    assert reading.heat_map is not None and reading.heat_map.box == Box(0, 0, 120, 90)


def test_a_region_out_of_the_frame_is_a_sentence(package: ModelPackage, inspector_for: Open) -> None:
    with pytest.raises(ConfigError, match="region r reaches out"):
        inspect(inspector_for(package), part(), (Region("r", Box(100, 0, 40, 10)),))


@pytest.mark.parametrize("fit", list(Fit))
def test_a_one_pixel_scratch_on_five_megapixels_survives(fit: Fit, tmp_path: Path, inspector_for: Open) -> None:
    package = pointwise_package(tmp_path, height=256, width=256, fit=fit, stride=4)
    inspector = inspector_for(package)
    pixels = np.full((2048, 2448), 120, np.uint8)
    pixels[701, 400:1400] = 250
    clean = 120 / 255
    reading = inspector.inspect(frame_of(pixels), (), {"scratch": Thresholds(clean + 0.02, 0.9)}, None)
    (finding,) = reading.findings
    assert finding.score > clean + 0.04
    assert finding.box.y <= 701 < finding.box.bottom and finding.box.height <= 64
    assert abs(finding.box.x - 400) <= 64 and abs(finding.box.right - 1400) <= 64


@settings(max_examples=60, deadline=None)
@given(data=st.data(), stride=st.sampled_from([1, 2, 4]))
def test_joined_tiles_equal_the_untiled_map(data: st.DataObject, stride: int) -> None:
    side = data.draw(st.integers(2, 8)) * 4
    rows, columns = data.draw(st.integers(1, 70)), data.draw(st.integers(1, 70))
    overlap = data.draw(st.integers(0, side // 2))
    pixels = np.random.default_rng(rows * 71 + columns).integers(0, 256, (rows, columns), np.uint8)
    manifest = draft(side, side, overlap=overlap, stride=stride)
    (plan,) = plan_regions(manifest, pixels.shape, ())
    reduced, collector = RegionReader(plan, 1).read(pixels), collector_for(manifest, plan)
    sheet = TileSheet(manifest.input.shape)
    collector.begin()
    for index, tile in enumerate(plan.tiles):
        tensor = sheet.lay(reduced, tile)
        collector.add(index, {"scores": pooled(tensor[0, :, :, 0], stride)[None, None]})
    assert isinstance(collector, MapCollector)
    # Beyond the edge stands the reflection, as in the tiles.
    whole = np.pad(pixels, ((0, -rows % stride), (0, -columns % stride)), "reflect")
    np.testing.assert_array_equal(collector.joined[0], pooled(whole, stride))


def pooled(pixels: Pixels, stride: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """What the pointwise model answers."""
    blocks = pixels.reshape(pixels.shape[0] // stride, stride, pixels.shape[1] // stride, stride)
    return np.asarray(blocks.max(axis=(1, 3)) / np.float32(255), np.float32)


def test_frames_in_slots_of_their_own_wait_for_the_model_together(package: ModelPackage, inspector_for: Open) -> None:
    inspector = inspector_for(package)
    pictures = [part(), part() // 2]
    alone = [inspect(inspector, pixels) for pixels in pictures]
    prepared = [inspector.prepare(frame_of(pixels), (), slot) for slot, pixels in enumerate(pictures)]
    together = [inspector.judge(frame, THRESHOLDS, None) for frame in prepared]
    assert [reading.scores for reading in together] == [reading.scores for reading in alone]
    assert together[0].scores != together[1].scores


def test_a_frame_smaller_than_a_tile_is_judged_whole(package: ModelPackage, inspector_for: Open) -> None:
    pixels = np.full((10, 12), 50, np.uint8)
    pixels[9, 8:12] = 250
    (finding,) = inspect(inspector_for(package), pixels).findings
    assert finding.box == Box(8, 9, 4, 1)


@pytest.mark.parametrize("pixel_format", list(PixelFormat))
def test_every_pixel_format_is_taken(package: ModelPackage, inspector_for: Open, pixel_format: PixelFormat) -> None:
    pixels = part()
    pixels = np.repeat(pixels[..., None], 3, axis=2) if pixel_format is PixelFormat.BGR8 else pixels
    reading = inspector_for(package).inspect(frame_of(pixels, pixel_format), (), THRESHOLDS, None)
    assert reading.findings


def test_kept_buffers_never_mix_two_parts(package: ModelPackage, inspector_for: Open) -> None:
    inspector = inspector_for(package)
    clean = np.full((90, 120), 50, np.uint8)
    clean[0, 0] = 40
    for _ in range(3):
        assert inspect(inspector, part()).findings
        assert not inspect(inspector, clean).findings
    first = inspect(inspector, part()).heat_map
    inspect(inspector, clean)
    assert first is not None and first.scores.max() == 240


def test_a_passed_deadline_is_late_and_the_next_part_is_well(package: ModelPackage, inspector_for: Open) -> None:
    inspector = inspector_for(package)
    with pytest.raises(LateError):
        inspector.inspect(frame_of(part()), (), THRESHOLDS, time.monotonic_ns())
    assert inspect(inspector, part()).findings


def test_a_frame_that_lies_about_its_format_is_no_evidence(package: ModelPackage, inspector_for: Open) -> None:
    with pytest.raises(ModelOutputError, match="is no bgr8 image"):
        inspector_for(package).inspect(frame_of(part(), PixelFormat.BGR8), (), THRESHOLDS, None)


def test_warming_up_prepares_for_the_first_part(package: ModelPackage, inspector_for: Open) -> None:
    inspector = inspector_for(package)
    inspector.warm_up((90, 120))
    assert inspect(inspector, part()).findings


def test_an_inspector_proves_its_package_first(package: ModelPackage) -> None:
    wrong = replace(package.golden[0], expected=package.golden[0].expected.replace(b"0.5", b"0.7"))
    with pytest.raises(ModelPackageError, match="answered wrongly"):
        Inspector(replace(package, golden=(wrong,)))
    with Inspector(package, provider="CPU") as inspector:
        assert inspect(inspector, part()).findings


def test_a_provider_that_took_over_is_proved_too(package: ModelPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def dry_run(package: ModelPackage, provider: str, *_: object) -> str:
        asked.append(provider)
        return provider or "CUDA"

    monkeypatch.setattr(inspector_module, "dry_run", dry_run)
    with Inspector(package) as inspector:
        assert inspector.provider == "CPU"
    assert asked == ["", "CPU"]


def test_what_was_prepared_for_one_model_serves_another_of_the_same_contract(
    tmp_path: Path, package: ModelPackage, inspector_for: Open
) -> None:
    first, same = inspector_for(package), inspector_for(pointwise_package(tmp_path / "same"))
    other = inspector_for(pointwise_package(tmp_path / "other", reduce=2))
    prepared = first.prepare(frame_of(part()), ())
    assert same.takes(prepared) and not other.takes(prepared)
    assert same.judge(prepared, THRESHOLDS, None).findings == first.judge(prepared, THRESHOLDS, None).findings
