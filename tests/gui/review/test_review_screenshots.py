"""Pictures of the review screen for the documentation, and what must be seen in them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.inspection import Box, Disposition, Override
from station_app.core.review import Answer, DefectDrawn, Queue, Review, Severity
from station_app.gui.language import CHINESE, ENGLISH, Language
from station_app.gui.marks import DEFECT_COLOUR, DRAWN_COLOUR
from station_app.gui.review import answering, drawing, review_state
from station_app.gui.review.review_state import ReviewState
from station_app.gui.review.strokes import stroke
from station_app.gui.theme import LIGHT
from tests.gui.fake_engine import NOW_MS, housing, scratch
from tests.gui.pictures import keep
from tests.gui.review.drawn import (
    BIG,
    KAPPA,
    NO_ONE,
    SMALL,
    Drawn,
    drawn,
    inspected,
    known,
    queued,
    recorded,
    waiting_in,
)

GOOD = housing()
BAD = GOOD.copy()
FINDINGS = scratch(BAD)
SIZES = pytest.mark.parametrize("size", [BIG, SMALL], ids=["big", "small"])
SPOKEN = pytest.mark.parametrize("spoken", [ENGLISH, CHINESE])


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _answered() -> ReviewState:
    state = answering.graded(answering.labelled(waiting_in(Queue.BLIND, done=37), "scratch"), Severity.MAJOR)
    outline = FINDINGS[0].polygon
    dab = stroke([(1580.0, 820.0), (1700.0, 900.0), (1650.0, 960.0)], 40, (2448, 2048))
    assert outline is not None and dab is not None
    sketch = drawing.with_polygon(drawing.Drawing(), "scratch", "top", outline)
    sketch = drawing.with_stroke(sketch, "stain", "top", dab)
    return answering.sketched(state, drawing.with_box(sketch, "dent", "top", Box(400, 300, 300, 220)))


def _colours(made: Drawn, picture: QImage, widget: QWidget) -> set[str]:
    corner = widget.mapTo(made.workplace, QPoint(0, 0))
    spots = ((corner.x() + x, corner.y() + y) for x in range(widget.width()) for y in range(0, widget.height(), 2))
    return {picture.pixelColor(x, y).name().upper() for x, y in spots}


@SIZES
@SPOKEN
def test_a_blind_part_with_drawn_defects(language: Language, spoken: str, size: tuple[tuple[int, int], float]) -> None:
    language.switch(spoken)
    made = drawn(*size)
    made.picture(BAD, ("top", "side"))
    made.near(GOOD, BAD, are_nearest=False)
    name = "review" if (size, spoken) == (BIG, ENGLISH) else ""
    picture = keep(made.show(_answered()), name)
    assert (picture.width(), picture.height()) == size[0]
    seen = _colours(made, picture, made.screen.canvas)
    assert DRAWN_COLOUR in seen and DEFECT_COLOUR not in seen
    telling = {LIGHT.ng.fill, LIGHT.ok.ink, LIGHT.no_result.fill}
    assert not telling & _colours(made, picture, made.screen.known)
    made.workplace.deleteLater()


@SIZES
@SPOKEN
def test_the_reveal(language: Language, spoken: str, size: tuple[tuple[int, int], float]) -> None:
    language.switch(spoken)
    made = drawn(*size)
    made.picture(BAD, ("top", "side"))
    made.near(GOOD, BAD)
    override = Override(100, Disposition.FALSE_REJECT, "赵强", NOW_MS + 60_000)
    state = review_state.revealed(recorded(_answered()))
    state = review_state.with_facts(state, queued(100), known(inspected(FINDINGS), override))
    name = "review_revealed" if (size, spoken) == (BIG, ENGLISH) else ""
    picture = keep(made.show(state, KAPPA), name)
    assert {DEFECT_COLOUR, DRAWN_COLOUR} <= _colours(made, picture, made.screen.canvas)
    assert LIGHT.ng.fill in _colours(made, picture, made.screen.known)
    made.workplace.deleteLater()


@SIZES
def test_compared_with_a_good_part_only_one_side_changes(
    language: Language, size: tuple[tuple[int, int], float]
) -> None:
    made = drawn(*size)
    made.picture(BAD)
    state = waiting_in(Queue.NEAR)
    before = made.show(state)
    made.near(255 - GOOD, BAD, 1)
    after = made.show(state)
    canvas = made.screen.canvas
    spots = [canvas.mapTo(made.workplace, QPoint(round(canvas.width() * x), canvas.height() // 3)) for x in (0.4, 0.6)]
    assert before.pixelColor(spots[0]) == after.pixelColor(spots[0])
    assert before.pixelColor(spots[1]) != after.pixelColor(spots[1])
    made.workplace.deleteLater()


@SPOKEN
def test_two_who_differ_side_by_side(language: Language, spoken: str) -> None:
    language.switch(spoken)
    made = drawn(*BIG)
    made.picture(BAD, ("top", "side"), ("side",))
    outline = DefectDrawn("scratch", "top", polygon=FINDINGS[0].polygon)
    said = [
        Review(100, Queue.BLIND, Answer.BAD, "x", 1, True, "scratch", Severity.MAJOR, "clearly visible", (outline,)),
        Review(100, Queue.BLIND, Answer.GOOD, "y", 2, True, comment="a mark of the tool"),
    ]
    facts = replace(known(inspected(FINDINGS)), reviews=tuple(enumerate(said, 1)))
    here = queued(100, Queue.CONTESTED)
    state = review_state.with_facts(waiting_in(Queue.CONTESTED), here, facts)
    made.show(state)
    plain = made.screen.canvas.grab().toImage()
    made.screen.canvas.set_sketch(state.draft.drawing, tuple(review.drawn for review in said))
    assert made.screen.canvas.grab().toImage() != plain
    assert len(made.screen.known.sides()) == 2
    made.workplace.deleteLater()


@SIZES
@SPOKEN
def test_nobody_is_signed_in_and_nothing_waits(
    language: Language, spoken: str, size: tuple[tuple[int, int], float]
) -> None:
    language.switch(spoken)
    made = drawn(*size)
    made.show(waiting_in(Queue.BLIND, NO_ONE))
    assert made.screen.sign_in.isVisibleTo(made.workplace)
    made.show(waiting_in(Queue.SUSPECT, count=0))
    assert not made.screen.sign_in.isVisibleTo(made.workplace)
    made.workplace.deleteLater()
