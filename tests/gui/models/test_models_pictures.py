"""Pictures of the models' screen for the documentation, and what must be seen in them: in both sizes and languages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.messages import AlarmRaised, Priority
from station_app.core.rollout_deeds import DeedKind
from station_app.core.sync_messages import SyncReported, SyncState
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED, Language
from station_app.gui.models.deeds import ModelDeed
from station_app.gui.models.models_state import Place
from station_app.gui.models.records import Side
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TouchButton
from tests.gui.fake_engine import NOW_MS, STATION, part
from tests.gui.housings import bad_part, good_part
from tests.gui.models.conftest import CANDIDATE, ModelRoom, differ, fill, offer
from tests.gui.pictures import keep
from tests.store.records import RECIPE

KEPT = frozenset({"models", "models_shadow", "models_promote", "sync"})
SIZES = ((1920, 1080), (1366, 768))
WAITING = SyncReported(
    SyncState.WAITING,
    "s3://plant-records/line-3 (https://store.plant.example)",
    1_283,
    3_412_000_000,
    2 * NOW_MS - 3 * 3_600_000,
    9_600_000_000,
    2 * NOW_MS - 3 * 3_600_000 - 40_000,
    0,
    2 * NOW_MS + 95_000,
    "the store does not answer: connection refused",
    "nothing: it is tried again by itself",
)
REFUSED = SyncReported(
    SyncState.REFUSED,
    "s3://plant-records/line-3",
    1_283,
    3_412_000_000,
    2 * NOW_MS - 50 * 3_600_000,
    None,
    None,
    2,
    None,
    "the store refuses the key: 403 access denied",
    "renew the key of this station in the secrets file",
)


def picture(room: ModelRoom) -> QImage:
    room.bench.station.window.repaint()
    return room.bench.station.window.grab().toImage()


def clipped(room: ModelRoom) -> list[str]:
    """What is written on visible pieces and does not fit."""
    window = room.bench.station.window
    pieces: list[QWidget] = [*window.findChildren(TouchButton), *window.findChildren(Pane)]
    return [piece.accessibleName() for piece in pieces if piece.isVisible() and getattr(piece, "is_clipped", False)]


def smallest_button_mm(room: ModelRoom) -> float:
    buttons = [button for button in room.screen.findChildren(TouchButton) if button.isVisible()]
    return min(button.height() for button in buttons) / room.screen._look.mm.px_per_mm


@pytest.fixture(params=[ENGLISH, CHINESE, STRETCHED])
def spoken(request: pytest.FixtureRequest, qapp: QApplication, room: ModelRoom) -> Iterator[str]:
    language = Language(qapp)
    language.switch(request.param)
    yield str(request.param)
    language.switch(ENGLISH)


@pytest.fixture(params=SIZES, ids=["full", "small"])
def size(request: pytest.FixtureRequest, room: ModelRoom) -> tuple[int, int]:
    room.bench.station.window.resize(*request.param)
    return request.param  # type: ignore[no-any-return]


def check(room: ModelRoom, name: str, size: tuple[int, int], spoken: str) -> QImage:
    seen = picture(room)
    ending = {ENGLISH: "", CHINESE: "_zh"}.get(spoken, "_long") + ("" if size == SIZES[0] else "_small")
    keep(seen, f"{name}{ending}" if f"{name}{ending}" in KEPT else "")
    assert clipped(room) == []
    assert smallest_button_mm(room) >= 9
    return seen


def test_all_is_legible(room: ModelRoom, size: tuple[int, int], spoken: str) -> None:
    room.open()
    check(room, "models_empty", size, spoken)
    fill(room)
    differ(room)
    defective = (*range(7, 61, 7), 25, 50)
    room.bench.archive.pictures |= {number: (("top", bad_part(number)[0][::2, ::2].copy()),) for number in defective}
    room.report()
    room.bench.qtbot.waitUntil(lambda: len(room.screen.packages.panel.table.rows) > 12)
    check(room, "models", size, spoken)
    room.screen.packages.chosen.emit(1)
    room.bench.settle()
    check(room, "models_refused", size, spoken)
    room.screen.packages.chosen.emit(0)
    room.go(Place.SHADOW)
    room.until_read()
    wall = room.screen.shadow.wall.pane
    room.bench.qtbot.waitUntil(lambda: all(wall.has_picture(t.part_id) for group in wall.groups for t in group.tiles))
    check(room, "models_shadow", size, spoken)
    room.tap(room.screen.shadow.sides[Side.CANDIDATE_PASSES])
    room.until_read()
    check(room, "models_shadow_back", size, spoken)
    room.screen.shadow.wall.pane.tapped.emit(50)
    room.bench.qtbot.waitUntil(lambda: room.screen.shadow.enlarged.shown is not None)
    check(room, "models_part", size, spoken)
    room.screen.shadow.enlarged.close_part()
    room.go(Place.PACKAGES)
    room.tap(room.screen.packages.panel.buttons[ModelDeed.PROMOTE])
    check(room, "models_promote", size, spoken)
    room.tap(room.screen.promotion.shares[1.0])
    check(room, "models_promote_all", size, spoken)
    room.tap(room.screen.promotion.sign.no)


def test_a_canary_and_the_way_back_are_legible(room: ModelRoom, size: tuple[int, int], spoken: str) -> None:
    fill(room)
    room.promote(CANDIDATE, 0.1)
    room.bench.engine.station = replace(STATION, recipe=RECIPE.name)
    room.bench.tell(room.bench.engine.station)
    room.report()
    room.bench.show(part(1, recipe=RECIPE.name), good_part(1))
    room.bench.qtbot.waitUntil(lambda: room.bench.station.screen.canvas.is_scaled)
    keep(picture(room), "operator_canary" if (size, spoken) == (SIZES[0], ENGLISH) else "")
    assert clipped(room) == []
    room.open()
    room.bench.qtbot.waitUntil(lambda: len(room.screen.packages.panel.table.rows) > 5)
    check(room, "models_canary", size, spoken)
    room.go(Place.SYNC)
    room.tap(room.screen.trial.button)
    check(room, "models_back", size, spoken)


@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE], indirect=True)
def test_long_names_are_legible(room: ModelRoom, size: tuple[int, int], spoken: str) -> None:
    name, long = "cover-machined-left-front", offer(7, CANDIDATE, "2026.11.20-rc3+build.1182")
    long = replace(long, name=name, channel="candidates-of-the-whole-plant", body=long.body.replace("housing", name))
    room.deed(DeedKind.OFFERED, CANDIDATE, offer=long)
    room.deed(DeedKind.PROVED, CANDIDATE)
    room.promote(CANDIDATE, 0.1)
    room.bench.engine.station = replace(STATION, recipe=RECIPE.name)
    room.bench.tell(room.bench.engine.station, replace(REFUSED, store="s3://" + "records-of-all-lines/" * 6))
    room.report()
    picture(room)
    assert clipped(room) == []
    room.open()
    room.bench.qtbot.waitUntil(lambda: len(room.screen.packages.panel.table.rows) > 5)
    check(room, "long_canary", size, spoken)
    room.go(Place.SHADOW)
    check(room, "long_shadow", size, spoken)
    room.go(Place.SYNC)
    check(room, "long_sync", size, spoken)


def test_sync_is_legible(room: ModelRoom, size: tuple[int, int], spoken: str) -> None:
    room.open(Place.SYNC)
    check(room, "sync_off", size, spoken)
    room.bench.tell(WAITING)
    check(room, "sync", size, spoken)
    room.bench.tell(REFUSED, AlarmRaised("sync", Priority.MEDIUM, "the store refuses the records", "", "", NOW_MS))
    check(room, "sync_refused", size, spoken)
