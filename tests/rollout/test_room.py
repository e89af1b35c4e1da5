"""A station looks at a channel: only what a trusted key signed is fetched, only what holds in every respect is proved,
and each refusal is a sentence that stays."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.channel_look import ChannelLook
from station_app.core.errors import ConfigError, RemoteError
from station_app.core.model_messages import ModelStage
from station_app.core.recipe import Thresholds
from station_app.core.rollout_deeds import DeedKind, ModelDeed
from station_app.inference.package import ModelPackage, load_package
from station_app.rollout.key_statements import KeyStatement, publish_statement
from station_app.rollout.layout import channel_prefix, keys_prefix, member_key, offer_key
from station_app.rollout.offer import read_offer, sign_offer
from station_app.store.ledger import StationLedger
from station_app.store.model_keys import key_id
from station_app.store.verification import verify
from station_app.sync.folder_remote import FolderRemote
from tests.rollout.publishing import DRAFT, KEY, OFFER, OTHER_KEY
from tests.rollout.stations import Station, package_of, rewritten
from tests.store.records import ROOMY

OFFERED, REFUSED, PROVED = ModelStage.OFFERED, ModelStage.REFUSED, ModelStage.PROVED


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[StationLedger]:
    with closing(StationLedger(tmp_path / "station", ROOMY)) as ledger:
        yield ledger


@pytest.fixture
def station(ledger: StationLedger, tmp_path: Path) -> Station:
    return Station(tmp_path / "station", ledger)


@pytest.fixture
def package(tmp_path: Path) -> ModelPackage:
    return package_of(tmp_path / "new")


def as_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def refusal(station: Station, package: ModelPackage) -> str:
    """Why the package was refused."""
    station.look()
    model = station.model(package)
    assert model.stage is REFUSED
    return model.detail


def test_a_good_offer_is_fetched_and_proved(station: Station, package: ModelPackage) -> None:
    published = station.publish(package)
    look = station.look()
    assert look == ChannelLook("stable", str(station.channel), 1, published.offer.created_ms)
    model = station.model(package)
    assert (model.stage, model.offer.signed_by) == (PROVED, (key_id(KEY.public_bytes),))
    own = station.folder / "packages" / station.room.reference(model).package
    assert load_package(own, expected_sha256=package.sha256).sha256 == package.sha256
    assert verify(station.folder) == ()


def test_a_second_look_does_nothing(station: Station, package: ModelPackage) -> None:
    station.publish(package)
    station.look()
    before = station.model(package)
    station.look()
    station.reopened().look([station.recipe])
    assert station.model(package) == before


def test_the_golden_tensors_are_really_run(ledger: StationLedger, tmp_path: Path, package: ModelPackage) -> None:
    station = Station(tmp_path / "station", ledger, proves_really=True)
    expected = json.loads((Path(package.where) / "golden/000.json").read_bytes())
    expected["scores"]["values"][0] += 0.5
    rewritten(package, "golden/000.json", json.dumps(expected).encode())
    wrong = load_package(Path(package.where))
    station.publish(wrong)
    assert "scores is off by 0.5" in refusal(station, wrong)
    right = package_of(tmp_path / "right", "1.2.0")
    station.publish(right)
    station.look()
    assert station.stage(right) is PROVED


def test_without_a_key_nothing_is_taken(station: Station, package: ModelPackage) -> None:
    station.keys.retire(key_id(KEY.public_bytes))
    station.publish(package)
    assert "trusts no key" in station.look().faults[0]
    assert (station.ledger.models.models(), station.fetched()) == ((), [])


def test_a_wrong_key_is_passed_over_and_does_not_hide_the_right_one(station: Station, package: ModelPackage) -> None:
    station.publish(package)
    station.publish(package, replace(DRAFT, min_app="0.0.1"), OTHER_KEY)
    look = station.look()
    assert (look.number, station.stage(package)) == (1, PROVED)
    assert "which the station does not trust" in look.faults[0]


def test_a_tampered_offer_is_passed_over(station: Station, package: ModelPackage) -> None:
    path = station.channel / station.publish(package).key
    path.write_bytes(path.read_bytes().replace(b"0.4", b"0.1"))
    assert "its name is not that of its content" in station.look().faults[0]
    named = station.channel / offer_key("stable", 1, path.read_bytes())
    path.rename(named)
    assert "the signature does not hold" in station.look().faults[0]
    assert station.ledger.models.models() == ()


def test_an_offer_under_another_number_or_channel_is_passed_over(station: Station) -> None:
    for channel, number in (("stable", 8), ("other", 7)):
        body = sign_offer(replace(OFFER, channel=channel), [KEY])
        FolderRemote(station.channel).create(offer_key("stable", number, body), body)
    assert ["another place" in fault for fault in station.look().faults] == [True, True]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"), "has another hash than the offer says"),
        (lambda path: path.write_bytes(path.read_bytes()[:100]), "has another hash than the offer says"),
        (lambda path: path.unlink(), "is not there"),
        (lambda path: (path.rename(path.with_suffix(".old")), path.symlink_to(path.with_suffix(".old"))), "is a link"),
        (as_fifo, "no plain file"),
        (lambda path: os.truncate(path, 40 << 30), "is larger than"),
    ],
    ids=["tampered", "truncated", "missing", "symlink", "fifo", "huge"],
)
def test_a_member_that_is_not_the_offered_one_is_refused(
    station: Station, package: ModelPackage, spoil: object, sentence: str
) -> None:
    station.publish(package)
    spoil(station.channel / member_key(package.sha256, "model.onnx"))  # type: ignore[operator]
    assert sentence in refusal(station, package)
    assert station.fetched() == []


def test_what_was_refused_is_tried_again_when_a_person_asks(station: Station, package: ModelPackage) -> None:
    station.publish(package)
    member = station.channel / member_key(package.sha256, "model.onnx")
    body = member.read_bytes()
    member.write_bytes(b"spoilt")
    assert "another hash" in refusal(station, package)
    member.write_bytes(body)
    station.look()
    assert station.stage(package) is REFUSED
    station.look("wang")
    assert station.stage(package) is PROVED


def test_a_look_that_was_cut_short_goes_on(station: Station, package: ModelPackage) -> None:
    station.publish(package)
    away = station.channel / "v1" / "models"
    shutil.move(away, station.folder / "away")
    half = station.folder / "packages" / ".half-old"
    half.mkdir(parents=True)

    class Lost(FolderRemote):
        def read_within(self, key: str, most_bytes: int) -> bytes | None:
            if key.startswith("v1/models"):
                raise RemoteError("the stick is gone")
            return super().read_within(key, most_bytes)

    station.room = station.reopened(open_store=lambda: Lost(station.channel))
    with pytest.raises(RemoteError):
        station.look()
    assert station.stage(package) is OFFERED
    shutil.move(station.folder / "away", away)
    station.room = station.reopened()
    station.look()
    assert (station.stage(package), len(station.fetched())) == (PROVED, 1)


def test_a_package_that_was_damaged_here_is_fetched_again(station: Station, package: ModelPackage) -> None:
    station.publish(package)
    station.look()
    own = station.folder / "packages" / station.room.reference(station.model(package)).package
    (own / "model.onnx").write_bytes(b"spoilt")
    station.publish(package)
    station.look()
    assert station.stage(package) is PROVED
    load_package(own, expected_sha256=package.sha256)


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (replace(DRAFT, min_app="99.0"), "it needs version 99.0"),
        (replace(DRAFT, thresholds=(("dent", Thresholds(0.4, 0.6)),)), "for other labels thresholds were offered"),
    ],
)
def test_an_offer_that_does_not_fit_is_refused(
    station: Station, package: ModelPackage, draft: object, sentence: str
) -> None:
    station.publish(package, draft)  # type: ignore[arg-type]
    assert sentence in refusal(station, package)


def test_a_model_that_does_not_know_the_recipes_labels_is_refused(station: Station, tmp_path: Path) -> None:
    other = package_of(tmp_path / "other", labels=("dent",))
    station.publish(other)
    assert "no model of its cameras ever reports it" in refusal(station, other)


def test_an_offer_for_others_is_none_of_ours(station: Station, package: ModelPackage) -> None:
    for draft in (
        replace(DRAFT, recipe="lid"),
        replace(DRAFT, camera="side"),
        replace(DRAFT, stations=("s2", "s3")),
    ):
        station.publish(package, draft)
    look = station.look()
    assert (look.number, look.faults, station.ledger.models.models()) == (3, (), ())
    station.publish(package, replace(DRAFT, stations=("s1",)))
    station.look()
    assert station.stage(package) is PROVED


def test_only_the_newest_is_taken(station: Station, package: ModelPackage, tmp_path: Path) -> None:
    newer = package_of(tmp_path / "newer", "1.2.0")
    station.publish(package)
    station.publish(newer)
    station.look()
    assert [(model.sha256, model.stage) for model in station.ledger.models.models()] == [(newer.sha256, PROVED)]


def test_a_channel_that_was_set_back_is_said_and_nothing_goes_back(
    station: Station, package: ModelPackage, tmp_path: Path
) -> None:
    newer = package_of(tmp_path / "newer", "1.2.0")
    station.publish(package)
    newest = station.publish(newer)
    station.look()
    (station.channel / newest.key).unlink()
    look = station.look()
    assert "number 1, and number 2 was there: it was set back" in look.faults[0]
    model = station.model(package)
    assert model.stage is REFUSED
    assert "number 1 is older than number 2" in model.detail


def test_a_named_person_lets_an_older_one_in(station: Station, package: ModelPackage, tmp_path: Path) -> None:
    newer = package_of(tmp_path / "newer", "1.2.0")
    station.publish(package)
    newest = station.publish(newer)
    station.look()
    (station.channel / newest.key).unlink()
    station.look()
    older = station.model(package)
    deed = ModelDeed(DeedKind.OLDER_ALLOWED, *older.key, "wang", "the newer one misses dents", 5)
    station.ledger.models.record([deed]).result()
    station.room.prove(station.model(package), station.recipe)
    assert station.stage(package) is PROVED


def test_two_offers_of_one_number_for_one_camera_are_none(
    station: Station, package: ModelPackage, tmp_path: Path
) -> None:
    station.publish(package)
    other = package_of(tmp_path / "other", "1.2.0")
    rival = replace(station.publish(other).offer, number=1)
    body = sign_offer(rival, [KEY])
    for path in (station.channel / channel_prefix("stable")).glob("00000002*"):
        path.unlink()
    FolderRemote(station.channel).create(offer_key("stable", 1, body), body)
    look = station.look()
    assert "two offers for camera top of recipe housing bear the number 1" in look.faults[0]
    assert station.ledger.models.models() == ()


def test_a_channel_that_is_not_there_is_a_sentence(station: Station) -> None:
    shutil.rmtree(station.channel)
    with pytest.raises(RemoteError, match="not there"):
        station.look()
    with pytest.raises(ConfigError, match="no model channel"):
        station.reopened(open_store=None).look([station.recipe])


def test_a_channel_that_brings_nothing_new_is_said(station: Station, package: ModelPackage) -> None:
    station.publish(package)
    path = next((station.channel / channel_prefix("stable")).iterdir())
    old = replace(read_offer(path.read_bytes(), station.keys.now(), "here").offer, created_ms=1_700_000_000_000)
    path.unlink()
    body = sign_offer(old, [KEY])
    FolderRemote(station.channel).create(offer_key("stable", 1, body), body)
    assert station.look().faults == ()
    (fault,) = station.reopened(stale_days=30.0).look([station.recipe]).faults
    assert "the newest offer of channel stable is" in fault
    assert station.reopened(stale_days=9_000.0).look([station.recipe]).faults == ()


def test_a_stick_is_looked_at_by_its_folder(station: Station, package: ModelPackage, tmp_path: Path) -> None:
    station.publish(package)
    stick = tmp_path / "stick"
    shutil.move(station.channel, stick)
    look = station.room.look([station.recipe], folder=str(stick), person="wang")
    assert (look.where, station.stage(package)) == (str(stick), PROVED)


def statement(number: int, introduces: tuple[bytes, ...] = (), retires: tuple[str, ...] = ()) -> KeyStatement:
    return KeyStatement("stable", number, 1_700_000_000_000, introduces, retires)


def test_keys_are_changed_by_statements_of_trusted_ones(station: Station, package: ModelPackage) -> None:
    channel, old = FolderRemote(station.channel), key_id(KEY.public_bytes)
    publish_statement(channel, statement(1, (OTHER_KEY.public_bytes,)), [KEY])
    station.publish(package, signer=OTHER_KEY)
    station.look()
    assert (station.stage(package), len(station.keys.now())) == (PROVED, 2)
    publish_statement(channel, statement(2, retires=(old,)), [OTHER_KEY])
    assert station.look().faults == ()
    assert list(station.keys.now()) == [key_id(OTHER_KEY.public_bytes)]
    assert [(what, key) for what, key, _ in station.notes] == [
        ("key_trusted", key_id(OTHER_KEY.public_bytes)),
        ("key_retired", old),
    ]
    assert f"signed by {old}" in station.notes[0][2]


def test_a_retired_or_unknown_key_introduces_nobody(station: Station) -> None:
    channel = FolderRemote(station.channel)
    publish_statement(channel, statement(1, (bytes(range(2, 34)),)), [OTHER_KEY])
    assert "which the station does not trust" in station.look().faults[0]
    station.keys.add(OTHER_KEY.public_bytes)
    station.keys.retire(key_id(OTHER_KEY.public_bytes))
    assert "a key that is retired" in station.look().faults[0]
    assert list(station.keys.now()) == [key_id(KEY.public_bytes)]


def test_a_statement_that_is_not_taken_stops_nothing_else(station: Station, package: ModelPackage) -> None:
    station.publish(package)
    huge = station.channel / keys_prefix("stable") / f"00000001.{'0' * 16}.json"
    huge.parent.mkdir()
    huge.touch()
    os.truncate(huge, 1 << 30)
    look = station.look()
    assert station.stage(package) is PROVED
    assert ["is larger than" in fault for fault in look.faults] == [True]
