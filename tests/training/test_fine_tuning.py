"""Going on from a champion: its weights come back to the bit, its classes stay, what contradicts itself is refused."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

from station_app.core.errors import ConfigError, ModelPackageError
from station_app.inference.package import ModelPackage, load_package
from station_app.inference.package_writer import write_package
from station_app.training.champion import Champion, read_champion
from station_app.training.command import train
from station_app.training.labelled import Split
from station_app.training.onnx_graph import model_bytes
from station_app.training.onnx_weights import unfold
from station_app.training.options import TrainingOptions, TrainingProgress
from station_app.training.station_scoring import first_tile, score_images
from tests.training.scenes import LABELS, scene_image, write_scenes

RING = "ring"


def _silent(progress: TrainingProgress) -> None:
    return None


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scenes(tmp_path_factory.mktemp("base") / "scenes", per_kind=3)


@pytest.fixture(scope="module")
def options(base: Path) -> TrainingOptions:
    return TrainingOptions(
        dataset=str(base), out=base.parent / "champion", steps=60, batch=8, crop=64, width=4, threads=1, seed=5
    )


@pytest.fixture(scope="module")
def champion(options: TrainingOptions) -> Champion:
    return read_champion(train(options, _silent).folder)


@pytest.fixture(scope="module")
def rings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What has come since: rings, a kind that the champion does not know, and good parts."""
    return write_scenes(tmp_path_factory.mktemp("rings") / "rings", per_kind=3, kinds=(None, 2), prefix="ring")


@pytest.fixture(scope="module")
def tuning(options: TrainingOptions, champion: Champion, base: Path, rings: Path) -> TrainingOptions:
    return replace(
        options,
        dataset=str(rings),
        out=rings.parent / "candidate",
        steps=60,
        rate=1e-3,
        start=Path(champion.package.where),
        replay=str(base),
    )


@pytest.fixture(scope="module")
def candidate(tuning: TrainingOptions) -> ModelPackage:
    # Other sizes than the champion's: whoever goes on from it gets the champion's all the same.
    return load_package(train(replace(tuning, width=16, crop=96, reduce=2), _silent).folder)


def _highest(package: ModelPackage, kinds: tuple[int | None, ...]) -> list[float]:
    images = [scene_image(kind, 9000 + index, Split.TEST) for index, kind in enumerate(kinds)]
    scored = score_images(package.model, package.manifest, images, 1, lambda done, total: None)
    return [float(score) for score in scored.scores.max(axis=1)]


def test_the_weights_that_are_read_back_write_the_same_model(champion: Champion) -> None:
    network = champion.network(champion.package.labels)
    contract = champion.package.manifest.input
    assert model_bytes(network, contract, len(LABELS)) == champion.package.model


def test_the_weights_of_a_model_with_novelty_come_back_too(options: TrainingOptions, tmp_path: Path) -> None:
    many = write_scenes(tmp_path / "many", per_kind=5)
    plain = replace(options, dataset=str(many), steps=4, out=tmp_path / "plain")
    train(plain, _silent)
    lifted = train(replace(plain, novelty=0.5, out=tmp_path / "lifted"), _silent)
    network = read_champion(lifted.folder).network(LABELS)
    package = load_package(tmp_path / "plain")
    assert model_bytes(network, package.manifest.input, len(LABELS)) == package.model


def test_a_label_more_changes_nothing_about_the_known_ones(champion: Champion) -> None:
    import torch

    pixels = torch.from_numpy(scene_image(0, 1).pixels[None, None, :64, :64].astype(np.float32))
    with torch.no_grad():
        before = champion.network(LABELS).eval()(pixels)
        after = champion.network((*LABELS, RING)).eval()(pixels)
    assert after.shape[1] == before.shape[1] + 1
    assert torch.allclose(after[:, : before.shape[1]], before, atol=1e-5)


def test_unfolded_norms_answer_alike_and_hold_the_figures_of_their_crops(champion: Champion) -> None:
    import torch

    network = champion.network(LABELS).eval()
    pixels = torch.from_numpy(np.stack([scene_image(kind, 7).pixels for kind in (None, 0, 1)])[:, None]).float()
    with torch.no_grad():
        before = network(pixels)
        unfold(network, [pixels[:2], pixels[2:]])
        after = network.eval()(pixels)
        learning = network.train()(pixels)
    assert torch.allclose(before, after, atol=1e-4)
    # While weights are fitted the norms use each batch's own figures: on the same crops these are the same again.
    assert torch.allclose(before, learning, atol=1e-2)


def test_the_candidate_has_the_champions_network_and_one_label_more(
    champion: Champion, candidate: ModelPackage
) -> None:
    assert candidate.labels == (*LABELS, RING)
    assert candidate.manifest.input == champion.package.manifest.input
    provenance = candidate.manifest.provenance
    assert provenance["started_from"] == champion.package.sha256
    assert provenance["settings"]["width"] == champion.settings["width"] == 4
    assert provenance["dataset"]["replayed"] == 36
    assert str(Path(champion.package.where).parent) not in json.dumps(provenance)


def test_the_new_kind_is_found_and_the_old_ones_are_not_forgotten(champion: Champion, candidate: ModelPackage) -> None:
    review = dict(candidate.manifest.thresholds)["line"].review
    good, *defective = _highest(candidate, (None, 0, 1, 2))
    assert good < review < min(defective)


def test_the_same_seed_writes_the_same_candidate(tuning: TrainingOptions, tmp_path: Path) -> None:
    short = replace(tuning, steps=3, name="short")
    hashes = [train(replace(short, out=tmp_path / name), _silent).package_sha256 for name in ("first", "again")]
    assert hashes[0] == hashes[1]


def test_training_goes_on_from_a_candidate_too(
    tuning: TrainingOptions, candidate: ModelPackage, tmp_path: Path
) -> None:
    again = replace(tuning, start=Path(candidate.where), out=tmp_path / "second", steps=2)
    second = load_package(train(again, _silent).folder)
    assert second.labels == candidate.labels
    assert second.manifest.provenance["started_from"] == candidate.sha256


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": None}, "without a champion there is nothing to replay"),
        ({"replay_share": 1.0}, "1 of every batch is no share to replay"),
        ({"rate": 0.0}, "a learning rate of 0 is none"),
        ({"start": Path("nowhere")}, "there is no model package"),
    ],
)
def test_what_contradicts_itself_is_refused_before_training(
    tuning: TrainingOptions, tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises((ConfigError, ModelPackageError), match=sentence):
        train(replace(tuning, out=tmp_path / "p", **change), _silent)  # type: ignore[arg-type]


def test_a_part_that_was_trained_on_validates_nothing(tuning: TrainingOptions, base: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    for file in base.iterdir():
        text = file.read_bytes()
        (moved / file.name).write_bytes(text.replace(b",train\r", b",test\r") if file.suffix == ".csv" else text)
    with pytest.raises(ConfigError, match=r"group .* stands in the splits"):
        train(replace(tuning, dataset=str(moved), out=tmp_path / "p"), _silent)


def _package(champion: Champion, out: Path, provenance: dict[str, object]) -> Path:
    draft = replace(champion.package.manifest, files=(), golden=(), provenance=provenance)
    write_package(out, draft, champion.package.model, [first_tile(draft, scene_image(None, 1).pixels)])
    return out


def test_a_package_of_another_program_is_no_start(champion: Champion, tmp_path: Path) -> None:
    foreign = _package(champion, tmp_path / "foreign", {"made_by": "somebody else"})
    with pytest.raises(ConfigError, match="was not made by station-app train"):
        read_champion(foreign)


def test_a_model_that_is_not_the_network_its_manifest_describes_is_no_start(champion: Champion, tmp_path: Path) -> None:
    settings = {**champion.settings, "width": 8}
    odd = _package(champion, tmp_path / "odd", {**champion.package.manifest.provenance, "settings": settings})
    with pytest.raises(ModelPackageError, match="not the one that its manifest describes"):
        read_champion(odd).network(LABELS)


def test_the_shipped_package_can_be_trained_further() -> None:
    shipped = read_champion(Path(__file__).parents[2] / "assets" / "models" / "demo-housing")
    shipped.network(shipped.package.labels)
