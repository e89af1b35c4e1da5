"""Rules that every state of the review screen keeps, in every language and on both screens."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.review import Answer, Queue, Review, Severity
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED, Language
from station_app.gui.pane import Pane
from station_app.gui.review import answering, review_state
from station_app.gui.review.review_state import ReviewState
from station_app.gui.touch_button import TouchButton
from tests.gui.fake_engine import NOW_MS, housing, scratch
from tests.gui.review.drawn import (
    BIG,
    KAPPA,
    LEAD,
    NO_ONE,
    OPERATOR,
    SMALL,
    Drawn,
    drawn,
    inspected,
    known,
    queued,
    recorded,
    waiting_in,
)

W = TypeVar("W", bound=QWidget)
SIZES = {"21.5 inch": BIG, "15.6 inch": SMALL}
GOOD = housing(size=(256, 306))
BAD = GOOD.copy()
FINDINGS = scratch(BAD)
OVERRIDE = Override(100, Disposition.MISSED_DEFECT, "Bartholomew Featherstonehaugh", NOW_MS)


@pytest.fixture(params=[ENGLISH, CHINESE, STRETCHED])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Language(qapp)
    spoken.switch(request.param)
    yield request.param
    spoken.switch(ENGLISH)


@pytest.fixture(params=list(SIZES))
def made(request: pytest.FixtureRequest, qapp: QApplication, language: str) -> Iterator[Drawn]:
    made = drawn(*SIZES[request.param])
    made.picture(BAD, ("top", "left side", "右侧"), ("left side", "右侧"))
    made.near(GOOD, BAD, 1)
    yield made
    made.workplace.deleteLater()


def _answered() -> ReviewState:
    state = answering.graded(answering.labelled(waiting_in(Queue.BLIND, done=999), "contamination"), Severity.CRITICAL)
    return answering.commented(state, "a long comment about a small defect " * 5)


def _revealed() -> ReviewState:
    state = review_state.revealed(recorded(_answered()))
    said = tuple(
        (n, Review(100, Queue.BLIND, answer, who, 1, True))
        for n, (who, answer) in enumerate(zip("xyz", Answer, strict=True))
    )
    facts = replace(known(inspected(FINDINGS), OVERRIDE), reviews=said)
    return replace(review_state.with_facts(state, queued(100), facts), is_contested=True)


def _seed() -> ReviewState:
    state = replace(waiting_in(Queue.BLIND), parts=(queued(5, seed="5@100"),))
    state = review_state.revealed(recorded(answering.answered(state, Answer.GOOD)))
    return review_state.with_facts(state, queued(5, seed="5@100"), replace(known(inspected(FINDINGS)), is_seed=True))


def _contested() -> ReviewState:
    said = [
        Review(100, Queue.BLIND, Answer.BAD, "x", 1, True, "contamination", Severity.CRITICAL, "in the second hole"),
        Review(100, Queue.BLIND, Answer.GOOD, "y", 2, True, comment="a mark of the tool, as on all parts"),
    ]
    facts = replace(known(inspected(FINDINGS)), reviews=tuple(enumerate(said, 1)))
    return review_state.with_facts(waiting_in(Queue.CONTESTED), queued(100, Queue.CONTESTED), facts)


def _without_result() -> ReviewState:
    facts = known(inspected((), VerdictKind.NO_RESULT))
    return review_state.with_facts(waiting_in(Queue.NO_RESULT), queued(100, Queue.NO_RESULT), facts)


STATES: dict[str, Callable[[], ReviewState]] = {
    "nothing": ReviewState,
    "nobody": lambda: waiting_in(Queue.BLIND, NO_ONE),
    "operator": lambda: waiting_in(Queue.BLIND, OPERATOR),
    "lead": lambda: waiting_in(Queue.CONTESTED, LEAD),
    "queue": lambda: waiting_in(Queue.BLIND),
    "empty": lambda: waiting_in(Queue.SUSPECT, count=0),
    "answered": _answered,
    "sending": lambda: review_state.sent(_answered()),
    "recorded": lambda: recorded(_answered()),
    "revealed": _revealed,
    "seed": _seed,
    "contested": _contested,
    "no result": _without_result,
    "withdrawn": lambda: replace(waiting_in(Queue.BLIND), is_withdrawn=True),
    "refused": lambda: replace(
        _answered(),
        refusal=(
            "you have answered this part before, and have seen its marks since",
            "a second reviewer must be another person",
        ),
    ),
}


def _visible(made: Drawn, kind: type[W]) -> list[W]:
    return [widget for widget in made.screen.findChildren(kind) if widget.isVisibleTo(made.workplace)]


def _cut_off(made: Drawn) -> list[str]:
    clipped = [w for w in _visible(made, QWidget) if isinstance(w, (Pane, TouchButton)) and w.is_clipped]
    return [f"{type(w).__name__} {w.accessibleName()} is cut off" for w in clipped]


def _too_small(made: Drawn) -> list[str]:
    """Nine millimetres high, for quality screens."""
    px_per_mm = made.workplace.rail.width() / 24.0
    targets = [*_visible(made, QAbstractButton), *_visible(made, QLineEdit)]
    small = [w for w in targets if w.width() < 12 * px_per_mm or w.height() < 9 * px_per_mm - 2]
    return [f"{w.accessibleName()} is {w.width()} x {w.height()}" for w in small]


def _out_of_place(made: Drawn) -> list[str]:
    screen = made.screen
    pieces = [screen.queues, screen.session, screen.keys, screen.header, screen.canvas, screen.tools, screen.near]
    pieces += [screen.split, screen.answer, screen.known]
    boxes = {type(piece).__name__: piece.geometry() for piece in pieces}
    outside = [f"{name} is outside" for name, box in boxes.items() if not screen.rect().contains(box)]
    pairs = itertools.combinations(boxes, 2)
    over = [f"{one} and {other} overlap" for one, other in pairs if boxes[one].intersects(boxes[other])]
    buttons = [(button, button.parentWidget()) for button in _visible(made, TouchButton)]
    cut = [button for button, parent in buttons if parent and not parent.rect().contains(button.geometry())]
    return [*outside, *over, *(f"{button.accessibleName()} leaves its place" for button in cut)]


def _reachable_by_a_scan(made: Drawn) -> list[str]:
    buttons = _visible(made, TouchButton)
    return [f"{b.accessibleName()} takes focus" for b in buttons if b.focusPolicy() is not Qt.FocusPolicy.NoFocus]


def _nameless(made: Drawn) -> list[str]:
    widgets = (*_visible(made, TouchButton), *_visible(made, QLineEdit))
    named = [(QAccessible.queryAccessibleInterface(widget), widget) for widget in widgets]
    return [f"{type(w).__name__} has no name" for found, w in named if not found.text(QAccessible.Text.Name)]


RULES = (_cut_off, _too_small, _out_of_place, _reachable_by_a_scan, _nameless)


@pytest.mark.parametrize("name", list(STATES))
def test_every_state_keeps_every_rule(made: Drawn, name: str) -> None:
    for agreement in (KAPPA, None):
        made.show(STATES[name](), agreement)
        broken = [complaint for rule in RULES for complaint in rule(made)]
        assert not broken, broken


def test_the_sheet_of_keys_fits(made: Drawn) -> None:
    made.show(waiting_in(Queue.BLIND))
    made.screen.toggle_keys()
    made.workplace.grab()
    assert not made.screen.sheet.is_clipped


def test_many_kinds_of_defects_are_turned_page_by_page(made: Drawn) -> None:
    tiles = made.screen.answer.tiles
    labels = tuple(f"kind {number}" for number in range(20))
    made.screen.show_state(waiting_in(Queue.BLIND), labels)
    chosen: list[str] = []
    tiles.chosen.connect(chosen.append)
    for _ in range(3):
        for number in range(1, 9):
            tiles.choose(number)
        tiles.choose(9)
    assert set(chosen) == set(labels)


def test_what_is_chosen_is_never_told_by_colour_alone(made: Drawn) -> None:
    """Of the answers none is on before one is given; then exactly one."""
    made.show(waiting_in(Queue.BLIND))
    assert not [button for button in made.screen.answer.answers.values() if button.is_on]
    made.show(answering.answered(waiting_in(Queue.BLIND), Answer.UNSURE))
    assert [a for a, button in made.screen.answer.answers.items() if button.is_on] == [Answer.UNSURE]
