"""The models' screen on a fake engine that keeps its deeds and its parts in a real, small database."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from station_app.core.errors import ConfigError
from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.messages import Command, CommandRefused
from station_app.core.model_messages import (
    FetchModels,
    ModelsReported,
    ModelState,
    PromoteModel,
    RollBackModel,
    StartShadow,
    StopRule,
    StopShadow,
)
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.core.recipe import Thresholds
from station_app.core.rollout_deeds import DeedKind, ModelDeed, OfferedModel, Terms
from station_app.core.rollout_models import find, is_signed, state_of
from station_app.core.shadow import ShadowPair, ShadowResult
from station_app.gui.models.models_screen import ModelsScreen
from station_app.gui.models.models_state import Place
from station_app.gui.screens import ScreenName
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from station_app.store.shadow_view import Trial, pair_counts
from tests.gui.conftest import Bench
from tests.gui.fake_engine import NOW_MS, housing
from tests.store.records import MODEL, RECIPE, ROOMY, inspection

CHAMPION, CANDIDATE, WORSE = "3f9c2b7a" * 8, "ab12cd34" * 8, "77ee0011" * 8
ROLES = {"wang": Role.ENGINEER, "li": Role.QUALITY, "zhao": Role.ENGINEER}
SHADOWED = replace(RECIPE, revision=3)
PAIR = ShadowPair("top", CANDIDATE, SHADOWED.sha256, MODEL, RECIPE.sha256)
PASS, FAIL, REVIEW, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.REVIEW, VerdictKind.NO_RESULT


def share(count: int, total: int, low: float, high: float) -> dict[str, float]:
    return {"count": count, "total": total, "share": count / total, "low": low, "high": high}


EVALUATION = {
    "schema": 1,
    "figures": {
        "golden": {
            "champion": {
                "escapes": share(9, 60, 0.071, 0.266),
                "overkill": share(11, 240, 0.023, 0.081),
                "escapes_of": {"scratch": share(7, 40, 0.073, 0.328), "dent": share(2, 20, 0.012, 0.317)},
            },
            "candidate": {
                "escapes": share(2, 60, 0.004, 0.115),
                "overkill": share(12, 240, 0.026, 0.086),
                "escapes_of": {"scratch": share(1, 40, 0.001, 0.132), "dent": share(1, 20, 0.001, 0.249)},
            },
        },
    },
    "gate": [
        {
            "name": "escapes of scratch",
            "outcome": "passed",
            "figures": "1 of 40 escape, 7 did with the champion; 0 of them are new",
            "caveat": "that fewer than 11.3% escape is all that 40 parts can show",
        },
        {
            "name": "McNemar",
            "outcome": "passed",
            "figures": "right alone: candidate 9, champion 3 of 300; exact p = 0.15",
            "caveat": "no difference is shown: the candidate may not be called better",
        },
        {"name": "latency", "outcome": "passed", "figures": "1.02 times the champion's time, 1.25 allowed"},
    ],
}


def offer(number: int, sha256: str, version: str, replaces: str = "") -> OfferedModel:
    """As a publisher would have written it."""
    table = {
        "schema": 1, "channel": "stable", "number": number, "created_at": "2026-11-20T06:00:00.000Z",
        "recipe": RECIPE.name, "camera": "top",
        "package": {"name": "housing", "version": version, "sha256": sha256, "members": {}},
        "replaces": replaces, "thresholds": {"scratch": {"review": 0.5, "fail": 0.7}}, "min_app": "0.1.0",
        "dataset": "5d" * 32, "evaluation": EVALUATION, "golden": 8, "stations": [],
    }  # fmt: skip
    body = json.dumps({"offer": json.dumps(table), "signatures": []})
    return OfferedModel(
        sha256=f"{number:064x}",
        channel="stable",
        number=number,
        created_at=str(table["created_at"]),
        name="housing",
        version=version,
        thresholds=(("scratch", Thresholds(0.5, 0.7)),),
        replaces=replaces,
        dataset="5d" * 32,
        body=body,
        signed_by=("k1",),
    )


@dataclass(slots=True)
class ModelRoom:
    """What the engine does with the screen's commands, on real records. `now_ms` is its clock."""

    bench: Bench
    ledger: StationLedger
    now_ms: int = NOW_MS
    refuses: str = ""
    figures: dict[str, tuple[int, int]] = field(default_factory=dict)

    def deed(self, kind: DeedKind, sha256: str, person: str = "station", reason: str = "", **more: object) -> None:
        self.now_ms += 3_600_000
        done = ModelDeed(kind, sha256, RECIPE.name, "top", person, reason, self.now_ms, **more)  # type: ignore[arg-type]
        self.ledger.models.record([done]).result()

    def offer(self, number: int, sha256: str, version: str, replaces: str = "") -> None:
        self.deed(DeedKind.OFFERED, sha256, offer=offer(number, sha256, version, replaces))

    def prove(self, number: int, sha256: str, version: str, replaces: str = "") -> None:
        self.offer(number, sha256, version, replaces)
        self.deed(DeedKind.PROVED, sha256)

    def promote(self, sha256: str, share: float = 1.0) -> None:
        terms = Terms(share, StopRule(), "1" * 64)
        self.deed(DeedKind.SIGNED, sha256, "wang", "fewer escapes", terms=terms, role=Role.ENGINEER)
        self.deed(DeedKind.SIGNED, sha256, "li", terms=terms, role=Role.QUALITY)
        kind = DeedKind.ACTIVE if share == 1 else DeedKind.CANARY
        self.deed(kind, sha256, "li", terms=terms, revision=3)

    def report(self) -> None:
        """As the engine tells it: newest first."""
        self._tell()
        self.bench.tell()

    def obey(self, command: Command) -> None:
        try:
            self._obey(command)
        except ConfigError as error:
            self.bench.engine.tell(CommandRefused(type(command).__name__, error.what, error.remedy))

    def _obey(self, command: Command) -> None:
        match command:
            case FetchModels() if self.refuses:
                raise ConfigError(self.refuses, remedy="plug it in again")
            case StartShadow(sha256, _, _, operator):
                self.deed(DeedKind.SHADOW_STARTED, sha256, operator)
            case StopShadow(sha256, _, _, operator):
                self.deed(DeedKind.SHADOW_STOPPED, sha256, operator)
            case PromoteModel():
                self._sign(command)
            case RollBackModel(sha256, _, _, reason, operator):
                self.deed(DeedKind.ROLLED_BACK, sha256, operator, reason)
            case _:
                return
        self._tell()

    def _sign(self, command: PromoteModel) -> None:
        terms, name = Terms(command.share, command.stop_rule, "1" * 64), command.signature.name
        self.deed(DeedKind.SIGNED, command.sha256, name, command.reason, terms=terms, role=ROLES[name])
        model = find(self.ledger.models.models(), *(command.sha256, command.recipe, command.camera))
        if is_signed(model, terms):
            kind = DeedKind.ACTIVE if terms.share == 1 else DeedKind.CANARY
            self.deed(kind, command.sha256, name, terms=terms, revision=3)

    def _tell(self) -> None:
        told = [state_of(model, *self.figures.get(model.sha256, (0, 0))) for model in self.ledger.models.models()]
        self.bench.engine.tell(ModelsReported(tuple(reversed(told))))

    def shadow(self, number: int, decided: VerdictKind, said: VerdictKind, score: float = 0.25) -> None:
        """One part that the champion decided and the candidate saw."""
        part = inspection(number, decided, f"2A17-{93400 + number:07d}")
        self.ledger.record(part).result()
        result = ShadowResult(number, PAIR, said, None, "scratch", score, (("scratch", score),), 12.5)
        self.ledger.shadow.note(result).result()

    def say(self, number: int, disposition: Disposition) -> None:
        self.ledger.override(Override(number, disposition, "zhou", 5)).result()

    def count_shadow(self) -> None:
        counts = self.ledger._read(lambda reader: pair_counts(reader, Trial(CANDIDATE, RECIPE.name, "top")))
        self.figures[CANDIDATE] = (counts.compared, counts.discordant)

    @property
    def screen(self) -> ModelsScreen:
        page = self.bench.station.workplace.pages[ScreenName.MODELS]
        assert isinstance(page, ModelsScreen)
        return page

    @property
    def chosen(self) -> ModelState:
        model = self.screen._known[0].model
        assert model is not None
        return model

    def open(self, place: Place = Place.PACKAGES) -> None:
        """By the menu and the rail, as a person does."""
        workplace = self.bench.station.workplace
        self.bench.tap(workplace.operator.top.menu)
        self.bench.tap(workplace.rail.buttons[ScreenName.MODELS])
        self.go(place)

    def go(self, place: Place) -> None:
        self.tap(self.screen.tabs[place])

    def tap(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.bench.settle()

    def sign_in(self, name: str) -> None:
        self.bench.tell(SessionChanged(name, name.capitalize(), ROLES[name], ROLES[name], has_people=True))

    def until_titled(self, words: str) -> None:
        self.bench.qtbot.waitUntil(lambda: words in self.screen.packages.panel.title.words)

    def until_read(self) -> None:
        """Until the page of parts is there."""
        self.bench.qtbot.waitUntil(lambda: self.screen.shadow._state.page is not None)
        self.bench.qtbot.waitUntil(lambda: self.screen.shadow._state.shadow is not None)


def fill(room: ModelRoom) -> None:
    """A champion, a candidate in shadow that differs on some parts, and one that was refused."""
    room.prove(5, CHAMPION, "1.2.0")
    room.promote(CHAMPION)
    room.offer(6, WORSE, "1.2.9", CHAMPION)
    why = "golden image 003.png: score 0.112 instead of 0.934 for scratch"
    room.deed(DeedKind.REFUSED, WORSE, reason=why)
    room.prove(7, CANDIDATE, "1.3.0", CHAMPION)
    room.deed(DeedKind.SHADOW_STARTED, CANDIDATE, "wang")
    room.ledger.register(RECIPE).result()
    room.ledger.register(SHADOWED).result()


def differ(room: ModelRoom) -> None:
    """Sixty parts, of which the candidate alone rejects eight and the champion alone two."""
    for number in range(1, 61):
        if number % 7 == 0:
            room.shadow(number, PASS, FAIL, 0.913 - number / 500)
        elif number % 25 == 0:
            room.shadow(number, FAIL, PASS, 0.021)
        else:
            verdict = FAIL if number % 10 == 3 else PASS
            room.shadow(number, verdict, verdict, 0.05)
    for number in (7, 14, 21, 28, 35):
        room.say(number, Disposition.MISSED_DEFECT)
    for number in (25, 50):
        room.say(number, Disposition.FALSE_REJECT)
    for number in (3, 13, 23):
        room.say(number, Disposition.AGREE)
    room.count_shadow()


@pytest.fixture
def room(bench: Bench, tmp_path: Path) -> Iterator[ModelRoom]:
    """An engineer at a station to which no model has come yet."""
    with closing(StationLedger(tmp_path / "records", ROOMY)) as ledger:
        bench.archive.records = StationArchive(tmp_path / "records")
        bench.archive.pictures = {n: (("top", housing(n, (256, 306))),) for n in range(1, 61)}
        room = ModelRoom(bench, ledger)
        bench.engine.on_setup = room.obey
        room.sign_in("wang")
        yield room
