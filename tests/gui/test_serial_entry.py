"""The next part's number: shown, typed with gloves or keys, refused where everybody sees it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import VerdictKind
from station_app.core.messages import CommandRefused, EngineState, SelectRecipe, SetSerial
from station_app.core.serial import CodeInput, CodeRefusal, SerialRules, SerialSource
from station_app.core.serial_messages import CodeRefused, LotChanged, SerialWaiting, SetLot
from station_app.gui.actions import Deed
from station_app.gui.questions import Asking
from station_app.gui.serial_entry import ERASE, FORGET, TAKE
from tests.gui.conftest import Bench
from tests.gui.fake_engine import STATION, part

SCANNED, TYPED = CodeInput.SCANNED, CodeInput.TYPED
NUMBERED = replace(STATION, serial=SerialRules(), recipe_codes=(("4711", "A18-cover"), ("2", "A17-cover")))


@pytest.fixture
def numbered(bench: Bench) -> Iterator[Bench]:
    """A station whose recipe has scanned serial numbers."""
    bench.engine.station = NUMBERED
    bench.tell(NUMBERED)
    yield bench


def sentence(bench: Bench) -> str:
    return bench.station.screen.engine.sentence()


def tap_tile(bench: Bench, value: str) -> None:
    tile = next(tile for tile in bench.station.screen.question.tiles if tile.objectName() == value)
    bench.tap(tile)


def type_keys(bench: Bench, text: str) -> None:
    """As a person types: slower than any scanner."""
    for char in text:
        QTest.keyClicks(bench.station.screen.question.field, char)
        bench.qtbot.waitUntil(lambda: not bench.station.scanner.is_holding)


def press_enter(bench: Bench) -> None:
    QTest.keyClick(bench.station.screen.question.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: not bench.station.scanner.is_holding)
    bench.settle()


def test_a_scanned_lot_is_set_and_shown_with_its_parts(numbered: Bench) -> None:
    numbered.tell(replace(NUMBERED, operator="wang"))
    numbered.station.window.on_scanned("LOT:L7")
    numbered.settle()
    assert numbered.engine.commands == [SetLot("L7", "wang")]
    numbered.tell(LotChanged("L7"))
    assert sentence(numbered) == "Lot L7"
    numbered.tell(replace(part(1, serial="SN1"), lot="L7"))
    assert numbered.station.screen.part.accessibleName().startswith("SN1 · lot L7")
    assert "SN SN1" not in numbered.station.screen.part.accessibleName()
    numbered.tell(LotChanged(""))
    assert sentence(numbered) == ""


def test_what_waits_is_shown_until_its_part_comes(numbered: Bench) -> None:
    numbered.tell(SerialWaiting("SN1", CodeInput.PORT))
    assert sentence(numbered) == "Next part: SN1"
    numbered.tell(SerialWaiting(""), part(1, serial="SN1"))
    assert sentence(numbered) == ""
    assert numbered.station.screen.part.accessibleName().startswith("SN1")
    numbered.tell(part(2, serial="0815"))
    assert numbered.station.screen.part.accessibleName().startswith("SN 0815")


def test_a_refusal_is_shown_with_number_and_reason_in_both_languages(numbered: Bench) -> None:
    numbered.tell(SerialWaiting("SN1"), CodeRefused("SN0", CodeRefusal.RECORDED))
    assert sentence(numbered) == "Not taken: SN0 was inspected before"
    numbered.tap(numbered.station.screen.top.language)
    numbered.qtbot.waitUntil(lambda: sentence(numbered) == "未接受：SN0 已检测过")
    numbered.tap(numbered.station.screen.top.language)
    numbered.tell(SerialWaiting("SN2"))
    numbered.qtbot.waitUntil(lambda: sentence(numbered) == "Next part: SN2")


@pytest.mark.parametrize("refusal", list(CodeRefusal))
def test_every_refusal_has_its_sentence(numbered: Bench, refusal: CodeRefusal) -> None:
    numbered.tell(CodeRefused("X-1", refusal))
    assert sentence(numbered)


def test_a_part_that_needs_a_number_is_asked_for(numbered: Bench) -> None:
    numbered.tell(replace(NUMBERED, serial=SerialRules(is_required=True)))
    assert sentence(numbered) == "Scan the next part"


def test_gloves_type_a_number_on_tiles(numbered: Bench) -> None:
    numbered.tell(part(1, serial="SN000123"), part(2, serial=""))  # the newest part came without a number
    numbered.tap(numbered.station.screen.engine.button)
    field = numbered.station.screen.question.field
    assert field.isVisible() and field.text() == "SN"
    for digit in "0001249":
        tap_tile(numbered, digit)
    tap_tile(numbered, ERASE)
    assert field.text() == "SN000124"
    tap_tile(numbered, TAKE)
    assert numbered.engine.commands == [SetSerial("SN000124", TYPED)]
    assert numbered.station.desk.asking is None and sentence(numbered) == "Next part: SN000124"


def test_keys_type_a_number_and_a_refused_one_can_be_corrected(numbered: Bench) -> None:
    numbered.station.desk.do(Deed.SERIAL)
    field = numbered.station.screen.question.field
    assert field.hasFocus()
    type_keys(numbered, "sn?1")
    press_enter(numbered)
    assert sentence(numbered) == "Not taken: sn?1 is no serial number of this recipe"
    assert numbered.station.desk.asking is Asking.SERIAL and field.text() == "sn?1"
    field.clear()
    type_keys(numbered, "sn1")
    press_enter(numbered)
    assert numbered.engine.commands[-1] == SetSerial("sn1", TYPED)
    assert numbered.station.desk.asking is None


def test_a_number_that_waits_can_be_forgotten(numbered: Bench) -> None:
    numbered.tell(SerialWaiting("SN1"))
    numbered.station.desk.do(Deed.SERIAL)
    tap_tile(numbered, FORGET)
    assert numbered.engine.commands == [SetSerial("", TYPED)]
    assert numbered.station.desk.asking is None and sentence(numbered) == ""


def test_escape_ends_it_and_nothing_is_sent(numbered: Bench) -> None:
    numbered.station.desk.do(Deed.SERIAL)
    type_keys(numbered, "sn")
    numbered.station.desk.do(Deed.CANCEL)
    assert numbered.station.desk.asking is None and numbered.engine.commands == []


def test_a_scan_while_typing_is_a_scan_and_ends_the_question(numbered: Bench) -> None:
    numbered.station.desk.do(Deed.SERIAL)
    field = numbered.station.screen.question.field
    QTest.keyClicks(field, "SN 000 777")
    QTest.keyClick(field, Qt.Key.Key_Return)
    numbered.settle()
    assert numbered.engine.commands == [SetSerial("SN 000 777", SCANNED)]
    assert field.text() == "" and numbered.station.desk.asking is None


def test_a_recipe_without_typed_numbers_has_no_button_and_says_so(bench: Bench) -> None:
    strip = bench.station.screen.engine
    low = strip.height()
    assert not strip.button.isVisible()
    bench.station.desk.do(Deed.SERIAL)
    assert sentence(bench) == "Serial numbers cannot be typed for this recipe" and bench.station.desk.asking is None
    bench.tell(NUMBERED)
    assert strip.button.isVisible() and strip.height() > low
    bench.tell(replace(NUMBERED, serial=SerialRules(SerialSource.IMAGE)))
    assert not strip.button.isVisible() and strip.height() == low


def test_no_answer_is_given_while_a_number_is_typed(numbered: Bench) -> None:
    numbered.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    numbered.station.desk.do(Deed.SERIAL)
    numbered.station.window.on_scanned("CMD:5")
    assert numbered.station.screen.question.field.text().endswith("5")
    assert numbered.engine.commands == []


@pytest.mark.parametrize("code", ["4711", "RECIPE:A18-cover", "recipe:a18-COVER"])
def test_a_recipes_code_selects_it(numbered: Bench, code: str) -> None:
    QTest.keyClicks(numbered.station.screen, code)
    QTest.keyClick(numbered.station.screen, Qt.Key.Key_Return)
    numbered.settle()
    assert numbered.engine.commands == [SelectRecipe("A18-cover", "王芳")]


def test_a_recipes_code_that_cannot_be_obeyed_is_said(numbered: Bench) -> None:
    numbered.station.window.on_scanned("RECIPE:gone")
    assert sentence(numbered) == "There is no recipe for the code RECIPE:gone" and numbered.engine.commands == []
    assert numbered.engine.station.state is EngineState.RUNNING
    numbered.tell(CommandRefused("SelectRecipe", "the line is running", "pause the line first"))
    assert sentence(numbered) == "The line is running: Pause the line first"


def test_what_waited_is_unknown_once_the_engine_is_gone(numbered: Bench) -> None:
    numbered.tell(SerialWaiting("SN1"))
    numbered.engine.die()
    numbered.qtbot.waitUntil(lambda: not numbered.station.desk.state.is_connected)
    assert numbered.station.desk.state.waiting_serial == ""
    button = numbered.station.screen.engine.button
    assert button.isVisible() and not button.isEnabled()  # nothing on the screen moves
