"""An offer of a model: which package, for which camera of which recipe, with which thresholds, and what it was compared
with. Made and signed by a publisher, read by stations; docs/sync.md describes its JSON.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from station_app.core.recipe import Thresholds
from station_app.inference.archive import MAX_MEMBERS
from station_app.inference.manifest import MANIFEST, MEMBER_NAME, MODEL
from station_app.rollout.sealed import Signer, canonical, canonical_table, refusal, seal, unseal

SCHEMA = 1
KIND = "offer"
CHANNEL = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
"""Of channels and stations: they become names of objects."""
LARGEST_NUMBER = 99_999_999
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
_LONGEST_NAME = 200
_KEYS = {
    "schema", "channel", "number", "created_at", "recipe", "camera", "package", "replaces", "thresholds", "min_app",
    "dataset", "evaluation", "golden", "stations",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferedPackage:
    """A package by its hash (that of its manifest), and the SHA-256 of each of its members, the manifest included."""

    name: str
    version: str
    sha256: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """`number` is that of the channel, from 1. `created_ms` is UTC. `replaces` is the package hash of the champion that
    the package was compared with, "" for none; `dataset` the hash of the manifest that it was trained on, likewise.
    `evaluation` are the figures of that comparison, as JSON. `golden` counts the golden tensors. `stations` are those
    that it is meant for, none where it is for all."""

    channel: str
    number: int
    created_ms: int
    recipe: str
    camera: str
    package: OfferedPackage
    thresholds: tuple[tuple[str, Thresholds], ...]
    min_app: str
    golden: int
    replaces: str = ""
    dataset: str = ""
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    stations: tuple[str, ...] = ()

    def is_for(self, station: str) -> bool:
        return not self.stations or station in self.stations


@dataclass(frozen=True, slots=True)
class SignedOffer:
    """An offer as it was read: `signed_by` are the ids of the trusted keys whose signatures hold, `sha256` is the hash
    of its object."""

    offer: Offer
    signed_by: tuple[str, ...]
    sha256: str


def sign_offer(offer: Offer, signers: Sequence[Signer]) -> bytes:
    """The object to publish. ModelPackageError where the offer is none that a station would take."""
    text = offer_text(offer)
    parse_offer(text, "the offer")
    return seal(KIND, text, signers)


def read_offer(body: bytes, trusted: Mapping[str, bytes], where: str) -> SignedOffer:
    """The offer in an object, of which nothing is read before its signature by a key of `trusted` holds.
    ModelPackageError, in one sentence, where it is not to be trusted."""
    sealed = unseal(KIND, body, trusted, where)
    return SignedOffer(parse_offer(sealed.text, where), sealed.signed_by, hashlib.sha256(body).hexdigest())


def offer_text(offer: Offer) -> str:
    """The canonical JSON text that is signed."""
    package = offer.package
    members = dict(package.members)
    table = {
        "schema": SCHEMA,
        "channel": offer.channel,
        "number": offer.number,
        "created_at": utc_text(offer.created_ms),
        "recipe": offer.recipe,
        "camera": offer.camera,
        "package": {"name": package.name, "version": package.version, "sha256": package.sha256, "members": members},
        "replaces": offer.replaces,
        "thresholds": {label: {"review": at.review, "fail": at.fail} for label, at in offer.thresholds},
        "min_app": offer.min_app,
        "dataset": offer.dataset,
        "evaluation": dict(offer.evaluation),
        "golden": offer.golden,
        "stations": list(offer.stations),
    }
    return canonical(table)


def parse_offer(text: str, where: str) -> Offer:
    """The offer that a text says, each of its members checked. ModelPackageError where one is wrong."""
    table = canonical_table(text, where)
    if table.get("schema") != SCHEMA:
        raise refusal(f"the offer has schema {table.get('schema')!r}, this version reads {SCHEMA}", where, "update")
    _need(table.keys() == _KEYS, "its members are not those of an offer", where)
    try:
        return _offer_of(table, where)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise refusal(f"the offer cannot be read, {error!r}", where) from error


def app_version(text: str) -> tuple[int, ...]:
    """A version to compare by. ValueError where it is none."""
    if not _VERSION.fullmatch(text):
        raise ValueError(f"{text!r} is no version")
    return tuple(int(part) for part in text.split("."))


def utc_text(at_ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601, UTC."""
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_ms_of(text: str) -> int:
    """The reverse. ValueError where it is no such text."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    at_ms = round(at.timestamp() * 1000)
    if utc_text(at_ms) != text:
        raise ValueError("no time in UTC with milliseconds")
    return at_ms


def _offer_of(table: Mapping[str, Any], where: str) -> Offer:
    offer = Offer(
        channel=_text(table["channel"], where, CHANNEL.fullmatch),
        number=_count(table["number"], where, least=1, most=LARGEST_NUMBER),
        created_ms=utc_ms_of(table["created_at"]),
        recipe=_text(table["recipe"], where),
        camera=_text(table["camera"], where),
        package=_package_of(table["package"], where),
        thresholds=tuple((_text(label, where), _thresholds(at, where)) for label, at in table["thresholds"].items()),
        min_app=_text(table["min_app"], where, _VERSION.fullmatch),
        golden=_count(table["golden"], where, least=1, most=MAX_MEMBERS),
        replaces=_hash_or_none(table["replaces"], where),
        dataset=_hash_or_none(table["dataset"], where),
        evaluation=_table(table["evaluation"]),
        stations=tuple(_text(name, where, CHANNEL.fullmatch) for name in table["stations"]),
    )
    _need(bool(offer.thresholds), "it names no thresholds", where)
    return offer


def _package_of(table: Mapping[str, Any], where: str) -> OfferedPackage:
    _need(table.keys() == {"name", "version", "sha256", "members"}, "its package is described wrongly", where)
    members = tuple((_member(name, where), _hash(sha256, where)) for name, sha256 in table["members"].items())
    names = {name for name, _ in members}
    _need({MANIFEST, MODEL} <= names and len(members) <= MAX_MEMBERS, "its package has not the right members", where)
    sha256 = _hash(table["sha256"], where)
    _need(dict(members)[MANIFEST] == sha256, "the package hash is not that of its manifest", where)
    return OfferedPackage(_text(table["name"], where), _text(table["version"], where), sha256, members)


def _member(name: str, where: str) -> str:
    _need(bool(MEMBER_NAME.fullmatch(name)), f"{name!r} is no name of a package's member", where)
    return name


def _thresholds(table: Mapping[str, Any], where: str) -> Thresholds:
    _need(table.keys() == {"review", "fail"}, "its thresholds are described wrongly", where)
    review, fail = table["review"], table["fail"]
    numbers = all(isinstance(at, int | float) and not isinstance(at, bool) for at in (review, fail))
    _need(numbers and 0 < review <= fail <= 1, "its thresholds are not 0 < review <= fail <= 1", where)
    return Thresholds(float(review), float(fail))


def _text(value: object, where: str, fits: Callable[[str], object] | None = None) -> str:
    is_name = isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable()
    _need(is_name and (fits is None or bool(fits(str(value)))), f"{str(value)[:80]!r} is no name there", where)
    return str(value)


def _hash(value: object, where: str) -> str:
    _need(isinstance(value, str) and bool(_SHA256.fullmatch(value)), f"{str(value)[:80]!r} is no SHA-256", where)
    return str(value)


def _hash_or_none(value: object, where: str) -> str:
    return "" if value == "" else _hash(value, where)


def _count(value: object, where: str, *, least: int, most: int) -> int:
    is_count = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    _need(is_count, f"{str(value)[:80]} is no number there", where)
    return int(str(value))


def _table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("the evaluation is no table")
    return value


def _need(holds: bool, what: str, where: str) -> None:
    if not holds:
        raise refusal(f"the offer is none that a station takes: {what}", where)
