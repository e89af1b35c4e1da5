"""Signing in to an account: badge, PIN on the pad, password; what is refused, and what is never shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from station_app.core.inspection import VerdictKind
from station_app.core.messages import Counters, HealthReported, RecordOverride, SetSerial, SignIn
from station_app.core.people import Person, Role, SecretKind
from station_app.core.people_messages import SessionChanged, SignInWith, StayActive
from station_app.gui.account_questions import BACK, ERASE, MORE, OTHER_PROOF, TAKE
from station_app.gui.actions import Deed
from station_app.gui.questions import Asking
from station_app.gui.screens import ScreenName
from station_app.gui.staying import LEAST_GAP_MS, Staying
from station_app.gui.touch_button import TouchButton
from tests.gui.conftest import Bench
from tests.gui.fake_engine import part
from tests.gui.fake_people import ANNA_BADGE, ANNA_PIN, ENGINEER_PASSWORD, LOCK_S, PEOPLE, TRIES, FakePeople


@pytest.fixture
def people(bench: Bench) -> FakePeople:
    """The station has accounts, and nobody is signed in."""
    made = FakePeople(bench.engine)
    bench.tell(*made.standing())
    return made


def _tile(bench: Bench, value: str) -> TouchButton:
    return next(tile for tile in bench.station.screen.question.tiles if tile.objectName() == value)


def _tap(bench: Bench, *values: str) -> None:
    for value in values:
        bench.tap(_tile(bench, value))


def _choose(bench: Bench, name: str) -> None:
    bench.tap(bench.station.screen.top.operator)
    _tap(bench, name)


def _scan(bench: Bench, text: str) -> None:
    QTest.keyClicks(bench.station.screen, text)
    QTest.keyClick(bench.station.screen, Qt.Key.Key_Return)
    bench.settle()


def test_a_pin_is_entered_with_gloves(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "anna")
    field = bench.station.screen.question.field
    assert field.echoMode() is QLineEdit.EchoMode.Password
    _tap(bench, "4", "7", "7", ERASE, "1")
    assert field.displayText() != field.text() == "471"
    _tap(bench, "1", TAKE)
    assert bench.engine.commands == [SignInWith("anna", SecretKind.PIN, ANNA_PIN)]
    assert bench.station.desk.asking is None and field.text() == ""
    assert bench.station.screen.top.operator.caption == "Anna Kovács\nOperator"


def test_a_password_gives_the_rights_of_the_role(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "erik")
    QTest.keyClicks(bench.station.screen.question.field, ENGINEER_PASSWORD, delay=0)
    bench.qtbot.waitUntil(lambda: not bench.station.scanner.is_holding)
    _tap(bench, TAKE)
    assert bench.station.desk.state.session.role is Role.ENGINEER
    assert bench.station.screen.top.operator.caption == "Erik Lindqvist\nEngineer"


def test_with_a_pin_an_engineer_has_the_rights_of_the_line(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "erik")
    _tap(bench, OTHER_PROOF, *"5678", TAKE)
    operator = bench.station.screen.top.operator
    assert operator.caption == "Erik Lindqvist\nOperator's rights: sign in"
    assert operator.accessibleName().endswith("Operator's rights: sign in again for more")
    _choose(bench, "erik")  # so that the same person can be chosen for more
    assert bench.station.desk.asking is Asking.PROOF


def test_a_badge_signs_in_at_once_and_completes_an_answer(bench: Bench, people: FakePeople) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    bench.press(Deed.AGREE)
    assert bench.station.desk.asking is Asking.SIGN_IN
    _scan(bench, f"OP:{ANNA_BADGE}")
    assert [c.operator for c in bench.engine.commands if isinstance(c, RecordOverride)] == ["anna"]


def test_a_plain_code_is_a_badge_while_somebody_signs_in(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "badge")
    _scan(bench, ANNA_BADGE)
    assert bench.station.desk.state.session.name == "anna"
    _scan(bench, "SN-1")
    assert bench.engine.commands[-1] == SetSerial("SN-1")


def test_a_scan_never_goes_into_the_hidden_field(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "anna")
    field = bench.station.screen.question.field
    QTest.keyClicks(field, "XYZ-000")
    QTest.keyClick(field, Qt.Key.Key_Return)
    bench.settle()
    assert field.text() == "" and "XYZ" not in bench.station.screen.engine.sentence()
    assert isinstance(bench.engine.commands[-1], SignInWith) and "XYZ" not in repr(bench.engine.commands[-1])


def test_what_was_typed_goes_with_the_question(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "anna")
    _tap(bench, "4", "7")
    bench.tap(bench.station.screen.question.cancel)
    field = bench.station.screen.question.field
    assert field.text() == ""
    bench.station.screen.top.operator_asked.emit()
    bench.tell()
    assert not field.isVisible()


def _shown_trouble(bench: Bench) -> str:
    return bench.station.screen.question.question.trouble


def test_a_refusal_says_why_and_how_long(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "anna")
    _tap(bench, "0", TAKE)
    assert _shown_trouble(bench) == "The name or the secret is wrong. Try again"
    for _ in range(TRIES - 1):
        _tap(bench, "0", TAKE)
    assert _shown_trouble(bench).endswith(f"Again in {round(LOCK_S)} s")
    bench.clock_ms += 9_000
    bench.tell(HealthReported(bench.clock_ms, Counters()))
    assert _shown_trouble(bench).endswith("Again in 21 s")
    bench.clock_ms += 60_000
    bench.tell()
    assert "Again in" not in _shown_trouble(bench)
    assert bench.station.desk.asking is Asking.PROOF


def test_an_unknown_badge_is_said(bench: Bench, people: FakePeople) -> None:
    _scan(bench, "OP:NOBODY-9")
    assert bench.station.screen.engine.sentence() == "This badge is not known: Try again"


def test_without_accounts_the_name_that_is_told_holds(bench: Bench) -> None:
    for name in ("Li Lei", ""):
        bench.tell(SessionChanged(name, name, Role.OPERATOR, Role.OPERATOR, has_people=False))
        assert bench.station.desk.state.operator == name
        assert bench.station.screen.top.operator.caption == (name or "Sign in")
    bench.station.window.on_scanned("OP:Anna")
    bench.settle()
    assert bench.engine.commands == [SignIn("Anna")]


def test_what_was_refused_is_forgotten_once_somebody_is_in(bench: Bench, people: FakePeople) -> None:
    _scan(bench, "OP:NOBODY-9")
    _scan(bench, f"OP:{ANNA_BADGE}")
    assert bench.station.desk.state.sign_in_refused is None
    assert bench.station.screen.engine.sentence() == ""


def test_names_come_in_pages_and_only_of_active_accounts(bench: Bench, people: FakePeople) -> None:
    many = tuple(Person(f"p{number:02}", f"Person {number:02}", Role.OPERATOR) for number in range(30))
    people.people = (*PEOPLE, *many)
    bench.tell(*people.standing())
    bench.tap(bench.station.screen.top.operator)
    seen: list[str] = []
    while (values := [tile.objectName() for tile in bench.station.screen.question.tiles][:-1]) and (
        values[0] not in seen
    ):
        seen += values
        _tap(bench, MORE)
    assert sorted(seen) == sorted(p.name for p in people.people if p.is_active)


def test_signing_out_and_another_name(bench: Bench, people: FakePeople) -> None:
    _choose(bench, "badge")
    _tap(bench, BACK)
    assert bench.station.desk.asking is Asking.SIGN_IN
    _tap(bench, "anna", *ANNA_PIN, TAKE)
    _choose(bench, "")
    assert bench.engine.commands[-1] == SignIn("")
    assert bench.station.screen.top.operator.caption == "Sign in"


def _is_free(bench: Bench) -> bool:
    return not bench.station.workplace.rail.buttons[ScreenName.SETUP].is_barred


def _go_to_setup(bench: Bench) -> ScreenName:
    bench.station.ways.go(ScreenName.SETUP)
    return bench.station.ways.here


def test_rights_that_drop_lead_back_to_the_line(bench: Bench, people: FakePeople) -> None:
    assert not _is_free(bench)
    assert _go_to_setup(bench) is ScreenName.RUN
    assert bench.station.screen.engine.sentence().startswith("Sign in first")
    people.enter("erik", Role.ENGINEER)
    bench.tell()
    assert _is_free(bench)
    assert _go_to_setup(bench) is ScreenName.SETUP
    people.drop_rights()
    bench.tell()
    assert bench.station.ways.here is ScreenName.RUN and not _is_free(bench)
    assert _go_to_setup(bench) is ScreenName.RUN
    assert bench.station.screen.engine.sentence().startswith("Sign in again with your password")


def test_who_works_is_told_now_and_then(bench: Bench, people: FakePeople, qapp: QApplication) -> None:
    now = [0]
    staying = Staying(bench.station.bridge, bench.station.desk, lambda: now[0])
    screen = bench.station.screen

    def told(at_ms: int) -> int:
        now[0] = at_ms
        before = bench.engine.commands.count(StayActive())
        screen.installEventFilter(staying)
        QTest.mouseClick(screen, Qt.MouseButton.LeftButton)
        screen.removeEventFilter(staying)
        bench.settle()
        return bench.engine.commands.count(StayActive()) - before

    bench.qtbot.waitUntil(lambda: bench.station.bridge.outbound_is_empty)
    qapp.removeEventFilter(bench.station.staying)
    assert told(0) == 0  # nobody is signed in
    people.enter("erik", Role.ENGINEER)
    bench.tell()
    assert [told(at) for at in (1_000, 2_000, LEAST_GAP_MS, LEAST_GAP_MS + 1_000)] == [1, 0, 0, 1]
    people.drop_rights()
    bench.tell()
    assert told(5 * LEAST_GAP_MS) == 0
