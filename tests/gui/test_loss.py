"""The engine dies, cannot run, or takes an answer with it: what the screen says then."""

from dataclasses import replace

from station_app.core.inspection import VerdictKind
from station_app.gui.actions import Deed
from tests.gui.conftest import Bench
from tests.gui.fake_engine import housing, part, scratch


def _bad(bench: Bench) -> None:
    pixels = housing(size=(512, 612))
    findings = scratch(pixels)
    bench.show(replace(part(1, VerdictKind.FAIL), findings=findings), pixels)


def test_a_dead_engine_is_shown_and_found_again(bench: Bench) -> None:
    _bad(bench)
    bench.engine.die()
    bench.qtbot.waitUntil(lambda: not bench.station.desk.state.is_connected, timeout=1000)
    assert "NO CONNECTION" in bench.station.screen.verdict.accessibleName()
    assert not any(button.isEnabled() for button in bench.station.screen.bar.buttons.values())
    assert bench.station.screen.findings.lines()[0] == "The station does not answer"
    bench.engine.revive()
    bench.qtbot.waitUntil(lambda: bench.station.desk.state.is_connected)
    bench.show(part(2), housing(size=(512, 612)))
    assert bench.station.screen.verdict.accessibleName().startswith("OK")


def test_an_engine_that_cannot_run_says_why(bench: Bench) -> None:
    why = "the data folder cannot be written (/data): choose another"
    bench.engine.failure = why
    bench.engine.die()
    bench.qtbot.waitUntil(lambda: bench.station.desk.state.failure == why)
    lines = bench.station.screen.findings.lines()
    assert lines == (
        "The station cannot run",
        "The data folder cannot be written (/data): choose another",
        "Call the lead",
    )
    bench.engine.failure = ""
    bench.engine.revive()
    bench.qtbot.waitUntil(lambda: bench.station.desk.state.is_connected)
    assert bench.station.screen.findings.lines() == ()


def test_an_answer_that_the_engine_took_to_its_grave_is_not_shown_as_done(bench: Bench) -> None:
    _bad(bench)
    bench.engine.answers_overrides = False
    bench.press(Deed.AGREE)
    bench.engine.die()
    bench.qtbot.waitUntil(lambda: not bench.station.desk.state.is_connected)
    assert bench.station.screen.engine.sentence() == "The answer was not recorded: answer again"
    assert "recorded" not in bench.station.screen.part.accessibleName()
