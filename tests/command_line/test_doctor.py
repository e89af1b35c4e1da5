"""The doctor names each thing that is wrong, with what to do, and goes on to the next."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from station_app.app import Options
from station_app.command_line.doctor import Diagnosis, Level, diagnose
from station_app.command_line.main import main
from station_app.config import DEMO_CONFIG
from station_app.core.inspection import ImageQuality, PixelFormat
from station_app.core.reference import ReferenceNote, SetupSeen
from station_app.store.references import REFERENCES, ReferenceFiles

CONFIG = DEMO_CONFIG.read_text(encoding="utf-8")


def _options(folder: Path, **changed: str) -> Options:
    text = CONFIG.replace('"recipes"', f'"{DEMO_CONFIG.parent / "recipes"}"')
    text = text.replace('"../assets/models"', f'"{DEMO_CONFIG.parents[1] / "assets" / "models"}"')
    for old, new in changed.items():
        text = text.replace(old, new)
    path = folder / "station.toml"
    path.write_text(text, encoding="utf-8")
    return Options(folder, path)


def _failed(options: Options) -> list[Diagnosis]:
    return [diagnosis for diagnosis in diagnose(options) if diagnosis.level is Level.FAIL]


def test_the_demo_line_is_fit(tmp_path: Path) -> None:
    looked_at = [diagnosis.what for diagnosis in diagnose(_options(tmp_path))]
    assert not _failed(_options(tmp_path))
    for what in ("computer", "providers", "data folder", "disk", "space", "records", "recipe", "model", "camera top"):
        assert what in looked_at


def test_a_missing_recipe_and_a_missing_camera_are_named(tmp_path: Path) -> None:
    (failed,) = _failed(_options(tmp_path, **{'recipe = "housing"': 'recipe = "gone"'}))
    assert failed.what == "station file"
    assert "gone" in failed.found and "housing" in failed.remedy
    (failed,) = _failed(_options(tmp_path, **{"rendered:seed=2026,rate=0.2,codes=yes": "folder:/nowhere"}))
    assert failed.what == "camera top"


def test_the_scanner_and_codes_that_mean_several_recipes_are_named(tmp_path: Path) -> None:
    (failed,) = _failed(_options(tmp_path, **{"[cameras]": '[scanner]\nport = "/nowhere"\n[cameras]'}))
    assert (failed.what, "/nowhere" in failed.found) == ("scanner", True)
    recipes = tmp_path / "recipes"
    shutil.copytree(DEMO_CONFIG.parent / "recipes", recipes)
    shutil.copy(recipes / "housing-serial.toml", recipes / "twin.toml")
    own = {f'"{DEMO_CONFIG.parent / "recipes"}"': f'"{recipes}"'}
    told = [d for d in diagnose(_options(tmp_path, **own)) if d.what == "recipe codes"]
    assert [(d.level, d.found) for d in told] == [(Level.WARN, "several recipes have the code 'A17-COVER'")]


def test_references_are_told_where_the_recipe_compares_with_them(tmp_path: Path) -> None:
    recipes = tmp_path / "recipes"
    shutil.copytree(DEMO_CONFIG.parent / "recipes", recipes)
    options = _options(tmp_path, **{str(DEMO_CONFIG.parent / "recipes"): str(recipes)})
    assert not _references(options)
    recipe = recipes / "housing.toml"
    recipe.write_text(
        recipe.read_text(encoding="utf-8").replace("[cameras.quality]", "[cameras.fingerprint]\n\n[cameras.quality]"),
        encoding="utf-8",
    )
    (missing,) = _references(options)
    assert (missing.level, missing.remedy) == (Level.WARN, "save one at the set-up screen")
    seen = SetupSeen(ImageQuality(1, 0, 0, 1), (1.0,))
    note = ReferenceNote("housing", 1, "top", "wang", 1_790_000_000_000, PixelFormat.MONO8, seen)
    path = ReferenceFiles(tmp_path / REFERENCES).save(note, np.zeros((4, 4), np.uint8))
    (saved,) = _references(options)
    assert saved.level is Level.OK and "by wang" in saved.found
    Path(path).write_bytes(b"")
    (damaged,) = _references(options)
    assert damaged.level is Level.FAIL and damaged.remedy == "save a new reference"


def _references(options: Options) -> list[Diagnosis]:
    return [diagnosis for diagnosis in diagnose(options) if diagnosis.what == "reference"]


def test_a_damaged_package_is_named_and_the_cameras_are_still_looked_at(tmp_path: Path) -> None:
    found = list(diagnose(_options(tmp_path, **{str(DEMO_CONFIG.parents[1] / "assets" / "models"): str(tmp_path)})))
    assert next(d for d in found if d.what == "model").level is Level.FAIL
    assert next(d for d in found if d.what == "camera top").level is Level.OK


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "station.db").write_bytes(b"not a database" * 100)
    assert [d.what for d in _failed(_options(tmp_path))] == ["records"]


def test_the_status_tells_whether_anything_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--data-dir", str(tmp_path)]) == 0
    (tmp_path / "station.toml").write_text("schema = 7\n", encoding="utf-8")
    assert main(["doctor", "--data-dir", str(tmp_path)]) == 1
    assert "FAIL  station file" in capsys.readouterr().out


def test_a_plc_is_told_and_recipes_of_its_numbers_that_are_not_there(tmp_path: Path) -> None:
    table = '[plc]\nport = 5502\n[plc.recipes]\n1 = "housing"\n2 = "gearbox"\n[cameras]'
    told = [d for d in diagnose(_options(tmp_path, **{"[cameras]": table})) if d.what == "PLC"]
    assert [d.level for d in told] == [Level.OK, Level.WARN]
    assert "'gearbox'" in told[1].found
