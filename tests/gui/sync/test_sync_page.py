"""Sync in the window: nothing where no store is set up, grey where all is well, amber where somebody should know."""

import pytest

from station_app.core.messages import AlarmRaised, Priority
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.core.sync_messages import SyncNow, SyncReported, SyncState
from station_app.gui.loop_state import is_sync_abnormal
from station_app.gui.models.models_screen import ModelsScreen
from station_app.gui.models.models_state import Place
from station_app.gui.screens import ScreenName
from station_app.gui.sentences import NOT_ALLOWED
from station_app.gui.sync.sync_words import bytes_words, glance_words, span_words
from station_app.gui.theme import LIGHT
from tests.gui.conftest import Bench
from tests.gui.fake_engine import NOW_MS

CLOCK_MS = 2 * NOW_MS
"""Of the fake engine."""
WAITING = SyncReported(SyncState.WAITING, "s3://records", 1_283, 3_412_000_000, CLOCK_MS - 130 * 60_000, what="x")
ALARM = AlarmRaised("sync_late", Priority.LOW, "records have waited too long", "s3://records", "", NOW_MS)


@pytest.fixture
def screen(bench: Bench) -> ModelsScreen:
    bench.tell(SessionChanged("li", "Li", Role.QUALITY, Role.QUALITY, has_people=True))
    bench.station.ways.go(ScreenName.MODELS)
    page = bench.station.workplace.pages[ScreenName.MODELS]
    assert isinstance(page, ModelsScreen)
    bench.tap(page.tabs[Place.SYNC])
    return page


def cells(screen: ModelsScreen) -> dict[str, str]:
    return {row.cells[0]: row.cells[1] for row in screen.sync.table.rows}


def test_without_a_store_it_is_said_quietly_and_not_at_the_line(bench: Bench, screen: ModelsScreen) -> None:
    bench.tell(SyncReported(SyncState.OFF))
    assert screen.sync.head.words == "No store is set up: the records stay at this station"
    assert not screen.sync.head.is_warning
    assert not screen.sync.table.isVisible() and not screen.sync.now.isVisible()
    assert "sync" not in bench.station.screen.top._cells() and "Sync" not in bench.station.screen.top.accessibleName()


def test_what_waits_is_told_with_its_age(bench: Bench, screen: ModelsScreen) -> None:
    bench.tell(WAITING)
    told = cells(screen)
    assert (told["Age of the oldest record that waits"], told["Records that wait"]) == ("2 h", "1,283")
    assert (told["Bytes that wait"], told["Left to send today"]) == ("3.4\u00a0GB", "no limit is set")
    assert "Sync 2 h" in bench.station.screen.top.accessibleName() and not screen.sync.head.is_warning
    bench.tell(SyncReported(SyncState.IDLE, "s3://records"))
    assert cells(screen)["Age of the oldest record that waits"] == "nothing waits"
    assert "Sync ✓" in bench.station.screen.top.accessibleName()


def amber(bench: Bench) -> bool:
    top = bench.station.screen.top
    cell, picture = top._cells()["sync"], top.grab().toImage()
    return picture.pixelColor(cell.x() + cell.width() // 2, 6).name().upper() == LIGHT.no_result.fill


def test_colour_comes_with_trouble_alone(bench: Bench, screen: ModelsScreen) -> None:
    bench.tell(WAITING)
    assert not amber(bench)
    bench.tell(ALARM)
    assert amber(bench) and screen.sync.head.is_warning
    assert is_sync_abnormal(SyncReported(SyncState.REFUSED), ()) and not is_sync_abnormal(WAITING, ())


def test_a_refusal_says_what_and_what_helps(bench: Bench, screen: ModelsScreen) -> None:
    bench.tell(
        SyncReported(SyncState.REFUSED, "s3://records", quarantined=2, what="403 denied", remedy="renew the key")
    )
    assert screen.sync.why.is_warning and screen.sync.why.words == "403 denied  →  Renew the key"
    assert [row.is_marked for row in screen.sync.table.rows][-1]
    assert amber(bench)


def test_trying_now_is_asked_in_ones_own_name(bench: Bench, screen: ModelsScreen) -> None:
    bench.tell(WAITING)
    bench.tap(screen.sync.now)
    assert [command for command in bench.engine.commands if isinstance(command, SyncNow)] == [SyncNow("li")]


def test_who_may_not_try_sees_why(bench: Bench, screen: ModelsScreen) -> None:
    bench.tell(WAITING, SessionChanged("op", "Op", Role.OPERATOR, Role.OPERATOR, has_people=True))
    bench.tap(screen.sync.now)
    assert screen.sync.note.words == NOT_ALLOWED and screen.sync.now.is_barred
    assert not any(isinstance(command, SyncNow) for command in bench.engine.commands)


def test_a_lost_station_tells_nothing_old(bench: Bench, screen: ModelsScreen) -> None:
    bench.tell(WAITING)
    bench.engine.die()
    bench.qtbot.waitUntil(lambda: screen.sync.head.words == "The station does not answer")
    assert not screen.sync.table.isVisible()


@pytest.mark.parametrize(
    ("span_ms", "words"),
    [(-5, "< 1 min"), (59_999, "< 1 min"), (60_000, "1 min"), (119 * 60_000, "119 min"), (120 * 60_000, "2 h"),
     (47 * 3_600_000, "47 h"), (48 * 3_600_000, "2 days")],
)  # fmt: skip
def test_spans_in_words(span_ms: int, words: str) -> None:
    assert span_words(span_ms) == words
    assert glance_words(SyncReported(SyncState.SENDING, oldest_ms=1_000_000 - span_ms), 1_000_000) == f"Sync {words}"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (99_600, "100 kB"), (999_600, "1.0 MB"), (12 * 10**15, "12000 TB")],
)
def test_bytes_in_words(count: int, words: str) -> None:
    assert bytes_words(count) == words.replace(" ", "\u00a0")
