"""The recipes' screen on a fake engine that keeps its revisions in a real, small database."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from station_app.core.audit_view import NO_CHANGE
from station_app.core.errors import ConfigError
from station_app.core.inspection import CameraRecord, ImageQuality, VerdictKind
from station_app.core.messages import Command, CommandRefused
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.core.recipe_deeds import (
    Commission,
    PackageReport,
    RevisionDeed,
    SavedText,
    SaveText,
    Sign,
    Signed,
    Turn,
)
from station_app.core.recipe_edit import with_revision
from station_app.core.recipe_messages import (
    ActivateRevision,
    ApproveRevision,
    RetireRevision,
    RevisionChanged,
    RevisionState,
    SaveDraft,
    TakeInFile,
)
from station_app.core.recipe_toml import parse_recipe
from station_app.gui.recipes.recipes_screen import RecipesScreen
from station_app.gui.screens import ScreenName
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from tests.gui.conftest import Bench
from tests.gui.fake_engine import NOW_MS, housing
from tests.store.records import ROOMY, inspection

RECIPES = Path(__file__).parents[3] / "configs" / "recipes"
ROLES = {"wang": Role.ENGINEER, "li": Role.QUALITY}
LABELS = ("scratch", "dent", "stain", "chip", "missing_hole", "contamination")


@dataclass(slots=True)
class RecipeRoom:
    """What the engine does with the screen's commands, on real records."""

    bench: Bench
    ledger: StationLedger

    def commission(self, name: str) -> None:
        text = (RECIPES / f"{name}.toml").read_text(encoding="utf-8")
        self.revise(Commission(self.saved(name, 1, text, "station", "commissioned from file")))

    def saved(self, name: str, number: int, text: str, author: str, reason: str) -> SavedText:
        model = parse_recipe(text).cameras[0].model
        report = PackageReport("top", model.package, model.sha256, "demo-housing", "1.2.0", LABELS)
        return SavedText(name, number, text, author, reason, NOW_MS, (report,))

    def revise(self, deed: RevisionDeed) -> None:
        for changed in self.ledger.revise(deed, NO_CHANGE).result():
            told = RevisionChanged(changed.recipe, changed.number, changed.state, changed.sha256, "wang")
            self.bench.engine.tell(told)

    def obey(self, command: Command) -> None:
        try:
            self._obey(command)
        except ConfigError as error:
            self.bench.engine.tell(CommandRefused(type(command).__name__, error.what, error.remedy))

    def _obey(self, command: Command) -> None:
        match command:
            case SaveDraft(recipe, text, reason):
                self.revise(SaveText(self.saved(recipe, parse_recipe(text).revision, text, "wang", reason)))
            case ApproveRevision(recipe, number, sha256, signature, reason):
                signed = Signed(signature.name, ROLES[signature.name], sha256, reason, NOW_MS)
                self.revise(Sign(recipe, number, signed))
            case ActivateRevision(recipe, number, signature, reason):
                self.revise(Turn(recipe, number, RevisionState.ACTIVE, signature.name, reason, NOW_MS))
            case RetireRevision(recipe, number, signature, reason):
                self.revise(Turn(recipe, number, RevisionState.RETIRED, signature.name, reason, NOW_MS))
            case TakeInFile(recipe, reason):
                text = (RECIPES / f"{recipe}.toml").read_text(encoding="utf-8")
                self.revise(SaveText(self.saved(recipe, 2, with_revision(text, 2), "wang", reason)))
            case _:
                pass

    def inspect(self, parts: int, name: str = "housing") -> None:
        """Good parts of this recipe, the first of which has a stored image."""
        recipe = parse_recipe((RECIPES / f"{name}.toml").read_text(encoding="utf-8"))
        self.ledger.register(recipe).result()
        for number in range(1, parts + 1):
            quality = ImageQuality(120.0 + number % 7, 0.02, 0.01, 40.0 + number % 5)
            part = replace(
                inspection(number, VerdictKind.PASS),
                recipe=recipe.name,
                recipe_hash=recipe.sha256,
                cameras=(CameraRecord("top", number, "", "cd" * 32, quality),),
            )
            self.ledger.record(part).result()
            if number == 1:
                self.ledger.keep_image(part, "top", housing(size=(1024, 1224)))

    @property
    def screen(self) -> RecipesScreen:
        page = self.bench.station.workplace.pages[ScreenName.RECIPES]
        assert isinstance(page, RecipesScreen)
        return page

    def open(self) -> None:
        """By the menu and the rail, as a person does; returns when the records are read."""
        workplace = self.bench.station.workplace
        self.bench.tap(workplace.operator.top.menu)
        self.bench.tap(workplace.rail.buttons[ScreenName.RECIPES])
        self.bench.qtbot.waitUntil(lambda: self.screen.side.title.words != "")

    def tap(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.bench.settle()

    def until_titled(self, words: str) -> None:
        """Until the title over the differences says so."""
        self.bench.qtbot.waitUntil(lambda: words in self.screen.side.title.words)


def seat(bench: Bench, ledger: StationLedger, folder: Path) -> RecipeRoom:
    """An engineer at a station with three recipes."""
    room = RecipeRoom(bench, ledger)
    bench.archive.records = StationArchive(folder)
    bench.engine.on_setup = room.obey
    bench.tell(SessionChanged("wang", "Wang", Role.ENGINEER, Role.ENGINEER, has_people=True))
    for name in ("housing", "housing-serial", "housing-strict"):
        room.commission(name)
    return room


@pytest.fixture
def room(bench: Bench, tmp_path: Path) -> Iterator[RecipeRoom]:
    with closing(StationLedger(tmp_path / "records", ROOMY)) as ledger:
        bench.archive.pictures = {1: (("top", housing(size=(1024, 1224))),)}
        yield seat(bench, ledger, tmp_path / "records")
