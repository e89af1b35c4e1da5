"""The newest offer for each camera of the station's recipes: what a look at a channel finds, before anything of a
package is fetched."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from station_app.core.errors import ModelPackageError, RemoteRefusedError
from station_app.rollout.layout import channel_prefix, holds_hash, numbered
from station_app.rollout.offer import SignedOffer, read_offer
from station_app.rollout.sealed import MAX_SEALED_BYTES, refusal
from station_app.rollout.stores import ChannelStore

MOST_READ = 500
"""Offers that one look reads, newest first: the others are for recipes that this station has not."""

Site = tuple[str, str]
"""The name of a recipe, and one of its cameras."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which offers a station looks for, and whose it believes. `trusted` are public keys by id; `station` is the name
    by which an offer may be meant for this station alone."""

    channel: str
    station: str
    sites: Collection[Site]
    trusted: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """The newest offer for each site, and the object it was in; `newest` of the channel at all. `faults` are the
    sentences of objects that were not believed."""

    offers: tuple[tuple[SignedOffer, bytes], ...] = ()
    newest: SignedOffer | None = None
    faults: tuple[str, ...] = ()


def newest_offers(store: ChannelStore, wanted: Wanted) -> Found:
    """Read the channel, newest first. What is not believed is passed over, so that who may write there and has no key
    can stop nothing. RemoteError where the store cannot be used now."""
    prefix, faults = channel_prefix(wanted.channel), list[str]()
    found: dict[Site, list[tuple[SignedOffer, bytes]]] = {}
    newest: SignedOffer | None = None
    for number, name in reversed(numbered(store.names(prefix), prefix)[-MOST_READ:]):
        if newest is not None and _is_complete(found, wanted, number):
            break
        try:
            signed, body = _read(store, wanted, number, name)
        except (ModelPackageError, RemoteRefusedError) as error:
            faults.append(str(error))
            continue
        newest = newest or signed
        site = (signed.offer.recipe, signed.offer.camera)
        if site in wanted.sites and signed.offer.is_for(wanted.station):
            offers = found.setdefault(site, [])
            if not offers or offers[0][0].offer.number == number:
                offers.append((signed, body))
    faults.extend(_two_at_once(site, offers) for site, offers in found.items() if len(offers) > 1)
    return Found(tuple(offers[0] for offers in found.values() if len(offers) == 1), newest, tuple(faults))


def _is_complete(found: Mapping[Site, list[tuple[SignedOffer, bytes]]], wanted: Wanted, number: int) -> bool:
    """Whether each site has its offer, and none of them may have a second one under this number."""
    return len(found) == len(set(wanted.sites)) and all(number < one[0][0].offer.number for one in found.values())


def _two_at_once(site: Site, offers: list[tuple[SignedOffer, bytes]]) -> str:
    number = offers[0][0].offer.number
    return f"two offers for camera {site[1]} of recipe {site[0]} bear the number {number}: publish one of them again"


def _read(store: ChannelStore, wanted: Wanted, number: int, name: str) -> tuple[SignedOffer, bytes]:
    where = f"{store.where}, {name}"
    body = store.read_within(name, MAX_SEALED_BYTES)
    if body is None or not holds_hash(name, body):
        raise refusal("its name is not that of its content", where)
    signed = read_offer(body, wanted.trusted, where)
    if (signed.offer.channel, signed.offer.number) != (wanted.channel, number):
        raise refusal("the offer is of another place in a channel", where)
    return signed, body
