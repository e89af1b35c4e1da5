"""The recipes' screen with recorded parts of many scores, a part of them reviewed blind."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import VerdictKind
from station_app.core.recipe import Recipe
from station_app.core.recipe_toml import parse_recipe
from station_app.core.review import Answer, Queue, Review
from station_app.gui.whatif.page import WhatIfPage
from station_app.gui.whatif.threshold_editor import ThresholdEditor
from station_app.quality.review_plan import ReviewPlan
from station_app.store.connection import open_writer
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.review_writing import record_review
from tests.gui.conftest import Bench
from tests.gui.fake_engine import NOW_MS, housing
from tests.gui.recipes.conftest import RECIPES, RecipeRoom, seat
from tests.store.records import ROOMY, inspection

PARTS = 60
TRY = 6
EVERY = ReviewPlan(passed=(1.0, 1.0, 1.0), rejected=(1.0, 1.0, 1.0), second_share=0.0, seeded_share=0.0)


@dataclass(slots=True)
class TryRoom:
    """A person who tries thresholds."""

    recipes: RecipeRoom
    page: WhatIfPage

    def open(self) -> None:
        self.recipes.screen.open_step(TRY)
        self.until_read()

    def until_read(self) -> None:
        self.recipes.bench.qtbot.waitUntil(lambda: self.page.answer is not None)

    def press(self, key: Qt.Key, shift: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key at the graph; strokes wait until it is known that no scanner made them."""
        QTest.keyClick(self.page.view.graph, key, shift)
        self.settle()

    def write(self, editor: ThresholdEditor, text: str) -> None:
        editor.field.setText(text)
        QTest.keyClick(editor.field, Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        self.recipes.bench.qtbot.waitUntil(lambda: not self.recipes.bench.station.scanner.is_holding)
        self.until_counted()

    def drag(self, start: float, end: float) -> None:
        """A finger on the graph, from one score to another."""
        graph = self.page.view.graph
        points = [QPoint(graph.x_of(score), graph.height() // 2) for score in (start, (start + end) / 2, end)]
        QTest.mousePress(graph, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(graph, point)
        QTest.mouseRelease(graph, Qt.MouseButton.LeftButton, pos=points[2])
        self.until_counted()

    def until_counted(self) -> None:
        self.recipes.bench.qtbot.waitUntil(lambda: not self.page.counting.is_busy)


def spread(number: int, recipe: Recipe) -> tuple[float, VerdictKind]:
    """The score of a scratch: from 0.01 up, so that some parts lie on each side of both thresholds."""
    score, pair = number / PARTS, recipe.labels["scratch"]
    if score >= pair.fail:
        return score, VerdictKind.FAIL
    return score, VerdictKind.REVIEW if score >= pair.review else VerdictKind.PASS


def record(ledger: StationLedger, recipe: Recipe, parts: int = PARTS) -> None:
    """One a minute up to now."""
    ledger.register(recipe).result()
    for number in range(1, parts):
        score, verdict = spread(number, recipe)
        part = replace(
            inspection(number, verdict),
            recipe=recipe.name,
            recipe_hash=recipe.sha256,
            recipe_revision=recipe.revision,
            inspected_at_ms=time.time_ns() // 1_000_000 - (parts - number) * 60_000,
            scores=(("scratch", score), ("dent", 0.02)),
        )
        ledger.record(part).result()


def review(folder: Path, parts: range, *, is_bad: bool) -> None:
    answer = Answer.BAD if is_bad else Answer.GOOD
    with closing(open_writer(folder / DATABASE)) as connection:
        for number in parts:
            record_review(connection, Review(number, Queue.BLIND, answer, "li", NOW_MS, is_blind=True))
        connection.commit()


@pytest.fixture
def room(bench: Bench, tmp_path: Path) -> Iterator[TryRoom]:
    folder = tmp_path / "records"
    with closing(StationLedger(folder, ROOMY, plan=EVERY)) as ledger:
        recipes = seat(bench, ledger, folder)
        recipe = parse_recipe((RECIPES / "housing.toml").read_text(encoding="utf-8"))
        record(ledger, recipe)
        bench.archive.pictures = {n: (("top", housing(size=(512, 612))),) for n in range(1, PARTS)}
        review(folder, range(1, 4), is_bad=False)
        review(folder, range(30, 32), is_bad=True)
        review(folder, range(50, 56), is_bad=True)
        recipes.open()
        (page,) = (step for step in recipes.screen.steps if isinstance(step, WhatIfPage))
        yield TryRoom(recipes, page)
