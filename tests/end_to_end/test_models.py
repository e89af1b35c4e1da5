"""The real program: a key is trusted, a model is published, fetched and proved, two people promote it over the engine's
connection while the line runs, and it is rolled back."""

import io
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.config import DEMO_CONFIG, read_config, read_recipe
from station_app.core.messages import CommandRefused, Event, PartInspected, StationDescribed
from station_app.core.model_messages import ModelsReported, ModelStage, PromoteModel, RollBackModel
from station_app.core.people import Person, Role, SecretKind, Signature
from station_app.core.people_messages import AddPerson, PeopleListed, SessionChanged, SetUpAdministrator, SignInWith
from station_app.engine.client import EngineClient
from station_app.inference.package import load_package
from station_app.rollout.publish import OfferDraft, publish
from station_app.store.model_keys import read_publishing_key
from station_app.store.verification import verify
from station_app.sync.folder_remote import FolderRemote
from tests.end_to_end.programs import PATIENCE_S, connected, end_engine, heard, run_program, started_program

PASSWORD = "a long password"
STAFF = (Person("wang", "Wang", Role.ENGINEER), Person("li", "Li", Role.QUALITY))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Of the demo line, with a channel on a share."""
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "share").mkdir()
    demo = DEMO_CONFIG.read_text(encoding="utf-8")
    for name in ("recipes", "packages"):
        demo = demo.replace(f'{name} = "', f'{name} = "{DEMO_CONFIG.parent.as_posix()}/')
    channel = f'\n[models]\nstore = "folder:{(tmp_path / "share").as_posix()}"\nevery_minutes = 10000\n'
    (folder / "station.toml").write_text(demo + channel, encoding="utf-8")
    return folder


def newer_package(folder: Path) -> Path:
    """The demo's model as a later version of itself: another package."""
    config = read_config(DEMO_CONFIG)
    shutil.copytree(config.packages / read_recipe(config.recipes, "housing").cameras[0].model.package, folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["version"] = "99.0.0"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def hire(client: EngineClient) -> None:
    client.send(SetUpAdministrator("boss", "The Boss", PASSWORD))
    heard(client, SessionChanged, lambda event: event.name == "boss")
    for person in STAFF:
        client.send(AddPerson(person, PASSWORD, "", "", Signature("boss", PASSWORD), "new here"))
    heard(client, PeopleListed, lambda event: len(event.people) == 1 + len(STAFF))


def promotion(sha256: str, name: str) -> PromoteModel:
    return PromoteModel(sha256, "housing", "top", 1.0, Signature(name, PASSWORD), reason="fewer escapes")


def hear_all(client: EngineClient, *wanted: Callable[[Event], bool]) -> None:
    """Events that are all right come, in whatever order."""
    missing = list(wanted)
    until = time.monotonic() + PATIENCE_S
    while missing:
        assert time.monotonic() < until, f"{len(missing)} never came"
        event = client.receive(0.5)
        missing = [is_right for is_right in missing if event is None or not is_right(event)]


def stands(stage: ModelStage, *signed_by: str) -> Callable[[Event], bool]:
    """The newest package stands so."""
    return lambda event: (
        isinstance(event, ModelsReported) and (event.models[0].stage, event.models[0].signed_by) == (stage, signed_by)
    )


def runs(sha256: str, *, is_so: bool = True) -> Callable[[Event], bool]:
    """The line decides by this package, or by another."""
    return lambda event: isinstance(event, StationDescribed) and (event.model_hash == sha256) is is_so


def test_a_model_comes_to_the_station_and_goes_again(
    tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ["--data-dir", str(data_dir)]
    key = tmp_path / "plant.key"
    assert main(["models", "keys", "make", str(key)]) == 0
    with started_program("engine", *data) as engine:
        with connected(data_dir) as client:
            hire(client)
        end_engine(data_dir)
        engine.wait(40)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["models", "keys", "add", f"{key}.pub", "--by", "boss", "--reason", "the plant's key", *data]) == 0
    package = newer_package(tmp_path / "package")
    sha256 = load_package(package).sha256
    draft = OfferDraft("stable", "housing", "top", "0.1.0")
    publish(FolderRemote(tmp_path / "share"), package, draft, [read_publishing_key(key)])
    with started_program("engine", *data) as engine:
        with connected(data_dir) as client:
            client.send(SignInWith("wang", SecretKind.PASSWORD, PASSWORD))
            heard(client, SessionChanged, lambda event: event.role is Role.ENGINEER)
            told = run_program("models", "fetch", *data)
            assert f"({sha256[:12]}) for housing/top is proved" in told.stdout, told
            heard(client, PartInspected)
            client.send(promotion(sha256, "wang"))
            hear_all(client, stands(ModelStage.PROVED, "wang"))
            client.send(promotion(sha256, "wang"))
            assert "has the signature of wang already" in heard(client, CommandRefused).what
            client.send(promotion(sha256, "li"))
            hear_all(client, stands(ModelStage.ACTIVE, "wang", "li"), runs(sha256))
            heard(client, PartInspected)
            client.send(RollBackModel(sha256, "housing", "top", "only a rehearsal"))
            hear_all(client, stands(ModelStage.ROLLED_BACK), runs(sha256, is_so=False))
            heard(client, PartInspected)
        end_engine(data_dir)
        engine.wait(40)
    assert verify(data_dir) == ()
    assert "rolled_back" in run_program("models", "list", *data).stdout
    listed = run_program("audit", *data, "--who", "boss").stdout
    assert "key_trusted" in listed and "the plant's key" in listed
