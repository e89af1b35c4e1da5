"""A person teaches the flat field at the operator's screen."""

from dataclasses import replace

from station_app.core.messages import EngineState, StateChanged
from station_app.core.setup_messages import FlatFieldStep, TeachFlatField
from station_app.gui.web.flat_steps import Stage
from tests.gui.web.conftest import WebBench


def _steps(bench: WebBench) -> list[FlatFieldStep]:
    return [command.step for command in bench.engine.commands if isinstance(command, TeachFlatField)]


def test_a_flat_field_is_taught_step_by_step(web_bench: WebBench) -> None:
    pane, wizard = web_bench.pane, web_bench.pane.light.wizard
    web_bench.tap(pane.page)
    assert wizard.isVisible() and not pane.waterfall.isVisible()
    web_bench.tap(wizard.on)
    assert wizard.heading() == "Step 1 of 3: dark" and "cap" in wizard.sentences()[0] and not _steps(web_bench)
    web_bench.tap(wizard.on)
    assert _steps(web_bench) == [FlatFieldStep.DARK] and wizard.heading() == "Step 2 of 3: white"
    web_bench.tap(wizard.on)
    assert web_bench.web_desk.teaching.can_save and wizard.on.caption == "Save"
    assert "before" in pane.light.profile.accessibleName()
    web_bench.tap(wizard.on)
    assert _steps(web_bench)[-1] is FlatFieldStep.SAVE and wizard.heading() == "Flat field saved"
    assert not wizard.out.isVisible()
    web_bench.tap(pane.page)
    assert pane.waterfall.isVisible()


def test_a_flat_field_can_be_left_at_any_step(web_bench: WebBench) -> None:
    wizard = web_bench.pane.light.wizard
    web_bench.tap(web_bench.pane.page)
    for taps, steps in ((1, 0), (2, 2), (3, 3)):
        web_bench.engine.commands.clear()
        for _ in range(taps):
            web_bench.tap(wizard.on)
        web_bench.tap(wizard.out)
        assert web_bench.web_desk.teaching.stage is Stage.START
        assert len(_steps(web_bench)) == steps and (not steps or _steps(web_bench)[-1] is FlatFieldStep.DISCARD)


def test_a_refused_flat_field_says_why_and_begins_again(web_bench: WebBench) -> None:
    wizard = web_bench.pane.light.wizard
    web_bench.tap(web_bench.pane.page)
    for _ in range(2):
        web_bench.tap(wizard.on)
    web_bench.engine.taught[FlatFieldStep.DARK] += 200
    web_bench.tap(wizard.on)
    assert any("25 % with the cap on" in said for said in wizard.sentences()) and wizard.on.caption == "Begin again"
    web_bench.tap(wizard.on)
    assert wizard.heading() == "Step 1 of 3: dark" and _steps(web_bench)[-1] is FlatFieldStep.DISCARD


def test_a_running_line_is_not_taught(web_bench: WebBench) -> None:
    wizard = web_bench.pane.light.wizard
    web_bench.tap(web_bench.pane.page)
    web_bench.tap(wizard.on)
    web_bench.settle(StateChanged(EngineState.RUNNING))
    assert not wizard.on.isEnabled() and wizard.sentences() == ("The line is running: pause it first",)
    assert wizard.out.isEnabled() and wizard.out.isVisible()
    web_bench.settle(StateChanged(EngineState.PAUSED))
    web_bench.engine.station = replace(web_bench.engine.station, state=EngineState.RUNNING)
    web_bench.tap(wizard.on)
    assert "The line is running" in wizard.sentences() and wizard.heading() == "Step 1 of 3: dark"
