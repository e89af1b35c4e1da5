"""The words that can be typed, and what becomes of them."""

from pathlib import Path

import pytest

from station_app.app import ANY_CAMERA
from station_app.command_line.arguments import DATA_DIR_VARIABLE, build_parser, data_dir_of, default_data_dir
from station_app.command_line.choices import station_options
from station_app.command_line.main import main
from station_app.core.errors import ConfigError
from station_app.engine.triggers import TriggerKind
from tests.test_config import DEMO_PACKAGE


def test_without_a_command_the_station_opens() -> None:
    arguments = build_parser().parse_args([])
    assert arguments.command is None
    assert not arguments.fullscreen


@pytest.mark.parametrize("words", [["--data-dir", "x", "verify"], ["verify", "--data-dir", "x"]])
def test_the_data_folder_may_stand_before_or_after_the_command(words: list[str]) -> None:
    assert data_dir_of(build_parser().parse_args(words)) == Path("x")


def test_the_data_folder_comes_from_the_environment_or_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_DIR_VARIABLE, "/data/station")
    assert default_data_dir() == Path("/data/station")
    monkeypatch.delenv(DATA_DIR_VARIABLE)
    assert default_data_dir().name == "inspection-station"


def test_cameras_may_be_named_and_a_single_one_need_not() -> None:
    words = ["run", "--camera", "top=opencv:0,format=mono8", "--camera", "folder:a,loop=yes"]
    options = station_options(build_parser().parse_args(words))
    assert options.cameras == (("top", "opencv:0,format=mono8"), (ANY_CAMERA, "folder:a,loop=yes"))


def test_a_trigger_is_understood_or_refused() -> None:
    options = station_options(build_parser().parse_args(["run", "--trigger", "timer:5"]))
    assert options.trigger is not None
    assert (options.trigger.kind, options.trigger.parts_per_s) == (TriggerKind.TIMER, 5)
    with pytest.raises(ConfigError, match="unknown trigger"):
        station_options(build_parser().parse_args(["run", "--trigger", "sometimes"]))


def test_a_package_makes_a_recipe_of_its_own() -> None:
    options = station_options(build_parser().parse_args(["run", "--package", str(DEMO_PACKAGE)]))
    assert options.given_recipe is not None
    assert options.given_recipe.cameras[0].model.package == str(DEMO_PACKAGE)
    assert "scratch" in options.given_recipe.labels


def test_a_recipe_and_a_package_together_are_refused() -> None:
    words = ["run", "--package", str(DEMO_PACKAGE), "--recipe", "housing"]
    with pytest.raises(ConfigError, match="give one of them"):
        station_options(build_parser().parse_args(words))


def test_misuse_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dance"])
    assert ended.value.code == 2
    assert "dance" in capsys.readouterr().err


def test_what_the_world_did_is_one_sentence_and_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["recipe", str(tmp_path / "none"), "--out", str(tmp_path / "recipe.toml")])
    assert status == 1
    assert capsys.readouterr().err.startswith("station-app: there is no model package")
