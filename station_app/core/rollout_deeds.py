"""What can be done with a model package at a station, as it is recorded. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.model_messages import StopRule
from station_app.core.people import Role
from station_app.core.recipe import Thresholds


class DeedKind(StrEnum):
    """OLDER_ALLOWED: a named person lets a lower number of the channel in. RESTORED: a roll back made an earlier
    champion the champion again."""

    OFFERED = "offered"
    OLDER_ALLOWED = "older_allowed"
    REFUSED = "refused"
    PROVED = "proved"
    SHADOW_STARTED = "shadow_started"
    SHADOW_STOPPED = "shadow_stopped"
    SIGNED = "signed"
    CANARY = "canary"
    ACTIVE = "active"
    RETIRED = "retired"
    RESTORED = "restored"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """What an offer says of a package, as far as it is asked for later. `sha256` is the hash of the offer's object,
    `body`; `created_at` is ISO 8601, UTC; `signed_by` are the ids of the keys. `thresholds` are those of its labels."""

    sha256: str
    channel: str
    number: int
    created_at: str
    name: str
    version: str
    thresholds: tuple[tuple[str, Thresholds], ...]
    replaces: str = ""
    dataset: str = ""
    body: str = ""
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What two people must sign alike: the share of the parts, the stop rule, and the very text of the recipe's
    revision by which the package will decide."""

    share: float
    stop_rule: StopRule
    text_sha256: str


@dataclass(frozen=True, slots=True)
class ModelDeed:
    """One deed. `offer` belongs to OFFERED; `terms` to SIGNED, CANARY and ACTIVE; `role` to SIGNED; `revision`, that of
    the recipe, to CANARY and ACTIVE. `person` is the station where it acts by itself. `at_ms` is UTC."""

    kind: DeedKind
    sha256: str
    recipe: str
    camera: str
    person: str
    reason: str
    at_ms: int
    offer: OfferedModel | None = None
    terms: Terms | None = None
    role: Role | None = None
    revision: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """Which package for which camera of which recipe."""
        return self.sha256, self.recipe, self.camera
