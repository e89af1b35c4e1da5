"""A line-scanned web as a person starts it at a terminal: parts of a fixed length, sheets, stretches, with losses."""

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.core.lines_length import WRONG_LENGTH
from station_app.core.messages import Start, StationDescribed
from station_app.core.recipe import Recipe, Thresholds
from station_app.core.recipe_text import recipe_text
from station_app.core.web_messages import StartRoll, StretchInspected
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from tests.end_to_end.programs import connected, heard, run_program, started_program
from tests.engine.line import make_package, make_recipe
from tests.store.records import ROOMY

PARTS = 8
COMMON = "width=128,strip=16,texture=film"


def recipe_for(folder: Path, *labels: str) -> Path:
    """A recipe and its model, by which bright is a defect; the exposure makes the web dark."""
    package = make_package(folder / "packages")
    recipe: Recipe = make_recipe(package.sha256, name="film")
    setup = replace(recipe.cameras[0], settings=(("exposure_us", 3000.0),))
    thresholds = (*recipe.thresholds, *((label, Thresholds(0.5, 0.5)) for label in labels))
    path = folder / "film.toml"
    path.write_text(recipe_text(replace(recipe, cameras=(setup,), thresholds=thresholds)), encoding="utf-8")
    return path


def run_web(folder: Path, source: str, *labels: str) -> tuple[Inspection, ...]:
    """The records of so many parts of the web, after the whole program has run and its records were verified."""
    data = folder / "data"
    told = run_program(
        *("run", "--recipe", recipe_for(folder, *labels), "--packages", folder / "packages", "--camera", source),
        *("--parts", str(PARTS), "--data-dir", data),
    )
    assert told.returncode == 0, told.stderr
    checked = run_program("verify", "--data-dir", data)
    assert (checked.returncode, checked.stdout[:3]) == (0, "OK "), checked.stdout
    return StationArchive(data).inspections(range(1, PARTS + 1))


@pytest.mark.parametrize("mode", ["fixed,lines=100", "level,lines=200", "background,lines=200"])
def test_a_part_has_no_result_exactly_where_a_line_of_it_is_missing(tmp_path: Path, mode: str) -> None:
    records = run_web(tmp_path, f"web:{COMMON},rate=0,loss=0.04,part={mode}")
    assert len(records) == PARTS
    for record in records:
        is_missing = "lines are missing" in record.cameras[0].source
        assert record.verdict is (VerdictKind.NO_RESULT if is_missing else VerdictKind.PASS), record
        assert (record.reason is NoResultReason.FRAME_TORN) == is_missing
    assert len({record.verdict for record in records}) == 2


def test_sheets_of_wrong_length_fail(tmp_path: Path) -> None:
    source = f"web:{COMMON},rate=0,part=level,lines=200,wrong=0.4,least_mm=19,most_mm=21"
    records = run_web(tmp_path, source, WRONG_LENGTH)
    wrong = ["wrong length" in record.cameras[0].source for record in records]
    assert [record.verdict is VerdictKind.FAIL for record in records] == wrong and len(set(wrong)) == 2


def test_stretches_of_a_web_have_their_metres_and_defects_their_place(tmp_path: Path) -> None:
    records = run_web(tmp_path, f"web:{COMMON},rate=1,loss=0.04,part=web,metres=0.02,overlap=20")
    assert [record.serial for record in records[:2]] == ["0.000-0.020 m", "0.020-0.040 m"]
    for record in records:
        assert record.stretch is not None
        assert (record.reason is NoResultReason.FRAME_TORN) == (record.stretch.missing_lines > 0)
    assert VerdictKind.NO_RESULT in {record.verdict for record in records}
    archive = StationArchive(tmp_path / "data")
    assert len(archive.roll_stretches("")) == PARTS
    told = {defect for record in records if record.stretch for defect in record.stretch.defects}
    assert set(archive.roll_defects("")) == told


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_of_a_roll_whose_engine_was_killed_what_was_recorded_stays(tmp_path: Path) -> None:
    data = tmp_path / "data"
    source = f"web:{COMMON},rate=0,speed=500,part=web,metres=0.02"
    words = ("--recipe", recipe_for(tmp_path), "--packages", tmp_path / "packages", "--camera", source)
    with started_program("engine", "--data-dir", data, *words) as engine, connected(data) as client:
        heard(client, StationDescribed, lambda event: event.recipe == "film")
        client.send(StartRoll("R-1", "wang"))
        client.send(Start())
        for number in range(3):
            told = heard(client, StretchInspected, lambda event: event.roll == "R-1")
            assert told.number > number
        engine.kill()
        engine.wait()
    with closing(StationLedger(data, ROOMY)) as ledger:
        crashed = ledger.crashed
    archive = StationArchive(data)
    assert crashed and {record.reason for record in archive.inspections(crashed)} == {NoResultReason.CRASH}
    stretches = [stretch for _, stretch in archive.roll_stretches("R-1")]
    assert [stretch.number for stretch in stretches] == list(range(1, len(stretches) + 1)) and len(stretches) >= 3
    assert run_program("verify", "--data-dir", data).returncode == 0
