"""Pictures of the studies' screen for the documentation, and what must be seen in them: in both sizes and languages."""

import ast
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

import station_app.engine.studying as engine_room
import station_app.store.studies as reading_room
import station_app.store.study_writing as writing_room
from station_app.core.study import Appraiser
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED
from station_app.gui.pane import Pane
from station_app.gui.sentences import OF_THE_ENGINE
from station_app.gui.studies.list_page import ListDeed
from station_app.gui.studies.refusals import OF_STUDIES
from station_app.gui.touch_button import TouchButton
from tests.gui.pictures import keep
from tests.gui.studies.conftest import StudyRoom

ANNA, BEN, SHOWN = Appraiser("anna"), Appraiser("ben"), Appraiser("anna", sees_model=True)
SIZES = ((1920, 1080), (1366, 768))
KEPT = {
    ENGLISH: {"plan": "study_plan", "judge": "study_judge", "report": "study_report"},
    CHINESE: {"report": "study_report_zh"},
}
"""Which pages the documentation shows."""


def look(room: StudyRoom, name: str = "") -> None:
    """Nothing that is seen is cut off, and every button can be hit."""
    room.bench.station.window.repaint()
    keep(room.bench.station.window.grab().toImage(), name)
    buttons = [button for button in room.screen.findChildren(TouchButton) if button.isVisible()]
    pieces: list[QWidget] = [*buttons, *(pane for pane in room.screen.findChildren(Pane) if pane.isVisible())]
    assert [piece.accessibleName() for piece in pieces if getattr(piece, "is_clipped", False)] == []
    assert min(button.height() for button in buttons) >= 9 * room.screen._look.mm.px_per_mm - 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", [ENGLISH, CHINESE, STRETCHED])
def test_every_page_fits(room: StudyRoom, size: tuple[int, int], language: str) -> None:
    room.bench.station.window.resize(*size)
    spoken = room.bench.station.window._language
    spoken.switch(language)
    QCoreApplication.processEvents()
    kept = KEPT.get(language, {}) if size == SIZES[0] else {}

    title = "3号线盖板划痕" if language == CHINESE else "Scratches on covers, line 3"
    room.inspect(50)
    room.start(50, (ANNA, BEN, SHOWN), trials=3, title=title)
    room.judge("anna", frozenset({1, 5}), most=165)
    room.open()
    room.until_listed()
    look(room)
    room.do(ListDeed.CLOSE)
    look(room)
    room.tap(room.screen.list.reason.no)
    room.do(ListDeed.PLAN)
    plan, pictures = room.screen.plan, room.screen.pictures
    room.bench.qtbot.waitUntil(lambda: all(pictures.of(part_id) is not None for part_id in range(1, 51)))
    plan.title.setText(title)
    plan.people.toggled.emit("anna", False)
    plan.people.toggled.emit("ben", False)
    plan.people.toggled.emit("anna", True)
    look(room, kept.get("plan", ""))
    room.tap(plan.cancel)
    room.sign_in("anna")
    room.do(ListDeed.JUDGE)
    room.until_shown()
    room.bench.qtbot.waitUntil(lambda: room.screen.judge.images.canvas.is_scaled)
    look(room, kept.get("judge", ""))
    room.tap(room.screen.judge.leave)
    room.judge("anna", frozenset({1, 5}))
    room.judge("ben", frozenset({1, 2, 14, 23}))
    room.sign_in("li")
    room.do(ListDeed.REPORT)
    room.bench.qtbot.waitUntil(room.screen.report.save.isEnabled)
    look(room, kept.get("report", ""))
    spoken.switch(ENGLISH)


def refusals_of(room: ModuleType) -> set[str]:
    """What a room says where it refuses: the words of its errors, given at once or named `what` or `remedy` before."""
    tree = ast.parse(Path(str(room.__file__)).read_text(encoding="utf-8"))
    given: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error"):
            given += [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "remedy")]
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given += [node.value] if node.targets[0].id in ("what", "remedy", "_CHOOSE_ANOTHER") else []
    whole = (expression for expression in given if not isinstance(expression, ast.JoinedStr))
    constants = (node for expression in whole for node in ast.walk(expression) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def test_every_refusal_of_a_study_is_translated() -> None:
    said = set.union(*(refusals_of(room) for room in (engine_room, writing_room, reading_room)))
    assert len(said) > 30
    assert said <= {*OF_STUDIES, *OF_THE_ENGINE}
