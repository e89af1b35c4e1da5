"""`station-app train`: what is typed becomes the run's options, and what cannot be obeyed is told before training."""

from pathlib import Path

import pytest

from station_app.command_line import train as module
from station_app.command_line.main import main
from station_app.core.errors import ConfigError
from station_app.training.options import Progress, TrainingOptions, TrainingProgress, TrainingReport


def test_the_words_become_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[TrainingOptions] = []

    def trained(options: TrainingOptions, progress: Progress) -> TrainingReport:
        asked.append(options)
        progress(TrainingProgress("train", 1, 2, 0.5))
        return TrainingReport(options.out, "p", "ab" * 32, 10, 1.0, 0.5, 3.0, {"validation": None})

    monkeypatch.setattr(module, "train", trained)
    words = [
        "train",
        "data",
        "--out",
        str(tmp_path / "p"),
        "--steps",
        "7",
        "--tile",
        "320",
        "--novelty",
        "0.5",
        "--pretrained",
        "--no-test",
    ]
    assert main(words) == 0
    (options,) = asked
    assert (options.dataset, options.steps, options.tile, options.novelty) == ("data", 7, 320, 0.5)
    assert options.is_pretrained and not options.use_test
    told = capsys.readouterr()
    assert "package hash abab" in told.out and "test: not used" in told.out
    assert told.err == "train 50 %, loss 0.5000\n"


def test_from_a_champion_the_usual_steps_are_fewer_and_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[TrainingOptions] = []

    def refused(options: TrainingOptions, progress: Progress) -> TrainingReport:
        asked.append(options)
        raise ConfigError("asked enough")

    monkeypatch.setattr(module, "train", refused)
    words = ["train", "data", "--out", str(tmp_path / "p")]
    tuned = [*words, "--from", "champion", "--replay", "base", "--replay-share", "0.25", "--fixtured"]
    for line in (words, tuned, [*tuned, "--steps", "9", "--rate", "0.1"]):
        assert main(line) == 1
    assert [(options.steps, options.rate) for options in asked] == [(1000, 0.002), (400, 0.001), (9, 0.1)]
    assert (asked[0].start, asked[1].start, asked[1].replay) == (None, Path("champion"), "base")
    assert asked[1].is_fixtured and asked[1].replay_share == 0.25


def test_a_dataset_that_is_none_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(tmp_path / "gone"), "--out", str(tmp_path / "p")]) == 1
    assert capsys.readouterr().err.startswith("station-app: ")


def test_the_look_at_the_test_split_needs_a_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "data", "--test", str(tmp_path / "gone"), "--out", str(tmp_path / "p")]
    assert main(words) == 1
    assert capsys.readouterr().err.startswith(("station-app: there is no model package", "station-app: training needs"))
