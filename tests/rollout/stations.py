"""A station that looks at a channel: real records, a real folder as the channel, and its recipe `housing`."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from station_app.core.channel_look import ChannelLook
from station_app.core.model_messages import ModelStage
from station_app.core.recipe import CameraSetup, ModelReference, Recipe, Thresholds
from station_app.core.rollout_models import Model
from station_app.inference.dry_run import ProvedPackages
from station_app.inference.package import ModelPackage
from station_app.inference.package_folders import PackageFolders
from station_app.inference.package_look import look_at_packages
from station_app.inference.package_writer import write_package
from station_app.rollout.package_store import PACKAGES
from station_app.rollout.publish import OfferDraft, Published, publish
from station_app.rollout.room import ChannelSetup, RolloutRoom
from station_app.rollout.sealed import Signer
from station_app.store.ledger import StationLedger
from station_app.store.model_keys import TrustedKeys
from station_app.sync.folder_remote import FolderRemote
from tests.inference.conftest import AlreadyProved
from tests.inference.models import draft, pointwise, ramp
from tests.rollout.publishing import DRAFT, KEY


@dataclass
class Station:
    """`room` looks at the folder `channel`; the recipe's own package is there already."""

    folder: Path
    ledger: StationLedger
    proves_really: bool = False
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.channel = self.folder / "channel"
        self.channel.mkdir()
        self.keys = TrustedKeys(self.folder)
        self.keys.add(KEY.public_bytes)
        own = package_of(self.folder / "configured", "1.0.0")
        thresholds = (("scratch", Thresholds(0.4, 0.6)),)
        self.recipe = Recipe("housing", 3, (CameraSetup("top", ModelReference("package", own.sha256)),), thresholds)
        self.room = self.reopened()

    def reopened(self, **changed: object) -> RolloutRoom:
        """The room anew, with something else in its set-up."""
        folders = PackageFolders((self.folder / "configured", self.folder / PACKAGES))
        proved = (ProvedPackages if self.proves_really else AlreadyProved)(self.folder / "proved.json")
        setup = ChannelSetup(self.folder, "s1", FolderRemote, "stable", partial(FolderRemote, self.channel))
        setup = replace(setup, **changed)  # type: ignore[arg-type]
        return RolloutRoom(setup, self.ledger.models, partial(look_at_packages, folders, proved), self.note)

    def note(self, *told: str) -> None:
        self.notes.append((told[0], told[1], told[2]))

    def publish(self, package: ModelPackage, draft: OfferDraft = DRAFT, signer: Signer = KEY) -> Published:
        return publish(FolderRemote(self.channel), Path(package.where), draft, [signer])

    def look(self, person: str = "") -> ChannelLook:
        return self.room.look([self.recipe], person=person)

    def model(self, package: ModelPackage) -> Model:
        return next(model for model in self.ledger.models.models() if model.sha256 == package.sha256)

    def stage(self, package: ModelPackage) -> ModelStage:
        return self.model(package).stage

    def fetched(self) -> list[str]:
        folder = self.folder / PACKAGES
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def package_of(folder: Path, version: str = "1.1.0", **settings: object) -> ModelPackage:
    """A small package of its own hash for each version, in `folder / "package"`."""
    manifest = replace(draft(**settings), version=version)  # type: ignore[arg-type]
    contract = manifest.input
    body = pointwise(contract.height, contract.width, manifest.output_stride)
    return write_package(folder / "package", manifest, body, [ramp(contract.height, contract.width)])


def rewritten(package: ModelPackage, name: str, body: bytes) -> None:
    """Another member in the package's folder, with a manifest that says so."""
    folder = Path(package.where)
    (folder / name).write_bytes(body)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][name] = hashlib.sha256(body).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
