"""The station's side of a model channel: looks at it, records what is offered, fetches and proves it. What becomes of a
proved package is decided by people, at the model desk of the engine.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from station_app.config_models import CHANNEL
from station_app.core.channel_look import ChannelLook
from station_app.core.errors import ConfigError, ModelPackageError
from station_app.core.model_messages import ModelStage
from station_app.core.recipe import ModelReference, Recipe
from station_app.core.rollout_deeds import DeedKind, ModelDeed
from station_app.core.rollout_models import AT_WORK, Model, find, highest
from station_app.engine.audit_trail import STATION
from station_app.engine.model_room import ModelBooks
from station_app.engine.recipe_shelf import PackageLook
from station_app.rollout.key_statements import NoteKey, follow_statements
from station_app.rollout.newest import Wanted, newest_offers
from station_app.rollout.offer import Offer, SignedOffer, parse_offer
from station_app.rollout.package_store import PackageStore
from station_app.rollout.proving import prove, reference_of
from station_app.rollout.stores import ChannelStore
from station_app.store.model_deeds import offered_model
from station_app.store.model_keys import TrustedKeys

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class ChannelSetup:
    """`open_store` opens the place of the channel, None where the station file names none; `open_folder` a stick or a
    share. `station` is the name by which an offer may be meant for this station. Where the newest offer is older
    than `stale_days`, and these are not 0, that is a fault: somebody may keep the newer ones away."""

    data_dir: Path
    station: str
    open_folder: Callable[[Path], ChannelStore]
    channel: str = CHANNEL
    open_store: Callable[[], ChannelStore] | None = None
    look_every_s: float = 900.0
    stale_days: float = 0.0


class RolloutRoom:
    """One look at a time; any thread."""

    def __init__(self, setup: ChannelSetup, books: ModelBooks, look: PackageLook, note_key: NoteKey) -> None:
        self._setup, self._books, self._look_at, self._note_key = setup, books, look, note_key
        self._keys = TrustedKeys(setup.data_dir)
        self._packages = PackageStore(setup.data_dir)

    @property
    def books(self) -> ModelBooks:
        """The records of what it does."""
        return self._books

    @property
    def has_channel(self) -> bool:
        """Whether there is one to look at without being told where."""
        return self._setup.open_store is not None

    @property
    def look_every_s(self) -> float:
        """How long after one look the next is due."""
        return self._setup.look_every_s

    def look(self, recipes: Sequence[Recipe], folder: str = "", person: str = "") -> ChannelLook:
        """Look for offers for the cameras of these active recipes, fetch and prove what is new. Takes as long as the
        store does. A `person` who asks has what was refused tried again. StationError where the channel cannot be
        read now, or nothing can be recorded."""
        store = self._open(folder)
        channel = self._setup.channel
        faults = list(follow_statements(store, channel, self._keys, self._note_key))
        sites = {(recipe.name, setup.camera_id): recipe for recipe in recipes for setup in recipe.cameras}
        found = newest_offers(store, Wanted(channel, self._setup.station, sites.keys(), self._keys.now()))
        for signed, body in found.offers:
            offer = signed.offer
            if self._is_new(signed, person, faults):
                self._take(store, signed, body, sites[offer.recipe, offer.camera])
        newest = found.newest.offer if found.newest is not None else None
        told = (newest.number, newest.created_ms) if newest is not None else (0, 0)
        faults += self._staleness(newest)
        return ChannelLook(channel, store.where, *told, (*faults, *found.faults))

    def prove(self, model: Model, recipe: Recipe) -> None:
        """Prove a package that was fetched before, and record that it holds, or what does not. `recipe` is the active
        one. StationError, in one sentence, where it does not hold."""
        offer = offer_of(model)
        try:
            prove(offer, recipe, self._packages, self._look_at)
        except (ModelPackageError, ConfigError) as error:
            self._record(DeedKind.REFUSED, offer, str(error))
            raise
        self._record(DeedKind.PROVED, offer, f"{offer.golden} golden tensors, recipe revision {recipe.revision}")

    def reference(self, model: Model) -> ModelReference:
        """How a recipe names the package."""
        return reference_of(offer_of(model))

    def _staleness(self, newest: Offer | None) -> list[str]:
        if newest is None or not self._setup.stale_days:
            return []
        days = (time.time_ns() // 1_000_000 - newest.created_ms) / _DAY_MS
        is_stale = days > self._setup.stale_days
        return [f"the newest offer of channel {newest.channel} is {days:.0f} days old"] if is_stale else []

    def _open(self, folder: str) -> ChannelStore:
        if folder:
            return self._setup.open_folder(Path(folder))
        if self._setup.open_store is None:
            remedy = "write [models] into the station file, or name a folder"
            raise ConfigError("the station has no model channel", remedy=remedy)
        return self._setup.open_store()

    def _is_new(self, signed: SignedOffer, person: str, faults: list[str]) -> bool:
        """Whether there is anything to do with it."""
        offer, models = signed.offer, self._books.models()
        seen = highest(models, offer.channel, offer.recipe, offer.camera)
        if offer.number < seen:
            what = f"the newest offer of channel {offer.channel} for camera {offer.camera} of recipe {offer.recipe}"
            faults.append(f"{what} is number {offer.number}, and number {seen} was there: it was set back")
        known = next((m for m in models if m.key == (offer.package.sha256, offer.recipe, offer.camera)), None)
        if known is None:
            return True
        if known.stage in AT_WORK or offer.number < known.offer.number:
            return False
        is_same = offer.number == known.offer.number
        return not is_same or known.stage is ModelStage.OFFERED or (known.stage is ModelStage.REFUSED and bool(person))

    def _take(self, store: ChannelStore, signed: SignedOffer, body: bytes, recipe: Recipe) -> None:
        """From the offer to PROVED or REFUSED. What passes by itself, as a store that does not answer, leaves it
        OFFERED: the next look goes on."""
        offer = signed.offer
        key = (offer.package.sha256, offer.recipe, offer.camera)
        model = next((m for m in self._books.models() if m.key == key), None)
        if model is None or model.stage is not ModelStage.OFFERED or model.offer.number != offer.number:
            offered = offered_model(body.decode(), signed.sha256, signed.signed_by)
            deed = replace(_deed(DeedKind.OFFERED, offer, f"from {store.where}"), offer=offered)
            models = self._books.record([deed]).result().models
            model = find(models, *key)
        try:
            self._packages.fetch(store, offer.package)
        except ModelPackageError as error:
            self._record(DeedKind.REFUSED, offer, str(error))
            return
        self._prove_unless_older(model, recipe)

    def _prove_unless_older(self, model: Model, recipe: Recipe) -> None:
        offer = model.offer
        seen = highest(self._books.models(), offer.channel, model.recipe, model.camera)
        if offer.number < seen and not model.is_older_allowed:
            what = f"number {offer.number} is older than number {seen}, which was offered here"
            self._record(DeedKind.REFUSED, offer_of(model), f"{what}: allow the older one, and say why")
            return
        try:
            self.prove(model, recipe)
        except (ModelPackageError, ConfigError):
            return  # it is recorded as refused, with the sentence

    def _record(self, kind: DeedKind, offer: Offer, reason: str) -> None:
        self._books.record([_deed(kind, offer, reason)]).result()


def offer_of(model: Model) -> Offer:
    """The whole offer, as it was recorded after its signature was checked."""
    where = f"offer {model.offer.number} of channel {model.offer.channel}"
    return parse_offer(json.loads(model.offer.body)["offer"], where)


def _deed(kind: DeedKind, offer: Offer, reason: str) -> ModelDeed:
    now_ms = time.time_ns() // 1_000_000
    return ModelDeed(kind, offer.package.sha256, offer.recipe, offer.camera, STATION, reason, now_ms)
