"""Teaching a flat field, correcting with it, keeping it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import CameraError, StorageError
from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan
from station_app.devices.linescan.drift import DriftWatch
from station_app.devices.linescan.flat_field import FlatConditions, FlatField, FlatFieldCorrection
from station_app.devices.linescan.flat_field_file import read_flat_field, write_flat_field
from station_app.devices.linescan.teaching import LEAST_LINES, Taught, teach_flat_field
from station_app.devices.rendering.web_plan import Texture, WebSpec
from station_app.devices.rendering.web_render import Scene, render_lines

CONDITIONS = FlatConditions(exposure_us=20.0, line_rate_hz=40_000.0, gain=1.5, light=80.0, lens="4242")
TODAY = "2024-05-02"
SPEC = WebSpec(Texture.FILM, width=512, is_shaded=True)


def lines(level: float, count: int = LEAST_LINES, width: int = 8) -> Pixels:
    return np.full((count, width), level, np.uint8)


def teach(dark: Pixels, white: Pixels) -> Taught:
    return teach_flat_field(dark, white, CONDITIONS, TODAY)


def taught() -> FlatField:
    span = LineSpan(0, LEAST_LINES)
    return teach(render_lines(SPEC, span, Scene.DARK), render_lines(SPEC, span, Scene.WHITE)).proved()


def test_a_taught_flat_field_makes_a_white_target_even() -> None:
    flat = taught()
    raw = render_lines(SPEC, LineSpan(5000, 5512), Scene.WHITE)
    corrected = FlatFieldCorrection(flat).correct(raw)
    before, after = (np.median(pixels, axis=0) for pixels in (raw, corrected))
    assert np.ptp(before) > 60
    assert np.ptp(after) <= 3
    assert abs(float(np.median(after)) - flat.target) <= 1


def test_dirt_that_passes_by_is_not_taught() -> None:
    white = lines(150)
    white[100:200, 3] = 20
    assert (teach(lines(5), white).proved().white == 150).all()


def _with(pixels: Pixels, column: int, level: int) -> Pixels:
    pixels[:, column] = level
    return pixels


@pytest.mark.parametrize(
    ("dark", "white", "sentence"),
    [
        (lines(5, LEAST_LINES - 1), lines(150), "Only 255 dark lines were taken and 256 are needed"),
        (lines(5), lines(150, 10), "Only 10 white lines were taken"),
        (lines(5), lines(150, width=9), "different widths"),
        (lines(5), _with(lines(150), 3, 12), "Below 5 % on white in column 3"),
        (lines(5), lines(250), "Above 95 % on white in 8 columns, the first is 0"),
        (lines(90), lines(200), "Above 25 % with the cap on"),
        (lines(40), _with(lines(150), 2, 30), "No brighter on white than with the cap on in column 2"),
        (lines(5), _with(lines(150), 7, 40), "A gain above 4 would be needed in column 7"),
    ],
)
def test_a_refusal_says_in_a_sentence_what_is_wrong(dark: Pixels, white: Pixels, sentence: str) -> None:
    refused = teach(dark, white)
    assert refused.flat is None
    assert any(sentence in refusal and refusal.endswith(".") for refusal in refused.refusals)
    with pytest.raises(CameraError, match="was not taken"):
        refused.proved()


@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(1, 40))
def test_the_correction_is_exact_to_one_grey_level(seed: int, count: int, width: int) -> None:
    random = np.random.default_rng(seed)
    dark = random.uniform(0, 60, width).astype(np.float32)
    white = (dark + random.uniform(40, 150, width)).astype(np.float32)
    flat = FlatField(dark, white, 160.0, CONDITIONS, TODAY)
    raw = random.integers(0, 256, (count, width), np.uint8)
    exact = np.clip((raw - dark.astype(float)) * (160.0 / (white - dark)), 0, 255)
    correction = FlatFieldCorrection(flat)
    corrected = correction.correct(raw)
    assert np.abs(corrected - exact).max() <= 0.51
    correction.correct(raw, raw)
    assert (raw == corrected).all()


def test_other_settings_than_the_taught_ones_are_told() -> None:
    assert CONDITIONS.differences(replace(CONDITIONS, exposure_us=20.1)) == ()
    sentences = CONDITIONS.differences(replace(CONDITIONS, exposure_us=30.0, lens="17"))
    assert [sentence.split(" and now")[0] for sentence in sentences] == [
        "The flat field was taught with an exposure (us) of 20.0",
        "The flat field was taught with the lens 4242",
    ]
    unknown = replace(CONDITIONS, light=float("nan"))
    assert unknown.differences(unknown) == ()
    assert len(unknown.differences(CONDITIONS)) == 1


def test_a_flat_field_comes_back_from_its_file(tmp_path: Path) -> None:
    flat = taught()
    path = tmp_path / "flat.json"
    write_flat_field(path, flat)
    write_flat_field(path, flat)
    back = read_flat_field(path)
    assert (back.dark == flat.dark).all() and (back.white == flat.white).all()
    assert (back.conditions, back.taught_on, back.target) == (flat.conditions, TODAY, flat.target)
    assert [file.name for file in tmp_path.iterdir()] == ["flat.json"]


def test_a_light_level_that_is_not_known_is_stored_as_such(tmp_path: Path) -> None:
    flat = replace(taught(), conditions=replace(CONDITIONS, light=float("nan")))
    write_flat_field(tmp_path / "flat.json", flat)
    assert np.isnan(read_flat_field(tmp_path / "flat.json").conditions.light)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="not stored"):
        write_flat_field(tmp_path / "missing" / "flat.json", taught())
    with pytest.raises(CameraError, match="cannot be used"):
        read_flat_field(tmp_path / "flat.json")


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"dark": [1.0]},
        {"dark": "levels"},
        {"white": [None] * 512},
        {"white": [3.0] * 512},
        {"target": True},
        {"target": 1e9},
        {"conditions": []},
        {"conditions": {"exposure_us": 1.0}},
    ],
)
def test_a_file_that_could_not_have_been_taught_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "flat.json"
    write_flat_field(path, taught())
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(CameraError, match="teach it again"):
        read_flat_field(path)


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "flat.json"
    path.write_text(text)
    with pytest.raises(CameraError, match="teach it again"):
        read_flat_field(path)


STEADY = "no drift"


@pytest.mark.parametrize(("factor", "word"), [(1.0, STEADY), (1.04, STEADY), (1.07, "brighter"), (0.93, "darker")])
def test_drift_of_more_than_five_percent_is_told(factor: float, word: str) -> None:
    random = np.random.default_rng(5)
    watch = DriftWatch(64, every=2)
    steady = random.normal(150, 3, (4 * LEAST_LINES, 64))
    watch.add(steady.round().astype(np.uint8))
    assert (watch.warning or STEADY) == STEADY and watch.profile is not None
    steady[:, 40:] *= factor
    for top in range(0, len(steady), 50):
        watch.add(steady[top : top + 50].round().astype(np.uint8))
    assert word in (watch.warning or STEADY)
