"""The station file: read whole, every mistake named at once, paths counted from the file's own folder."""

import os
from datetime import time
from pathlib import Path

import pytest

from station_app.config import (
    DEMO_CONFIG,
    ScannerSetup,
    find_config,
    read_config,
    read_recipe,
    read_recipe_file,
    recipe_codes,
    recipe_names,
)
from station_app.core.errors import ConfigError
from station_app.core.recipe_labels import check_package_labels
from station_app.inference.package import load_package
from station_app.quality.review_plan import ReviewPlan

DEMO_PACKAGE = DEMO_CONFIG.parents[1] / "assets" / "models" / "demo-housing"

WHOLE = """
schema = 1
name = "L3-ST07"
recipe = "A17"
trigger = "timer:2.5"
autostart = true
language = "zh_CN"
recipes = "recipes"
packages = "../models"
max_in_flight = 2
pixels_per_mm = 4.03
judge_still_scenes = true
[cameras]
top = "opencv:0"
[scanner]
port = "/dev/serial/by-id/usb-Honeywell"
baud = 115200
end = "\\u0003"
prefix = "\\u0002"
[inference]
threads = 2
spinning = true
[exports]
folder = "../out"
[shifts]
starts = ["14:00", "06:00", "22:00"]
[sampling]
passed = [0.01, 0.02, 1]
rejected = [0.1, 0.2, 0.3]
second_share = 0.25
seeded_share = 0.05
near_band = 0.03
[images]
max_bytes = 1000
disk_share = 0.8
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "station.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    config = read_config(_write(tmp_path, WHOLE))
    assert (config.name, config.recipe, config.trigger) == ("L3-ST07", "A17", "timer:2.5")
    assert config.is_autostart and config.judge_still_scenes
    assert config.cameras == (("top", "opencv:0"),)
    assert config.scanner == ScannerSetup("/dev/serial/by-id/usb-Honeywell", 115200, "\x03", "\x02")
    assert (config.inference.threads, config.inference.spinning) == (2, True)
    assert config.shifts == (time(6), time(14), time(22))
    assert (config.quota.max_bytes, config.quota.disk_share) == (1000, 0.8)
    assert config.export_folder == (tmp_path.parent / "out").resolve()
    assert config.sampling == ReviewPlan((0.01, 0.02, 1.0), (0.1, 0.2, 0.3), 0.25, 0.05, 0.03)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("passed = [0.1, 0.2]", "sampling.passed: must be a list of 3 numbers"),
        ("passed = [0, 0.1, 0.1]", "sampling.passed: must be a list of 3 numbers from 1e-06 to 1, not "),
        ("rejected = [0.1, 0.1, 2]", "sampling.rejected: must be a list of 3 numbers"),
        ("second_share = 1.5", "sampling.second_share: must be a number from 0 to 1"),
        ("seeded_share = 0.6", "sampling.seeded_share: must be a number from 0 to 0.5"),
        ("near_band = true", "sampling.near_band: must be a number"),
        ("parts = 20", "sampling.parts: unknown key"),
    ],
)
def test_a_wrong_plan_of_the_blind_sample_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ConfigError) as told:
        read_config(_write(tmp_path, f"{WHOLE.partition('[sampling]')[0]}[sampling]\n{line}\n"))
    assert said in told.value.what and "station.toml" in told.value.where


def test_a_station_without_a_plan_has_the_usual_one(tmp_path: Path) -> None:
    assert read_config(_write(tmp_path, WHOLE.partition("[inference]")[0])).sampling == ReviewPlan()


def test_the_demo_fills_its_blind_queue_within_minutes() -> None:
    """At one part a second, of which most are passed far from the threshold."""
    assert read_config(DEMO_CONFIG).sampling.passed[0] * 60 * 5 >= 20


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ('["6:00"]', "must be times of day such as 06:00, not '6:00'"),
        ('["06:00", "06:00"]', "names a time twice"),
        ('"06:00"', "must be a list of texts"),
        ("[6]", "must be a list of texts"),
    ],
)
def test_a_shift_that_is_no_time_of_day_is_refused(tmp_path: Path, starts: str, said: str) -> None:
    with pytest.raises(ConfigError, match=f"shifts.starts: {said}"):
        read_config(_write(tmp_path, f"{WHOLE.partition('[shifts]')[0]}[shifts]\nstarts = {starts}\n"))


def test_a_station_without_shifts_has_none(tmp_path: Path) -> None:
    assert read_config(_write(tmp_path, WHOLE.partition("[inference]")[0])).shifts == ()


def test_paths_count_from_the_files_own_folder(tmp_path: Path) -> None:
    config = read_config(_write(tmp_path, WHOLE))
    assert config.recipes == tmp_path / "recipes"
    assert config.packages == tmp_path.parent / "models"


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    path = _write(tmp_path, 'schema = 1\nname = 3\nlanguage = "fr"\nmax_in_fligth = 2\n[inference]\nthreads = 0\n')
    with pytest.raises(ConfigError) as told:
        read_config(path)
    sentence = str(told.value)
    for key in ("name", "recipe", "language", "max_in_fligth", "inference.threads", "cameras"):
        assert key in sentence
    assert str(path) in sentence


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ("baud = 9600", "scanner.port: missing"),
        ('port = "COM3"\nbaud = 1', "scanner.baud: must be a whole number from 300 to 4000000"),
        ('port = "COM3"\nend = ""', "scanner.end: must be one or more ASCII characters"),
        ('port = "COM3"\nend = "é"', "scanner.end: must be one or more ASCII characters"),
        ('port = "COM3"\nend = "#"\nprefix = "#"', "scanner.prefix: must not hold a character that ends a code"),
        ('port = "COM3"\nparity = "even"', "scanner.parity: unknown key"),
    ],
)
def test_mistakes_about_the_scanner_are_named(tmp_path: Path, keys: str, fault: str) -> None:
    before, _, after = WHOLE.partition("[scanner]")
    path = _write(tmp_path, f"{before}[scanner]\n{keys}\n[inference]{after.partition('[inference]')[2]}")
    with pytest.raises(ConfigError) as told:
        read_config(path)
    assert fault in str(told.value)


def test_a_station_without_a_scanner_says_nothing_of_one(tmp_path: Path) -> None:
    before, _, after = WHOLE.partition("[scanner]")
    config = read_config(_write(tmp_path, f"{before}[inference]{after.partition('[inference]')[2]}"))
    assert config.scanner is None


def test_codes_are_those_of_the_recipes_that_can_be_read_now(tmp_path: Path) -> None:
    text = (DEMO_CONFIG.parent / "recipes" / "housing-serial.toml").read_text(encoding="utf-8")
    (tmp_path / "broken.toml").write_text("codes = 7", encoding="utf-8")
    (tmp_path / "one.toml").write_text(text, encoding="utf-8")
    assert recipe_codes(tmp_path) == (("A17-COVER", "one"),)
    changed = tmp_path / "one.toml"
    changed.write_text(text.replace('["A17-COVER"]', '["A", "B"]'), encoding="utf-8")
    os.utime(changed, ns=(1, 1))
    assert recipe_codes(tmp_path) == (("A", "one"), ("B", "one"))


def test_a_missing_file_and_broken_toml_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="not valid TOML"):
        read_config(_write(tmp_path, "name = "))


def test_recipes_are_the_files_of_the_folder(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").touch()
    assert recipe_names(tmp_path) == ("a", "b")
    with pytest.raises(ConfigError, match="choose one of: a, b"):
        read_recipe(tmp_path, "c")


def test_the_data_folders_own_station_file_goes_before_the_demos(tmp_path: Path) -> None:
    assert find_config(tmp_path, None) == DEMO_CONFIG
    own = _write(tmp_path, WHOLE)
    assert find_config(tmp_path, None) == own
    named = tmp_path / "other.toml"
    assert find_config(tmp_path, named) == named


@pytest.mark.parametrize("name", recipe_names(read_config(DEMO_CONFIG).recipes))
def test_every_shipped_recipe_fits_its_shipped_package(name: str) -> None:
    config = read_config(DEMO_CONFIG)
    recipe = read_recipe_file(config.recipes / f"{name}.toml")
    assert recipe.name == name
    for setup in recipe.cameras:
        assert setup.camera_id in dict(config.cameras)
        package = load_package(config.packages / setup.model.package, expected_sha256=setup.model.sha256)
        check_package_labels(recipe, setup.camera_id, package.labels)


def test_a_plc_that_triggers_must_be_set_up_and_is_named_by_addresses(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    text = DEMO_CONFIG.read_text(encoding="utf-8").replace('trigger = "timer:1"', 'trigger = "plc"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="trigger: is a PLC, and there is no"):
        read_config(path)
    path.write_text(f'{text}\n[plc]\naddress = "abc"\nmaster = "plc.plant"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"plc.address: must be .*plc.master: must be"):
        read_config(path)
