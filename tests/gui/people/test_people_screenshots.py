"""Pictures of signing in and of the screen of people for the documentation, and what must be seen in them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.people import SecretKind
from station_app.core.people_messages import SignInRefused
from station_app.gui.language import CHINESE, ENGLISH, Language
from station_app.gui.people.forms import Field, Form
from station_app.gui.people.people_state import PeopleState, Tab
from station_app.gui.proving import Proving
from station_app.gui.screen_state import ScreenState
from station_app.gui.snapshot import draw_screen
from station_app.gui.theme import DIM, LIGHT, ThemeName
from tests.gui.fake_engine import FakePreview
from tests.gui.housings import good_part
from tests.gui.people.drawn import (
    ADMIN,
    BIG,
    BOOK,
    NO_ACCOUNTS,
    NOBODY_IN,
    SMALL,
    TYPED,
    DrawnPeople,
    drawn_people,
    known,
    signing_in,
)
from tests.gui.pictures import keep

REFUSED = SignInRefused("wang", "the name or the secret is wrong", "try again", 30.0)


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _colours(made: DrawnPeople, picture: QImage, widget: QWidget) -> set[str]:
    spots = (QPoint(x, y) for x in range(2, widget.width(), 3) for y in range(2, widget.height(), 3))
    return {picture.pixelColor(widget.mapTo(made.workplace, spot)).name().upper() for spot in spots}


@pytest.mark.parametrize(("size", "name"), [(BIG, "operator_pin"), (SMALL, "")], ids=["big", "small"])
def test_the_pin_pad_after_a_lock_out(language: Language, size: tuple[tuple[int, int], float], name: str) -> None:
    screen = draw_screen(ScreenState(), None, size[0])
    screen.set_px_per_mm(size[1])
    screen.images.show_frames(1, FakePreview(1, 1, "top", good_part(1)).frames)
    screen.show_view(*signing_in(NOBODY_IN, Proving("wang", SecretKind.PIN), REFUSED))
    screen.grab()  # sizes are given to what is drawn
    screen.question.type_in("471")
    picture = keep(screen.grab().toImage(), name)
    question = screen.question
    row = [picture.pixelColor(question.mapTo(screen, QPoint(3, y))).name().upper() for y in range(question.height())]
    assert LIGHT.action.fill in row and LIGHT.no_result.fill in row
    assert question.field.displayText() != question.field.text() == "471"
    screen.deleteLater()


@pytest.mark.parametrize(("spoken", "name"), [(ENGLISH, "people_accounts"), (CHINESE, "")])
def test_an_account_is_added(language: Language, spoken: str, name: str) -> None:
    language.switch(spoken)
    made = drawn_people(*BIG)
    picture = keep(made.show(known(ADMIN), PeopleState(form=Form.ADD), typed=TYPED), name)
    assert (picture.width(), picture.height()) == BIG[0]
    hidden = made.screen.accounts.form.rows[Field.PIN].line
    assert hidden.displayText() != hidden.text()
    made.workplace.deleteLater()


@pytest.mark.parametrize("theme", ThemeName)
def test_the_audit_viewer_marks_what_differs(language: Language, theme: ThemeName) -> None:
    made = drawn_people(*BIG, theme)
    name = "people_audit" if theme is ThemeName.LIGHT else ""
    picture = keep(made.show(known(ADMIN), PeopleState(tab=Tab.AUDIT), BOOK), name)
    marked = (DIM if theme is ThemeName.DIM else LIGHT).no_result.fill
    for text in (made.screen.audit.detail.before, made.screen.audit.detail.after):
        assert marked in _colours(made, picture, text)
    assert marked not in _colours(made, picture, made.screen.audit.table)
    made.workplace.deleteLater()


def test_the_first_start(language: Language) -> None:
    made = drawn_people(*SMALL)
    typed = {Field.NAME: "petra", Field.FULL_NAME: "Petra Vogel", Field.PASSWORD: "petra 12345"}
    made.show(known(NO_ACCOUNTS), PeopleState(), typed=typed)
    assert made.screen.first.form.note.words.startswith("Weak: it holds the name")
    assert not made.screen.accounts.isVisibleTo(made.screen)
    made.workplace.deleteLater()
