"""What a training run is asked for, how far it has come, and what it reports. Free of PyTorch."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Stage = Literal["read", "train", "validate", "test", "write"]

STEPS, RATE = 1000, 2e-3
# From a champion: enough to learn what is new, too little to forget what is not.
TUNING_STEPS, TUNING_RATE = 400, 1e-3


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """A training run. `dataset` is a folder with a split.csv, or "rendered:PARTS".

    `crop` is the side of a training crop in pixels after `reduce`, and of the station's tile where `tile` is 0; where
    all images have one size the tile is the whole image. `is_pretrained` starts from an ImageNet encoder: slower,
    better on few images. `drawn_share` of the good crops get a drawn pit or crack. `novelty` is how much it counts that
    an image looks unlike all good ones, see the module of that name. `overkill` is what the thresholds may cost at most
    on the validation split. Without `use_test` nothing is reported on the test split, which so stays unseen for a later
    run. `test_look` counts the looks at this test split, this one included; from the second on `test_note` says what
    was changed since the last, and by which images.

    With `start`, a package that this program trained, training goes on from its weights: `width`, `reduce`, `crop`,
    `tile`, `novelty`, `is_pretrained` and `is_fixtured` are then the champion's, whatever stands here. `replay` names
    the dataset that it was trained on, and `replay_share` of every batch comes from there. `is_fixtured` parts are
    neither mirrored nor pasted into.
    """

    dataset: str
    out: Path
    task: str = "segmentation"
    name: str = ""
    version: str = "1.0.0"
    seed: int = 0
    steps: int = STEPS
    batch: int = 16
    crop: int = 256
    tile: int = 0
    width: int = 16
    reduce: int = 1
    drawn_share: float = 0.0
    novelty: float = 0.0
    is_pretrained: bool = False
    overkill: float = 0.05
    threads: int = 2
    use_test: bool = True
    test_look: int = 1
    test_note: str = ""
    rate: float = RATE
    is_fixtured: bool = False
    start: Path | None = None
    replay: str = ""
    replay_share: float = 0.5


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """`done` of `total` of one stage; `loss` is the running mean while weights are fitted."""

    stage: Stage
    done: int
    total: int
    loss: float | None = None


Progress = Callable[[TrainingProgress], None]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingReport:
    """What came out: the package as written, and `evaluation` as it stands in its manifest."""

    folder: Path
    name: str
    package_sha256: str
    parameters: int
    first_loss: float
    last_loss: float
    seconds: float
    evaluation: dict[str, Any]

    def lines(self) -> tuple[str, ...]:
        """The report for a person at a terminal."""
        head = (
            f"model package {self.name} in {self.folder}",
            f"package hash {self.package_sha256}",
            f"{self.parameters} parameters, trained in {self.seconds:.0f} s",
            f"loss {self.first_loss:.3f} -> {self.last_loss:.3f}",
        )
        splits = [line for split in ("validation", "test") for line in figures_lines(split, self.evaluation.get(split))]
        return (*head, *splits)


def figures_lines(split: str, figures: dict[str, Any] | None) -> list[str]:
    """One split's figures as they stand in a manifest, for a person at a terminal; None where it was not used."""
    if figures is None:
        return [f"{split}: not used"]
    lines = [
        f"{split}: escapes {_share_text(figures['escapes'])}, overkill {_share_text(figures['overkill'])}",
        f"{split}: image AUROC {_number(figures['image_auroc'])}, pixel AP {_number(figures['pixel_ap'])}",
    ]
    lines += [f"{split}: escapes of {kind} {_share_text(share)}" for kind, share in figures["escapes_of"].items()]
    return lines


def _share_text(share: dict[str, Any]) -> str:
    if not share["total"]:
        return "unknown, there were none"
    interval = f"95 % interval {share['low']:.1%} to {share['high']:.1%}"
    return f"{share['count']} of {share['total']} = {share['share']:.1%} ({interval})"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"
