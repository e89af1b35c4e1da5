"""The package that training goes on from: what it was trained with, and its network with its weights.

Only a package that this program trained says what its network is made of.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from torch import nn

from station_app.core.errors import ConfigError
from station_app.inference.package import ModelPackage, load_package
from station_app.training.network import DefectNet
from station_app.training.onnx_weights import read_weights
from station_app.training.options import TrainingOptions
from station_app.training.pretrained import lite_network
from station_app.training.provenance import MADE_BY

# What the station sees, and what the network is made of: the candidate's are the champion's.
_INHERITED = ("width", "reduce", "crop", "tile", "novelty", "is_pretrained", "is_fixtured")
_FIRST_SETTINGS = {"is_fixtured": False, "novelty": 0.0}
"""Of packages from before these could be chosen, such as the shipped one."""


@dataclass(frozen=True, slots=True, eq=False)
class Champion:
    """A package that can be trained further, and the settings it was trained with."""

    package: ModelPackage
    settings: dict[str, Any]

    def inherited(self, options: TrainingOptions) -> TrainingOptions:
        """The options of a run that goes on from here."""
        return replace(options, **{name: self.settings[name] for name in _INHERITED})

    def network(self, labels: tuple[str, ...]) -> DefectNet:
        """Its network with a score for each of `labels`, which begin with its own. Raises ModelPackageError."""
        own, channels = self.package.labels, self.package.manifest.input.channels
        build = lite_network if self.settings["is_pretrained"] else DefectNet
        network = build(len(own), channels, self.settings["width"])
        read_weights(network, self.package.model, self.package.where)
        _widen(network, len(labels))
        return network


def read_champion(path: Path) -> Champion:
    """The package at `path`. Raises ConfigError where another program made it, ModelPackageError where it is broken."""
    package = load_package(path)
    provenance = package.manifest.provenance
    settings = {**_FIRST_SETTINGS, **_table(provenance.get("settings"))}
    if provenance.get("made_by") != MADE_BY or any(name not in settings for name in _INHERITED):
        raise ConfigError(
            "training cannot go on from this package: it was not made by station-app train",
            where=str(path),
            remedy="start from one that station-app train wrote, or from nothing: without --from, or with anew = true",
        )
    return Champion(package, settings)


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _widen(network: DefectNet, labels: int) -> None:
    """More kinds for the head. What it says of the known ones, and of there being a defect at all, stays."""
    old = network.decoder.head
    assert old.bias is not None
    head = nn.Conv2d(old.in_channels, 1 + labels, 1)
    assert head.bias is not None
    nn.init.zeros_(head.bias)
    head.weight.data[: old.out_channels] = old.weight.data
    head.bias.data[: old.out_channels] = old.bias.data
    network.decoder.head = head
