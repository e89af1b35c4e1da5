"""A model on trial beside a running line: in shadow it decides nothing and delays nothing; as a canary its share, by
its own recipe; and it is out of service from the next part on when it misbehaves."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from station_app.core.canary import decides
from station_app.core.errors import ConfigError, ModelPackageError
from station_app.core.inspection import Disposition, NoResultReason, Override, VerdictKind
from station_app.core.messages import AlarmRaised, PartInspected, StationDescribed
from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.recipe import CameraSetup
from station_app.core.shadow import ShadowResult
from station_app.engine.fittings import Makers
from station_app.engine.pace import Pace
from station_app.engine.trial_watch import WatchSetup
from station_app.inference.inspector import Inspector, Reading
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE
from station_app.store.shadow_results import shadow_results_of
from station_app.store.shadow_view import PairCounts, Trial, pair_counts
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, PATIENCE_S, Misdeed, PartCamera
from tests.engine.line import Line
from tests.engine.test_kill import without_loose_ends
from tests.engine.trials import (
    STRICT,
    broken_package,
    endless_package,
    listen,
    on_trial,
    scaled_package,
    trial_recipe,
)

PASS, FAIL, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT
CANARY, ACTIVE = ModelStage.CANARY, ModelStage.ACTIVE


class Unhurried(Pace):
    """There is always time."""

    def has_time(self, now_s: float) -> bool:
        return True


UNHURRIED = WatchSetup(pace=Unhurried)
ALWAYS = replace(UNHURRIED, look_every_s=0.0)


@pytest.fixture
def open_real(open_real: Open) -> Open:
    """Lines on which there is always time for a look in shadow."""

    def open_one(**settings: object) -> Line:
        line = open_real(**settings)
        line.engine.trials.watch_setup = UNHURRIED
        return line

    return open_one


def wait(is_met: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_met():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.005)


def results(folder: Path, part_id: int) -> tuple[ShadowResult, ...]:
    with closing(open_reader(folder / DATABASE)) as reader:
        return shadow_results_of(reader, part_id)


def recipes(folder: Path) -> dict[int, str]:
    """The hash of the recipe that each recorded part names."""
    query = "SELECT i.part_id, r.sha256 FROM inspections i JOIN recipes r ON r.id = i.recipe_id"
    with closing(open_reader(folder / DATABASE)) as reader:
        return {row[0]: row[1] for row in reader.execute(query)}


def counts(folder: Path, package: str) -> PairCounts:
    with closing(open_reader(folder / DATABASE)) as reader:
        return pair_counts(reader, Trial(package, "A17", "top"))


def inspect(line: Line, parts: int = 1) -> tuple[PartInspected, ...]:
    """As `Line.inspect`, and their events have come: the tally is settled a moment before the last one."""
    before = len(line.heard.parts)
    line.inspect(parts)
    return line.heard.wait_parts(before + parts)[before:]


def is_looked_at(folder: Path, part_id: int) -> bool:
    return bool(results(folder, part_id))


def inspect_in_peace(line: Line, folder: Path, parts: int) -> None:
    """Each part waits until the one before was looked at in shadow."""
    for _ in range(parts):
        (part,) = inspect(line)
        wait(partial(is_looked_at, folder, part.part_id))


def test_in_shadow_every_part_is_recorded_beside_the_verdict_and_decides_nothing(
    open_real: Open, tmp_path: Path
) -> None:
    line = open_real()
    line.top.greys = {1: BAD, 3: BAD}
    line.run()
    package = scaled_package(tmp_path / "packages")
    candidate = on_trial(line, package)
    line.engine.trials.set_candidate(candidate)
    inspect_in_peace(line, tmp_path, 5)
    assert [part.verdict for part in line.heard.parts] == [PASS, FAIL, PASS, FAIL, PASS]
    assert set(recipes(tmp_path).values()) == {line.recipe.sha256}
    (result,) = results(tmp_path, 2)
    assert (result.verdict, result.reason, result.label) == (PASS, None, "scratch")
    assert result.score == pytest.approx(0.5 * BAD / 255, abs=0.01) and result.took_ms > 0
    assert result.pair.package_sha256 == package.sha256
    assert result.pair.recipe_hash == candidate.recipe.sha256
    line.engine.trials.set_candidate(None)
    assert counts(tmp_path, package.sha256) == PairCounts(both_pass=3, only_champion_rejects=2)
    assert without_loose_ends(tmp_path) == []


def test_another_input_contract_is_prepared_anew(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.top.greys = {0: BAD}
    line.run()
    line.engine.trials.set_candidate(on_trial(line, scaled_package(tmp_path / "packages", 1.0, side=16)))
    inspect_in_peace(line, tmp_path, 2)
    assert [results(tmp_path, part)[0].verdict for part in (1, 2)] == [FAIL, PASS]


def test_a_model_that_never_ends_is_given_up_for_every_part_and_delays_none(open_real: Open, tmp_path: Path) -> None:
    """Each part finds the last one still being looked at in shadow."""
    line = open_real()
    line.top.greys = dict.fromkeys(range(0, 20, 4), BAD)
    line.run()
    package = endless_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package))
    told = [inspect(line)[0].verdict for _ in range(20)]
    assert told == [FAIL if number % 4 == 0 else PASS for number in range(20)]
    counters = line.engine.tally.counters()
    assert (counters.triggers, counters.passed, counters.failed, counters.no_result) == (20, 15, 5, 0)
    line.engine.trials.set_candidate(None)
    wait(lambda: counts(tmp_path, package.sha256) == PairCounts(dropped=20))


def test_at_full_speed_every_part_is_looked_at_or_counted_and_no_buffer_is_kept(
    open_real: Open, tmp_path: Path
) -> None:
    line = open_real()
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package))
    parts = inspect(line, 150)
    assert {part.verdict for part in parts} == {PASS}
    line.engine.trials.set_candidate(None)
    wait(lambda: (found := counts(tmp_path, package.sha256)).compared + found.dropped == 150)
    assert inspect(line, 10)[-1].counters.no_result == 0


def test_parts_without_a_picture_are_no_pairs(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.top.misdeeds = {0: Misdeed.TORN}
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package))
    inspect(line)
    inspect_in_peace(line, tmp_path, 1)
    line.engine.trials.set_candidate(None)
    assert counts(tmp_path, package.sha256) == PairCounts(both_pass=1)


def test_of_several_cameras_the_part_is_compared_as_a_whole(open_real: Open, tmp_path: Path) -> None:
    side = PartCamera("A2")
    line = open_real(cameras={"top": PartCamera(), "side": side})
    side.greys = {1: BAD}
    side.misdeeds = {2: Misdeed.TORN}
    line.run()
    package = scaled_package(tmp_path / "packages", STRICT)
    line.engine.trials.set_candidate(on_trial(line, package))
    inspect_in_peace(line, tmp_path, 2)
    inspect(line)
    inspect_in_peace(line, tmp_path, 1)
    line.engine.trials.set_candidate(None)
    # On the second the other camera, whose model is the same, sees a defect: both reject it.
    assert counts(tmp_path, package.sha256) == PairCounts(only_candidate_rejects=2, both_reject=1)
    assert results(tmp_path, 3) == ()


class Crashing(Inspector):
    """A bug in its postprocessing."""

    def judge(self, *_: object, **__: object) -> Reading:
        raise RuntimeError("a bug on trial")


def crashing(makers: Makers) -> Makers:
    """What looks on is a `Crashing` one."""

    def make(setup: CameraSetup) -> Inspector:
        inspector = makers.inspector(setup)
        inspector.__class__ = Crashing
        return inspector

    return replace(makers, shadow_inspector=make)


def test_a_candidate_that_crashes_in_shadow_is_recorded_and_taken_out(open_real: Open, tmp_path: Path) -> None:
    line = open_real(makers=crashing)
    told = listen(line)
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package))
    inspect_in_peace(line, tmp_path, 3)
    wait(lambda: bool(told.rolled_back))
    assert told.rolled_back == [(package.sha256, "3 of the last 3 parts had no valid answer")]
    assert [result.reason for result in results(tmp_path, 3)] == [NoResultReason.INTERNAL]
    assert line.engine.trials.candidate is None
    assert {part.verdict for part in inspect(line, 4)} == {PASS}
    assert results(tmp_path, 5) == ()


def test_nan_in_shadow_is_no_result_there(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.run()
    package = broken_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package))
    inspect_in_peace(line, tmp_path, 1)
    (result,) = results(tmp_path, 1)
    assert (result.verdict, result.reason) == (NO_RESULT, NoResultReason.MODEL_OUTPUT)
    line.engine.trials.set_candidate(None)
    assert counts(tmp_path, package.sha256) == PairCounts(candidate_lost=1, lost=1)


def test_a_canary_decides_its_share_by_its_own_recipe(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.top.greys = dict.fromkeys(range(100), BAD)
    line.run()
    package = scaled_package(tmp_path / "packages")
    candidate = on_trial(line, package, CANARY, 0.25)
    line.engine.trials.set_candidate(candidate)
    parts = {part.part_id: part.verdict for part in inspect(line, 99)}
    drawn = {part_id for part_id in parts if decides(part_id, package.sha256, 0.25)}
    assert len(drawn) in (24, 25), "part 0 of the first block was none"
    assert {part_id for part_id, verdict in parts.items() if verdict is PASS} == drawn
    named = recipes(tmp_path)
    assert {part_id for part_id, sha256 in named.items() if sha256 == candidate.recipe.sha256} == drawn
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        bodies = reader.execute("SELECT part_id, body FROM inspections").fetchall()
    assert {row[0] for row in bodies if package.sha256 in row[1]} == drawn
    line.engine.trials.set_candidate(None)
    assert {part.verdict for part in inspect(line, 1)} == {FAIL}
    found = counts(tmp_path, package.sha256)
    assert found.compared + found.dropped == 99
    assert without_loose_ends(tmp_path) == []


def test_the_champion_looks_on_where_the_canary_decides(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.top.greys = dict.fromkeys(range(100), BAD)
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package, CANARY, 0.5))
    inspect_in_peace(line, tmp_path, 8)
    drawn = {part_id for part_id in range(1, 9) if decides(part_id, package.sha256, 0.5)}
    assert 0 < len(drawn) < 8
    for part_id in range(1, 9):
        (result,) = results(tmp_path, part_id)
        assert (result.pair.beside_sha256 == package.sha256) == (part_id in drawn)
        assert (result.verdict is FAIL) == (part_id in drawn)
    line.engine.trials.set_candidate(None)
    assert counts(tmp_path, package.sha256) == PairCounts(only_champion_rejects=8)


def test_a_canary_that_answers_nan_is_out_from_the_next_part_on(open_real: Open, tmp_path: Path) -> None:
    """While the line runs: no trigger is lost, and every part has one verdict."""
    line = open_real()
    told = listen(line)
    line.run()
    package = broken_package(tmp_path / "packages")
    candidate = on_trial(line, package, CANARY, 0.9)
    line.engine.trials.set_candidate(candidate)
    parts = inspect(line, 60)
    lost = [part.part_id for part in parts if part.verdict is NO_RESULT]
    judged = {part_id for part_id, sha256 in recipes(tmp_path).items() if sha256 == candidate.recipe.sha256}
    # Three are enough, some of them in shadow perhaps; what is in flight by then finishes with what it began.
    assert 1 <= len(lost) <= 3 + 3 and judged == set(lost)
    assert {part.reason for part in parts if part.verdict is NO_RESULT} == {NoResultReason.MODEL_OUTPUT}
    assert all(part.verdict is PASS for part in parts if part.part_id > max(lost))
    wait(lambda: bool(told.rolled_back))
    counters = line.engine.tally.counters()
    assert counters.triggers == 60 == counters.passed + counters.no_result
    assert any(alarm.code.startswith("model_rolled_back ") for alarm in line.heard.of(AlarmRaised))
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        (row,) = reader.execute("SELECT subject, details FROM audit WHERE action = 'model_rolled_back'").fetchall()
    assert row[0] == f"package {package.sha256}" and "no valid answer" in row[1]
    assert without_loose_ends(tmp_path) == []


def test_a_canary_that_never_answers_costs_its_parts_and_is_out(open_real: Open, tmp_path: Path) -> None:
    line = open_real(deadline_ms=400.0)
    told = listen(line)
    line.run()
    line.engine.trials.set_candidate(on_trial(line, endless_package(tmp_path / "packages"), CANARY, 1.0))
    parts = inspect(line, 3)
    assert {(part.verdict, part.reason) for part in parts} == {(NO_RESULT, NoResultReason.LATE)}
    wait(lambda: bool(told.rolled_back))


def test_people_who_overturn_a_canary_stop_it(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    told = listen(line)
    line.engine.trials.watch_setup = ALWAYS
    line.top.greys = dict.fromkeys(range(100), BAD)
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package, CANARY, 1.0))
    parts = inspect(line, 6)
    assert {part.verdict for part in parts} == {PASS}
    for part in parts[:3]:
        line.ledger.override(Override(part.part_id, Disposition.MISSED_DEFECT, "wang", 5)).result()
    wait(lambda: bool(told.rolled_back))
    assert "the stop rule says it is bad" in told.rolled_back[0][1]
    assert inspect(line)[0].verdict is FAIL


def test_a_canary_passes_when_enough_parts_have_settled(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    told = listen(line)
    line.engine.trials.watch_setup = replace(ALWAYS, settling_s=0.0)
    line.run()
    package = scaled_package(tmp_path / "packages")
    rule = StopRule(good_share=0.05, bad_share=0.5, min_parts=30)
    line.engine.trials.set_candidate(on_trial(line, package, CANARY, 1.0, rule))
    inspect(line, 29)
    time.sleep(0.5)
    assert told.passed == []
    inspect(line, 1)
    wait(lambda: bool(told.passed))
    assert told.passed[0][0] == package.sha256 and told.rolled_back == []
    assert line.engine.trials.candidate is not None, "people promote it, and nobody else"


def test_an_active_one_stays_when_its_watch_ends_and_the_station_is_described_by_it(
    open_real: Open, tmp_path: Path
) -> None:
    line = open_real()
    line.top.greys = dict.fromkeys(range(100), BAD)
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package, ACTIVE))
    assert line.heard.of(StationDescribed)[-1].model_hash == package.sha256
    assert line.heard.of(StationDescribed)[-1].recipe_revision == 2
    assert inspect(line)[0].verdict is PASS
    line.engine.trials.set_candidate(None)
    assert inspect(line)[0].verdict is PASS
    assert line.engine.describe().model_hash == package.sha256
    assert results(tmp_path, 1) == () or results(tmp_path, 1)[0].verdict is FAIL


def test_rolling_back_by_hand_is_at_once_and_needs_no_file(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    told = listen(line)
    line.top.greys = dict.fromkeys(range(100), BAD)
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package, ACTIVE))
    assert inspect(line)[0].verdict is PASS
    for name in ("package", "second"):
        (tmp_path / "packages" / name).rename(tmp_path / f"away-{name}")
    assert line.engine.trials.roll_back(package.sha256, "li does not like it")
    assert inspect(line)[0].verdict is FAIL
    assert not line.engine.trials.roll_back(package.sha256, "again")
    wait(lambda: told.rolled_back == [(package.sha256, "li does not like it")])
    assert line.engine.describe().recipe_revision == 1


def test_after_a_promotion_that_was_loaded_the_one_before_is_there_to_fall_back_on(
    open_real: Open, tmp_path: Path
) -> None:
    line = open_real()
    told = listen(line)
    before = line.recipe
    package = broken_package(tmp_path / "packages")
    line.recipe = trial_recipe(before, package)
    line.write_recipe(line.recipe)
    line.run()
    candidate = replace(on_trial(line, package, ACTIVE), recipe=line.recipe, fallback=before)
    line.engine.trials.set_candidate(candidate)
    verdicts = [part.verdict for part in inspect(line, 12)]
    assert verdicts[:3] == [NO_RESULT] * 3 and set(verdicts[3 + 3 :]) == {PASS}
    wait(lambda: bool(told.rolled_back))
    line.engine.trials.set_candidate(None)
    assert inspect(line)[0].verdict is PASS, "what was rolled back does not come back by itself"
    assert line.engine.describe().recipe_revision == 1


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda c: replace(c, stage=ModelStage.PROVED), "does not run"),
        (lambda c: replace(c, stage=CANARY, share=0.0), "cannot decide the share"),
        (lambda c: replace(c, camera_id="side"), "does not name its package"),
        (lambda c: replace(c, recipe=replace(c.recipe, deadline_ms=5.0)), "more than the package"),
        (lambda c: replace(c, recipe=replace(c.recipe, thresholds=())), "does not know .*, which the champion does"),
    ],
)
def test_what_does_not_fit_the_loaded_recipe_is_refused(
    open_real: Open, tmp_path: Path, spoil: Callable[..., object], what: str
) -> None:
    line = open_real()
    line.run()
    candidate = on_trial(line, scaled_package(tmp_path / "packages"))
    with pytest.raises(ConfigError, match=what):
        line.engine.trials.set_candidate(spoil(candidate))  # type: ignore[arg-type]
    assert inspect(line)[0].verdict is PASS


def test_a_package_that_cannot_be_loaded_leaves_what_was(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.run()
    package = scaled_package(tmp_path / "packages")
    line.engine.trials.set_candidate(on_trial(line, package))
    gone = scaled_package(tmp_path / "packages", STRICT, name="third")
    (tmp_path / "packages" / "third" / "model.onnx").unlink()
    with pytest.raises(ModelPackageError):
        line.engine.trials.set_candidate(on_trial(line, gone, CANARY, 0.5))
    assert line.engine.trials.candidate is not None
    assert line.engine.trials.candidate.package_sha256 == package.sha256
    inspect_in_peace(line, tmp_path, 1)


def test_without_a_loaded_recipe_there_is_no_trial(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    candidate = on_trial(line, scaled_package(tmp_path / "packages"))
    line.engine.trials.set_candidate(None)
    with pytest.raises(ConfigError, match="no recipe is loaded"):
        line.engine.trials.set_candidate(candidate)
    line.run()
    line.engine.trials.set_candidate(candidate)
    line.engine.pause()
    line.engine.load(line.recipe.name)
    assert line.engine.trials.candidate is None
