"""`station-app models` while no engine runs: what was offered, a stick, an offer's file, the keys."""

import io
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.config import DEMO_CONFIG, read_config, read_recipe
from station_app.core.people import Person, Role, SecretKind
from station_app.rollout.publish import publish
from station_app.store.ledger import StationLedger
from station_app.store.model_keys import TrustedKeys, key_id
from station_app.sync.folder_remote import FolderRemote
from tests.end_to_end.test_models import newer_package
from tests.rollout.publishing import KEY, OTHER_KEY, meant_for, small_package
from tests.store.records import ROOMY

Say = Callable[..., tuple[int, str]]
PUBLIC, ID = KEY.public_bytes.hex(), key_id(KEY.public_bytes)
BECAUSE = ("--reason", "the plant's key")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that the station has used."""
    folder = tmp_path / "data"
    StationLedger(folder, ROOMY).close()
    return folder


@pytest.fixture
def say(folder: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*words: str | Path) -> tuple[int, str]:
        data = () if "make" in words else ("--data-dir", str(folder))
        status = main(["models", *map(str, words), *data])
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """With an offer for the demo line."""
    stick = tmp_path / "stick"
    stick.mkdir()
    publish(FolderRemote(stick), newer_package(tmp_path / "package"), meant_for("housing", "top"), [KEY])
    return stick


def offer_of(stick: Path) -> Path:
    return next((stick / "v1" / "channels" / "stable").iterdir())


def test_keys_are_trusted_listed_and_retired(say: Say) -> None:
    none = "no key is trusted, so no model is taken: station-app models keys add\n"
    assert say("keys", "list") == (0, none)
    assert say("keys", "add", PUBLIC, *BECAUSE)[0] == 0
    assert say("keys", "list") == (0, f"{ID}  trusted  {PUBLIC}\n")
    assert say("keys", "retire", ID, *BECAUSE)[0] == 0
    assert say("keys", "list") == (0, f"{none}{ID}  retired  {PUBLIC}\n")
    assert "this key is retired" in say("keys", "add", PUBLIC, *BECAUSE)[1]


def test_a_station_that_has_seen_no_model_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--data-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "no model was offered to this station yet\n"


def test_a_change_of_keys_is_audited_and_a_failed_one_is_not(
    say: Say, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say("keys", "add", PUBLIC, *BECAUSE)
    assert say("keys", "retire", "0" * 16, *BECAUSE)[0] == 1
    main(["audit", "--data-dir", str(folder)])
    listed = capsys.readouterr().out
    assert f"key_trusted  key {ID}" in listed and 'because "the plant\'s key"' in listed
    assert "key_retired" not in listed


@pytest.mark.parametrize("wrong", ["12", "zz" * 32, "é"])
def test_what_is_no_key_is_refused(say: Say, wrong: str) -> None:
    status, told = say("keys", "add", wrong, *BECAUSE)
    assert (status, "this is no public key" in told) == (1, True)


def test_only_an_administrator_changes_keys(say: Say, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(StationLedger(folder, ROOMY)) as ledger:
        for name, role in (("boss", Role.ADMIN), ("wang", Role.ENGINEER)):
            ledger.roster.add(Person(name, name, role), {SecretKind.PASSWORD: "a long password"}, "station", "first")
    assert "the name or the password is wrong" in say("keys", "add", PUBLIC, *BECAUSE)[1]
    for name, password, sentence in (
        ("boss", "wrong", "the name or the password is wrong"),
        ("wang", "a long password", "only an administrator"),
        ("boss", "a long password", "is trusted from now on"),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        assert sentence in say("keys", "add", PUBLIC, "--by", name, *BECAUSE)[1]
    assert list(TrustedKeys(folder).now()) == [ID]


def test_keys_are_changed_while_the_station_is_closed(say: Say, folder: Path) -> None:
    with closing(StationLedger(folder, ROOMY)):
        status, told = say("keys", "add", PUBLIC, *BECAUSE)
    assert (status, "another program" in told or "open" in told) == (1, True), told


def test_a_publishers_key_is_made_once(say: Say, tmp_path: Path) -> None:
    key = tmp_path / "plant.key"
    assert say("keys", "make", key)[0] == 0
    assert "a file of this name" in say("keys", "make", key)[1]
    assert say("keys", "add", f"{key}.pub", *BECAUSE)[0] == 0


def test_a_stick_is_imported_and_the_list_tells_it(say: Say, stick: Path) -> None:
    say("keys", "add", PUBLIC, *BECAUSE)
    status, told = say("import", stick)
    assert (status, "for housing/top is proved" in told) == (0, True), told
    listed = say("list")[1]
    assert "housing/top" in listed and "proved" in listed
    assert "channel stable: newest offer 1 of 20" in listed


def test_a_stick_without_a_trusted_key_brings_nothing(say: Say, stick: Path) -> None:
    status, told = say("import", stick)
    assert status == 0
    assert "NOTE the station trusts no key" in told and "no model was offered" in told


def test_without_a_channel_nothing_is_fetched(say: Say) -> None:
    status, told = say("fetch")
    assert (status, "the station has no model channel" in told) == (1, True)


def test_an_offer_says_what_it_offers(say: Say, stick: Path) -> None:
    assert "the station trusts no key" in say("offer-info", offer_of(stick))[1]
    say("keys", "add", PUBLIC, *BECAUSE)
    status, told = say("offer-info", offer_of(stick))
    assert status == 0
    package = read_recipe(read_config(DEMO_CONFIG).recipes, "housing").cameras[0].model.package
    assert f"package {package} 99.0.0" in told and f"signed by {ID}" in told


def test_an_offer_of_somebody_else_is_refused(say: Say, tmp_path: Path) -> None:
    publish(FolderRemote(tmp_path), Path(small_package(tmp_path).where), meant_for("a", "top"), [OTHER_KEY])
    say("keys", "add", PUBLIC, *BECAUSE)
    status, told = say("offer-info", offer_of(tmp_path))
    assert (status, "which the station does not trust" in told) == (1, True)
    assert "cannot be read" in say("offer-info", tmp_path / "none.json")[1]
