"""The program as a person starts it at a terminal: the demo, the main job on a folder, the checks of what it left."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from station_app.config import DEMO_CONFIG
from station_app.devices.rendering.plan import RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from tests.end_to_end.programs import run_program
from tests.test_config import DEMO_PACKAGE

SPEC = RenderSpec(seed=31, defect_rate=0.5)


def test_the_demo_reports_what_it_recorded_and_saves_its_screen(tmp_path: Path) -> None:
    told = run_program("demo", "--parts", "6", "--data-dir", tmp_path)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("6 parts = ")
    assert "0 no result" in told.stdout
    assert "trigger to verdict: median" in told.stdout
    picture = cv2.imread(str(tmp_path / "operator-screen.png"))
    assert picture is not None and picture.shape == (1080, 1920, 3)
    checked = run_program("verify", "--data-dir", tmp_path)
    assert (checked.returncode, checked.stdout[:3]) == (0, "OK ")


def test_without_a_display_the_station_says_so_and_runs_the_demo(tmp_path: Path) -> None:
    told = run_program("--data-dir", tmp_path)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("There is no display here")
    assert "50 parts = " in told.stdout


def test_part_ids_go_on_over_runs(tmp_path: Path) -> None:
    for first in (1, 4):
        told = run_program(
            "run", "--data-dir", tmp_path, "--package", DEMO_PACKAGE, "--camera", "rendered:", "--parts", "3"
        )
        assert told.returncode == 0, told.stderr
        assert told.stdout.split()[0] == str(first)


def _write_folder(folder: Path, count: int) -> None:
    rows = ["image,label,split"]
    for number in range(count):
        plan = plan_part(SPEC, number)
        cv2.imwrite(str(folder / f"{number:02d}.png"), render_part(SPEC, plan).pixels)
        rows.append(f"{number:02d}.png,{next(iter(plan.labels), 'good')},test")
    (folder / "split.csv").write_text("\n".join(rows), encoding="utf-8")


def test_a_folder_of_images_is_inspected_against_its_truth(tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    _write_folder(images, 6)
    (images / "99-broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    source = f"folder:{images}"
    told = run_program(
        *("run", "--package", DEMO_PACKAGE, "--camera", source, "--truth", images, "--data-dir", tmp_path / "data")
    )
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert sum("truth" in line and ".png" in line for line in lines) == 6
    assert any("99-broken.png" in line and "NO_RESULT" in line and "frame_torn" in line for line in lines)
    assert any(line.startswith("7 parts = ") and line.endswith("1 no result") for line in lines)
    assert any(line.startswith("escapes of the split test: 0 of ") for line in lines)


def test_codes_on_the_images_of_a_folder_name_the_parts(tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    coded = RenderSpec(seed=31, defect_rate=0.0, has_codes=True)
    for number, spec in enumerate((coded, coded, replace(coded, has_codes=False))):
        cv2.imwrite(str(images / f"{number}.png"), render_part(spec, plan_part(spec, number)).pixels)
    cv2.imwrite(str(images / "3.png"), render_part(coded, plan_part(coded, 1)).pixels)
    recipe = tmp_path / "unique.toml"
    text = (DEMO_CONFIG.parent / "recipes" / "housing-serial.toml").read_text(encoding="utf-8")
    text = text.replace("[cameras.settings]\nexposure_us = 10000\ngain = 0\n", "")  # files have no exposure
    recipe.write_text(text.replace("unique = false", "unique = true"), encoding="utf-8")
    words = ("--camera", f"folder:{images}", "--recipe", recipe, "--packages", DEMO_PACKAGE.parent)
    told = run_program("run", *words, "--data-dir", tmp_path / "data")
    assert told.returncode == 0, told.stderr
    for line in (
        "     1  0.png  SN000000  PASS",
        "     2  1.png  SN000001  PASS",
        "     3  2.png  NO_RESULT  serial_missing (no code could be read)",
        "     4  3.png  SN000001  NO_RESULT  serial_duplicate (serial number 'SN000001': ",
        "  no result because of serial_missing: 1",
        "serial numbers: 2 of 4 parts",
    ):
        assert line in told.stdout
    assert "reading a code:     median" in told.stdout
    assert run_program("verify", "--data-dir", tmp_path / "data").returncode == 0


def test_a_list_chooses_the_images(tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    _write_folder(images, 3)
    cv2.imwrite(str(images / "mask.png"), np.zeros((960, 1280), np.uint8))
    source = f"folder:{images},list=split.csv,split=test"
    told = run_program("run", "--package", DEMO_PACKAGE, "--camera", source, "--data-dir", tmp_path / "data", "--quiet")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("3 parts = ")


def test_a_written_recipe_is_one_that_runs(tmp_path: Path) -> None:
    recipe = tmp_path / "housing-2.toml"
    assert run_program("recipe", DEMO_PACKAGE, "--out", recipe).returncode == 0
    again = run_program("recipe", DEMO_PACKAGE, "--out", recipe)
    assert again.returncode == 1 and "File exists" in again.stderr
    told = run_program(
        *("run", "--recipe", recipe, "--camera", "rendered:", "--parts", "2", "--data-dir", tmp_path / "data")
    )
    assert told.returncode == 0, told.stderr


def test_backup_and_restore_bring_the_records_back(tmp_path: Path) -> None:
    assert run_program("demo", "--parts", "3", "--data-dir", tmp_path).returncode == 0
    assert run_program("backup", "--data-dir", tmp_path).returncode == 0
    database = tmp_path / "station.db"
    database.write_bytes(b"\0" * 8192)
    broken = run_program("demo", "--parts", "1", "--data-dir", tmp_path)
    assert broken.returncode == 1 and "restore the newest backup" in broken.stderr
    restored = run_program("restore", "--data-dir", tmp_path)
    assert restored.returncode == 0 and "restored: " in restored.stdout
    assert run_program("verify", "--data-dir", tmp_path).returncode == 0
    assert run_program("demo", "--parts", "1", "--data-dir", tmp_path).returncode == 0
