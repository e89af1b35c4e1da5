"""The accepted package in the channel: found by its number, signed, whole, and offered once."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.core.errors import ConfigError
from station_app.core.recipe import Thresholds
from station_app.inference.package import load_package
from station_app.retrain.finish import STATEMENT
from station_app.retrain.plan_toml import read_plan
from station_app.retrain.steps import Retraining, run_step
from station_app.rollout.layout import member_key
from station_app.rollout.offer import read_offer
from station_app.rollout.sealed import unseal
from station_app.store.model_keys import key_id, public_of
from tests.retrain.plant import Plant, write_plan
from tests.retrain.test_steps import open_folder, run_until, silent
from tests.sync import seaweed


@pytest.fixture(scope="module")
def published(plant: Plant) -> Retraining:
    folder = plant.root / "published"
    folder.mkdir()
    (folder / "channel").mkdir()
    assert main(["retrain", "key", str(folder / "signing.key")]) == 0
    offer = """[offer]
recipe = "housing"
camera = "top"
channel = "stable"
store = "folder:channel"
key = "signing.key"
stations = ["s1"]
[offer.thresholds]
line = {review = 0.4, fail = 0.6}"""
    at = Retraining(read_plan(write_plan(folder, plant, {"[offer]": offer})), silent, open_folder)
    run_until("publish", at)
    return at


def trusted(at: Retraining) -> dict[str, bytes]:
    """The key, as a station would be told to trust it."""
    assert at.plan.offer is not None
    public = public_of(at.plan.offer.key.with_name("signing.key.pub").read_text())
    return {key_id(public): public}


def test_a_station_that_trusts_the_key_reads_the_offer(published: Retraining, plant: Plant) -> None:
    channel = published.plan.work.parent / "channel"
    record = published.work.read("publish")
    assert record is not None
    signed = read_offer((channel / record.facts["key"]).read_bytes(), trusted(published), "channel")
    package = load_package(published.work.package)
    assert signed.offer.number == 1
    assert signed.offer.package.sha256 == package.sha256
    assert signed.offer.replaces == load_package(plant.weak).sha256
    assert dict(signed.offer.thresholds)["line"] == Thresholds(0.4, 0.6)
    assert signed.offer.thresholds == package.manifest.thresholds
    assert signed.offer.evaluation["candidate"]["thresholds"]["line"] == {"review": 0.4, "fail": 0.6}
    assert signed.offer.dataset == record.inputs.get("dataset", signed.offer.dataset)
    assert signed.offer.stations == ("s1",)
    assert (channel / member_key(package.sha256, "model.onnx")).read_bytes() == package.model


def test_an_offer_whose_record_was_lost_is_not_made_twice(published: Retraining) -> None:
    published.work.clear("publish", ())
    assert run_step("publish", published).record.facts["was_there"]
    channel = published.plan.work.parent / "channel" / "v1" / "channels" / "stable"
    assert len(list(channel.glob("*.json"))) == 1


def test_the_signed_statement_names_package_and_evaluation(published: Retraining) -> None:
    sealed = unseal(STATEMENT, published.work.statement.read_bytes(), trusted(published), "statement")
    stated = json.loads(sealed.text)
    assert stated["package"] == load_package(published.work.package).sha256
    assert stated["evaluation"] == published.work.read("gate").inputs["evaluation"]  # type: ignore[union-attr]


def test_the_key_is_its_owners_alone_and_never_written_over(
    published: Retraining, capsys: pytest.CaptureFixture[str]
) -> None:
    assert published.plan.offer is not None
    key = published.plan.offer.key
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert main(["retrain", "key", str(key)]) == 1
    assert "a file of this name already" in capsys.readouterr().err


def test_without_its_key_nothing_is_signed(published: Retraining) -> None:
    assert published.plan.offer is not None
    keyless = replace(published.plan.offer, key=published.plan.work / "no.key")
    with pytest.raises(ConfigError, match="no key for signing models"):
        run_step("sign", replace(published, plan=replace(published.plan, offer=keyless)))


def test_it_is_offered_in_an_object_store_by_the_command(
    published: Retraining, plant: Plant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("obstore", reason="the extra [sync] is not installed")
    if not seaweed.program():
        pytest.skip(f"no SeaweedFS: {seaweed.PROGRAM_VARIABLE} names no program")
    assert published.plan.offer is not None
    with seaweed.running(tmp_path / "weed") as server:
        server.make_bucket("channels")
        settings = tmp_path / "store.toml"
        settings.write_text("".join(f'{name} = "{value}"\n' for name, value in server.settings.items()))
        settings.chmod(0o600)
        offer = f"""[offer]
recipe = "housing"
camera = "top"
store = "s3://channels"
settings = "store.toml"
allow_http = true
key = "{published.plan.offer.key}"
stations = ["s1"]
[offer.thresholds]
line = {{review = 0.4, fail = 0.6}}"""
        plan = write_plan(tmp_path, plant, {"[offer]": offer})
        words = ["retrain", "publish", str(plan), "--work", str(published.work.path)]
        assert main(words) == 0
        told = capsys.readouterr().out
        assert main(words) == 0
    assert "number: 1" in told
    assert "key: v1/channels/stable/00000001." in told
    assert "publish: skipped" in capsys.readouterr().out
