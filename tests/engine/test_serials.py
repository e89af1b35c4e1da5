"""Serial numbers on a whole line: scanned, sent with the trigger, and read from the part's own frame."""

import threading
import time
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from station_app.codes.reading import read_codes
from station_app.core.errors import ConfigError
from station_app.core.inspection import Box, NoResultReason, Pixels, VerdictKind
from station_app.core.messages import CommandRefused, PartInspected, SelectRecipe, SetSerial, TriggerPart
from station_app.core.serial import CodeFormat, CodeInput, CodeReading, CodeRefusal, SerialRules, SerialSource
from station_app.core.serial_messages import CodeRefused, SerialWaiting
from station_app.engine.fittings import Makers
from tests.codes.scenes import data_matrix
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, PATIENCE_S, FakeLedger, Misdeed, PartCamera
from tests.engine.line import Line

SHAPE = (96, 96)
BOX = Box(0, 0, 90, 90)
PASS, FAIL, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT
STRICT = SerialRules(pattern="SN[0-9]+", is_unique=True, is_required=True)
LENIENT = replace(STRICT, is_required=False)


def image_rules(budget_ms: float = 10_000.0) -> SerialRules:
    reading = CodeReading("top", BOX, (CodeFormat.DATA_MATRIX,), budget_ms)
    return replace(STRICT, source=SerialSource.IMAGE, reading=reading)


def coded_camera(*texts: str) -> PartCamera:
    """A camera whose exposures carry these codes, "" for none. They are pale, so that the model passes them."""
    camera = PartCamera(shape=SHAPE)
    camera.marks = {number: pale(text) for number, text in enumerate(texts) if text}
    return camera


def pale(text: str) -> Pixels:
    code = data_matrix(text, 5)
    code[code > 0] = 95
    return code


def told(part: PartInspected) -> tuple[VerdictKind, NoResultReason | None, str]:
    return part.verdict, part.reason, part.serial


def ledger_of(line: Line) -> FakeLedger:
    assert isinstance(line.ledger, FakeLedger)
    return line.ledger


class SlowReader:
    """Reads codes when it is let go; `is_asked` is set when it has begun."""

    def __init__(self) -> None:
        self.is_asked, self.may_go = threading.Event(), threading.Event()

    def __call__(self, region: Pixels, formats: Iterable[CodeFormat]) -> tuple[str, ...]:
        self.is_asked.set()
        self.may_go.wait(PATIENCE_S)
        return read_codes(region, formats)

    def makers(self, makers: Makers) -> Makers:
        return replace(makers, read_codes=self)


def test_a_scanned_number_goes_with_the_next_part_and_its_record(open_faked: Open) -> None:
    line = open_faked(serial=STRICT)
    line.run()
    line.engine.obey(SetSerial("SN1"))
    assert line.heard.of(SerialWaiting) == (SerialWaiting("SN1"),)
    (part,) = line.inspect()
    assert told(part) == (PASS, None, "SN1")
    assert ledger_of(line).records[1].serial == "SN1"
    assert line.heard.of(SerialWaiting)[-1] == SerialWaiting("")


@pytest.mark.parametrize(
    ("serial", "reason"),
    [
        ("", NoResultReason.SERIAL_MISSING),
        ("XY1", NoResultReason.SERIAL_WRONG),
        ("SN1", NoResultReason.SERIAL_DUPLICATE),
    ],
)
def test_a_part_without_a_number_that_holds_never_passes(open_faked: Open, serial: str, reason: NoResultReason) -> None:
    line = open_faked(serial=STRICT)
    line.run()
    line.engine.trigger("SN1")
    line.heard.wait_parts(1)
    line.engine.trigger(serial)
    part = line.heard.wait_parts(2)[1]
    assert told(part) == (NO_RESULT, reason, serial)
    assert (serial in ledger_of(line).records[2].detail) and ledger_of(line).records[2].reason is reason


def test_where_none_is_needed_a_refused_number_is_left_out_and_told(open_faked: Open) -> None:
    line = open_faked(serial=LENIENT)
    line.run()
    for serial in ("SN1", "SN1", "XY", ""):
        line.engine.trigger(serial)
        assert line.engine.tally.wait_settled(PATIENCE_S)
    assert [told(part) for part in line.heard.parts] == [(PASS, None, "SN1")] + [(PASS, None, "")] * 3
    details = [record.detail for record in ledger_of(line).records.values()]
    assert details == ["", "serial number 'SN1': recorded", "serial number 'XY': wrong", ""]


def test_a_part_without_result_may_come_again_under_its_number(open_faked: Open) -> None:
    camera = PartCamera()
    camera.misdeeds = {0: Misdeed.LOST}
    line = open_faked(serial=STRICT, cameras={"top": camera})
    line.run()
    for _ in range(2):
        line.engine.obey(SetSerial("SN1"))
        line.inspect()
    assert [told(part)[:2] for part in line.heard.parts] == [(NO_RESULT, NoResultReason.FRAME_LOST), (PASS, None)]
    line.engine.obey(SetSerial("SN1"))
    assert line.heard.of(CodeRefused) == (CodeRefused("SN1", CodeRefusal.RECORDED, CodeInput.SCANNED),)


def test_of_two_parts_in_flight_under_one_number_one_has_it(open_faked: Open) -> None:
    ledger = FakeLedger()
    line = open_faked(ledger, serial=STRICT)
    line.run()
    ledger.is_held = True
    line.engine.obey(TriggerPart("SN1"))
    line.engine.obey(TriggerPart("SN1"))
    while len(ledger.asked) < 2:
        time.sleep(0.001)
    line.engine.obey(SetSerial("SN1"))
    assert line.heard.of(CodeRefused) == (CodeRefused("SN1", CodeRefusal.IN_FLIGHT, CodeInput.SCANNED),)
    ledger.let_go()
    assert [told(part) for part in line.heard.wait_parts(2)] == [
        (PASS, None, "SN1"),
        (NO_RESULT, NoResultReason.SERIAL_DUPLICATE, "SN1"),
    ]


def test_the_code_in_the_parts_own_frame_names_it(open_faked: Open) -> None:
    camera = coded_camera("SN1", "", "XY2", "SN1", "SN3")
    camera.greys[4] = BAD
    line = open_faked(serial=image_rules(), cameras={"top": camera})
    line.run()
    line.inspect(5)
    parts = sorted(line.heard.parts, key=lambda part: part.part_id)
    assert [told(part) for part in parts] == [
        (PASS, None, "SN1"),
        (NO_RESULT, NoResultReason.SERIAL_MISSING, ""),
        (NO_RESULT, NoResultReason.SERIAL_WRONG, "XY2"),
        (NO_RESULT, NoResultReason.SERIAL_DUPLICATE, "SN1"),
        (FAIL, None, "SN3"),
    ]
    records = ledger_of(line).records
    assert records[1].times.code_ms > 0 and records[1].serial == "SN1"
    assert records[2].detail == "no code could be read"


def test_two_codes_that_disagree_name_nobody(open_faked: Open) -> None:
    camera = PartCamera(shape=(96, 192))
    camera.marks = {0: np.hstack([pale("SN1"), pale("SN2")])}
    reading = CodeReading("top", Box(0, 0, 190, 90), (CodeFormat.DATA_MATRIX,), 10_000)
    line = open_faked(serial=replace(image_rules(), reading=reading), cameras={"top": camera})
    line.run()
    (part,) = line.inspect()
    assert told(part) == (NO_RESULT, NoResultReason.SERIAL_AMBIGUOUS, "")
    assert "'SN1'" in part.detail and "'SN2'" in part.detail


def test_a_number_that_came_with_the_trigger_must_be_the_one_on_the_part(open_faked: Open) -> None:
    line = open_faked(serial=image_rules(), cameras={"top": coded_camera("SN1", "SN1")})
    line.run()
    line.engine.trigger("SN2")
    (part,) = line.heard.wait_parts(1)
    assert told(part) == (NO_RESULT, NoResultReason.SERIAL_AMBIGUOUS, "")
    assert part.detail == "codes that disagree: 'SN1', 'SN2'"
    line.engine.trigger("SN1")
    assert told(line.heard.wait_parts(2)[1]) == (PASS, None, "SN1")


def test_a_slow_decoder_costs_a_part_its_number_and_nothing_else(open_faked: Open) -> None:
    slow = SlowReader()
    rules = image_rules(budget_ms=50)
    camera = coded_camera("SN1", "SN2", "SN3")
    line = open_faked(serial=rules, cameras={"top": camera}, makers=slow.makers, max_in_flight=1)
    line.run()
    line.inspect(2)  # the second one has its verdict while the first one's code is still being read
    assert [told(part) for part in line.heard.parts] == [(NO_RESULT, NoResultReason.SERIAL_MISSING, "")] * 2
    assert {record.detail for record in ledger_of(line).records.values()} == {"no code was read in time"}
    slow.may_go.set()
    assert wait_for_a_number(line).verdict is PASS


def wait_for_a_number(line: Line) -> PartInspected:
    """Parts until one has a number again: the decoder is still busy with codes that nobody waits for."""
    camera = line.top
    for _ in range(50):
        camera.marks[camera.number + 1] = pale(f"SN{camera.number + 100}")
        (part,) = line.inspect()
        if part.serial:
            return part
    raise AssertionError("the decoder never came back")


def test_a_number_that_comes_too_late_is_free_again(open_faked: Open) -> None:
    slow = SlowReader()
    line = open_faked(serial=image_rules(50), cameras={"top": coded_camera("SN1")}, makers=slow.makers)
    line.run()
    line.inspect()
    slow.may_go.set()
    wait_for_a_number(line)
    line.top.marks[line.top.number + 1] = pale("SN1")
    (again,) = line.inspect()
    assert told(again) == (PASS, None, "SN1")


def test_without_a_frame_there_is_no_waiting_for_its_code(open_faked: Open) -> None:
    camera = coded_camera("SN1")
    camera.misdeeds = {0: Misdeed.LOST}
    line = open_faked(serial=image_rules(), cameras={"top": camera})
    line.run()
    (part,) = line.inspect()
    assert told(part) == (NO_RESULT, NoResultReason.FRAME_LOST, "")


def test_a_bug_in_the_decoder_is_told_and_the_part_has_no_result(open_faked: Open) -> None:
    def broken(region: Pixels, formats: Iterable[CodeFormat]) -> tuple[str, ...]:
        raise ZeroDivisionError("a bug in the decoder")

    line = open_faked(
        serial=image_rules(),
        cameras={"top": coded_camera("SN1")},
        makers=lambda makers: replace(makers, read_codes=broken),
    )
    line.run()
    (part,) = line.inspect()
    assert told(part) == (NO_RESULT, NoResultReason.INTERNAL, "")
    assert [alarm.code for alarm in line.engine.alarms.standing()] == ["bug"]


def test_a_recipe_whose_code_lies_outside_the_frame_is_refused(open_faked: Open) -> None:
    line = open_faked(serial=image_rules(), cameras={"top": PartCamera(shape=(48, 64))})
    with pytest.raises(ConfigError, match="ends outside the frame of 64 x 48"):
        line.engine.load("A17")


def test_a_recipe_is_selected_by_its_code_only_while_the_line_stands(open_faked: Open) -> None:
    line = open_faked()
    line.write_recipe(replace(line.recipe, name="B02", codes=("4711",)))
    line.run()
    assert line.engine.describe().recipe_codes == (("4711", "B02"),)
    line.engine.obey(SelectRecipe("B02"))
    assert line.heard.of(CommandRefused)[-1].what == "the line is running"
    line.engine.pause()
    line.engine.obey(SelectRecipe("B02"))
    assert line.engine.describe().recipe == "B02"


def test_what_is_read_is_on_record_in_a_real_database(open_real: Open) -> None:
    line = open_real(serial=image_rules(), cameras={"top": coded_camera("SN1", "SN1")})
    line.run()
    assert [told(part)[1] for part in line.inspect(2)] == [None, NoResultReason.SERIAL_DUPLICATE]
