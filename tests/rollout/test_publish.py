"""Publishing: the package first, the offer last, and no number that two offers of one camera share in silence."""

from pathlib import Path

import pytest

from station_app.core.errors import ModelPackageError, RemoteError
from station_app.rollout.layout import channel_prefix, member_key, numbered, offer_key
from station_app.rollout.offer import read_offer, sign_offer
from station_app.rollout.publish import publish
from station_app.store.model_keys import key_id
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.remote import Put
from tests.rollout.publishing import DRAFT, KEY, OFFER, small_package

TRUSTED = {key_id(KEY.public_bytes): KEY.public_bytes}


class Channel(FolderRemote):
    """Notes in which order objects come, and can be cut short, or let another publisher in between."""

    def __init__(self, folder: Path, after: int = 1_000) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(folder)
        self.created: list[str] = []
        self.rival: tuple[str, bytes] | None = None
        self._left = after

    def create(self, key: str, body: bytes) -> Put:
        if not self._left:
            raise RemoteError("the link is gone")
        self._left -= 1
        self.created.append(key)
        if self.rival is not None and key.startswith(channel_prefix(DRAFT.channel)):
            (rival, text), self.rival = self.rival, None
            super().create(rival, text)
        return super().create(key, body)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return Path(small_package(tmp_path).where)


def test_the_offer_comes_last_and_can_be_read(tmp_path: Path, package: Path) -> None:
    channel = Channel(tmp_path / "channel")
    published = publish(channel, package, DRAFT, [KEY])
    assert channel.created[-1] == published.key
    body = channel.read(published.key)
    assert body is not None
    offer = read_offer(body, TRUSTED, "here").offer
    assert (offer, offer.number, published.lost) == (published.offer, 1, ())
    for name, _ in offer.package.members:
        assert channel.read(member_key(offer.package.sha256, name)) == (package / name).read_bytes()


def test_the_next_number_is_the_highest_and_one(tmp_path: Path, package: Path) -> None:
    channel = Channel(tmp_path / "channel")
    assert [publish(channel, package, DRAFT, [KEY]).offer.number for _ in range(3)] == [1, 2, 3]


def test_what_was_cut_short_offers_nothing_and_is_published_again(tmp_path: Path, package: Path) -> None:
    for after in range(4):
        channel = Channel(tmp_path / f"channel{after}", after)
        with pytest.raises(RemoteError):
            publish(channel, package, DRAFT, [KEY])
        assert not channel.names(channel_prefix(DRAFT.channel))
        assert publish(Channel(tmp_path / f"channel{after}"), package, DRAFT, [KEY]).offer.number == 1


def test_who_finds_the_number_taken_goes_on_to_another_and_knows(tmp_path: Path, package: Path) -> None:
    channel = Channel(tmp_path / "channel")
    rival = sign_offer(OFFER, [KEY])
    channel.rival = (offer_key(DRAFT.channel, 1, rival), rival)
    published = publish(channel, package, DRAFT, [KEY])
    assert published.lost == (1,)
    assert published.offer.number > 1
    prefix = channel_prefix(DRAFT.channel)
    held = [number for number, _ in numbered(channel.names(prefix), prefix) if number == published.offer.number]
    assert len(held) == 1


def test_a_damaged_package_is_not_published(tmp_path: Path, package: Path) -> None:
    (package / "model.onnx").write_bytes(b"another")
    channel = Channel(tmp_path / "channel")
    with pytest.raises(ModelPackageError):
        publish(channel, package, DRAFT, [KEY])
    assert not channel.created


def test_another_object_in_a_members_place_stops_it(tmp_path: Path, package: Path) -> None:
    channel = Channel(tmp_path / "channel")
    sha256 = publish(channel, package, DRAFT, [KEY]).offer.package.sha256
    (tmp_path / "channel" / member_key(sha256, "model.onnx")).write_bytes(b"another")
    with pytest.raises(RemoteError, match="another object"):
        publish(channel, package, DRAFT, [KEY])
