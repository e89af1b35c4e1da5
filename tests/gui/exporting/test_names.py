"""What an export is called unless somebody chooses: a name that every disk takes, and never one that is taken."""

from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.history import HistoryFilter
from station_app.gui.exporting.names import free_name, part_name, proposed_name, with_ending


def ms(year: int, month: int, day: int, hour: int) -> int:
    return round(datetime(year, month, day, hour).astimezone().timestamp() * 1000)


def test_station_and_local_period_are_in_the_name() -> None:
    shift = HistoryFilter(from_ms=ms(2026, 11, 24, 6), until_ms=ms(2026, 11, 24, 14))
    made = ms(2026, 11, 24, 15)
    assert proposed_name("L3/ST07: 后盖", "history", shift, made) == (
        "L3_ST07__后盖_history_2026-11-24_0600_to_2026-11-24_1400"
    )
    assert proposed_name("L3", "history", HistoryFilter(), made) == "L3_history_until_2026-11-24_1500"


def test_a_part_is_named_by_number_and_serial() -> None:
    assert part_name("L3", 4711, "A17/93") == "L3_part_4711_A17_93"
    assert part_name("L3", 4711, "") == "L3_part_4711"


@given(st.text(max_size=200), st.text(max_size=300))
def test_whatever_was_scanned_stays_one_name_in_the_folder(station: str, serial: str) -> None:
    name = part_name(station, 1, serial)
    assert Path(name).name == name and len(name) < 150
    assert not set(name) & set('<>:"/\\|?*\0\n\r')


def test_no_file_is_proposed_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "a_2.csv").touch()
    assert free_name(tmp_path, "a", ".csv").name == "a_3.csv"


def test_an_ending_is_given_where_it_is_left_out() -> None:
    assert with_ending(Path("/x/a.b"), ".csv") == Path("/x/a.b.csv")
    assert with_ending(Path("/x/a.CSV"), ".csv") == Path("/x/a.CSV")
