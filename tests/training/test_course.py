"""Whole training runs on small scenes: a package that inference takes, the same bytes for the same seed."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

from station_app.core.errors import ConfigError
from station_app.inference.package import load_package
from station_app.training.command import train
from station_app.training.final_test import look_once
from station_app.training.labelled import Split
from station_app.training.options import TrainingOptions, TrainingProgress, TrainingReport
from station_app.training.station_scoring import score_images
from tests.training.scenes import scene_image, write_scenes, write_table


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> TrainingOptions:
    root = tmp_path_factory.mktemp("training")
    folder = write_scenes(root / "scenes", per_kind=3)
    return TrainingOptions(
        dataset=str(folder), out=root / "small", steps=60, batch=8, crop=64, width=4, threads=1, seed=5
    )


@pytest.fixture(scope="module")
def seen() -> list[TrainingProgress]:
    return []


@pytest.fixture(scope="module")
def report(options: TrainingOptions, seen: list[TrainingProgress]) -> TrainingReport:
    return train(options, seen.append)


def test_training_lowers_the_loss_and_says_how_far_it_is(report: TrainingReport, seen: list[TrainingProgress]) -> None:
    assert report.last_loss < 0.6 * report.first_loss
    steps = [progress.done for progress in seen if progress.stage == "train"]
    assert steps == list(range(1, 61))
    finished = [progress.stage for progress in seen if progress.done == progress.total]
    assert finished == ["read", "train", "validate", "test", "write"]


def test_the_package_finds_defects_that_it_has_never_seen(report: TrainingReport) -> None:
    package = load_package(report.folder)
    assert package.sha256 == report.package_sha256
    assert package.labels == ("line", "spot")
    images = [scene_image(kind, 9000 + index, Split.TEST) for index, kind in enumerate([None, 0, 1])]
    scored = score_images(package.model, package.manifest, images, 1, lambda done, total: None)
    review = dict(package.manifest.thresholds)["spot"].review
    highest = scored.scores.max(axis=1)
    assert highest[0] < review < min(highest[1:])
    assert scored.scores.argmax(axis=1)[1:].tolist() == [0, 1]


def test_the_manifest_tells_how_the_figures_came_about(report: TrainingReport) -> None:
    manifest = load_package(report.folder).manifest
    assert manifest.evaluation["thresholds_chosen_on"] == "validation"
    assert manifest.evaluation["test_use"]["times"] == 1
    assert manifest.evaluation["test"]["escapes"]["total"] == 6
    assert manifest.provenance["settings"]["seed"] == 5
    assert str(report.folder.parent) not in str(manifest.provenance)
    assert any(line.startswith("test: escapes") for line in report.lines())


def test_the_same_seed_writes_the_same_package(options: TrainingOptions, tmp_path: Path) -> None:
    short = replace(options, steps=3, name="short")
    first, again, other = (
        train(replace(short, out=tmp_path / name, seed=seed), lambda progress: None)
        for name, seed in (("first", 1), ("again", 1), ("other", 2))
    )
    assert first.package_sha256 == again.package_sha256
    assert first.package_sha256 != other.package_sha256


@pytest.fixture(scope="module")
def untested(options: TrainingOptions, tmp_path_factory: pytest.TempPathFactory) -> TrainingReport:
    out = tmp_path_factory.mktemp("untested") / "p"
    return train(replace(options, steps=2, out=out, use_test=False), lambda progress: None)


def test_without_leave_the_test_split_stays_unseen(untested: TrainingReport) -> None:
    assert "test" not in untested.evaluation
    assert "test_use" not in untested.evaluation
    assert "test: not used" in untested.lines()


def test_the_test_split_is_looked_at_once_and_changes_nothing(
    options: TrainingOptions, untested: TrainingReport, tmp_path: Path
) -> None:
    tested = look_once(untested.folder, replace(options, out=tmp_path / "tested"), lambda progress: None)
    before = load_package(untested.folder)
    assert tested.model == before.model
    assert tested.manifest.thresholds == before.manifest.thresholds
    assert tested.manifest.golden == before.manifest.golden
    assert tested.manifest.evaluation["test"]["escapes"]["total"] == 6
    with pytest.raises(ConfigError, match="has used its test split already"):
        look_once(tmp_path / "tested", replace(options, out=tmp_path / "again"), lambda progress: None)


def test_another_look_at_the_test_split_goes_on_record(
    options: TrainingOptions, untested: TrainingReport, tmp_path: Path
) -> None:
    again = replace(options, out=tmp_path / "again", test_look=2, test_note="drawn defects, chosen by folds")
    use = look_once(untested.folder, again, lambda progress: None).manifest.evaluation["test_use"]
    assert use["times"] == 2
    assert use["changed_since_last_look"] == "drawn defects, chosen by folds"
    with pytest.raises(ConfigError, match="has to say what was changed"):
        look_once(untested.folder, replace(again, test_note=""), lambda progress: None)


def test_the_share_of_drawn_defects_decides_the_weights_and_stands_in_the_manifest(
    options: TrainingOptions, tmp_path: Path
) -> None:
    drawn = replace(options, steps=2, use_test=False, name="p", drawn_share=0.5)
    some = train(replace(drawn, out=tmp_path / "some"), lambda progress: None)
    none = train(replace(drawn, out=tmp_path / "none", drawn_share=0.0), lambda progress: None)
    manifests = [load_package(report.folder).manifest for report in (some, none)]
    assert [manifest.provenance["settings"]["drawn_share"] for manifest in manifests] == [0.5, 0.0]
    assert manifests[0].files != manifests[1].files


def test_novelty_stands_in_the_model_and_in_the_manifest(
    options: TrainingOptions, untested: TrainingReport, tmp_path: Path
) -> None:
    lifted = replace(options, steps=2, out=tmp_path / "p", use_test=False, novelty=0.5)
    package = load_package(train(lifted, lambda progress: None).folder)
    assert package.manifest.provenance["settings"]["novelty"] == 0.5
    assert package.model != load_package(untested.folder).model
    images = [scene_image(kind, 9000 + index, Split.TEST) for index, kind in enumerate([None, 0])]
    assert score_images(package.model, package.manifest, images, 1, lambda done, total: None).scores.max() <= 1


def test_novelty_without_good_images_is_refused_before_training(tmp_path: Path, options: TrainingOptions) -> None:
    few = write_scenes(tmp_path / "few", per_kind=2)
    lifted = replace(options, dataset=str(few), out=tmp_path / "p", novelty=0.5)
    with pytest.raises(ConfigError, match=r"the split train holds too few good images.*5 at least"):
        train(lifted, lambda progress: None)


def test_another_dataset_is_no_test_of_this_package(
    options: TrainingOptions, untested: TrainingReport, tmp_path: Path
) -> None:
    other = write_scenes(tmp_path / "other", per_kind=2)
    with pytest.raises(ConfigError, match="not the images that the package was trained with"):
        look_once(untested.folder, replace(options, dataset=str(other), out=tmp_path / "p"), lambda progress: None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"task": "detection"}, "the task detection cannot be trained"),
        ({"crop": 100}, "a crop of 100 pixels does not fit"),
        ({"tile": 100}, "a tile of 100 pixels does not fit"),
        ({"drawn_share": 1.5}, "1.5 drawn defects are no share"),
        ({"novelty": -1.0}, "a novelty of -1 is no weight"),
        ({"test_look": 2}, "has to say what was changed since the last"),
        ({"steps": 0}, "steps, width, reduce and threads start at 1"),
        ({"overkill": 1.5}, "an overkill of 1.5 is no share"),
        ({"name": "No Good"}, "'No Good' is no name"),
        ({"dataset": "nowhere"}, "table of labelled images cannot be read"),
    ],
)
def test_options_that_cannot_be_obeyed_are_refused_at_once(
    options: TrainingOptions, tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ConfigError, match=sentence):
        train(replace(options, out=tmp_path / "p", **change), lambda progress: None)  # type: ignore[arg-type]


def test_a_dataset_without_defects_is_refused_before_training(options: TrainingOptions, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    rows = [{"image": f"{split}.png", "mask": "", "label": "good", "split": str(split)} for split in Split]
    for row in rows:
        cv2.imwrite(str(folder / row["image"]), np.full((64, 64), 90, np.uint8))
    write_table(folder, rows)
    with pytest.raises(ConfigError, match=r"the split train holds no defective image.*add images"):
        train(replace(options, dataset=str(folder), out=tmp_path / "p"), lambda progress: None)
    assert not (tmp_path / "p").exists()


def test_a_folder_that_cannot_be_written_is_found_before_training(options: TrainingOptions, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="no package can be written there, "):
        train(replace(options, out=tmp_path / "file" / "p", dataset="nowhere"), lambda progress: None)


def test_a_package_is_never_written_over(options: TrainingOptions, report: TrainingReport) -> None:
    with pytest.raises(ConfigError, match="exists already"):
        train(replace(options, out=report.folder), lambda progress: None)
