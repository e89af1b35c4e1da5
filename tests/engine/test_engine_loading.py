"""Loading a recipe: what runs is finished first, and what cannot run is one sentence until a good one is loaded."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from station_app.core.errors import CameraError, ConfigError, ModelPackageError, StationError, StorageError
from station_app.core.inspection import VerdictKind
from station_app.core.messages import (
    EngineState,
    SelectRecipe,
    StateChanged,
    StationDescribed,
)
from station_app.core.people import Person, Role
from station_app.engine.fittings import Makers
from tests.engine.conftest import Open
from tests.engine.fakes import DISK_FULL, PATIENCE_S, FakeLedger, Misdeed, PartCamera
from tests.engine.line import Line, with_camera_maker
from tests.engine.people import FakeRoster

OFFLINE, READY, RUNNING = EngineState.OFFLINE, EngineState.READY, EngineState.RUNNING
PAUSED, FAULTED = EngineState.PAUSED, EngineState.FAULTED


def states(line: Line) -> list[EngineState]:
    return [event.state for event in line.heard.of(StateChanged)]


def ledger_of(line: Line) -> FakeLedger:
    assert isinstance(line.ledger, FakeLedger)
    return line.ledger


def test_another_recipe_while_running_finishes_the_parts_of_the_first(open_faked: Open) -> None:
    line = open_faked()
    line.write_recipe(replace(line.recipe, name="B2"))
    line.run()
    assert line.engine.trigger()
    line.engine.load("B2")
    assert states(line) == [READY, RUNNING, PAUSED, OFFLINE, READY]
    assert line.engine.tally.counters().passed == 1
    assert line.engine.describe().recipe == "B2"
    line.engine.start()
    assert line.inspect()[0].recipe == "B2"
    assert list(ledger_of(line).records) == [1, 2]


def write_unknown_key(line: Line) -> None:
    text = (line.recipes / "A17.toml").read_text(encoding="utf-8")
    (line.recipes / "bad.toml").write_text(f"colour = 3\n{text}", encoding="utf-8")


def write_other_hash(line: Line) -> None:
    setup = line.recipe.cameras[0]
    other = replace(setup, model=replace(setup.model, sha256="0" * 64))
    line.write_recipe(replace(line.recipe, name="bad", cameras=(other,)))


def write_other_labels(line: Line) -> None:
    thresholds = dict(line.recipe.thresholds)
    line.write_recipe(replace(line.recipe, name="bad", thresholds=(("dent", thresholds["scratch"]),)))


@pytest.mark.parametrize(
    ("write", "kind", "sentence"),
    [
        (lambda line: None, ConfigError, "there is no recipe 'bad'"),
        (write_unknown_key, ConfigError, "colour: unknown key"),
        (write_other_hash, ModelPackageError, "the recipe was approved with 000000000000"),
        (write_other_labels, ConfigError, "the model reports scratch and the recipe has no thresholds for it"),
    ],
)
def test_a_recipe_that_cannot_run_is_one_sentence_until_a_good_one_is_loaded(
    open_faked: Open, write: Callable[[Line], None], kind: type[StationError], sentence: str
) -> None:
    line = open_faked()
    line.run()
    write(line)
    with pytest.raises(kind, match=sentence):
        line.engine.load("bad")
    assert line.engine.state is FAULTED
    assert sentence in line.heard.of(StateChanged)[-1].detail
    (alarm,) = line.engine.alarms.standing()
    assert (alarm.code, sentence in alarm.what, bool(alarm.remedy)) == ("recipe", True, True)
    assert line.heard.of(StationDescribed)[-1].recipe == ""
    with pytest.raises(ConfigError, match="no recipe is loaded"):
        line.engine.start()
    line.run()
    assert line.engine.alarms.standing() == ()
    assert line.inspect()[0].verdict is VerdictKind.PASS


def test_a_label_that_no_camera_looks_for_is_refused_whatever_the_number_of_cameras(open_faked: Open) -> None:
    line = open_faked(cameras={"side": PartCamera(), "top": PartCamera()})
    (_, thresholds), *_ = line.recipe.thresholds
    line.write_recipe(replace(line.recipe, thresholds=(*line.recipe.thresholds, ("ghost", thresholds))))
    with pytest.raises(ConfigError, match="thresholds for ghost and no model of its cameras"):
        line.engine.load("A17")
    assert line.engine.state is FAULTED


@pytest.mark.parametrize("call", ["open", "apply", "start"])
def test_a_camera_that_refuses_is_a_fault_and_nothing_stays_open(open_faked: Open, call: str) -> None:
    line = open_faked(cameras={"side": PartCamera(), "top": PartCamera()})
    line.top.refuses_to.add(call)
    with pytest.raises(CameraError, match=f"refuses to {call}"):
        line.engine.load("A17")
    assert line.engine.state is FAULTED
    for camera in line.cameras.values():
        assert isinstance(camera, PartCamera)
        assert camera.calls[-1] == "close"
    assert [path for path in line.folder.iterdir() if path.name.startswith("preview")] == []
    line.top.refuses_to.clear()
    line.run()
    assert line.inspect()[0].verdict is VerdictKind.PASS


def test_a_bug_while_loading_is_a_fault_too_and_is_not_swallowed(open_faked: Open) -> None:
    def broken(makers: Makers) -> Makers:
        return with_camera_maker(makers, lambda setup: 1 // 0)  # type: ignore[arg-type, return-value]

    line = open_faked(makers=broken)
    with pytest.raises(ZeroDivisionError):
        line.engine.load("A17")
    assert line.engine.state is FAULTED
    assert line.engine.trigger() == 0


def test_a_disk_that_refuses_the_recipe_is_a_fault(open_faked: Open) -> None:
    line = open_faked()
    ledger_of(line).refusal = DISK_FULL
    with pytest.raises(StorageError, match="disk is full"):
        line.engine.load("A17")
    assert line.engine.state is FAULTED


class SlowCamera(PartCamera):
    """Takes until it is let go to start; `entered` is set as soon as it is asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.entered, self.may_start = threading.Event(), threading.Event()

    def start(self) -> None:
        self.entered.set()
        assert self.may_start.wait(PATIENCE_S)


def test_a_recipe_is_loaded_in_the_name_of_who_asked_for_it(open_faked: Open) -> None:
    roster = FakeRoster(*(Person(name, name.title(), Role.OPERATOR) for name in ("wang", "li")))
    camera = SlowCamera()
    line = open_faked(cameras={"top": camera}, roster=roster)
    line.sign_in("wang")
    loading = threading.Thread(target=line.engine.obey, args=(SelectRecipe("A17", "wang"),))
    loading.start()
    assert camera.entered.wait(PATIENCE_S)
    line.sign_in("li")
    camera.may_start.set()
    loading.join()
    assert [entry[0] for entry in ledger_of(line).audited("recipe_loaded")] == ["wang"]


def test_a_trigger_while_a_recipe_is_being_loaded_is_answered_at_once(open_faked: Open) -> None:
    camera = SlowCamera()
    line = open_faked(cameras={"top": camera})
    loading = threading.Thread(target=line.engine.load, args=("A17",))
    loading.start()
    assert camera.entered.wait(PATIENCE_S)
    assert line.engine.trigger() == 0
    assert line.engine.state is OFFLINE
    camera.may_start.set()
    loading.join()
    assert line.engine.state is READY


def test_a_preview_goes_on_after_another_recipe(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    (first,) = line.inspect()
    path = line.engine.describe().preview
    line.run()
    (second,) = line.inspect()
    assert line.engine.describe().preview != path
    assert second.preview_sequence > first.preview_sequence


def test_an_alarm_of_a_camera_ends_with_the_recipe_that_used_it(open_faked: Open) -> None:
    line = open_faked()
    line.top.misdeeds = {0: Misdeed.GONE}
    line.run()
    line.inspect()
    line.engine.load("A17")
    assert line.engine.alarms.standing() == ()


def test_the_recipe_of_every_part_is_kept_whole(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    line.inspect()
    assert ledger_of(line).registered == [line.recipe]
    assert ledger_of(line).records[1].recipe_hash == line.recipe.sha256
