"""A line whose recipes are managed and whose models come through a channel: a real engine, ledger, room and folder."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from station_app.config import recipe_file, recipe_names
from station_app.core.messages import AlarmRaised, CommandRefused
from station_app.core.model_messages import (
    FetchModels,
    ModelCommand,
    ModelsReported,
    ModelStage,
    ModelState,
    PromoteModel,
    RollBackModel,
    StartShadow,
    StopRule,
    StopShadow,
)
from station_app.core.people import Person, Role, Signature
from station_app.core.recipe_messages import RevisionState
from station_app.engine.engine_setup import EngineSetup
from station_app.engine.recipe_shelf import RecipeFiles, RecipeShelf
from station_app.engine.trial_watch import WatchSetup
from station_app.inference.package import ModelPackage
from station_app.inference.package_folders import PackageFolders
from station_app.inference.package_look import look_at_packages
from station_app.rollout.publish import OfferDraft, publish
from station_app.rollout.room import ChannelSetup, RolloutRoom
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.model_keys import TrustedKeys
from station_app.sync.folder_remote import FolderRemote
from tests.engine.fakes import PATIENCE_S, PartCamera
from tests.engine.line import AlreadyProved, Line, LineSettings, open_line
from tests.engine.people import FakeRoster, password_of
from tests.rollout.publishing import KEY, meant_for
from tests.store.records import ROOMY

ROLES = {"wang": Role.ENGINEER, "li": Role.QUALITY, "zhao": Role.ENGINEER, "lead": Role.LEAD, "op": Role.OPERATOR}
ALWAYS = WatchSetup(look_every_s=0.0)
HERE = meant_for("A17", "top")


def signature(name: str) -> Signature:
    return Signature(name, password_of(name))


@dataclass
class Plant:
    """`line` runs recipe A17; `channel` is where its models come from."""

    line: Line
    ledger: StationLedger
    shelf: RecipeShelf
    channel: Path
    opened: ExitStack = field(repr=False)

    @property
    def folder(self) -> Path:
        return self.line.folder

    def publish(self, package: ModelPackage, draft: OfferDraft = HERE) -> None:
        publish(FolderRemote(self.channel), Path(package.where), draft, [KEY])

    def do(self, command: ModelCommand) -> str:
        """The refusal's sentence, "" where it was done."""
        before = len(self.line.heard.of(CommandRefused))
        self.line.engine.obey(command)
        refused = self.line.heard.of(CommandRefused)[before:]
        return refused[0].what if refused else ""

    def fetch(self, folder: str = "") -> None:
        """Look at the channel, and wait until that is told."""
        before = len(self.line.heard.of(ModelsReported))
        self.line.engine.obey(FetchModels(folder=folder))
        self.wait(lambda: len(self.line.heard.of(ModelsReported)) > before)

    def offer(self, package: ModelPackage, camera: str = "top") -> None:
        """Published, fetched and proved."""
        self.publish(package, meant_for("A17", camera))
        self.fetch()
        assert self.stage(package, camera) is ModelStage.PROVED

    def shadow(self, package: ModelPackage) -> str:
        return self.do(StartShadow(package.sha256, "A17", "top"))

    def stop_shadow(self, package: ModelPackage) -> str:
        return self.do(StopShadow(package.sha256, "A17", "top"))

    def sign(self, name: str, package: ModelPackage, share: float = 1.0, camera: str = "top", **more: object) -> str:
        given: dict[str, object] = {"stop_rule": StopRule(), "reason": "fewer escapes", **more}
        return self.do(PromoteModel(package.sha256, "A17", camera, share, signature(name), **given))  # type: ignore[arg-type]

    def promote(self, package: ModelPackage, share: float = 1.0, camera: str = "top", **more: object) -> None:
        told = [self.sign(name, package, share, camera, **more) for name in ("wang", "li")]
        assert told == ["", ""]

    def roll_back(self, package: ModelPackage, reason: str = "it misses dents", camera: str = "top") -> str:
        return self.do(RollBackModel(package.sha256, "A17", camera, reason))

    def state(self, package: ModelPackage, camera: str = "top") -> ModelState:
        """As it was told last."""
        told = self.line.heard.of(ModelsReported)[-1].models
        return next(state for state in told if (state.sha256, state.camera) == (package.sha256, camera))

    def stage(self, package: ModelPackage, camera: str = "top") -> ModelStage:
        return self.state(package, camera).stage

    def revisions(self) -> dict[int, RevisionState]:
        return {revision.number: revision.state for revision in self.shelf.history("A17").revisions}

    def decided(self, parts: int = 1) -> set[int]:
        """The revisions by which so many parts were decided and recorded."""
        ids = [part.part_id for part in self.line.inspect(parts)]
        marks = ", ".join("?" * len(ids))
        joined = "inspections i JOIN recipes r ON r.id = i.recipe_id"
        query = f"SELECT DISTINCT r.revision FROM {joined} WHERE i.part_id IN ({marks})"
        with closing(open_reader(self.folder / DATABASE)) as reader:
            return {row[0] for row in reader.execute(query, ids)}

    def audited(self) -> list[tuple[str, str, str]]:
        query = "SELECT actor, action, why FROM audit WHERE details GLOB 'deed sha256*' ORDER BY id"
        with closing(open_reader(self.folder / DATABASE)) as reader:
            return [tuple(row) for row in reader.execute(query)]

    def alarms(self, word: str) -> list[AlarmRaised]:
        return [alarm for alarm in self.line.engine.alarms.standing() if alarm.code.split()[0] == word]

    def wait(self, is_met: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not is_met():
            assert time.monotonic() < until, "it never came"
            time.sleep(0.005)

    def close(self) -> None:
        self.opened.close()


def open_plant(folder: Path, *, has_channel: bool = True, cameras: tuple[str, ...] = ("top",)) -> Plant:
    """Signed in is wang, an engineer. Whoever opens it closes it."""
    with ExitStack() as opened:
        channel = folder / "channel"
        channel.mkdir(exist_ok=True)
        TrustedKeys(folder).add(KEY.public_bytes)
        ledger = StationLedger(folder, ROOMY)
        opened.callback(ledger.close)
        shelves = list[RecipeShelf]()

        def managed(setup: EngineSetup) -> EngineSetup:
            look = partial(look_at_packages, PackageFolders((folder / "packages",)), AlreadyProved(folder / "proved"))
            files = RecipeFiles(partial(recipe_names, folder / "recipes"), partial(recipe_file, folder / "recipes"))
            shelves.append(RecipeShelf(ledger, files, look))
            where = partial(FolderRemote, channel) if has_channel else None
            channel_setup = ChannelSetup(folder, "s1", FolderRemote, open_store=where)
            room = RolloutRoom(channel_setup, ledger.models, look, lambda *_: None)
            return replace(setup, shelf=shelves[0], recipe_names=shelves[0].names, models=room)

        roster = FakeRoster(*(Person(name, name, role) for name, role in ROLES.items()))
        settings = LineSettings({name: PartCamera(name) for name in cameras}, setup=managed, roster=roster)
        line = open_line(folder, ledger, settings)
        opened.callback(line.engine.close)
        line.sign_in("wang")
        return Plant(line, ledger, shelves[0], channel, opened.pop_all())


@contextmanager
def running_plant(folder: Path, watch: WatchSetup | None = None) -> Iterator[Plant]:
    """Its line runs."""
    plant = open_plant(folder)
    try:
        if watch is not None:
            plant.line.engine.trials.watch_setup = watch
        plant.line.run()
        yield plant
    finally:
        plant.close()
