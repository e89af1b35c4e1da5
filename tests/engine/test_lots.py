"""Which lot a part is recorded with: the one that was set, or the one that its number names."""

from contextlib import closing
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.core.messages import CommandRefused
from station_app.core.serial import SerialRules
from station_app.core.serial_messages import LotChanged, SetLot
from station_app.store.connection import open_writer
from station_app.store.ledger import DATABASE, StationLedger
from tests.engine.conftest import Open
from tests.engine.fakes import FakeLedger
from tests.engine.line import Line
from tests.store.records import ROOMY

NAMING = SerialRules(pattern=r"(?P<lot>L\d)?SN\d+")


def recorded(line: Line, part_id: int) -> str:
    assert isinstance(line.ledger, FakeLedger)
    return line.ledger.records[part_id].lot


def test_parts_are_of_the_lot_that_was_set_before_them(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    line.inspect()
    line.engine.obey(SetLot(" L7 ", "wang"))
    told = line.inspect()[-1]
    line.engine.obey(SetLot("", "wang"))
    line.inspect()
    assert [recorded(line, part_id) for part_id in (1, 2, 3)] == ["", "L7", ""]
    assert told.lot == "L7"
    assert line.heard.of(LotChanged) == (LotChanged("L7"), LotChanged(""))


def test_a_number_that_names_its_lot_counts_for_more(open_faked: Open) -> None:
    line = open_faked(serial=NAMING)
    line.run()
    line.engine.obey(SetLot("L7"))
    for serial in ("L1SN1", "SN2", "XY3"):
        line.engine.trigger(serial)
    line.heard.wait_parts(3)
    assert [recorded(line, part_id) for part_id in (1, 2, 3)] == ["L1", "L7", "L7"]


def test_a_client_is_told_the_lot_first(open_faked: Open) -> None:
    line = open_faked()
    assert LotChanged("") in line.engine.welcome()
    line.engine.obey(SetLot("L7"))
    assert LotChanged("L7") in line.engine.welcome()


@pytest.mark.parametrize("lot", ["L" * 129, "L\x07"])
def test_what_cannot_be_a_lot_is_refused(open_faked: Open, lot: str) -> None:
    line = open_faked()
    line.engine.obey(SetLot("L7"))
    line.engine.obey(SetLot(lot))
    refused = CommandRefused("SetLot", "this text cannot be a lot", "scan or type the lot again")
    assert line.heard.of(CommandRefused) == (refused,)
    assert LotChanged("L7") in line.engine.welcome()


def test_a_lot_that_cannot_be_recorded_does_not_begin(open_faked: Open) -> None:
    line = open_faked()
    assert isinstance(line.ledger, FakeLedger)
    line.ledger.refusal = StorageError("the disk is full", remedy="make room")
    line.engine.obey(SetLot("L7"))
    line.ledger.refusal = None
    assert line.refusals() == ["the disk is full"]
    assert LotChanged("") in line.engine.welcome()


def test_a_lot_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    with closing(open_writer(tmp_path / DATABASE)) as connection:
        connection.execute("DROP TABLE lot_changes")
    with pytest.raises(StorageError, match="no such table"):
        ledger.lot()
    ledger.close()


def test_the_lot_is_remembered_when_the_engine_starts_again(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    assert ledger.lot() == ""
    ledger.change_lot("L6", "wang").result(10)
    ledger.change_lot("L7", "li").result(10)
    ledger.close()
    again = StationLedger(tmp_path, ROOMY)
    assert again.lot() == "L7"
    again.change_lot("", "li").result(10)
    assert again.lot() == ""
    again.close()
