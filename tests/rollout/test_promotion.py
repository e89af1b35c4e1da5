"""From a channel to the parts of a running line: proved, in shadow, promoted by two people, rolled back. The records,
the revisions of the recipe and the line always say the same, also after a restart."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from station_app.core.errors import ModelPackageError, StorageError
from station_app.core.inspection import VerdictKind
from station_app.core.messages import EngineState, StationDescribed
from station_app.core.model_messages import ModelsReported, ModelStage, StopRule
from station_app.core.recipe_edit import with_revision
from station_app.core.recipe_messages import ActivateRevision, RevisionState, SaveDraft
from station_app.engine import model_looks
from station_app.inference.package import ModelPackage
from station_app.rollout.publish import publish
from station_app.rollout.room import RolloutRoom
from station_app.store.model_records import ModelRecords
from station_app.store.verification import verify
from station_app.sync.folder_remote import FolderRemote
from tests.engine.trials import LENIENT, STRICT, broken_package, scaled_package
from tests.rollout.lines import ALWAYS, HERE, Plant, open_plant, running_plant, signature
from tests.rollout.publishing import KEY

OFFERED, REFUSED, PROVED = ModelStage.OFFERED, ModelStage.REFUSED, ModelStage.PROVED
SHADOW, CANARY, ACTIVE = ModelStage.SHADOW, ModelStage.CANARY, ModelStage.ACTIVE
RETIRED, ROLLED_BACK = ModelStage.RETIRED, ModelStage.ROLLED_BACK


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    (tmp_path / "station").mkdir()
    with running_plant(tmp_path / "station") as plant:
        yield plant


@pytest.fixture
def package(tmp_path: Path) -> ModelPackage:
    return scaled_package(tmp_path / "new", LENIENT)


@pytest.fixture
def other(tmp_path: Path) -> ModelPackage:
    return scaled_package(tmp_path / "other", STRICT)


def check(plant: Plant) -> None:
    """Records, and what follows from them, are whole. The plant is closed: no image is on its way any more."""
    plant.close()
    assert verify(plant.folder) == ()


def test_the_whole_way(plant: Plant, package: ModelPackage) -> None:
    assert plant.decided() == {1}
    plant.offer(package)
    assert plant.shadow(package) == ""
    assert (plant.stage(package), plant.decided()) == (SHADOW, {1})
    assert plant.sign("wang", package) == ""
    assert (plant.stage(package), plant.state(package).signed_by, plant.decided()) == (SHADOW, ("wang",), {1})
    assert plant.sign("li", package) == ""
    assert (plant.stage(package), plant.state(package).signed_by) == (ACTIVE, ("wang", "li"))
    assert plant.line.engine.state is EngineState.RUNNING
    assert plant.decided(3) == {2}
    assert plant.revisions() == {1: RevisionState.RETIRED, 2: RevisionState.ACTIVE}
    assert plant.line.heard.of(StationDescribed)[-1].model_hash == package.sha256
    assert plant.alarms("recipe_waiting") == []
    assert plant.roll_back(package) == ""
    assert (plant.stage(package), plant.decided(3)) == (ROLLED_BACK, {1})
    assert plant.revisions() == {1: RevisionState.ACTIVE, 2: RevisionState.RETIRED}
    assert plant.state(package).detail == "it misses dents"
    assert plant.line.engine.state is EngineState.RUNNING
    check(plant)
    kinds = ["offered", "proved", "shadow_started", "signed", "signed", "active", "rolled_back"]
    who = ["station", "station", "wang", "wang", "li", "li", "wang"]
    assert [row[:2] for row in plant.audited()] == list(zip(who, (f"model_{kind}" for kind in kinds), strict=True))


def test_a_restart_runs_what_was_promoted(tmp_path: Path, package: ModelPackage) -> None:
    (tmp_path / "station").mkdir()
    with running_plant(tmp_path / "station") as plant:
        plant.offer(package)
        plant.promote(package)
    with running_plant(tmp_path / "station") as plant:
        assert (plant.decided(), plant.stage(package)) == ({2}, ACTIVE)
        assert plant.roll_back(package) == ""
        assert plant.decided() == {1}
        check(plant)
    with running_plant(tmp_path / "station") as plant:
        assert (plant.decided(), plant.stage(package)) == ({1}, ROLLED_BACK)


def test_a_promoted_package_that_cannot_be_loaded_gives_way(tmp_path: Path, package: ModelPackage) -> None:
    (tmp_path / "station").mkdir()
    with running_plant(tmp_path / "station") as plant:
        plant.offer(package)
        plant.promote(package)
        own = next(path for path in (plant.folder / "packages").iterdir() if path.name.endswith(package.sha256[:12]))
    (own / "model.onnx").write_bytes(b"spoilt")
    with running_plant(tmp_path / "station") as plant:
        assert (plant.decided(), plant.stage(package)) == ({1}, ROLLED_BACK)
        assert "it cannot be loaded" in plant.state(package).detail
        assert "goes on with the one before it" in plant.alarms("model")[0].what
        assert plant.revisions() == {1: RevisionState.ACTIVE, 2: RevisionState.RETIRED}
        assert plant.audited()[-1][:2] == ("station", "model_rolled_back")
        check(plant)


def test_where_no_promoted_model_is_to_blame_nothing_gives_way(tmp_path: Path) -> None:
    (tmp_path / "station").mkdir()
    plant = open_plant(tmp_path / "station")
    (plant.folder / "packages" / "package" / "model.onnx").write_bytes(b"spoilt")
    try:
        with pytest.raises(ModelPackageError):
            plant.line.engine.load("A17")
        assert plant.line.engine.state is EngineState.FAULTED
    finally:
        plant.close()


def test_one_person_alone_promotes_nothing(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    assert plant.sign("wang", package) == ""
    assert "has the signature of wang already" in plant.sign("wang", package)
    assert "of the role engineer already" in plant.sign("zhao", package)
    assert "the role of who signed may not do this" in plant.sign("op", package)
    assert "has signed for the share 1" in plant.sign("li", package, 0.5)
    assert (plant.stage(package), plant.revisions(), plant.decided()) == (PROVED, {1: RevisionState.ACTIVE}, {1})


def test_what_was_not_proved_is_not_promoted(plant: Plant, package: ModelPackage) -> None:
    plant.publish(package)
    member = plant.channel / "v1" / "models" / package.sha256 / "model.onnx"
    member.write_bytes(b"spoilt")
    plant.fetch()
    assert (plant.stage(package), "another hash" in plant.state(package).detail) == (REFUSED, True)
    assert plant.sign("wang", package) == "it is refused"
    assert plant.shadow(package) == "it is refused"
    assert "no such model" in plant.sign("wang", replace(package, sha256="0" * 64))


def test_a_canary_decides_its_share_by_an_approved_revision(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package, 0.5, stop_rule=StopRule(min_parts=1_000))
    state = plant.state(package)
    assert (state.stage, state.share) == (CANARY, 0.5)
    assert plant.revisions() == {1: RevisionState.ACTIVE, 2: RevisionState.APPROVED}
    assert plant.decided(20) == {1, 2}
    assert plant.roll_back(package) == ""
    assert plant.revisions() == {1: RevisionState.ACTIVE, 2: RevisionState.RETIRED}
    assert plant.decided(20) == {1}
    check(plant)


def test_a_canary_becomes_the_champion_by_the_same_revision(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package, 0.5)
    plant.promote(package, 1.0)
    assert plant.revisions() == {1: RevisionState.RETIRED, 2: RevisionState.ACTIVE}
    assert (plant.decided(10), plant.stage(package)) == ({2}, ACTIVE)
    check(plant)


def test_a_canary_goes_on_after_a_restart(tmp_path: Path, package: ModelPackage) -> None:
    (tmp_path / "station").mkdir()
    with running_plant(tmp_path / "station") as plant:
        plant.offer(package)
        plant.promote(package, 0.5)
    with running_plant(tmp_path / "station") as plant:
        assert (plant.decided(20), plant.stage(package)) == ({1, 2}, CANARY)


def test_a_roll_back_goes_to_the_champion_before(plant: Plant, package: ModelPackage, other: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package)
    plant.offer(other)
    plant.promote(other)
    assert (plant.stage(package), plant.stage(other), plant.decided()) == (RETIRED, ACTIVE, {3})
    assert plant.roll_back(other) == ""
    assert (plant.stage(package), plant.stage(other), plant.decided()) == (ACTIVE, ROLLED_BACK, {2})
    assert plant.roll_back(package) == ""
    assert (plant.stage(package), plant.decided()) == (ROLLED_BACK, {1})
    check(plant)


def test_a_champion_takes_the_trial_beside_it_along(plant: Plant, package: ModelPackage, other: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package)
    plant.offer(other)
    assert plant.shadow(other) == ""
    assert plant.roll_back(package) == ""
    assert (plant.stage(package), plant.stage(other), plant.decided()) == (ROLLED_BACK, ROLLED_BACK, {1})
    assert plant.revisions() == {1: RevisionState.ACTIVE, 2: RevisionState.RETIRED}
    check(plant)


def test_a_model_that_fails_is_taken_out_by_the_station(tmp_path: Path) -> None:
    (tmp_path / "station").mkdir()
    with running_plant(tmp_path / "station", ALWAYS) as plant:
        broken = broken_package(tmp_path / "new")
        plant.offer(broken)
        plant.promote(broken)
        parts = plant.line.inspect(6)
        assert {part.verdict for part in parts[:2]} == {VerdictKind.NO_RESULT}
        plant.wait(lambda: plant.stage(broken) is ROLLED_BACK)
        assert plant.decided(2) == {1}
        assert plant.audited()[-1][:2] == ("station", "model_rolled_back")
        assert plant.revisions() == {1: RevisionState.ACTIVE, 2: RevisionState.RETIRED}
        check(plant)


def test_what_the_station_takes_out_is_recorded_when_the_disk_answers_again(
    plant: Plant, package: ModelPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant.offer(package)
    plant.promote(package)
    record, failures = ModelRecords.record, [1, 2]

    def failing(records: ModelRecords, *args: Any) -> Any:
        if failures:
            failures.pop()
            raise StorageError("the disk does not answer")
        return record(records, *args)

    monkeypatch.setattr(ModelRecords, "record", failing)
    assert plant.line.engine.trials.roll_back(package.sha256, "too slow")
    plant.wait(lambda: plant.stage(package) is ROLLED_BACK)
    assert not failures
    check(plant)


@pytest.fixture
def two_cameras(tmp_path: Path, package: ModelPackage) -> Iterator[Plant]:
    """The same package was promoted for both, for the one beside the top last."""
    (tmp_path / "station").mkdir()
    plant = open_plant(tmp_path / "station", cameras=("top", "side"))
    try:
        plant.line.engine.trials.watch_setup = ALWAYS
        plant.line.run()
        for camera in ("top", "side"):
            plant.offer(package, camera)
            plant.promote(package, camera=camera)
        assert plant.decided() == {3}
        yield plant
    finally:
        plant.close()


def test_a_package_that_is_rolled_back_for_one_camera_takes_none_out_of_another(
    two_cameras: Plant, package: ModelPackage
) -> None:
    """Both at once cannot be changed between two parts: the person is told, and the next start changes it."""
    assert "cannot run" in two_cameras.roll_back(package)
    stages = [two_cameras.stage(package, camera) for camera in ("top", "side")]
    assert (stages, two_cameras.decided()) == ([ROLLED_BACK, ACTIVE], {3})
    assert two_cameras.roll_back(package, camera="side") == ""


def test_what_the_station_takes_out_for_one_camera_stays_for_another(two_cameras: Plant, package: ModelPackage) -> None:
    candidate = two_cameras.line.engine.trials.candidate
    assert candidate is not None and candidate.camera_id == "side"
    two_cameras.line.engine.trials.roll_back(package.sha256, "too slow")
    two_cameras.wait(lambda: two_cameras.stage(package, "side") is ROLLED_BACK)
    assert (two_cameras.stage(package), two_cameras.decided()) == (ACTIVE, {2})
    assert two_cameras.revisions()[2] is RevisionState.ACTIVE
    check(two_cameras)


def test_a_recipe_that_changed_meanwhile_is_signed_for_anew(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    assert plant.sign("wang", package) == ""
    saved = plant.shelf.history("A17").text_of(1)
    assert saved is not None
    plant.line.engine.obey(SaveDraft("A17", with_revision(saved.text, 2), "a draft of somebody"))
    assert plant.sign("li", package) == ""
    assert (plant.stage(package), plant.state(package).signed_by) == (PROVED, ("li",))
    assert plant.sign("wang", package) == ""
    assert (plant.stage(package), plant.decided()) == (ACTIVE, {3})


def test_an_older_model_is_let_in_by_name_and_reason(plant: Plant, package: ModelPackage, other: ModelPackage) -> None:
    plant.publish(package)
    plant.offer(other)
    for path in (plant.channel / "v1" / "channels" / "stable").glob("00000002*"):
        path.unlink()
    plant.fetch()
    assert (plant.stage(package), len(plant.alarms("model_channel"))) == (REFUSED, 1)
    assert "no reason" in plant.sign("wang", package, allows_older=True, reason=" ")
    plant.promote(package, allows_older=True)
    assert (plant.stage(package), plant.decided()) == (ACTIVE, {2})
    assert "model_older_allowed" in [action for _, action, _ in plant.audited()]
    check(plant)


def test_a_stick_is_read_where_there_is_no_channel(tmp_path: Path, package: ModelPackage) -> None:
    (tmp_path / "station").mkdir()
    plant = open_plant(tmp_path / "station", has_channel=False)
    try:
        plant.publish(package)
        stick = Path(shutil.move(plant.channel, tmp_path / "stick"))
        plant.fetch()
        assert plant.line.refusals() == ["the station has no model channel"]
        plant.fetch(str(stick))
        assert plant.stage(package) is PROVED
    finally:
        plant.close()


def test_a_shadow_ends_without_a_word_of_alarm(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    assert plant.shadow(package) == ""
    assert plant.line.engine.trials.candidate is not None
    assert plant.stop_shadow(package) == ""
    assert plant.stage(package) is PROVED
    assert (plant.decided(), plant.alarms("model")) == ({1}, [])


def test_what_cannot_run_beside_the_line_is_taken_back(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    own = plant.folder / "packages" / package_name(plant, package)
    shutil.rmtree(own)
    assert "there is no model package" in plant.shadow(package)
    assert (plant.stage(package), plant.decided()) == (ROLLED_BACK, {1})


def package_name(plant: Plant, package: ModelPackage) -> str:
    room = plant.line.engine._setup.models
    assert isinstance(room, RolloutRoom)
    model = next(model for model in plant.ledger.models.models() if model.sha256 == package.sha256)
    return room.reference(model).package


def test_a_roll_back_needs_a_reason(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package)
    assert "no reason" in plant.roll_back(package, "")
    assert (plant.stage(package), plant.decided()) == (ACTIVE, {2})


def test_a_lead_may_roll_back_and_an_operator_may_not(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package)
    plant.line.sign_in("op")
    assert "do not allow this" in plant.roll_back(package)
    plant.line.sign_in("lead")
    assert plant.roll_back(package) == ""
    assert plant.audited()[-1] == ("lead", "model_rolled_back", "it misses dents")


def test_a_station_looks_at_its_channel_by_itself(
    tmp_path: Path, package: ModelPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_looks, "FIRST_LOOK_S", 0.0)
    (tmp_path / "station" / "channel").mkdir(parents=True)
    publish(FolderRemote(tmp_path / "station" / "channel"), Path(package.where), HERE, [KEY])
    with running_plant(tmp_path / "station") as plant:
        plant.wait(lambda: any(told.models for told in plant.line.heard.of(ModelsReported)))
        plant.wait(lambda: plant.stage(package) is PROVED)


def test_a_lost_channel_is_an_alarm_that_goes_by_itself(plant: Plant) -> None:
    away = plant.channel.rename(plant.folder / "away")
    plant.fetch()
    assert [alarm.what for alarm in plant.alarms("model_channel")] == ["the folder is not there"]
    away.rename(plant.channel)
    plant.fetch()
    assert plant.alarms("model_channel") == []


def make_active(plant: Plant, number: int) -> None:
    """By one person at the recipes' desk, and loaded."""
    plant.line.engine.pause()
    plant.line.engine.obey(ActivateRevision("A17", number, signature("wang"), "as it was"))
    plant.line.run()


def test_another_revision_made_active_by_hand_retires_the_model(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package)
    make_active(plant, 1)
    assert (plant.stage(package), plant.decided()) == (RETIRED, {1})
    make_active(plant, 2)
    assert (plant.stage(package), plant.decided()) == (ACTIVE, {2})
    check(plant)


def test_a_rolled_back_model_that_decides_again_is_an_alarm(plant: Plant, package: ModelPackage) -> None:
    plant.offer(package)
    plant.promote(package)
    assert plant.roll_back(package) == ""
    make_active(plant, 2)
    assert "it was rolled back" in plant.alarms("model")[0].what
    assert (plant.stage(package), plant.decided()) == (ROLLED_BACK, {2})
