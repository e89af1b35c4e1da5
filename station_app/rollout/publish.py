"""Putting a model into a channel: the package's members first, the offer last, so that who reads an offer finds all of
its package. Run by a publisher, never by a station.
"""

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from station_app.core.errors import RemoteError
from station_app.core.recipe import Thresholds
from station_app.inference.archive import read_members
from station_app.inference.manifest import MANIFEST
from station_app.inference.package import load_package
from station_app.rollout.layout import channel_prefix, member_key, numbered, offer_key
from station_app.rollout.offer import Offer, OfferedPackage, sign_offer
from station_app.rollout.sealed import Signer, refusal
from station_app.sync.remote import Put, Remote

_MOST_TRIES = 20


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """All of an offer but its number, its time and its package; see `Offer`. Without `thresholds` those of the
    package's own manifest are offered."""

    channel: str
    recipe: str
    camera: str
    min_app: str
    thresholds: tuple[tuple[str, Thresholds], ...] = ()
    replaces: str = ""
    dataset: str = ""
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """The offer as it lies in the channel under `key`. `lost` are numbers that another publisher took at the same time:
    what we offered under them is offered again under this one."""

    offer: Offer
    key: str
    lost: tuple[int, ...] = ()


def publish(remote: Remote, package: Path, draft: OfferDraft, signers: Sequence[Signer]) -> Published:
    """Offer the package, a folder or zip, under the next number. May be repeated after it was cut short: members that
    lie there are left. ModelPackageError where the package or the draft is none; RemoteError where the store fails."""
    offered, members, thresholds, golden = _read_package(package)
    offer = Offer(
        channel=draft.channel,
        number=1,
        created_ms=time.time_ns() // 1_000_000,
        recipe=draft.recipe,
        camera=draft.camera,
        package=offered,
        thresholds=draft.thresholds or thresholds,
        min_app=draft.min_app,
        golden=golden,
        replaces=draft.replaces,
        dataset=draft.dataset,
        evaluation=draft.evaluation,
        stations=draft.stations,
    )
    sign_offer(offer, signers)  # nothing is written for one that is wrong
    _put_members(remote, offered.sha256, members)
    return _put_offer(remote, offer, signers)


def _read_package(
    path: Path,
) -> tuple[OfferedPackage, dict[str, bytes], tuple[tuple[str, Thresholds], ...], int]:
    package, members = load_package(path), read_members(path)
    manifest = package.manifest
    hashes = tuple((name, hashlib.sha256(body).hexdigest()) for name, body in sorted(members.items()))
    if dict(hashes)[MANIFEST] != package.sha256:
        raise refusal("the package was changed while it was read", str(path), "publish it again")
    offered = OfferedPackage(manifest.name, manifest.version, package.sha256, hashes)
    return offered, members, manifest.thresholds, len(package.golden)


def _put_members(remote: Remote, package_sha256: str, members: Mapping[str, bytes]) -> None:
    for name, body in members.items():
        key = member_key(package_sha256, name)
        if remote.create(key, body) is Put.EXISTED and remote.read(key) != body:
            what = "another object lies where a member of the package belongs"
            raise RemoteError(what, where=f"{remote.where}, {key}", remedy="find out who wrote it, and remove it")


def _put_offer(remote: Remote, offer: Offer, signers: Sequence[Signer]) -> Published:
    """Each object's name holds its hash, so two publishers may write one number: both see it then, and go on to
    numbers that are not the same again."""
    number, lost = _highest(remote, offer.channel) + 1, list[int]()
    for _ in range(_MOST_TRIES):
        numbered_offer = replace(offer, number=number)
        body = sign_offer(numbered_offer, signers)
        key = offer_key(offer.channel, number, body)
        remote.create(key, body)
        rivals = [name for taken, name in _numbers(remote, offer.channel) if taken == number]
        if rivals in ([], [key]):
            return Published(numbered_offer, key, tuple(lost))
        lost.append(number)
        number = max(number, _highest(remote, offer.channel)) + 1 + sorted({*rivals, key}).index(key)
    raise RemoteError("others publish into this channel all the time", where=remote.where, remedy="publish it again")


def _highest(remote: Remote, channel: str) -> int:
    return max((number for number, _ in _numbers(remote, channel)), default=0)


def _numbers(remote: Remote, channel: str) -> tuple[tuple[int, str], ...]:
    prefix = channel_prefix(channel)
    return numbered(remote.names(prefix), prefix)
